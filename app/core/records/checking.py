"""What stands under every way of writing: reading values, and the rules that the dictionary states for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..access.actor import Actor
from ..dictionary.fields import Field, Kind
from ..dictionary.ledger import Ledger
from ..dictionary.masks import Sight, is_masked, mask
from ..refusals import Refusal, Refused
from .store import Store


def read_changes(
    actor: Actor, model: type[Ledger], changes: Mapping[str, Any], current: Mapping[str, Any], by_program: bool
) -> tuple[dict[str, Any], list[Refusal]]:
    """Typed, sent or imported values as column values by field name; what cannot be read, as refusals.

    A value that equals the current mask means unchanged and is left out; any other masked value is refused.
    """
    values: dict[str, Any] = {}
    refusals: list[Refusal] = []
    sight = Sight.CLEAR if by_program else actor.sight(model.__tablename__)
    for name, raw in changes.items():
        field = model.fields.get(name)
        if field is None:
            refusals.append(Refusal("unknown_field", name))
            continue
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
    store: Store,
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
        if len(ids) != len(store.open_ids(actor, field.target, ids, station_id, by_program)):
            refusals.append(Refusal("no_such_row", name))
    return refusals


def key_of(model: type[Ledger], values: Mapping[str, Any]) -> dict[str, Any]:
    """The natural key within the scope; empty where the row has none, or a part of it is empty."""
    names = [name for name in model.entry.key if "." not in name]
    return {} if any(values.get(name) is None for name in names) else {name: values[name] for name in names}


def check_key(store: Store, model: type[Ledger], values: Mapping[str, Any], row_id: int | None, station_id: int | None) -> list[Refusal]:
    """No second row with the same natural key within the scope."""
    key = key_of(model, values)
    other = store.twin(model, key, station_id, row_id) if key else None
    return [Refusal("taken", list(key)[-1], {"title": store.title(model, other)})] if other is not None else []
