"""Rows that are there already: found by the uid that an export wrote, or by what makes two rows the same; and how they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from app.core.access.scope import visible
from app.core.dictionary.fields import Field, Kind
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.masks import is_masked as is_masked
from app.core.dictionary.masks import mask
from app.core.dictionary.paths import Paths, field_at
from app.core.dictionary.roles import Verb
from app.core.lists.listing import Listing
from app.core.records.saving import Writing
from app.core.refusals import Refused

from .layout import Layout, Line, day_of
from .matching import Match
from .reading import blank

_CHUNK = 400
Key = tuple[Any, ...]


def rows_by_uid(writing: Writing, key: str, uids: Iterable[str]) -> dict[str, int]:
    """uid -> id of rows that the actor may see."""
    model = LEDGERS[key]
    found: dict[str, int] = {}
    wanted = sorted(set(uids))
    for start in range(0, len(wanted), _CHUNK):
        paths = Paths(model)
        predicates = visible(writing.actor, model, paths, Verb.SHOW)
        statement = paths.join(select(model.uid, model.id).select_from(model))
        found |= dict(writing.session.execute(statement.where(model.uid.in_(wanted[start : start + _CHUNK]), *predicates)).all())
    return found


def note_unchanged(writing: Writing, layout: Layout, match: Match, lines: Sequence[Line]) -> None:
    """Of lines that an export named: the cells that say what the export says of the row today are not read at all. So a masked
    name, a title that two rows share, a word of an older set stay what they are."""
    key = layout.key
    if key not in LEDGERS:
        return
    places = {name: place for place, name in enumerate(match.columns) if name.startswith(f"{key}.")}
    paths = {name: name.partition(".")[2] for name in places}
    model = LEDGERS[key]
    named = {line.row_id: line for line in lines if line.row_id is not None}
    ids = sorted(named)
    for start in range(0, len(ids), _CHUNK):
        listing = Listing(writing.session, writing.actor, model, list(paths.values()))
        for row in listing.rows(ids[start : start + _CHUNK]):
            line = named[row.id]
            for name, path in paths.items():
                place = places[name]
                cell = line.cells[place] if place < len(line.cells) else None
                if not blank(cell) and _says(cell, row.values[path], row.texts[path]):
                    line.unread.add(name)


def _says(cell: Any, value: Any, text: str) -> bool:
    if isinstance(cell, (date, datetime)) and isinstance(value, (date, datetime)):
        return cell == value or (not isinstance(value, datetime) and day_of(cell) == value)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        try:
            return float(text) == float(cell)
        except ValueError:
            return False
    return " ".join(str(cell).split()) == " ".join(text.split())


def normal(item: Field, value: Any) -> Any:
    """The value as its column would hold it; as it is where the column would refuse it, which saving then tells."""
    try:
        return item.read(value)
    except Refused:
        return value


def key_of(model: type[Ledger], names: Sequence[str], values: Mapping[str, Any]) -> Key:
    """What makes a row of a sheet the same as another. A paper ledger knows the day of an event and not its hour."""
    found = (normal(field_at(model, name), values.get(name)) for name in names)
    return tuple(value.date() if isinstance(value, datetime) and value.time() == time() else value for value in found)


def rows_by_key(writing: Writing, model: type[Ledger], names: Sequence[str], keys: Sequence[Key], station_id: int | None) -> dict[Key, int]:
    """Key -> id of the rows that are there, in a few statements."""
    found: dict[Key, int] = {}
    if not keys:
        return found
    for narrowed in _narrowed(model, names, keys):
        paths = Paths(model)
        columns = [paths.column(name) for name in names]
        predicates = [*visible(writing.actor, model, paths, Verb.SHOW), *narrowed(paths)]
        if "station_id" in model.__table__.c:
            predicates.append(model.station_id == station_id if station_id is not None else model.station_id.is_(None))
        statement = paths.join(select(model.id, *columns).select_from(model)).where(*predicates)
        for row in writing.session.execute(statement.order_by(model.id.desc())):
            key = tuple(row)[1:]
            found[key] = row[0]
            if any(isinstance(part, datetime) for part in key):
                found.setdefault(tuple(day_of(part) if isinstance(part, datetime) else part for part in key), row[0])
    return found


def _narrowed(model: type[Ledger], names: Sequence[str], keys: Sequence[Key]) -> list[Callable[[Paths], list[Any]]]:
    """Conditions on the first part of the key that leave a small piece of a large ledger."""
    for place, name in enumerate(names):
        parts = {key[place] for key in keys}
        if None in parts or "." in name or any(is_masked(part) for part in parts):
            continue
        if field_at(model, name).kind in (Kind.DATE, Kind.DATETIME):
            days = [day for part in parts if (day := day_of(part)) is not None]
            if all(isinstance(day, date) for day in days):
                return [_between(name, min(days), max(days) + timedelta(days=1))]
            continue
        wanted = sorted(parts)
        return [_among(name, wanted[start : start + _CHUNK]) for start in range(0, len(wanted), _CHUNK)]
    return [lambda paths: []]


def _between(name: str, first: date, end: date) -> Callable[[Paths], list[Any]]:
    return lambda paths: [paths.column(name) >= first, paths.column(name) < end]


def _among(name: str, wanted: list[Any]) -> Callable[[Paths], list[Any]]:
    return lambda paths: [paths.column(name).in_(wanted)]


def by_masked_key(model: type[Ledger], names: Sequence[str], key: Key, there: Mapping[Key, int]) -> int | None:
    """The one row that looks like the key to who sees it masked."""
    def alike(other: Key) -> bool:
        for name, mine, theirs in zip(names, key, other, strict=True):
            personal = field_at(model, name).personal
            if (mask(personal, theirs) if personal and is_masked(mine) else theirs) != mine:
                return False
        return True

    ids = {row_id for other, row_id in there.items() if alike(other)}
    return ids.pop() if len(ids) == 1 else None


def differences(writing: Writing, row: Ledger, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Field path -> (old, new) where the sheet says something else. A blank cell never erases, and what the program writes is its own."""
    found: dict[str, tuple[Any, Any]] = {}
    model = type(row)
    for path, value in values.items():
        item = field_at(model, path)
        if value is None or value == [] or item.written_by_program:
            continue
        old, new = current(writing, row, path), normal(item, value)
        if item.kind is Kind.REFERENCES:
            new = sorted({*(old or ()), *value})
        if isinstance(old, datetime) and isinstance(new, datetime) and new.time() == time() and old.date() == new.date():
            continue
        if item.personal is not None and is_masked(value) and mask(item.personal, old) == value:
            continue
        if old != new:
            found[path] = (old, new)
    return found


def current(writing: Writing, row: Ledger, path: str) -> Any:
    """What the row, or its 1:1 parent, holds in a field."""
    head, dot, rest = path.partition(".")
    if dot:
        parent = writing.session.get(LEDGERS[row.fields[head].target], getattr(row, row.fields[head].column))
        return current(writing, parent, rest) if parent is not None else None
    item = row.fields[path]
    return writing.targets(row, path) if item.kind is Kind.REFERENCES else getattr(row, item.column)
