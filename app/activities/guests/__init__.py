"""Guests of an activity: voters, residents and staff of organs, noted several at once and marked as signed in."""
