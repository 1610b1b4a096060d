"""Pure rules of the time for assigning an opinion (R09, S8-3): which opinions have one, when it ends, and how it stands today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.calendar import DATA, Calendar

TO_BE_ASSIGNED = (None, "to_gather", "to_assign")
"""Ways of handling that still lead to an assignment; what was answered or explained needs none."""
WAITING = ("registered", "gathering", "to_assign")
"""Where an opinion stands while its clock runs."""
SOON = 3
"""Working days that are left when it is said to be due soon."""
ADJUSTED = "{calendar} +{count}"


@dataclass(frozen=True)
class Dated:
    """The last day for assigning, by which calendar it was counted, and whether a year on the way has no holidays yet."""

    due: date | None = None
    provisional: bool = False
    by: str | None = None

    def same_day(self, other: Dated) -> bool:
        return (self.due, self.provisional) == (other.due, other.provisional)


def has_due(handling: str | None, referred: bool) -> bool:
    """A township matter that nobody answered on the spot is assigned; what concerns a lawsuit is referred to its organ."""
    return handling in TO_BE_ASSIGNED and not referred


def dated(calendar: Calendar, ended_on: date, workdays: int) -> Dated:
    """Within so many working days from the end of the reception or the day of the visit, that day not counted."""
    due, provisional = calendar.add_workdays(ended_on, workdays)
    adjusted = calendar.adjusted(ended_on, due)
    return Dated(due, provisional, ADJUSTED.format(calendar=DATA, count=adjusted) if adjusted else DATA)


@dataclass(frozen=True)
class Standing:
    """How the time for assigning stands. `workdays`: left, or past when overdue or late."""

    code: str
    workdays: int = 0


def standing(due: date | None, status: str, signed_on: date | None, today: date, calendar: Calendar) -> Standing | None:
    """None where there is nothing to say. The first signature stops the clock; a return does not start it again."""
    if due is None:
        return None
    if signed_on is not None:
        late = calendar.workdays_between(due, signed_on) if signed_on > due else 0
        return Standing("late", late) if late else Standing("in_time")
    if status not in WAITING:
        return Standing("advisory") if status == "assigned" else None
    if today > due:
        return Standing("overdue", calendar.workdays_between(due, today))
    left = calendar.workdays_between(today, due)
    return Standing("today" if today == due else "soon" if left <= SOON else "running", left)
