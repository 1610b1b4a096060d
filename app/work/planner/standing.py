"""How a year stands against what the duties ask of it: planned, held, missed. Pure (R02, R03, R04, R29)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.calendar import Calendar

from .rules import HALVES, INSPECTIONS, MONTHS, Draft, Numbers


@dataclass(frozen=True)
class Held:
    """An activity of the station that took place: not the county's, not a visit by certificate (R02)."""

    day: date
    type: str


@dataclass(frozen=True)
class Duty:
    """A requirement of the year: how much is asked, planned and held."""

    code: str
    label: str
    article: str
    needed: int
    planned: int
    held: int
    tone: str
    word: str
    ticks: tuple[str, ...] = ()
    """For each month, or half-year, how it stands: ok, warn, bad, plan, or nothing."""


def duties(calendar: Calendar, numbers: Numbers, year: int, today: date, planned: Sequence[Draft], held: Sequence[Held]) -> list[Duty]:
    """The year's duties as far as a plan can meet them: R02, R03, R04, R29."""
    receptions = _reception_ticks(calendar, numbers, year, today, planned, held)
    exchanges = tuple(_half_tick(months, year, today, planned, held, numbers.exchanges) for months in HALVES)
    inspected = sum(each.type in INSPECTIONS for each in held)
    return [
        _duty(
            "R03", _("A reception on each month's reception day"), "S5-3(2)", 12, planned, held, {"reception_day"}, receptions, year, today
        ),
        _count("R02", _("Activities of the station"), "S5-2", numbers.activities, len(planned), len(held), year, today),
        _count(
            "R04",
            _("Inspections and research"),
            "S5-3(3)",
            numbers.inspections,
            sum(each.type in INSPECTIONS for each in planned),
            inspected,
            year,
            today,
        ),
        _duty(
            "R29",
            _("Exchange of experience each half-year"),
            "S5-3(4)",
            2 * numbers.exchanges,
            planned,
            held,
            {"exchange"},
            exchanges,
            year,
            today,
        ),
    ]


def _duty(
    code: str,
    label: str,
    article: str,
    needed: int,
    planned: Sequence[Draft],
    held: Sequence[Held],
    types: Collection[str],
    ticks: tuple[str, ...],
    year: int,
    today: date,
) -> Duty:
    """One that is asked for month by month, or half-year by half-year."""
    counted = sum(each.type in types for each in held)
    tone, word = _standing(needed, sum(each.type in types for each in planned), counted, year, today)
    if "bad" in ticks:
        tone, word = "bad", _("Missed")
    elif "" in ticks:
        tone, word = "warn", _("%(count)s to be planned", count=ticks.count(""))
    elif "warn" in ticks:
        tone, word = "warn", _("On another day")
    return Duty(code, label, article, needed, sum(each.type in types for each in planned), counted, tone, word, ticks)


def _count(code: str, label: str, article: str, needed: int, planned: int, held: int, year: int, today: date) -> Duty:
    tone, word = _standing(needed, planned, held, year, today)
    return Duty(code, label, article, needed, planned, held, tone, word)


def _standing(needed: int, planned: int, held: int, year: int, today: date) -> tuple[str, str]:
    """Met; or missed, once the year is over; or still to be planned."""
    if held >= needed:
        return "ok", _("Met")
    if today.year > year:
        return "bad", _("Missed")
    return (
        ("info", _("Planned"))
        if max(planned, held) >= needed
        else ("warn", _("%(count)s to be planned", count=needed - max(planned, held)))
    )


def _reception_ticks(
    calendar: Calendar, numbers: Numbers, year: int, today: date, planned: Sequence[Draft], held: Sequence[Held]
) -> tuple[str, ...]:
    ticks = []
    for month in MONTHS:
        due = numbers.reception_day(calendar, year, month)
        days = {each.day for each in held if each.type == "reception_day" and each.day.month == month}
        if due in days:
            ticks.append("ok")
        elif days:
            ticks.append("warn")
        elif due < today:
            ticks.append("bad")
        else:
            ticks.append("plan" if any(each.type == "reception_day" and each.day.month == month for each in planned) else "")
    return tuple(ticks)


def _half_tick(months: range, year: int, today: date, planned: Sequence[Draft], held: Sequence[Held], needed: int) -> str:
    def within(each: Draft | Held) -> bool:
        return each.type == "exchange" and each.day.month in months

    if sum(map(within, held)) >= needed:
        return "ok"
    if today > date(year, months[-1], monthrange(year, months[-1])[1]):
        return "bad"
    return "plan" if sum(map(within, planned)) + sum(map(within, held)) >= needed else ""
