"""Records read from the ledgers: sixteen statements, however many deputies and rows there are.

Nothing is masked and nothing needs to be: no voter's name, phone or address is read. Who may read whose record is asked before
(`services.py`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.activities.services import HELD, SIGNED_IN, in_office
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.several import link
from app.people.services import official_place

from .record import MISSED, Item, Office, Person, Record
from .record import Session as CongressSession

HEADINGS = {
    "reception_day": "people",
    "visit": "people",
    "inspection": "inspections",
    "research": "inspections",
    "enforcement": "inspections",
    "review": "reporting",
}
"""Under which heading of S11-2 an activity of a kind stands; every other is other work."""
VOTES = ("satisfied", "basically_satisfied", "dissatisfied", "abstained", "valid", "seal")
Found = Iterator[tuple[int, Item]]


def ledger(key: str) -> Any:
    return LEDGERS[key]


@dataclass
class Reader:
    """A period of some deputies. `whom` is a statement that selects their ids; None: all of the station, or of all stations."""

    session: Session
    first: date
    last: date
    now: datetime
    station_id: int | None = None
    whom: Any = None
    waiting: Counter[int] = field(default_factory=Counter, init=False)
    """Own entries that the office has not confirmed, by deputy: they count nowhere."""

    def records(self, always: Collection[int] = ()) -> dict[int, Record]:
        """By deputy, in the official order of names: who held an office in the period, and those asked for whether they did or not."""
        items: dict[int, list[Item]] = defaultdict(list)
        offices, persons = self._offices(), self._persons()
        wanted = {each for each in persons if each in always or any(held for _office, held in offices.get(each, ()))}
        for part in (self._attended(), self._entered(), self._opinions(), self._suggested(), self._reported(), self._at_congress()):
            for deputy_id, item in part:
                if deputy_id in wanted:
                    items[deputy_id].append(item)
        sessions = self._sessions()
        found = []
        for deputy_id in wanted:
            held = tuple(office for office, _held in offices.get(deputy_id, ()))
            person = Person(offices=held, **persons[deputy_id])
            by_day = tuple(sorted(items[deputy_id], key=lambda each: (each.day, each.ledger, each.row_id, each.kind)))
            found.append(Record(person, self.first, self.last, by_day, tuple(sessions[deputy_id]), self.waiting[deputy_id]))
        return {each.person.deputy_id: each for each in sorted(found, key=lambda each: each.person.order)}

    # ------------------------------------------------------------------ who

    def _persons(self) -> dict[int, dict[str, Any]]:
        deputy, group = ledger("deputies"), ledger("deputy_groups")
        columns = (deputy.id.label("deputy_id"), deputy.station_id, deputy.uid, deputy.name, deputy.sex, deputy.nation, deputy.unit)
        more = (deputy.group_id, group.name.label("group"), deputy.official_order, deputy.stroke_key)
        asked = select(*columns, *more).outerjoin(group, group.id == deputy.group_id)
        found = {}
        for row in self._of(asked, deputy, deputy.id):
            values = row._asdict()
            order = official_place({name: values.pop(name) for name in ("official_order", "stroke_key")}, row.deputy_id)
            found[row.deputy_id] = {**values, **{name: values[name] or "" for name in ("nation", "unit", "group")}, "order": order}
        return found

    def _offices(self) -> dict[int, list[tuple[Office, bool]]]:
        """Mandates by deputy, each with whether it was held in the period."""
        mandate, term, place = ledger("mandates"), ledger("terms"), ledger("constituencies")
        columns = (mandate.id, mandate.deputy_id, mandate.certificate, mandate.state, mandate.state_since, mandate.elected_on)
        more = (term.level, term.name, term.starts_on, term.ends_on, place.name.label("place"))
        asked = select(*columns, *more).join(term, term.id == mandate.term_id).outerjoin(place, place.id == mandate.constituency_id)
        found: dict[int, list[tuple[Office, bool]]] = defaultdict(list)
        for row in self._of(asked.order_by(term.starts_on, mandate.id), mandate, mandate.deputy_id):
            begins = max(row.elected_on or row.starts_on, self.first)
            held = begins <= self.last and in_office(row.state, row.state_since, row.elected_on, row.ends_on, begins)
            office = Office(row.id, row.level, row.name or "", row.place or "", row.certificate or "", row.state)
            found[row.deputy_id].append((office, held))
        return found

    # ------------------------------------------------------------------ activities

    def _attended(self) -> Found:
        """Activities that were held, and confirmed visits by certificate; what was missed stands apart."""
        mark, activity, visit = ledger("attendance"), ledger("activities"), ledger("inspections")
        own = and_(activity.arranged == "certificate", activity.status != "cancelled", activity.start <= self.now)
        columns = (mark.deputy_id, mark.state, activity.id, activity.type, activity.title, activity.start, activity.arranged)
        asked = (
            select(*columns, visit.holder_id, visit.confirmed)
            .join(activity, activity.id == mark.activity_id)
            .outerjoin(visit, visit.activity_id == activity.id)
            .where(self._moments(activity.start), or_(own, and_(activity.arranged != "certificate", activity.status.in_(HELD))))
        )
        for row in self._of(asked, mark, mark.deputy_id):
            own_visit, holds = row.arranged == "certificate", row.holder_id == row.deputy_id
            if own_visit and not row.confirmed:
                self.waiting[row.deputy_id] += holds
                continue
            there = row.state in SIGNED_IN or (own_visit and holds)
            if not there and own_visit:
                continue
            facts = {"state": row.state, "certificate" if own_visit else "invited": True}
            heading = HEADINGS.get(row.type, "other") if there else MISSED
            yield row.deputy_id, Item(heading, row.type, "activities", row.id, row.start.date(), row.title, facts)

    # ------------------------------------------------------------------ own entries

    def _entered(self) -> Found:
        """Visits and good deeds; what waits for the office counts nowhere."""
        visit, deed = ledger("visits"), ledger("good_deeds")
        asked = select(visit.deputy_id, visit.id, visit.visited_on, visit.place, visit.households, visit.persons, visit.confirmed)
        for row in self._confirmed(self._of(asked.where(self._days(visit.visited_on)), visit, visit.deputy_id)):
            facts = _known(households=row.households, persons=row.persons)
            yield row.deputy_id, Item("people", "visit_entry", "visits", row.id, row.visited_on, row.place, facts)
        asked = select(deed.deputy_id, deed.id, deed.done_on, deed.deed, deed.persons, deed.confirmed)
        for row in self._confirmed(self._of(asked.where(self._days(deed.done_on)), deed, deed.deputy_id)):
            yield row.deputy_id, Item("deeds", "deed", "good_deeds", row.id, row.done_on, row.deed, _known(persons=row.persons))

    def _confirmed(self, rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            if row.confirmed:
                yield row
            else:
                self.waiting[row.deputy_id] += 1

    # ------------------------------------------------------------------ opinions and suggestions

    def _opinions(self) -> Found:
        """What people told the deputy, where it stands, and what they said to the last answer."""
        opinion, reply, later = ledger("opinions"), ledger("replies"), ledger("replies").__table__.alias()
        last = select(func.max(later.c.round)).where(later.c.opinion_id == opinion.id).correlate(opinion).scalar_subquery()
        columns = (opinion.deputy_id, opinion.id, opinion.heard_on, opinion.number, opinion.village, opinion.category, opinion.status)
        asked = select(*columns, reply.satisfaction).outerjoin(reply, and_(reply.opinion_id == opinion.id, reply.round == last))
        for row in self._of(asked.where(self._days(opinion.heard_on)), opinion, opinion.deputy_id):
            said = {name: getattr(row, name) or "" for name in ("satisfaction", "category", "village")}
            yield row.deputy_id, Item("opinions", "opinion", "opinions", row.id, row.heard_on, row.number, {"status": row.status, **said})

    def _suggested(self) -> Found:
        """Suggestions and motions, led and signed along."""
        suggestion, motion = ledger("suggestions"), ledger("motions")
        columns: tuple[Any, ...] = (suggestion.id, suggestion.submitted_on, suggestion.title, suggestion.number)
        columns += (suggestion.result, suggestion.verdict)
        for whose, row in self._led_and_signed(suggestion, columns, suggestion.deputy_id, suggestion.submitted_on):
            facts = {"number": row.number, "result": row.result or "", "verdict": row.verdict or ""}
            yield row.deputy_id, Item("opinions", f"suggestion{whose}", "suggestions", row.id, row.submitted_on, row.title, facts)
        columns = (motion.id, motion.submitted_on, motion.title, motion.kind, motion.result)
        for whose, row in self._led_and_signed(motion, columns, ledger("mandates").deputy_id, motion.submitted_on):
            facts = {"kind": row.kind, "result": row.result or ""}
            yield row.deputy_id, Item("opinions", f"motion{whose}", "motions", row.id, row.submitted_on, row.title, facts)

    def _led_and_signed(self, model: Any, columns: tuple[Any, ...], lead: Any, day: Any) -> Iterator[tuple[str, Any]]:
        """Rows by who leads them and, in a statement of their own, by each who signed along."""
        mandate, signed = ledger("mandates"), link(model, model.fields["co_signers"])
        by_mandate = model.fields["co_signers"].target == "mandates"
        asked = select(lead.label("deputy_id"), *columns).where(self._days(day))
        asked = asked.join(mandate, mandate.id == model.lead_id) if by_mandate else asked
        for row in self._of(asked, model, lead):
            yield "", row
        deputy = mandate.deputy_id if by_mandate else signed.other
        asked = select(deputy.label("deputy_id"), *columns).join(signed.kept_in, signed.own == model.id).where(self._days(day))
        asked = asked.join(mandate, mandate.id == signed.other) if by_mandate else asked
        for row in self._of(asked, model, deputy):
            yield "_joint", row

    # ------------------------------------------------------------------ duty reports and the vote

    def _reported(self) -> Found:
        """Duty reports handed in for the period's years, what the published count of a vote gave (nothing else of a vote exists), and
        what was said of the deputy at the review."""
        report, result, voiced = (ledger(key) for key in ("duty_reports", "review_results", "voiced_opinions"))
        meeting, activity, mandate = (ledger(key) for key in ("review_meetings", "activities", "mandates"))
        asked = select(mandate.deputy_id, report.id, report.submitted_on, report.year, report.form).join(
            mandate, mandate.id == report.mandate_id
        )
        years = (report.year >= self.first.year, report.year <= self.last.year, report.submitted_on.is_not(None))
        for row in self._of(asked.where(*years), report, mandate.deputy_id):
            facts = {"year": row.year, "form": row.form}
            yield row.deputy_id, Item("reporting", "report", "duty_reports", row.id, row.submitted_on, str(row.year), facts)
        for model, kind, told, which in (
            (result, "result", VOTES, result.published_at.is_not(None)),
            (voiced, "voiced", ("text",), voiced.mandate_id.is_not(None)),
        ):
            asked = (
                select(mandate.deputy_id, model.id, activity.start, activity.title, *(getattr(model, name) for name in told))
                .join(mandate, mandate.id == model.mandate_id)
                .join(meeting, meeting.id == model.meeting_id)
                .join(activity, activity.id == meeting.activity_id)
                .where(self._moments(activity.start), which)
            )
            for row in self._of(asked, model, mandate.deputy_id):
                facts = {name: getattr(row, name) for name in told}
                yield row.deputy_id, Item("reporting", kind, model.__tablename__, row.id, row.start.date(), row.title, facts)

    # ------------------------------------------------------------------ congress

    def _at_congress(self) -> Found:
        mark, session, speech, term = (ledger(key) for key in ("congress_attendance", "congress_sessions", "congress_speeches", "terms"))
        mandate = ledger("mandates")
        asked = (
            select(mandate.deputy_id, mark.id, mark.state, session.starts_on, session.name, term.level, term.name.label("term"))
            .join(mandate, mandate.id == mark.mandate_id)
            .join(session, session.id == mark.session_id)
            .join(term, term.id == session.term_id)
        )
        for row in self._of(asked.where(self._days(session.starts_on)), mark, mandate.deputy_id):
            facts = {"state": row.state, "level": row.level, "term": row.term or ""}
            yield row.deputy_id, Item("other", "session", "congress_attendance", row.id, row.starts_on, row.name or "", facts)
        asked = select(mandate.deputy_id, speech.id, speech.spoken_on, speech.title).join(mandate, mandate.id == speech.mandate_id)
        for row in self._of(asked.where(self._days(speech.spoken_on)), speech, mandate.deputy_id):
            yield row.deputy_id, Item("other", "speech", "congress_speeches", row.id, row.spoken_on, row.title, {})

    def _sessions(self) -> Mapping[int, list[CongressSession]]:
        """The sessions of each mandate's own congress, up to the period's end, from the day it was held from (R21)."""
        mandate, session, mark = ledger("mandates"), ledger("congress_sessions"), ledger("congress_attendance")
        asked = (
            select(mandate.deputy_id, mandate.id, session.id.label("session"), session.starts_on, session.name, mark.state)
            .join(session, session.term_id == mandate.term_id)
            .outerjoin(mark, and_(mark.session_id == session.id, mark.mandate_id == mandate.id))
            .where(session.starts_on <= min(self.last, self.now.date()))
            .where(or_(mandate.elected_on.is_(None), mandate.elected_on <= session.starts_on))
            .order_by(session.starts_on, session.id)
        )
        found: dict[int, list[CongressSession]] = defaultdict(list)
        for row in self._of(asked, mandate, mandate.deputy_id):
            found[row.deputy_id].append(CongressSession(row.id, row.session, row.starts_on, row.name or "", row.state or ""))
        return found

    # ------------------------------------------------------------------ conditions

    def _of(self, asked: Any, model: Any, deputy: Any) -> Iterable[Any]:
        """The rows of the deputies asked for."""
        if self.station_id is not None:
            asked = asked.where(model.station_id == self.station_id)
        if self.whom is not None:
            asked = asked.where(deputy.in_(self.whom))
        return self.session.execute(asked).all()

    def _days(self, column: Any) -> Any:
        return and_(column >= self.first, column <= self.last)

    def _moments(self, column: Any) -> Any:
        after = self.last + timedelta(days=1)
        return and_(column >= datetime(self.first.year, self.first.month, self.first.day),
                    column < datetime(after.year, after.month, after.day))


def _known(**values: int | None) -> dict[str, int]:
    return {name: value for name, value in values.items() if value is not None}
