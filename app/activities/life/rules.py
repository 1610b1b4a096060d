"""Where an activity stands, what its next state still lacks, and who of those invited has been told (S5-4, S5-5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal

HELD = ("held", "reported")
"""States in which an activity counts as held."""


@dataclass(frozen=True)
class Facts:
    """All that decides where an activity stands. `open` counts those invited who are neither told nor on leave."""

    start: datetime
    now: datetime
    end: datetime | None = None
    cancelled: bool = False
    finished: bool = False
    reported: bool = False
    invited: int = 0
    open: int = 0
    signed_in: int = 0


def stands(facts: Facts) -> str:
    """The state that follows from the facts; what was called off stays that until the office takes it back."""
    if facts.cancelled:
        return "cancelled"
    if facts.finished:
        return "reported" if facts.reported else "held"
    if facts.signed_in:
        return "under_way"
    return "notified" if facts.invited and not facts.open else "planned"


def not_all_told(facts: Facts) -> Iterable[Refusal]:
    """All invited are told before the start (S5-4)."""
    if not facts.invited:
        yield Refusal("nobody_invited")
    elif facts.open:
        yield Refusal("not_all_told", None, {"count": facts.open})


def nobody_there(facts: Facts) -> Iterable[Refusal]:
    """It is under way as soon as the first deputy has signed in."""
    if not facts.signed_in:
        yield Refusal("nobody_signed_in")


def not_begun(facts: Facts) -> Iterable[Refusal]:
    """What lies ahead has not been held."""
    if facts.start > facts.now:
        yield Refusal("not_yet_begun")


def no_report(facts: Facts) -> Iterable[Refusal]:
    """An activity is reported on to the county committee (S5-5)."""
    if not facts.reported:
        yield Refusal("report_missing")


def over(start: datetime, end: datetime | None, now: datetime) -> bool:
    """Whether it is over by its own times; without an end, when its day is."""
    return now >= end if end is not None else now.date() > start.date()


def held_on_entry(start: datetime, end: datetime | None, now: datetime) -> datetime | None:
    """When an activity that is entered after its day was over: entering late is normal and means that it was held."""
    return (end or start) if start.date() < now.date() else None


def held_too_early(finished_at: datetime | None, start: datetime, now: datetime) -> Iterable[Refusal]:
    """What was held cannot be moved to a day that is still to come."""
    if finished_at is not None and start.date() > now.date():
        yield Refusal("not_yet_held", "start")


def told_anew_from(before: Mapping[str, Any], values: Mapping[str, Any], now: datetime, last_told: datetime | None) -> datetime | None:
    """The moment from which a changed time or place must be told again; None where nothing needs telling.

    Putting right what is long past asks nobody to be called. The change comes after whatever was told before it, also within
    one second.
    """
    same = all(before.get(name) == values[name] for name in ("start", "place"))
    if same or max(before["start"], values["start"]) <= now:
        return values["moved_at"]
    return max(now, last_told.replace(microsecond=0) + SECOND) if last_told is not None and last_told >= now else now


SECOND = datetime(2000, 1, 1, 0, 0, 1) - datetime(2000, 1, 1)


@dataclass(frozen=True)
class Notice:
    """One notice as far as it concerns who has been told. `deputy` None: it went to all who were invited by then."""

    told_at: datetime
    entered_at: datetime
    deputy: int | None = None
    reached: bool = True


def told(deputy: int, invited_at: datetime, notices: Iterable[Notice], start: datetime, moved_at: datetime | None) -> str:
    """Whether a deputy has been told, as the last notice before the start says (R05).

    A notice to all is about those who were invited when it was entered; who is entered after the start is written down
    afterwards, and was told with the others.
    """
    about = [
        notice
        for notice in notices
        if notice.told_at <= start
        and (notice.deputy == deputy or (notice.deputy is None and (invited_at <= notice.entered_at or invited_at >= start)))
    ]
    if not about:
        return "untold"
    last = max(about, key=lambda notice: (notice.told_at, notice.deputy is not None, notice.entered_at))
    if not last.reached:
        return "unreached"
    return "again" if moved_at is not None and last.told_at < moved_at else "told"


def told_in_future(told_at: datetime, now: datetime) -> Iterable[Refusal]:
    """Nobody has been told tomorrow; a second is lent to who tells of a change within the second of the change."""
    if told_at > now + SECOND:
        yield Refusal("told_in_future", "told_at")


@dataclass(frozen=True)
class Person:
    """A deputy of the station; `levels` of the mandates exercised on the day, none: not in office."""

    deputy: int
    group: int | None
    levels: frozenset[str]


@dataclass(frozen=True)
class Choice:
    """Whom to invite: all in office, groups, levels of mandates, single deputies, together."""

    everyone: bool = False
    groups: frozenset[int] = frozenset()
    levels: frozenset[str] = frozenset()
    deputies: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Chosen:
    invited: frozenset[int]
    not_in_office: frozenset[int]


def chosen(people: Iterable[Person], choice: Choice) -> Chosen:
    """Whom a choice names. A station-wide activity invites all in office; whose mandate is not exercised that day is not
    invited, and said to be left out where asked for by name or by group."""
    invited, left_out = set(), set()
    for person in people:
        named = person.deputy in choice.deputies or person.group in choice.groups
        if person.levels and (named or choice.everyone or person.levels & choice.levels):
            invited.add(person.deputy)
        elif named:
            left_out.add(person.deputy)
    return Chosen(frozenset(invited), frozenset(left_out))


def moment_of_telling(now: datetime, moved_at: datetime | None) -> datetime:
    """When somebody is told by a button: now, and never before the change that is told."""
    return max(now, moved_at) if moved_at is not None and moved_at - now <= SECOND else now


SENTENCES: dict[str, Any] = {
    "no_guests": _("Write down at least one guest"),
    "guest_line": _("The guest %(name)s: %(why)s"),
    "nobody_chosen": _("Choose whom to invite"),
    "not_invited": _("This deputy is not invited"),
    "told_too_late": _("It has begun: who was told before is entered in the notices with the time of the call"),
    "cancelled_no_invitation": _("This activity was called off: nobody is invited any more"),
    "nobody_invited": _("Nobody is invited yet"),
    "not_all_told": _("%(count)s of those invited have not been told"),
    "nobody_signed_in": _("Nobody has signed in yet"),
    "not_yet_begun": _("It has not begun yet: it can be said to be held once its time has come"),
    "report_missing": _("There is no report to the county committee yet"),
    "told_in_future": _("This moment is still to come: nobody can have been told"),
    "cancelled_activity": _("This activity was called off: nobody can sign in"),
}
refusals.SENTENCES.update(SENTENCES)
