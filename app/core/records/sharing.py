"""A 1:1 detail shares the life of its parent: both are written from one page, the parent first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..dictionary.ledger import LEDGERS, Ledger
from ..refusals import Refusal, Refused
from .hooks import Values
from .search import station_of

if TYPE_CHECKING:
    from .saving import Writing


def parent_changes(model: type[Ledger], changes: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The changes of the row's own fields, and those of the parent with which a 1:1 detail shares its life."""
    own = {name: raw for name, raw in changes.items() if name not in ("station", "station_id")}
    if model.entry.one_to_one is None:
        return own, {}
    prefix = f"{model.entry.one_to_one.field}."
    of_parent = {name.removeprefix(prefix): raw for name, raw in own.items() if name.startswith(prefix)}
    return {name: raw for name, raw in own.items() if not name.startswith(prefix)}, of_parent


def save_parent(
    writing: Writing,
    model: type[Ledger],
    row: Ledger | None,
    wanted: dict[str, Any],
    given: Values,
    station_id: int | None,
    refusals: list[Refusal],
) -> None:
    """Write the activity of a detail and put its id into `given`; what is refused of it joins the refusals of the page."""
    one = model.entry.one_to_one
    assert one is not None
    target = model.fields[one.field].target
    prefix = f"{one.field}."
    parent_id = getattr(row, f"{one.field}_id") if row is not None else given.get(one.field)
    parent = writing.store.get(LEDGERS[target], parent_id) if parent_id else None
    if parent is not None and station_of(parent) != station_id:
        refusals.append(Refusal("no_such_row", one.field))
        return
    for name, allowed in one.fixed.items():
        if len(allowed) == 1:
            wanted[name] = allowed[0]
        elif wanted.get(name, getattr(parent, name, None)) not in allowed:
            refusals.append(Refusal("required", prefix + name))
    given.pop(one.field, None)
    try:
        if parent is None or wanted:
            station = {"station_id": station_id} if parent is None else {}
            parent = writing.save(target, {**wanted, **station}, row=parent, as_part=True)
        given[one.field] = parent.id
    except Refused as refused:
        refusals += [Refusal(found.code, f"{prefix}{found.field}" if found.field else None, found.facts) for found in refused.refusals]
        given[one.field] = parent_id or 0
