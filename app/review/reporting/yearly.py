"""The duty reports of a year, a line for each mandate: in writing, in person in the term, with the group in time (R14, R15, R16)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.activities.services import in_office
from app.core import clock
from app.core.access.actor import Actor
from app.core.access.scope import visible
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.paths import Paths
from app.people.services import official_place
from app.work.services import setting

from ..models import DutyReport, ReviewMeeting, ReviewResult
from . import rules
from .rules import FAILED, NOT_DUE, OVERDUE, Office

MANDATE = (
    "id", "deputy", "deputy.name", "deputy.official_order", "deputy.stroke_key", "deputy.group", "deputy.group.name", "term.level",
    "term.name", "term.ends_on", "elected_on", "state", "state_since", "station_id",
)
REPORT = ("id", "mandate", "form", "submitted_on", "received_on", "meeting")
_meetings: Any = ReviewMeeting
_results: Any = ReviewResult
_reports: Any = DutyReport


@dataclass(frozen=True)
class Terms:
    """The numbers of the regulations by which a year is judged. They are the county's, or of the station that is looked at."""

    due: date
    above_county: bool
    in_person: int
    days_ahead: int
    soon_days: int


def terms_of(session: Session, station_id: int | None, year: int) -> Terms:
    given = {
        name: setting(session, station_id, name)
        for name in ("duty_report_by", "duty_report_above_county", "direct_reports_a_term", "duty_report_days", "due_soon_days")
    }
    return Terms(
        rules.deadline(year, given["duty_report_by"]), bool(given["duty_report_above_county"]), int(given["direct_reports_a_term"]),
        int(given["duty_report_days"]), int(given["due_soon_days"]),
    )


@dataclass(frozen=True)
class Kept:
    """A report as the ledger has it."""

    id: int
    submitted_on: date | None
    received_on: date | None


@dataclass(frozen=True)
class InPerson:
    """A meeting at which the deputy reports, and the report for it."""

    meeting: int
    start: datetime
    report: Kept | None
    given: bool
    """Whether it was held and the deputy did report: there is a report handed in for it, or a result."""
    with_group: str
    """R14."""


@dataclass(frozen=True)
class Line:
    """One mandate in one year."""

    mandate: int
    deputy: int
    name: str
    term: str
    level: str
    group: int | None
    group_name: str
    station: int
    written: Kept | None
    in_writing: str
    in_person: str
    given: tuple[InPerson, ...] = ()
    """In the whole term."""
    this_year: tuple[InPerson, ...] = ()

    @property
    def owes(self) -> bool:
        return self.in_writing != NOT_DUE

    @property
    def is_draft(self) -> bool:
        return self.written is not None and self.written.submitted_on is None

    @property
    def standings(self) -> dict[str, str]:
        """What a filter asks for: the standing in each respect."""
        ahead = [each.with_group for each in self.this_year]
        return {"in_writing": self.in_writing, "in_person": self.in_person, "with_group": ahead[0] if ahead else ""}


@dataclass
class Year:
    year: int
    terms: Terms
    lines: list[Line]
    counts: Counter[tuple[str, str]] = field(init=False)
    """By respect and standing."""

    def __post_init__(self) -> None:
        self.counts = Counter((name, code) for line in self.lines for name, code in line.standings.items() if code)

    @property
    def owed(self) -> int:
        return sum(number for (name, code), number in self.counts.items() if name == "in_writing" and code != NOT_DUE)

    @property
    def in_office(self) -> int:
        return sum(number for (name, code), number in self.counts.items() if name == "in_person" and code != NOT_DUE)

    def count(self, name: str, *codes: str) -> int:
        return sum(self.counts[name, code] for code in codes)

    @property
    def missing(self) -> list[Line]:
        """Mandates that owe the year's report in writing and have none, not even a draft."""
        return [line for line in self.lines if line.owes and line.written is None]


def year_of(session: Session, actor: Actor, year: int) -> Year:
    """The year as this actor may see it, in the official order of names: some ten statements for however many mandates."""
    terms, today = terms_of(session, actor.station_id, year), clock.today()
    written, direct = _kept(session, actor, year)
    meetings = _in_person(session, actor, direct, terms, today)
    mandates = sorted(_read(session, actor, "mandates", MANDATE), key=_place)
    lines = [_line(row, year, terms, today, written, meetings[row["id"]]) for row in mandates]
    return Year(year, terms, [line for line in lines if line is not None])


def _read(session: Session, actor: Actor, key: str, columns: Sequence[str], *conditions: Any) -> list[dict[str, Any]]:
    """Columns of the rows that this actor may see, read in one statement."""
    model: Any = LEDGERS[key]
    paths = Paths(model)
    asked, scope = select(*(paths.column(path) for path in columns)).select_from(model), visible(actor, model, paths)
    found = session.execute(paths.join(asked).where(*scope, *conditions))
    return [dict(zip(columns, row, strict=True)) for row in found]


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    """Stations one after the other, in each the official order of names."""
    own = {name: row[f"deputy.{name}"] for name in ("official_order", "stroke_key")}
    return (row["station_id"], *official_place(own, row["deputy"]), row["id"])


def _line(
    values: dict[str, Any], year: int, terms: Terms, today: date, written: Mapping[int, Kept], meetings: list[InPerson]
) -> Line | None:
    """None: the mandate has nothing to do with that year."""
    mandate, levels = values["id"], LEDGERS["terms"].fields["level"].choices
    held = values["state"], values["state_since"], values["elected_on"], values["term.ends_on"]
    own = written.get(mandate)
    this_year = tuple(each for each in meetings if each.start.year == year)
    if own is None and not this_year and not in_office(*held, on=_looked_at(terms.due, values["term.ends_on"], today)):
        return None
    office = Office(values["term.level"], values["state"], values["state_since"], values["term.ends_on"])
    given = tuple(each for each in meetings if each.given)
    owed = rules.owes_report(office.level, in_office(*held, on=rules.judged_on(terms.due, office.term_ends)), terms.above_county)
    submitted = own.submitted_on if own is not None else None
    return Line(
        mandate=mandate, deputy=values["deputy"], name=values["deputy.name"], level=office.level,
        term=f"{levels.label(office.level) if levels else ''} {values['term.name'] or ''}".strip(), group=values["deputy.group"],
        group_name=values["deputy.group.name"] or "", station=values["station_id"], written=own,
        in_writing=rules.in_writing(submitted, terms.due, today, terms.soon_days, owed),
        in_person=rules.in_person(len(given), terms.in_person, office, today), given=given, this_year=this_year,
    )


def _looked_at(due: date, term_ends: date | None, today: date) -> date:
    """Whose mandates stand on the year's page: who held them at its end or, while it goes on, who holds them now."""
    return min(rules.judged_on(due, term_ends), max(today, date(due.year, 1, 1)))


def _kept(session: Session, actor: Actor, year: int) -> tuple[dict[int, Kept], dict[tuple[int, int], Kept]]:
    """The year's reports in writing by mandate; all those in person by mandate and meeting."""
    written, direct = {}, {}
    for values in _read(session, actor, "duty_reports", REPORT, (_reports.year == year) | (_reports.form == "direct")):
        kept = Kept(values["id"], values["submitted_on"], values["received_on"])
        if values["form"] == "written":
            written[values["mandate"]] = kept
        elif values["meeting"] is not None:
            direct[values["mandate"], values["meeting"]] = kept
    return written, direct


def _in_person(
    session: Session, actor: Actor, direct: Mapping[tuple[int, int], Kept], terms: Terms, today: date
) -> dict[int, list[InPerson]]:
    """By mandate the meetings that name it, the earliest first. Which mandates the actor sees is asked elsewhere."""
    reporters, activity = ReviewMeeting.associations["reporters"], LEDGERS["activities"]
    asked = (
        select(reporters.c.target_id, reporters.c.row_id, activity.start, _results.id)
        .join(_meetings, _meetings.id == reporters.c.row_id)
        .join(activity, activity.id == _meetings.activity_id)
        .outerjoin(_results, (_results.meeting_id == reporters.c.row_id) & (_results.mandate_id == reporters.c.target_id))
        .where(activity.status != "cancelled")
        .order_by(activity.start, reporters.c.row_id)
    )
    if actor.station_id is not None:
        asked = asked.where(_meetings.station_id == actor.station_id)
    found: dict[int, list[InPerson]] = defaultdict(list)
    for mandate, meeting, start, result in session.execute(asked):
        report = direct.get((mandate, meeting))
        held = start.date() <= today and (result is not None or (report is not None and report.submitted_on is not None))
        received = report.received_on if report is not None else None
        standing = rules.with_the_group(received, start.date(), today, terms.days_ahead, terms.soon_days)
        found[mandate].append(InPerson(meeting, start, report, held, standing))
    return found


@dataclass(frozen=True)
class Choice:
    """What of a year is asked for."""

    group: int | None = None
    level: str = ""
    respect: str = ""
    standing: str = ""

    def takes(self, line: Line) -> bool:
        if (self.group is not None and line.group != self.group) or (self.level and line.level != self.level):
            return False
        if not self.standing:
            return True
        now = line.standings[self.respect]
        return now in (OVERDUE, FAILED) if self.standing == OVERDUE else now == self.standing


RESPECTS = ("in_writing", "in_person", "with_group")
