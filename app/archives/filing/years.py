"""The binding of the years (R11): how many closed opinions of each wait, until when, and how that stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.work.services import setting

from . import rules
from .kinds import KINDS, OPINIONS, waiting


@dataclass(frozen=True)
class YearOfOpinions:
    """Opinions closed in a year that are in no file yet."""

    year: int
    waiting: int
    due: date
    standing: rules.Bound
    days_left: int


def years_waiting(session: Session, actor: Actor) -> list[YearOfOpinions]:
    """Years with closed opinions that are not filed, the earliest first; each station by its own last day, so of one station only."""
    listing = waiting(session, actor, KINDS[OPINIONS])
    year = extract("year", listing.paths.column(KINDS[OPINIONS].closed_on))
    asked = listing.paths.join(select(year, func.count()).select_from(listing.model)).where(*listing.scope, *listing.predicates)
    last = setting(session, actor.station_id, "opinions_bound_by")
    soon, today = int(setting(session, actor.station_id, "due_soon_days")), clock.today()
    found = []
    for number, count in session.execute(asked.group_by(year).order_by(year)):
        due = rules.bound_by(int(number), last.month, last.day)
        found.append(YearOfOpinions(int(number), count, due, rules.standing(count, due, today, soon), (due - today).days))
    return found
