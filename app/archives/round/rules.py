"""Pure rules of the inspection round (S11-4, R24): what a round must say, how a reading stands, which months are done and missed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal

ROUND = "round"
FIRST_YEAR, LAST_YEAR = 1990, 2100
_ROUND_ID = re.compile(r"[A-Za-z0-9_-]{16,50}")


def round_id(given: Any) -> str | None:
    """The id that the device drew for a round."""
    return given if isinstance(given, str) and _ROUND_ID.fullmatch(given) else None


@dataclass(frozen=True)
class Said:
    """What the screen wrote down of a round, whatever a device sent."""

    facts: Mapping[str, Any]

    def text(self, name: str) -> str | None:
        found = self.facts.get(name)
        if isinstance(found, (int, float)) and not isinstance(found, bool):
            found = str(found)
        return found.strip() or None if isinstance(found, str) else None

    @property
    def points(self) -> Any:
        return self.facts.get("points")

    @property
    def named(self) -> list[str]:
        """The points that it speaks of, as far as they can be read."""
        points = self.points if isinstance(self.points, list) else []
        return [each["point"] for each in points if isinstance(each, dict) and isinstance(each.get("point"), str)]


def round_values(said: Said, made_on: date) -> dict[str, Any]:
    """The check's row; the ledger reads and judges each value."""
    return {
        "checked_on": said.text("day") or made_on,
        "checker": said.text("checker"),
        "points": said.points,
        "temperature": said.text("temperature"),
        "humidity": said.text("humidity"),
    }


def tasks_said(said: Said) -> dict[str, dict[str, str]]:
    """By point, to whom its fault is given and until when, as far as the screen says it. A screen loaded before each fault had its own
    says it once for the whole round, and what it kept offline is still to come."""
    of_round = {"responsible": said.text("responsible"), "due_on": said.text("due")}
    found = {}
    for each in said.points if isinstance(said.points, list) else []:
        if isinstance(each, dict) and each.get("ok") is False and isinstance(each.get("point"), str):
            own = Said(each)
            task = of_round | {name: told for name, told in (("responsible", own.text("responsible")), ("due_on", own.text("due"))) if told}
            found[each["point"]] = {name: told for name, told in task.items() if told}
    return found


def only_points_of_setting(points: Iterable[str], expected: Sequence[str], known: Iterable[str] = ()) -> Iterable[Refusal]:
    """What the setting lists is checked; `known` stood in the row before."""
    allowed = {*expected, *known}
    for point in points:
        if point not in allowed:
            yield Refusal("point_unknown", "points", {"point": point[:20], "points": "、".join(expected)})


def no_point_left_out(points: Iterable[str], expected: Sequence[str]) -> Iterable[Refusal]:
    """A round looks at every point (R24)."""
    named = set(points)
    yield from (Refusal("point_left_out", "points", {"point": point}) for point in expected if point not in named)


def room_in_use(day: date, given_up_on: date | None) -> Iterable[Refusal]:
    if given_up_on is not None and day > given_up_on:
        yield Refusal("room_given_up", None, {"day": given_up_on.isoformat()})


def due_on(checked_on: date, days: int) -> date:
    """Until when a fault is to be put right where nobody said: so many calendar days, the day of the check not counted."""
    return checked_on + timedelta(days=days)


def fault(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """Who put it right is named; only what was put right is re-checked (S11-4)."""
    if values.get("put_right_on") is not None and not values.get("put_right_by"):
        yield Refusal("required", "put_right_by")
    if values.get("rechecked_on") is not None and values.get("put_right_on") is None:
        yield Refusal("rechecked_unmended", "rechecked_on")


def fault_state(values: Mapping[str, Any]) -> dict[str, str]:
    """Where a fault stands, so that open ones can be listed."""
    if values.get("rechecked_on") is not None:
        return {"state": "rechecked"}
    return {"state": "put_right" if values.get("put_right_on") is not None else "fault"}


def not_before_found(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """A fault is due and put right from the day on that it was found."""
    found = values["found_on"]
    for name in ("due_on", "put_right_on"):
        if values.get(name) is not None and values[name] < found:
            yield Refusal("before_found", name, {"day": found.isoformat()})


def points_with(points: Sequence[Mapping[str, Any]], told: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """A check's points with what their faults say now: words where there is a fault, None where there is none any more."""
    found = [dict(each) for each in points]
    for each in found:
        words = told.get(each["point"])
        if words is not None:
            each.update(ok=False, words=words)
        elif each["point"] in told and not each["ok"]:
            each.update(ok=True, words="")
    listed = {each["point"] for each in found}
    new = ((point, words) for point, words in told.items() if words is not None and point not in listed)
    return found + [{"point": point, "ok": False, "words": words} for point, words in new]


def check_state(faults: Iterable[str]) -> str:
    """A check stands where the fault stands that is furthest from done."""
    standing = set(faults)
    return next((state for state in ("fault", "put_right", "rechecked") if state in standing), "in_order")


@dataclass(frozen=True)
class Limits:
    """Between what a reading is to lie."""

    least: Decimal
    most: Decimal

    def judged(self, reading: Decimal | None) -> str:
        """`low`, `high`, `within`; nothing where there is no reading."""
        if reading is None:
            return ""
        return "low" if reading < self.least else "high" if reading > self.most else "within"

    def __str__(self) -> str:
        return f"{self.least:f}–{self.most:f}"


STANDARD = {"temperature": Limits(Decimal(14), Decimal(24)), "humidity": Limits(Decimal(45), Decimal(60))}
STANDARD_SOURCE = "JGJ 25-2010"
"""The limits proposed, and the parameter that says where they come from as long as nobody words it anew."""


@dataclass(frozen=True)
class Fault:
    """How the task that a fault has become stands today. `days`: left, or past when overdue."""

    code: str
    days: int = 0


def standing(state: str, due: date | None, today: date) -> Fault | None:
    """None where there is nothing to do any more."""
    if state == "put_right":
        return Fault("to_recheck")
    if state != "fault":
        return None
    if due is None:
        return Fault("no_term")
    days = (due - today).days
    return Fault("overdue", -days) if days < 0 else Fault("today" if days == 0 else "running", days)


@dataclass(frozen=True)
class Made:
    """A round that was made, as far as the calendar needs it."""

    on: date
    whole: bool = True
    """All points of the setting were looked at."""


@dataclass(frozen=True)
class Month:
    """A month of the calendar of rounds: `done` and `missed` are judged, `short` is done in part, `open` is the present one,
    `none` is not asked for: before the room was in use, after it was given up, or to come."""

    month: int
    code: str
    made: list[date] = field(default_factory=list)
    wanted: int = 0


def calendar(
    year: int, rounds: Iterable[Made], wanted: int, today: date, since: date | None = None, until: date | None = None
) -> list[Month]:
    """The months of a year (R24): so many whole rounds in each month in which the room is in use.

    A month in which the room came into use or was given up is asked for nothing less than none: nobody can tell how much of it is
    owed, so it is done with one round and missed with none only when the room was there all month.
    """
    by_month: dict[int, list[Made]] = {month: [] for month in range(1, 13)}
    for each in rounds:
        if each.on.year == year:
            by_month[each.on.month].append(each)
    return [_month(year, month, sorted(made, key=lambda each: each.on), wanted, today, since, until) for month, made in by_month.items()]


def _month(year: int, month: int, made: list[Made], wanted: int, today: date, since: date | None, until: date | None) -> Month:
    first, last = date(year, month, 1), last_of(year, month)
    days = [each.on for each in made]
    whole = sum(each.whole for each in made)
    all_month = (since is None or since <= first) and (until is None or until >= last)
    if first > today or (not made and not all_month) or wanted == 0:
        code = "done" if made else "none"
    elif whole >= wanted or (not all_month and whole):
        code = "done"
    elif last >= today:
        code = "open"
    else:
        code = "short" if made else "missed"
    return Month(month, code, days, wanted)


def last_of(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


SENTENCES: dict[str, Any] = {
    "point_unknown": _("“%(point)s” is not among the points of the archive check (%(points)s)"),
    "point_left_out": _("“%(point)s” has not been judged"),
    "before_found": _("The fault was found on %(day)s: this cannot be earlier"),
    "rechecked_unmended": _("This fault has not been put right yet: it cannot be re-checked before"),
    "fault_of_check": _(
        "This fault was found at the check of %(day)s and is not deleted alone: mark “%(point)s” as in order in that check if it was, "
        "and the fault goes along"
    ),
    "room_given_up": _("This room has been given up since %(day)s"),
    "round_unknown": _("The screen sent something that cannot be read; load its page anew"),
    "round_not_here": _("This round has not arrived or was deleted by the office"),
    "round_made": _("A round of this room on this day is in the ledger already; change it there"),
}
refusals.SENTENCES.update(SENTENCES)
