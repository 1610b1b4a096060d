"""Working days and reception days: what the regulations count in."""

from app.calendar.workdays import Calendar, Due

__all__ = ["Calendar", "Due"]
