"""A year of one room: its rounds with their readings judged, the calendar of months done and missed, what is still open (R24)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from .asked import Asked, asked_of
from .faults import faults_of
from .models import FAULT_STATES, ArchiveFault
from .reminding import OPEN, TONES, words
from .services import checks_of, limits_of, source_of

_checks: Any = ArchiveCheck
_faults: Any = ArchiveFault
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
    faults: list[Any]
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
        return "；".join(f"{each.point}：{each.words}" for each in self.faults)

    @property
    def became(self) -> str:
        """The faults with what became of each."""
        return "；".join(f"{each.point}：{each.words}（{FAULT_STATES.label(each.state)}）" for each in self.faults)

    @property
    def done(self) -> str:
        """What was done, at once and about each fault."""
        return "；".join(dict.fromkeys(each for each in (self.row.remedy, *(fault.remedy for fault in self.faults)) if each))


@dataclass(frozen=True)
class Year:
    """The year of a room."""

    room: Any
    year: int
    asked: Asked
    limits: dict[str, rules.Limits]
    source: str
    lines: list[Line]
    months: list[rules.Month]

    def count(self, *codes: str) -> int:
        return sum(each.code in codes for each in self.months)

    def of_month(self, month: int) -> list[Line]:
        return [each for each in self.lines if each.on.month == month]

    def points_of(self, month: int) -> tuple[str, ...]:
        """The columns of a month's sheet."""
        return self.asked.columns(rules.last_of(self.year, month), {point for each in self.of_month(month) for point in each.judged})

    @property
    def out(self) -> int:
        return sum(each.temperature.out or each.humidity.out for each in self.lines)


def year_of(session: Session, room: Any, year: int) -> Year:
    """In a fixed number of statements, however many rounds there were."""
    asked, limits = asked_of(session, room.station_id), limits_of(session, room.station_id)
    lines = lines_of(session, checks_of(session, room, date(year, 1, 1), date(year, 12, 31)), {room.station_id: limits})
    made = [rules.Made(each.on, asked.whole(each.judged, each.on)) for each in lines]
    wanted = int(setting(session, room.station_id, A_MONTH))
    months = rules.calendar(year, made, wanted, clock.today(), room.since, room.given_up_on)
    return Year(room, year, asked, limits, source_of(session, room.station_id, limits), lines, months)


def lines_of(session: Session, checks: Sequence[Any], limits: Mapping[int, dict[str, rules.Limits]]) -> list[Line]:
    """The rounds with their faults; `limits` by station."""
    found = faults_of(session, [each.id for each in checks])
    return [_line(each, limits[each.station_id], found.get(each.id, [])) for each in checks]


def _line(check: Any, limits: dict[str, rules.Limits], faults: list[Any]) -> Line:
    readings = {name: Reading(value, limits[name].judged(value)) for name in limits for value in [getattr(check, name)]}
    return Line(
        check.id, check.checked_on, check.checker, {each["point"]: each["ok"] for each in check.points},
        faults, readings["temperature"], readings["humidity"], check.state, check,
    )


def open_faults_of(session: Session, station_id: int) -> list[dict[str, Any]]:
    """Each fault that is not done with, the longest overdue first."""
    asked = select(ArchiveFault, _checks.room).join(ArchiveCheck, _checks.id == _faults.check_id)
    asked = asked.where(_faults.station_id == station_id, _faults.state.in_(OPEN))
    today = clock.today()
    found = []
    for fault, room in session.execute(asked.order_by(_faults.state, _faults.due_on, _faults.id).limit(MOST_OPEN)):
        standing = rules.standing(fault.state, fault.due_on, today)
        if standing is not None:
            said = {"words": words(standing), "tone": TONES[standing.code], "code": standing.code}
            found.append({"fault": fault, "room": room, **said})
    return found
