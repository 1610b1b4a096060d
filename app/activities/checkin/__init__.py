"""Signing in to an activity: at the door, on paper, by card."""
