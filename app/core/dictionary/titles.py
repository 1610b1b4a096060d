"""What a row is called wherever it is referred to: read in one query for each ledger, never one for each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from .fields import Field, Kind
from .ledger import LEDGERS, Ledger
from .masks import mask

Titles = Mapping[tuple[str, int], str]
_CHUNK = 500


def show(field: Field, value: Any, titles: Titles | None = None) -> str:
    """A value as text for people; references by their titles."""
    if value is None or value == "":
        return ""
    match field.kind:
        case Kind.CHOICE:
            return field.choices.label(value) if field.choices else str(value)
        case Kind.BOOLEAN:
            return _("Yes") if value else _("No")
        case Kind.DATE | Kind.DATETIME:
            return show_date(value)
        case Kind.DECIMAL:
            return f"{Decimal(value):f}".rstrip("0").rstrip(".")
        case Kind.REFERENCE:
            return (titles or {}).get((field.target, value), "")
        case Kind.REFERENCES:
            return "、".join((titles or {}).get((field.target, item), "") for item in value)
        case Kind.POINTS:
            return show_points(value)
        case _:
            return str(value)


def show_date(value: date | datetime) -> str:
    """2026-11-03, or 2026-11-03 09:00."""
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value.isoformat()


def show_points(points: Iterable[Mapping[str, Any]]) -> str:
    """All in order, or the faults with their words."""
    faults = [f"{item['point']}（{item['words']}）" if item.get("words") else item["point"] for item in points if not item["ok"]]
    return _("Fault: %(points)s", points="；".join(faults)) if faults else _("All in order")


def titles_of(session: Session, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Titles of rows given as (ledger, id). Titles hold no personal value: such a part stands masked."""
    by_ledger: dict[str, set[int]] = defaultdict(set)
    for key, row_id in wanted:
        by_ledger[key].add(row_id)
    titles: dict[tuple[str, int], str] = {}
    for key, ids in by_ledger.items():
        titles |= _of_ledger(session, LEDGERS[key], sorted(ids))
    return titles


def _of_ledger(session: Session, model: type[Ledger], ids: list[int]) -> dict[tuple[str, int], str]:
    key = model.__tablename__
    fields = [model.fields[name] for name in model.entry.title]
    columns = [getattr(model, field.column) for field in fields]
    rows: list[Any] = []
    for start in range(0, len(ids), _CHUNK):
        rows += session.execute(select(model.id, *columns).where(model.id.in_(ids[start : start + _CHUNK]))).all()
    parts = (
        titles_of(
            session,
            {
                (field.target, row[index])
                for row in rows
                for index, field in enumerate(fields, start=1)
                if field.kind is Kind.REFERENCE and row[index] is not None
            },
        )
        if any(field.kind is Kind.REFERENCE for field in fields)
        else {}
    )
    return {(key, row[0]): join_title(fields, row[1:], parts) for row in rows}


def join_title(fields: Iterable[Field], values: Iterable[Any], titles: Titles) -> str:
    """The parts of a title in their order, one space between: `2026-11-03 代表接待选民日`."""
    shown = []
    for field, value in zip(fields, values, strict=True):
        text = show(field, value, titles)
        if isinstance(value, datetime):
            text = value.date().isoformat()
        shown.append(mask(field.personal, text) if field.personal else text)
    return " ".join(text for text in shown if text)


def title_of(session: Session, row: Ledger) -> str:
    """The title of one row."""
    key = row.__tablename__
    return titles_of(session, [(key, row.id)]).get((key, row.id), "")
