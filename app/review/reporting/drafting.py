"""What the ledgers know of the year of those who report, as the draft of a duty report takes it (S9-3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archives.services import records as records_of
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.titles import show

from .wording import Record, report

MISSED = "missed"
"""Where a record keeps activities to which the deputy was invited and did not come."""
ANSWERED = frozenset({"answered", "closed", "filed"})
STUDIES = ("study", "training", "exchange")
INSPECTIONS = ("inspection", "research", "enforcement")


def drafts(session: Session, station_id: int, year: int, whose: Mapping[int, int]) -> dict[int, dict[str, str]]:
    """The seven headings for each mandate (-> its deputy): what no ledger knows is left blank."""
    period = date(year, 1, 1), date(year, 12, 31)
    records = records_of(session, period, station_id, sorted(set(whose.values())))
    items = (each for record in records.values() for each in record.items)
    beside = _Beside(session, station_id, {each.row_id for each in items if each.ledger == "activities"})
    found = {}
    for mandate, deputy in whose.items():
        record = records.get(deputy)
        found[mandate] = report(_of_mandate(record, mandate, year, beside) if record is not None else Record())
    return found


class _Beside:
    """What a report tells of an activity and a deputy's record does not: voters received, the law that was studied or supervised."""

    def __init__(self, session: Session, station_id: int, activities: Collection[int]) -> None:
        activity, reception, law = (LEDGERS[key] for key in ("activities", "receptions", "law_supervision"))
        own: Any = activity.station_id == station_id
        asked = select(activity.id).where(own, activity.type == "study", activity.study_subject == "law_policy")
        self.law_studies = set(session.scalars(asked)) & set(activities)
        received = select(reception.activity_id, reception.voters_received).where(reception.station_id == station_id)
        self.voters = {row[0]: row[1] or 0 for row in session.execute(received)}
        supervised = select(law.activity_id, law.what).where(law.station_id == station_id, law.activity_id.is_not(None))
        self.laws = {row[0]: row[1] for row in session.execute(supervised)}


def _of_mandate(record: Any, mandate: int, year: int, beside: _Beside) -> Record:
    items = record.items
    there = [each for each in items if each.ledger == "activities" and each.category != MISSED]
    arranged = [each for each in there if each.facts.get("invited")]
    missed = [each for each in items if each.category == MISSED]
    of = {kind: [each for each in items if each.kind == kind] for kind in {each.kind for each in items}}
    motions = of.get("motion", [])
    came = [each for each in there if each.kind in STUDIES]
    return Record(
        sessions=[(each.name, _state(each.state)) for each in record.sessions
                  if each.mandate_id == mandate and each.day.year == year and each.state],
        speeches=[each.title for each in of.get("speech", [])],
        motions=[each.title for each in motions if each.facts.get("kind") == "motion"],
        congress_suggestions=[each.title for each in motions if each.facts.get("kind") != "motion"],
        co_signed=len(of.get("motion_joint", [])) + len(of.get("suggestion_joint", [])),
        receptions=sum(each.kind == "reception_day" for each in there),
        voters_received=sum(beside.voters.get(each.row_id, 0) for each in there if each.kind == "reception_day"),
        visits=len(of.get("visit_entry", [])),
        households=sum(each.facts.get("households", 0) for each in of.get("visit_entry", [])),
        opinions=len(of.get("opinion", [])),
        opinions_answered=sum(each.facts.get("status") in ANSWERED for each in of.get("opinion", [])),
        suggestions=[each.title for each in of.get("suggestion", [])],
        deeds=[each.title for each in of.get("deed", [])],
        invited=len(arranged) + len(missed),
        came=len(arranged),
        on_leave=sum(each.facts.get("state") == "leave" for each in missed),
        absent=sum(each.facts.get("state") == "absent" for each in missed),
        kinds={_kind(kind): number for kind, number in Counter(each.kind for each in arranged).most_common()},
        inspections=[each.title for each in there if each.kind in INSPECTIONS],
        law_studies=[each.title for each in came if each.row_id in beside.law_studies],
        law_supervised=[beside.laws[each.row_id] for each in there if each.row_id in beside.laws],
        policy_talks=sum(each.kind == "policy" for each in there),
        studies=[each.title for each in came if each.row_id not in beside.law_studies],
    )


def _state(code: str) -> str:
    return show(LEDGERS["congress_attendance"].fields["state"], code)


def _kind(code: str) -> str:
    return show(LEDGERS["activities"].fields["type"], code)
