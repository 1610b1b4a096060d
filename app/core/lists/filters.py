"""The filter line: what each filter reads from the address, and the condition it puts on the rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from ..access.actor import Actor
from ..dictionary.fields import Field, Kind, read_date, read_id
from ..dictionary.ledger import Ledger
from ..dictionary.paths import Paths, field_at, ledger_at
from ..dictionary.roles import Verb
from ..dictionary.several import link
from ..dictionary.standings import STANDINGS
from ..records.search import like

MONTH = "month"
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Derived:
    """A filter over what follows from other rows too, as where an opinion's sheets and answers put it."""

    label: Any
    condition: Callable[[str], Any]
    """The predicate that a text of the address stands for; None where it stands for none."""
    options: Callable[[Actor, str], list[tuple[str, str]]]
    """What may be chosen, given what is chosen now; none: the filter is not shown."""
    reads: tuple[str, ...] = ()
    """Ledgers that it draws on: who may not list them all could guess at their rows."""

    def open_to(self, actor: Actor) -> bool:
        return all(actor.may(key, Verb.LIST) for key in self.reads)


DERIVED: dict[str, dict[str, Derived]] = {}
"""By ledger and name; filled in by the registry."""


def derived_for(actor: Actor, model: type[Ledger]) -> dict[str, Derived]:
    """Filters of that sort which this actor may use."""
    return {name: each for name, each in DERIVED.get(model.__tablename__, {}).items() if each.open_to(actor)}


@dataclass(frozen=True)
class Unreadable:
    """A filter that the address names and nobody can apply; said to the user, then left out."""

    name: str

    def sentence(self) -> str:
        return _("A condition could not be understood and was left out: %(name)s", name=self.name[:60])


def month_span(text: str) -> tuple[date, date] | None:
    """First day of a month written 2026-10, and of the month after it; None where it is no month."""
    found = _MONTH.fullmatch(text)
    if not found or not 1900 <= int(found[1]) <= 2100:
        return None
    first = date(int(found[1]), int(found[2]), 1)
    return first, (first + timedelta(days=32)).replace(day=1)


def in_month(paths: Paths, model: type[Ledger], text: str) -> list[Any] | None:
    """Conditions that put a row into the month; None where the text is no month."""
    span = month_span(text)
    if span is None:
        return None
    column = paths.column(model.entry.month)
    if field_at(model, model.entry.month).kind is Kind.DATETIME:
        first, after = (datetime(day.year, day.month, day.day) for day in span)
        return [column >= first, column < after]
    return [column >= span[0], column < span[1]]


def conditions(paths: Paths, model: type[Ledger], offered: Sequence[str], given: Mapping[str, str]) -> tuple[list[Any], list[Unreadable]]:
    """SQL conditions for the filters that the address names; only offered columns are applied."""
    found: list[Any] = []
    unreadable: list[Unreadable] = []
    for name, raw in given.items():
        raw = raw.strip()
        if not raw:
            continue
        derived = DERIVED.get(model.__tablename__, {}).get(name)
        if name == MONTH and model.entry.month:
            condition = in_month(paths, model, raw)
        elif (standing := STANDINGS.get(model.__tablename__)) is not None and name == standing.name:
            condition = standing.condition(raw) if raw in standing.options else None
        elif derived is not None:
            predicate = derived.condition(raw) if name in offered else None
            condition = None if predicate is None else [predicate]
        else:
            path = name.removesuffix("__to") if name.endswith("__to") else name
            condition = _condition(paths, model, path, raw, name.endswith("__to")) if path in offered else None
        if condition is None:
            unreadable.append(Unreadable(name))
        else:
            found += condition
    return found, unreadable


def _refers(paths: Paths, model: type[Ledger], path: str, target_id: int) -> Any:
    """The row, or the one it shares its life with, has the target among its several references."""
    parent = path.rpartition(".")[0]
    kept = link(ledger_at(model, path), field_at(model, path))
    return paths.column(f"{parent}.id" if parent else "id").in_(select(kept.own).where(kept.other == target_id))


def _condition(paths: Paths, model: type[Ledger], path: str, raw: str, upper: bool) -> list[Any] | None:
    item: Field = field_at(model, path)
    column = paths.column(path) if item.kind is not Kind.REFERENCES else None
    match item.kind:
        case Kind.TEXT | Kind.LONG | Kind.PHONE:
            return [like(column, raw[:100])]
        case Kind.CHOICE:
            return [column == raw] if item.choices is not None and raw in item.choices else None
        case Kind.BOOLEAN:
            return [column.is_(raw == "1")] if raw in ("0", "1") else None  # type: ignore[union-attr]
        case Kind.REFERENCES:
            return None if (row_id := read_id(raw)) is None else [_refers(paths, model, path, row_id)]
        case Kind.REFERENCE:
            return None if (row_id := read_id(raw)) is None else [paths.refers(path, row_id)]
        case Kind.DATE | Kind.DATETIME:
            day = read_date(raw)
            if day is None:
                return None
            bound: Any = datetime(day.year, day.month, day.day) if item.kind is Kind.DATETIME else day
            return [column < bound + timedelta(days=1)] if upper else [column >= bound]
        case Kind.INTEGER:
            number = int(raw) if raw.isdecimal() and len(raw) < 10 else None
            return None if number is None else [column <= number if upper else column >= number]  # type: ignore[operator]
        case _:
            return None
