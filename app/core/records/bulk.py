"""Many rows at once, under the very rules of one: the import's and whole invitations' way through `Writing.save`.

A savepoint carries some hundred rows. A row that is refused before anything of it is written is left out in passing. Where only the
savepoint can take it back, the rows before it are written again without it; where the database says no, its rows go one by one,
so that only the guilty one is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.orm.exc import StaleDataError

from ..dictionary.fields import Kind, read_id
from ..dictionary.ledger import LEDGERS, Ledger
from ..refusals import Refusal, Refused
from .batch import Batch
from .readahead import Named, key_names
from .saving import Writing
from .search import station_of
from .sharing import parent_changes
from .store import keyed_by_station
from .writing import refusal_of

MOST_ROWS = 500
"""Rows that one savepoint carries."""
MOST_REFUSALS = 10
"""Refusals that are told of a whole."""

Outcome = Ledger | tuple[Refusal, ...]


@dataclass(frozen=True)
class Draft:
    """One row to be written: as `Writing.save` takes it."""

    key: str
    changes: Mapping[str, Any]
    row: Ledger | None = None
    """An existing row to change."""
    by_program: bool = False
    request_id: str | None = None


def save_all(writing: Writing, drafts: Sequence[Draft]) -> list[Outcome]:
    """Write many rows in one transaction; for each draft its row, or why it was refused: nothing of such a one is written."""
    writing.store.settle()  # a hook of another batch may ask for a batch of its own
    outcomes: list[Outcome] = []
    most = MOST_ROWS
    while len(outcomes) < len(drafts):
        some = drafts[len(outcomes) : len(outcomes) + most]
        written = _save_some(writing, some) if len(some) > 1 else [_save_alone(writing, some[0])]
        most = min(MOST_ROWS, most * 2) if len(written) == len(some) else 1
        outcomes += written
    return outcomes


def save_whole(writing: Writing, drafts: Sequence[Draft]) -> None:
    """All of them or none; rows that follow from one of many go along with it. Raises Refused."""
    if isinstance(writing.store, Batch) or len(drafts) < 2:
        for draft in drafts:
            _save(writing, draft)
        return
    refusals = [refusal for outcome in save_all(writing, drafts) if isinstance(outcome, tuple) for refusal in outcome]
    if refusals:
        raise Refused(*refusals[:MOST_REFUSALS])


def _save_some(writing: Writing, drafts: Sequence[Draft]) -> list[Outcome]:
    """What became of these drafts, up to the first that only the savepoint could take back."""
    outcomes: list[Outcome] = []
    refused_late = False
    savepoint = writing.session.begin_nested()
    batch = Batch(writing.session, _named(writing, drafts))
    try:
        with batch.watching(), _using(writing, batch):
            for draft in drafts:
                mark = batch.mark()
                try:
                    outcomes.append(_save(writing, draft))
                except Refused as refused:
                    if not batch.taken_back(mark):
                        refused_late = True
                    outcomes.append(refused.refusals)
                    if refused_late:
                        break
            else:
                batch.finish()
    except (IntegrityError, StaleDataError, Refused):
        savepoint.rollback()
        batch.forget()
        return [_save_alone(writing, draft) for draft in drafts]
    if not refused_late:
        savepoint.commit()
        return outcomes
    savepoint.rollback()
    batch.forget()
    return [*save_all(writing, drafts[: len(outcomes) - 1]), outcomes[-1]]


def _save_alone(writing: Writing, draft: Draft) -> Outcome:
    try:
        with writing.session.begin_nested():
            return _save(writing, draft)
    except Refused as refused:
        return refused.refusals
    except IntegrityError as error:
        return (refusal_of(error),)
    except StaleDataError:
        return (Refusal("conflict"),)


def _save(writing: Writing, draft: Draft) -> Ledger:
    return writing.save(draft.key, draft.changes, row=draft.row, request_id=draft.request_id, by_program=draft.by_program)


@contextmanager
def _using(writing: Writing, batch: Batch) -> Iterator[None]:
    before, writing.store = writing.store, batch
    try:
        yield
    finally:
        writing.store = before


def _named(writing: Writing, drafts: Sequence[Draft]) -> Named:
    """What the drafts name, as far as it can be read."""
    named = Named()
    _read_anew(writing, drafts)
    for draft in drafts:
        _note(named, writing, LEDGERS[draft.key], draft.changes, draft.row)
    return named


def _read_anew(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Rows whose values a savepoint took back are read together."""
    expired: dict[type[Ledger], list[int]] = {}
    for draft in drafts:
        if draft.row is not None and (state := instance_state(draft.row)).expired and state.key is not None:
            expired.setdefault(type(draft.row), []).append(state.key[1][0])
    for model, ids in expired.items():
        writing.session.scalars(select(model).where(model.id.in_(ids))).all()


def _note(named: Named, writing: Writing, model: type[Ledger], changes: Mapping[str, Any], row: Ledger | None) -> None:
    own, of_parent = parent_changes(model, changes)
    keys = key_names(model)
    values: dict[str, Any] = {}
    for name, item in model.fields.items():
        if item.kind is Kind.REFERENCE or name in keys:
            values[name] = getattr(row, item.column) if row is not None else item.default
        if name in own and (item.kind in (Kind.REFERENCE, Kind.REFERENCES) or name in keys):
            try:
                values[name] = item.read(own[name])
            except Refused:
                continue
        if item.kind in (Kind.REFERENCE, Kind.REFERENCES) and values.get(name):
            named.ids[item.target].update(values[name] if item.kind is Kind.REFERENCES else [values[name]])
            if item.through:
                named.rows[item.through] += len(values[name])
    chosen = changes.get("station_id", changes.get("station", writing.actor.station_id))
    for name in keys:
        if model.fields[name].kind is not Kind.REFERENCE and values.get(name) is not None:
            named.values[model, name].add(values[name])
    station_id = station_of(row) if row is not None else read_id(chosen)
    if station_id is not None:
        named.ids["stations"].add(station_id)
    if row is not None:
        named.ids[model.__tablename__].add(row.id)
    else:
        named.rows[model.__tablename__] += 1
    if keys and all(values.get(name) is not None for name in keys):
        named.keys[model].add((station_id if keyed_by_station(model) else None, *(values[name] for name in keys)))
    if model.entry.one_to_one is not None:
        one = model.entry.one_to_one
        target = LEDGERS[model.fields[one.field].target]
        parent_id = values.get(one.field)
        fixed = {name: allowed[0] for name, allowed in one.fixed.items() if len(allowed) == 1}
        if not parent_id:
            _note(named, writing, target, {"station_id": station_id, **of_parent, **fixed}, None)
