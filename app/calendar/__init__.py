"""Working days and reception days: what the regulations count in."""

from app.calendar.festivals import FESTIVALS, missing_festivals
from app.calendar.workdays import DATA, Calendar, Due, built_in

__all__ = ["DATA", "FESTIVALS", "Calendar", "Due", "built_in", "missing_festivals"]
