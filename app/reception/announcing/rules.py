"""Pure rules of a reception's announcement: until when it is posted, when the office is reminded, when it says the wrong thing (S7-3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _

from app.calendar import Calendar
from app.core import refusals
from app.core.refusals import Refusal


def last_day_to_post(day: date, days_ahead: int) -> date:
    """The last day on which an announcement is posted in time (R08).

    Calendar days; the day of posting is not counted and the reception's is, as with every term of these regulations: what is
    announced three days ahead of 6 May hangs on 3 May, and 4, 5 and 6 May are the three.
    """
    return day - timedelta(days=days_ahead)


def remind_from(last_day: date, calendar: Calendar) -> date:
    """The last working day before the last day for posting: over a weekend or a holiday nobody posts anything."""
    return calendar.add_workdays(last_day, -1).date


@dataclass(frozen=True)
class Said:
    """What an announcement tells people: when, where, whom they meet."""

    start: datetime
    place: str
    deputies: frozenset[int]


def state(posted_on: date | None, said: Said | None, now: Said, begun: bool, before: str) -> str:
    """A posted announcement is outdated as soon as it says something else than what will be; once the reception has begun it stays
    what it was. One that was entered without what it said (a row of the past) is taken as it is."""
    if posted_on is None:
        return "unposted"
    if begun:
        return "outdated" if before == "outdated" else "posted"
    return "posted" if said is None or said == now else "outdated"


def posted_anew(first: date, again: date, said: Said | None, now: Said) -> tuple[date, date | None]:
    """The day of the first posting that named this day, and of the last: another deputy is announced again, another day is a
    matter of its own."""
    if said is not None and said.start.date() != now.start.date():
        return again, None
    return first, again


def postings(before: Iterable[date | None], now: Iterable[date | None], outdated: bool) -> tuple[set[date], set[date]]:
    """The days on which something was posted that is not noted yet, and those that are taken back or put right. An outdated
    announcement hung there all the same when a new one takes its place."""
    was, remains = {day for day in before if day is not None}, {day for day in now if day is not None}
    return remains - was, set() if outdated and remains else was - remains


@dataclass(frozen=True)
class Time:
    """How the time for posting stands. `code`: past, today, due (remind now), ahead."""

    code: str
    last_day: date


def time_left(day: date, days_ahead: int, today: date, calendar: Calendar) -> Time:
    last = last_day_to_post(day, days_ahead)
    if today > last:
        return Time("past", last)
    if today == last:
        return Time("today", last)
    return Time("due" if today >= remind_from(last, calendar) else "ahead", last)


def not_in_future(name: str, day: date | None, today: date) -> Iterable[Refusal]:
    """What hangs was hung."""
    if day is not None and day > today:
        yield Refusal("posted_in_future", name)


def not_posted_anew(again: date | None) -> Iterable[Refusal]:
    """The first posting is not taken back behind the second."""
    if again is not None:
        yield Refusal("posted_anew_already")


SENTENCES: dict[str, Any] = {
    "posted_in_future": _("This day is still to come: enter it when the announcement hangs"),
    "posted_anew_already": _("It was posted anew afterwards"),
}
refusals.SENTENCES.update(SENTENCES)
