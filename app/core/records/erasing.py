"""Deleting: owned children go along, references refuse, and a snapshot of all waits in the recycle bin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, false, func, or_, select
from sqlalchemy.orm import Session

from ..access.accounts import Account
from ..access.actor import Actor
from ..dictionary.fields import Kind
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.titles import title_of
from ..files.attachments import let_go, packed
from ..refusals import Refusal, Refused
from . import hooks
from .history import Change, Deleted, jsonable
from .search import forget_rows, station_of

KEPT_IN: defaultdict[str, list[tuple[Any, Any]]] = defaultdict(list)
"""Tables of areas that are no ledgers and hold on to a ledger's rows: what they are called, and their column; filled in by the areas."""

_ACCOUNT_OF: dict[str, Any] = {"stations": Account.station_id, "deputies": Account.deputy_id, "station_staff": Account.staff_id}


def erase_row(session: Session, actor: Actor, change_set: str, row: Ledger, reason: str | None = None) -> None:
    """Erase the row with all it owns; a 1:1 detail goes with its parent. Raises Refused naming who refers to it."""
    one = row.entry.one_to_one
    if one is not None:
        row = session.get(LEDGERS[row.fields[one.field].target], getattr(row, f"{one.field}_id")) or row
    tree = list(_tree(session, row))
    for each in tree:
        for guard in hooks.erasing[each.__tablename__]:
            guard(session, each)
    using = _users(session, tree)
    if using:
        listed = "、".join(_("%(ledger)s (%(count)s)", ledger=label, count=count) for label, count in using.items())
        raise Refused(Refusal("referred_to", None, {"by": listed}))
    title = title_of(session, row)
    session.add(
        Deleted(
            change_set=change_set,
            by=actor.name,
            ledger=row.__tablename__,
            row_id=row.id,
            station_id=station_of(row),
            title=title[:400],
            snapshot=[_snapshot(session, each) for each in tree],
        )
    )
    for each in reversed(tree):
        key = each.__tablename__
        session.add(
            Change(
                change_set=change_set,
                account_id=actor.account_id,
                by=actor.name,
                source=actor.source,
                reason=reason,
                ledger=key,
                row_id=each.id,
                station_id=station_of(each),
                action="delete",
                data={},
            )
        )
        for table in each.associations.values():
            session.execute(delete(table).where(table.c.row_id == each.id))
        forget_rows(session, key, [each.id])
        let_go(session, key, each.id)
        session.delete(each)
        session.flush()


def _tree(session: Session, row: Ledger) -> Iterator[Ledger]:
    """The row, then everything it owns, parents before children."""
    yield row
    for model in LEDGERS.values():
        entry = model.entry
        owner = entry.owned_by or (entry.one_to_one.field if entry.one_to_one else "")
        if owner and model.fields[owner].target == row.__tablename__:
            for child in session.scalars(
                select(model).where(getattr(model, model.fields[owner].column) == row.id).order_by(model.id)
            ).all():
                yield from _tree(session, child)


def _users(session: Session, tree: list[Ledger]) -> dict[str, int]:
    """What outside the tree refers to a row in it, by its label: ledgers and accounts, with how many rows."""
    inside: dict[str, set[int]] = {}
    for row in tree:
        inside.setdefault(row.__tablename__, set()).add(row.id)
    using: dict[str, int] = {}
    for key, model in LEDGERS.items():
        own = inside.get(key, {0})
        for field in model.fields.values():
            ids = inside.get(field.target)
            if not ids or field.through:
                continue
            if field.kind is Kind.REFERENCE:
                statement = select(func.count()).select_from(model).where(getattr(model, field.column).in_(ids), model.id.not_in(own))
            elif field.kind is Kind.REFERENCES:
                table = model.associations[field.name]
                statement = select(func.count()).select_from(table).where(table.c.target_id.in_(ids), table.c.row_id.not_in(own))
            else:
                continue
            if count := session.scalar(statement):
                label = str(model.entry.label)
                using[label] = using.get(label, 0) + count
    if "stations" in inside:
        for model in LEDGERS.values():
            if hasattr(model, "station_id") and (
                count := session.scalar(select(func.count()).select_from(model).where(model.station_id.in_(inside["stations"])))
            ):
                label = str(model.entry.label)
                using[label] = using.get(label, 0) + count
    for key, ids in inside.items():
        for label, column in KEPT_IN[key]:
            if count := session.scalar(select(func.count()).where(column.in_(ids))):
                using[str(label)] = count
    if accounts := session.scalar(
        select(func.count())
        .select_from(Account)
        .where(or_(*(column.in_(inside[key]) for key, column in _ACCOUNT_OF.items() if key in inside), false()))
    ):
        using[_("Accounts")] = accounts
    return using


def _snapshot(session: Session, row: Ledger) -> dict[str, Any]:
    columns = {column.key: jsonable(getattr(row, column.key)) for column in row.__mapper__.column_attrs}
    several = {
        name: sorted(session.scalars(select(table.c.target_id).where(table.c.row_id == row.id))) for name, table in row.associations.items()
    }
    attached = packed(session, row.__tablename__, row.id)
    return {"ledger": row.__tablename__, "columns": columns, "references": several, **({"attachments": attached} if attached else {})}
