"""What the votes of a term lead to: each deputy's results with the share of satisfied votes, and the lists they come onto (S9-5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS
from app.core.lists.listing import Listing, Row
from app.people.services import official_place
from app.work.services import setting

from ..ballot.counting import rate
from ..rules import GRADES, sums_and_seal
from . import rules
from .known import announced, formula_of

RESULT = (
    "mandate", "mandate.term", "mandate.deputy", "mandate.deputy.group", "mandate.deputy.official_order", "mandate.deputy.stroke_key",
    "mandate.state", "meeting", "meeting.activity", "meeting.activity.start", "meeting.activity.title", "published_at", "source", "seal",
    "issued", "returned", "valid", "invalid", *GRADES, "station",
)


@dataclass(frozen=True)
class Outcome:
    """The published count of one mandate at one meeting."""

    id: int
    mandate: int
    deputy: int
    name: str
    term: str
    group: str
    station: int
    meeting: int
    title: str
    day: date
    votes: Mapping[str, int]
    valid: int
    share: Decimal | None
    leads_to: tuple[str, ...]
    sound: bool
    """Its seal still fits its figures."""


def shares_of(session: Session, station_id: int | None) -> rules.Shares:
    names = ("review_commended_from", "review_candidate_from", "review_talk_below")
    return rules.Shares(*(Decimal(setting(session, station_id, name)) for name in names))


def outcomes(session: Session, actor: Actor, term: int | None, year: int | None) -> list[Outcome]:
    """The published counts of a term or a year that this actor may see, in the official order of names: some eight statements in all."""
    listing = Listing(session, actor, LEDGERS["review_results"], RESULT)
    published: Any = LEDGERS["review_results"]
    listing.predicates.append(published.published_at.is_not(None))
    if term is not None:
        listing.predicates.append(listing.paths.column("mandate.term") == term)
    if year is not None:
        start = listing.paths.column("meeting.activity.start")
        listing.predicates += [start >= datetime(year, 1, 1), start < datetime(year + 1, 1, 1)]
    rows = list(listing.stream())
    votes = announced(session, {row.values["meeting"] for row in rows})
    formulas = {meeting: vote.frozen["formula"] for meeting, vote in votes.items() if vote.frozen}
    usual, shares = formula_of(session, actor.station_id), shares_of(session, actor.station_id)
    return [_outcome(row, formulas.get(row.values["meeting"], usual), shares) for row in sorted(rows, key=_place)]


def _place(row: Row) -> tuple[Any, ...]:
    names = ("official_order", "stroke_key")
    return official_place({name: row.values[f"mandate.deputy.{name}"] for name in names}, row.values["mandate.deputy"])


def _outcome(row: Row, formula: str, shares: rules.Shares) -> Outcome:
    values = row.values
    votes = {grade: values[grade] for grade in GRADES}
    share = rate(votes, formula)
    return Outcome(
        id=row.id, mandate=values["mandate"], deputy=values["mandate.deputy"], name=row.texts["mandate.deputy"],
        term=row.texts["mandate.term"], group=row.texts["mandate.deputy.group"], station=values["station"], meeting=values["meeting"],
        title=row.texts["meeting.activity.title"], day=values["meeting.activity.start"].date(), votes=votes, valid=values["valid"],
        share=share, leads_to=rules.may_lead_to(share, shares), sound=sums_and_seal(values)["seal"] == values["seal"],
    )


def terms_reviewed(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """The terms of which there may be results, the latest first."""
    listing = Listing(session, actor, LEDGERS["terms"], ("level", "name", "starts_on"))
    return [(row.id, f"{row.texts['level']} {row.texts['name']}") for row in listing.rows(listing.ids(0, 200))]


def on_list(found: Sequence[Outcome], name: str) -> list[Outcome]:
    """Who stands on one of the lists; without a name all."""
    return [each for each in found if not name or name in each.leads_to]
