"""A row's page shows what belongs to it: a deputy all that the deputy ever did, an activity its notices and attendance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from ..access.actor import Actor
from ..access.scope import visible
from ..dictionary.fields import Kind
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.paths import Paths, field_at
from ..dictionary.roles import Verb
from ..dictionary.several import link
from .listing import Listing


@dataclass(frozen=True)
class Tab:
    """Rows of the ledger `key` whose `path` leads to the row of the page."""

    key: str
    path: str
    count: int = 0

    @property
    def name(self) -> str:
        return f"{self.key}-{self.path.replace('.', '-')}"

    def condition(self, paths: Paths, row_id: int) -> Any:
        model = LEDGERS[self.key]
        item = model.fields.get(self.path)
        if item is not None and item.kind is Kind.REFERENCES:
            kept = link(model, item)
            return model.id.in_(select(kept.own).where(kept.other == row_id))
        return paths.refers(self.path, row_id)

    @property
    def label(self) -> str:
        """The ledger's label."""
        return str(LEDGERS[self.key].entry.label)

    @property
    def role(self) -> str:
        """What the row of the page is in these rows: the field's label."""
        return str(field_at(LEDGERS[self.key], self.path).label)


def tabs_of(actor: Actor, key: str) -> Iterator[Tab]:
    """Every ledger that refers to this one and that the actor may list, in the registry's order."""
    for child, model in LEDGERS.items():
        if not actor.may(child, Verb.LIST):
            continue
        entry = model.entry
        for path in dict.fromkeys((entry.deputy, *entry.also_under)):
            if "." in path and field_at(model, path).target == key:
                yield Tab(child, path)
        for item in model.fields.values():
            shares_life = entry.one_to_one is not None and entry.one_to_one.field == item.name
            if item.target == key and item.kind in (Kind.REFERENCE, Kind.REFERENCES) and not shares_life and not item.through:
                yield Tab(child, item.name)


def counted(session: Session, actor: Actor, key: str, row_id: int) -> list[Tab]:
    """The tabs with how many rows each has, in one statement."""
    tabs = list(tabs_of(actor, key))
    if not tabs:
        return []
    parts = []
    for index, tab in enumerate(tabs):
        model = LEDGERS[tab.key]
        paths = Paths(model)
        condition, scope = tab.condition(paths, row_id), visible(actor, model, paths)
        parts.append(
            paths.join(select(literal(index).label("tab"), func.count().label("rows")).select_from(model)).where(condition, *scope)
        )
    counts = {row.tab: row.rows for row in session.execute(union_all(*parts))}
    return [Tab(tab.key, tab.path, counts.get(index, 0)) for index, tab in enumerate(tabs)]


def listing_of(session: Session, actor: Actor, tab: Tab, row_id: int, columns: list[str]) -> Listing:
    """The rows of a tab."""
    listing = Listing(session, actor, LEDGERS[tab.key], columns)
    listing.predicates.append(tab.condition(listing.paths, row_id))
    return listing


def detail_of(session: Session, actor: Actor, row: Ledger) -> tuple[str, int] | None:
    """The 1:1 detail of an activity, if there is one that the actor may see."""
    for key, model in LEDGERS.items():
        one = model.entry.one_to_one
        if one is not None and model.fields[one.field].target == row.__tablename__ and actor.may(key, Verb.SHOW):
            column = getattr(model, f"{one.field}_id")
            if (found := session.scalar(select(model.id).where(column == row.id))) is not None:
                return key, found
    return None
