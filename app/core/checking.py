"""What stands under every way of writing: reading values, and the rules that the dictionary states for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from .actor import Actor
from .entry import Scope
from .fields import Field, Kind
from .ledger import LEDGERS, Ledger
from .masks import Sight, is_masked, mask
from .paths import Paths
from .refusals import Refusal, Refused
from .scope import visible
from .titles import title_of


def read_changes(
    actor: Actor, model: type[Ledger], changes: Mapping[str, Any], current: Mapping[str, Any], by_program: bool
) -> tuple[dict[str, Any], list[Refusal]]:
    """Typed, sent or imported values as column values by field name; what cannot be read, as refusals.

    A value that equals the current mask means unchanged and is left out; any other masked value is refused.
    """
    values: dict[str, Any] = {}
    refusals: list[Refusal] = []
    for name, raw in changes.items():
        field = model.fields.get(name)
        if field is None:
            refusals.append(Refusal("unknown_field", name))
            continue
        sight = Sight.CLEAR if by_program else actor.sight(model.__tablename__)
        if sight is not Sight.CLEAR and unchanged_mask(sight, field, raw, current.get(name)):
            continue
        if field.personal and is_masked(raw):
            refusals.append(Refusal("masked_value", name))
            continue
        if field.personal and sight is Sight.HIDDEN and current:
            refusals.append(Refusal("not_permitted", name))
            continue
        try:
            value = field.read(raw)
        except Refused as refused:
            refusals += refused.refusals
            continue
        if field.written_by_program and not by_program:
            if value is not None and value != current.get(name):
                refusals.append(Refusal("not_writable", name))
            continue
        values[name] = value
    return values, refusals


def unchanged_mask(sight: Sight, field: Field, raw: Any, current: Any) -> bool:
    """Whether what comes back is just the mask (or the nothing) that was shown."""
    if field.personal is None:
        return False
    shown = mask(field.personal, current) if sight is Sight.MASKED else ""
    return (raw or "") == shown


def check_fields(model: type[Ledger], values: Mapping[str, Any], names: Iterable[str]) -> list[Refusal]:
    """What is required is there."""
    return [
        Refusal("required", name)
        for name in names
        if model.fields[name].required and values.get(name) in (None, "") and not model.fields[name].written_by_program
    ]


def check_row(model: type[Ledger], values: Mapping[str, Any]) -> list[Refusal]:
    """The order of dates, the one of several, and the ledger's own rule."""
    entry, refusals = model.entry, []
    for first, second in entry.ordered:
        if values.get(first) is not None and values.get(second) is not None and values[second] < values[first]:
            refusals.append(Refusal("before", second, {"other": model.fields[first].label}))
    if entry.exactly_one and sum(values.get(name) is not None for name in entry.exactly_one) != 1:
        labels = "、".join(str(model.fields[name].label) for name in entry.exactly_one)
        refusals.append(Refusal("exactly_one", entry.exactly_one[0], {"fields": labels}))
    if entry.check is not None:
        refusals += entry.check(values)
    return refusals


def check_references(
    session: Session,
    actor: Actor,
    model: type[Ledger],
    values: Mapping[str, Any],
    names: Iterable[str],
    station_id: int | None,
    by_program: bool,
) -> list[Refusal]:
    """Each row referred to exists, for this actor and for this row's station."""
    refusals = []
    for name in names:
        field = model.fields[name]
        if field.kind not in (Kind.REFERENCE, Kind.REFERENCES) or not values.get(name):
            continue
        ids = values[name] if field.kind is Kind.REFERENCES else [values[name]]
        if len(ids) != _count_open(session, actor, field.target, ids, model, station_id, by_program):
            refusals.append(Refusal("no_such_row", name))
    return refusals


def _count_open(
    session: Session, actor: Actor, target: str, ids: list[int], model: type[Ledger], station_id: int | None, by_program: bool
) -> int:
    ledger = LEDGERS[target]
    paths = Paths(ledger)
    statement = select(ledger.id).where(ledger.id.in_(ids))
    if target == "stations":
        pass
    elif ledger.scope is Scope.STATION:
        statement = statement.where(ledger.station_id == station_id)
    elif ledger.scope is Scope.EITHER:
        statement = statement.where(or_(ledger.station_id.is_(None), ledger.station_id == station_id))
    if not by_program:
        statement = statement.where(*visible(actor, ledger, paths))
    return len(session.execute(paths.join(statement)).all())


def check_key(
    session: Session, model: type[Ledger], values: Mapping[str, Any], row_id: int | None, station_id: int | None
) -> list[Refusal]:
    """No second row with the same natural key within the scope."""
    names = [name for name in model.entry.key if "." not in name]
    if not names or any(values.get(name) is None for name in names):
        return []
    statement = select(model).where(*(getattr(model, model.fields[name].column) == values[name] for name in names))
    if model.scope is not Scope.SHARED and model.__tablename__ != "stations":
        own = model.station_id
        statement = statement.where(own.is_(None) if station_id is None else own == station_id)
    if row_id is not None:
        statement = statement.where(model.id != row_id)
    other = session.scalars(statement.limit(1)).first()
    return [Refusal("taken", names[-1], {"title": title_of(session, other)})] if other is not None else []
