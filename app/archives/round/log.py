"""A year of one room: its rounds with their readings judged, the calendar of months done and missed, what is still open (R24)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.work.services import setting

from ..models import CHECK_STATES, ArchiveCheck
from . import rules
from .reminding import OPEN, TONES, words
from .services import POINTS, checks_of, limits_of, source_of

_checks: Any = ArchiveCheck
A_MONTH = "archive_checks_a_month"
MOST_OPEN = 100
READING_TONES = {"low": "warn", "high": "warn", "within": "", "": ""}


@dataclass(frozen=True)
class Reading:
    """What a meter showed, and how that is judged."""

    value: Decimal | None
    judged: str

    @property
    def text(self) -> str:
        return f"{self.value.normalize():f}" if self.value is not None else ""

    @property
    def out(self) -> bool:
        return self.judged in ("low", "high")


@dataclass(frozen=True)
class Line:
    """A round as the log and the sheets show it."""

    id: int
    on: date
    checker: str
    judged: dict[str, bool]
    faults: list[tuple[str, str]]
    temperature: Reading
    humidity: Reading
    state: str
    row: Any

    @property
    def state_label(self) -> str:
        return CHECK_STATES.label(self.state)

    @property
    def tone(self) -> str:
        return CHECK_STATES.tone(self.state)

    @property
    def said(self) -> str:
        """The faults in one line of words."""
        return "；".join(f"{point}：{said}" for point, said in self.faults)


@dataclass(frozen=True)
class Year:
    """The year of a room."""

    room: Any
    year: int
    points: tuple[str, ...]
    limits: dict[str, rules.Limits]
    source: str
    lines: list[Line]
    months: list[rules.Month]

    def count(self, *codes: str) -> int:
        return sum(each.code in codes for each in self.months)

    def of_month(self, month: int) -> list[Line]:
        return [each for each in self.lines if each.on.month == month]

    @property
    def out(self) -> int:
        return sum(each.temperature.out or each.humidity.out for each in self.lines)


def year_of(session: Session, room: Any, year: int) -> Year:
    """In a fixed number of statements, however many rounds there were."""
    points, limits = setting(session, room.station_id, POINTS), limits_of(session, room.station_id)
    lines = [line_of(check, limits) for check in checks_of(session, room, date(year, 1, 1), date(year, 12, 31))]
    made = [rules.Made(each.on, set(points) <= set(each.judged)) for each in lines]
    wanted = int(setting(session, room.station_id, A_MONTH))
    months = rules.calendar(year, made, wanted, clock.today(), room.since, room.given_up_on)
    return Year(room, year, points, limits, source_of(limits), lines, months)


def line_of(check: Any, limits: dict[str, rules.Limits]) -> Line:
    readings = {name: Reading(value, limits[name].judged(value)) for name in limits for value in [getattr(check, name)]}
    return Line(
        check.id, check.checked_on, check.checker, {each["point"]: each["ok"] for each in check.points},
        [(each["point"], each["words"]) for each in check.points if not each["ok"]],
        readings["temperature"], readings["humidity"], check.state, check,
    )


def open_faults_of(session: Session, station_id: int) -> list[dict[str, Any]]:
    """Faults that are not done with, the longest overdue first."""
    asked = select(ArchiveCheck).where(_checks.station_id == station_id, _checks.state.in_(OPEN))
    today = clock.today()
    found = []
    for check in session.scalars(asked.order_by(_checks.state, _checks.due_on, _checks.id).limit(MOST_OPEN)):
        standing = rules.standing(check.state, check.due_on, today)
        if standing is not None:
            said = "；".join(f"{each['point']}：{each['words']}" for each in check.points if not each["ok"])
            found.append({"check": check, "said": said, "words": words(standing), "tone": TONES[standing.code], "code": standing.code})
    return found
