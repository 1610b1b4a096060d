"""What happened in a period, told by every area of its own rows: lines for the station's chronicle, figures for its summaries.

Core knows no area: each contributes through a `Teller`, and the registry lists them. Rows are read as the actor sees them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..access.actor import Actor
from ..access.scope import visible
from ..dictionary.fields import Kind
from ..dictionary.ledger import LEDGERS
from ..dictionary.paths import Paths, field_at
from ..dictionary.roles import Verb
from .listing import Listing, Row

MOST_ROWS = 2_000
"""Rows of one ledger that a chronicle tells."""


@dataclass(frozen=True)
class Happening:
    """A line of the chronicle: what happened on a day, and the row that holds it."""

    day: date
    what: str
    ledger: str
    row_id: int


@dataclass(frozen=True)
class Figure:
    """A figure of the period: its code, what it counts, and where its rows are."""

    code: str
    label: str
    value: int
    url: str = ""


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, as an actor of one station sees them."""

    session: Session
    actor: Actor
    first: date
    last: date

    def rows(self, key: str, day: str, columns: Sequence[str], where: Callable[[Paths], Sequence[Any]] | None = None) -> list[Row]:
        """The ledger's rows whose day lies in the period, the earliest first; none where the actor may not list them."""
        if not self.actor.may(key, Verb.LIST):
            return []
        listing = Listing(self.session, self.actor, LEDGERS[key], [*dict.fromkeys((day, *columns))], sort=day)
        listing.predicates += self._within(listing.paths, key, day)
        if where is not None:
            listing.predicates += where(listing.paths)
        return listing.rows(listing.ids(0, MOST_ROWS))

    def count(
        self, key: str, day: str, by: str = "", sums: Sequence[str] = (), where: Callable[[Paths], Sequence[Any]] | None = None
    ) -> Any:
        """How many rows lie in the period; with `by` for each value of that column; with `sums` the sums of those columns instead."""
        if not self.actor.may(key, Verb.LIST):
            return {} if by else (0,) * len(sums) if sums else 0
        model = LEDGERS[key]
        paths = Paths(model)
        scope = visible(self.actor, model, paths)
        conditions = self._within(paths, key, day) + ([*where(paths)] if where is not None else [])
        if by:
            column = paths.column(by)
            grouped = paths.join(select(column, func.count()).select_from(model)).where(*scope, *conditions).group_by(column)
            return {row[0]: row[1] for row in self.session.execute(grouped)}
        if sums:
            columns = [func.coalesce(func.sum(paths.column(name)), 0) for name in sums]
            return tuple(
                int(each) for each in self.session.execute(paths.join(select(*columns).select_from(model)).where(*scope, *conditions)).one()
            )
        return self.session.scalar(paths.join(select(func.count()).select_from(model)).where(*scope, *conditions)) or 0

    def _within(self, paths: Paths, key: str, day: str) -> list[Any]:
        column = paths.column(day)
        if field_at(LEDGERS[key], day).kind is Kind.DATETIME:
            after = self.last + timedelta(days=1)
            return [
                column >= datetime(self.first.year, self.first.month, self.first.day),
                column < datetime(after.year, after.month, after.day),
            ]
        return [column >= self.first, column <= self.last]


@dataclass(frozen=True)
class Teller:
    """What an area tells of a period."""

    happenings: Callable[[Period], Iterable[Happening]]
    figures: Callable[[Period], Iterable[Figure]]


TELLERS: list[Teller] = []
"""In the order of the menu; filled in by the registry."""


def happenings(period: Period) -> list[Happening]:
    """The chronicle of the period: by day, each row once, in the areas' order within a day."""
    found: dict[tuple[str, int, date], Happening] = {}
    for teller in TELLERS:
        for each in teller.happenings(period):
            if each.what and period.first <= each.day <= period.last:
                found.setdefault((each.ledger, each.row_id, each.day), each)
    return sorted(found.values(), key=lambda each: each.day)


def figures(period: Period) -> list[Figure]:
    """All figures of the period, in the areas' order."""
    return [each for teller in TELLERS for each in teller.figures(period)]
