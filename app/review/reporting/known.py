"""What the ledgers know of a review meeting, as the reader may see it: for its minutes, its report upward, and its papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.lists.listing import Row
from app.core.paperwork.papers import Reading
from app.paper import long_date
from app.people.services import official_place
from app.work.services import setting

from ..ballot.counting import SATISFIED, WITH_BASICALLY, rate, seal_words
from ..ballot.models import ANNOUNCED, Vote
from ..ballot.rules import Frozen
from ..models import VoterRepresentative
from ..rules import GRADES
from . import rules
from .wording import Count, Meeting

MEETING = (
    "activity", "activity.title", "activity.start", "activity.end", "activity.place", "group", "audience", "reporters", "chair",
    "scrutineers", "tellers", "opinions_voiced", "record", "reported_on", "station",
)
_representatives: Any = VoterRepresentative
_NAMES = ("official_order", "stroke_key")
_RESULT = (
    "mandate.deputy", *(f"mandate.deputy.{name}" for name in _NAMES), *GRADES, "issued", "returned", "valid", "invalid",
    "published_at", "seal",
)


def known_of(reading: Reading, row: Row) -> Meeting:
    """A row of review_meetings read with the columns above, and the rows around it. Voters are counted, never named."""
    head = reading.letterhead("review_meetings", row.id)
    names: dict[str, list[str]] = {}
    marks = ("deputy", *(f"deputy.{name}" for name in _NAMES), "state")
    for mark in sorted(reading.under("attendance", "activity", row.values["activity"], marks), key=lambda each: _place(each, "deputy")):
        names.setdefault(mark.values["state"], []).append(mark.texts["deputy"])
    there = Counter(reading.session.scalars(select(_representatives.signed_in).where(_representatives.meeting_id == row.id)))
    results = reading.under("review_results", "meeting", row.id, _RESULT)
    formula = formula_of(reading.session, row.values["station"])
    vote = announced(reading.session, [row.id]).get(row.id)
    return Meeting(
        station=head.station,
        title=row.texts["activity.title"],
        start=long_date(row.values["activity.start"]),
        place=row.texts["activity.place"],
        group=row.texts["group"],
        audience=row.texts["audience"],
        chair=row.texts["chair"],
        scrutineers=row.texts["scrutineers"],
        tellers=row.texts["tellers"],
        reporters=reporters_of(reading, row),
        names=names,
        representatives=there.total(),
        signed_in=there[True],
        voiced=row.texts["opinions_voiced"],
        counts=[_count(each, vote, formula) for each in sorted(results, key=lambda each: _place(each, "mandate.deputy"))],
        seal=seal_words(vote.seal) if vote is not None and vote.seal else "",
        repeated=vote.reason if vote is not None else "",
        record=row.texts["record"],
    )


def reporters_of(reading: Reading, row: Row) -> list[str]:
    """Who reports, in the official order of names."""
    return [each.texts["deputy"] for each in reporting(reading, row)]


def reporting(reading: Reading, row: Row) -> list[Row]:
    """The mandates that report at the meeting, in the official order."""
    columns = ("deputy", *(f"deputy.{name}" for name in _NAMES), "term")
    return sorted(reading.rows("mandates", row.values["reporters"], columns), key=lambda each: _place(each, "deputy"))


def _place(row: Row, path: str) -> tuple[Any, ...]:
    return official_place({name: row.values[f"{path}.{name}"] for name in _NAMES}, row.id)


def announced(session: Session, meetings: Collection[int]) -> dict[int, Vote]:
    """The vote that stands of each meeting: the last that was announced."""
    found = select(Vote).where(Vote.meeting_id.in_(meetings), Vote.state == ANNOUNCED).order_by(Vote.number)
    return {vote.meeting_id: vote for vote in session.scalars(found)}


def formula_of(session: Session, station_id: int | None) -> str:
    """How the share of satisfied votes is counted where no vote of the system fixed it."""
    return WITH_BASICALLY if setting(session, station_id, "review_rate_with_basically") else SATISFIED


def _count(row: Row, vote: Vote | None, formula: str) -> Count:
    values = row.values
    published = values["published_at"]
    frozen = Frozen.of(vote.frozen) if vote is not None and vote.frozen else None
    words = frozen.grades if frozen is not None else [str(word) for word in rules.GRADE_WORDS.values()]
    return Count(
        name=row.texts["mandate.deputy"],
        votes={word: values[code] for word, code in zip(words, GRADES, strict=True)},
        issued=values["issued"],
        returned=values["returned"],
        valid=values["valid"],
        invalid=values["invalid"],
        share=rate({code: values[code] for code in GRADES}, frozen.formula if frozen is not None else formula),
        seal=values["seal"] or "",
        published=long_date(published) if published is not None else "",
    )
