"""Deadlines in working days: by when an opinion is to be assigned (S8-3)."""
