"""Whose rows there are for an actor: predicates for every statement that reads a ledger."""

from __future__ import annotations

from typing import Any

from sqlalchemy import false, or_, select

from ..dictionary.entry import Scope
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.paths import Paths
from ..dictionary.roles import READ, TAKE, Reach, Verb
from .actor import Actor


def visible(actor: Actor, model: type[Ledger], paths: Paths, verb: Verb = Verb.LIST) -> list[Any]:
    """Predicates that leave the rows this actor may apply `verb` to; none at all for who sees everything."""
    reach = actor.reach(model.__tablename__, verb)
    if reach is None:
        return [false()]
    if model.__tablename__ == "stations":
        return [] if reach is Reach.ALL or actor.station_id is None else [model.id == actor.station_id]
    predicates = of_station(actor, model, getattr(model, "station_id", None), reach, verb)
    if reach in (Reach.GROUP, Reach.SELF) and model.scope is Scope.STATION:
        predicates += _person(actor, model, paths, reach, verb)
    return predicates


def of_station(actor: Actor, model: type[Ledger], station_id: Any, reach: Reach, verb: Verb) -> list[Any]:
    """Predicates over a column that holds the station of the ledger's rows: its own, or the recycle bin's."""
    if model.scope is Scope.SHARED:
        return []
    if model.scope is Scope.EITHER and verb not in TAKE:
        # The county's rows are written by those who work for all, a station's by those who belong to it.
        if reach is not Reach.ALL:
            return [station_id == actor.station_id]
        return [or_(station_id.is_(None), station_id == actor.home_id)]
    if actor.station_id is None:
        return [] if reach is Reach.ALL or actor.account_id is None else [false()]
    own = station_id == actor.station_id
    return [or_(own, station_id.is_(None))] if model.scope is Scope.EITHER else [own]


def _person(actor: Actor, model: type[Ledger], paths: Paths, reach: Reach, verb: Verb) -> list[Any]:
    """A convenor's group, a deputy's own rows and own group; what concerns no one in particular may be read by both."""
    entry = model.entry
    path = "id" if model.__tablename__ == "deputies" else entry.deputy
    if not path and not entry.group:
        return [] if verb in (Verb.LIST, Verb.SHOW, Verb.EXPORT) else [false()]
    own = []
    if path and actor.deputy_id is not None:
        own.append(paths.column(path) == actor.deputy_id)
    if not path and actor.deputy_id is not None and verb in READ:
        deputy = LEDGERS["deputies"]
        own.append(paths.column(str(entry.group)).in_(select(deputy.group_id).where(deputy.id == actor.deputy_id)))
    if reach is Reach.GROUP and actor.convened_groups:
        group = entry.group or ("group" if path == "id" else f"{path}.group")
        own.append(paths.column(group).in_(actor.convened_groups))
    return [or_(*own)] if own else [false()]
