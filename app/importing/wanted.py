"""Rows that a sheet asks for: what makes two lines speak of one row, and what both say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.dictionary.fields import Kind
from app.core.dictionary.ledger import Ledger
from app.core.dictionary.paths import field_at

from . import existing
from .layout import Part


@dataclass
class Wanted:
    """One row that is wanted, by all the lines that ask for it."""

    values: dict[str, Any]
    key: existing.Key
    names: tuple[str, ...]
    lines: list[int]
    row_id: int | None = None


def sameness(part: Part, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that make the row the same; where the sheet has none of them, all that it says."""
    for names in (part.same, part.same_else):
        if any(values.get(name) is not None for name in names):
            return names
    return tuple(
        sorted(
            name
            for name, value in values.items()
            if value is not None and field_at(part.model, name).kind not in (Kind.REFERENCES, Kind.POINTS)
        )
    )


def joined(model: type[Ledger], there: dict[str, Any], values: Mapping[str, Any]) -> str:
    """Join what another line says of the same row; the field in which both contradict each other, or nothing."""
    whole = dict(there)
    for name, value in values.items():
        if value is None:
            continue
        if field_at(model, name).kind is Kind.REFERENCES:
            whole[name] = sorted({*whole.get(name, ()), *value})
        elif whole.get(name) is None:
            whole[name] = value
        elif existing.normal(field_at(model, name), whole[name]) != existing.normal(field_at(model, name), value):
            return name
    there.update(whole)
    return ""
