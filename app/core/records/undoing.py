"""Taking back one change of a row: the values from before it are written again, under all rules and with a history of its own."""

from __future__ import annotations

from typing import Any

from ..access.actor import Actor
from ..database import db
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.roles import Verb
from ..refusals import NotThere, Refusal, refuse_any
from .history import Change, jsonable
from .saving import Writing
from .writing import write


def values_before(change: Change) -> dict[str, Any]:
    """What people may write of the values that the change replaced, by field name; empty where there is nothing to take back."""
    if change.action != "edit" or change.ledger not in LEDGERS:
        return {}
    fields = LEDGERS[change.ledger].fields
    pairs = {**change.data, **(change.personal or {})}
    return {name: pair[0] for name, pair in pairs.items() if name in fields and not fields[name].written_by_program}


def changed_row(actor: Actor, change_id: int) -> tuple[Change, Ledger]:
    """A change with its row, which this actor may edit. Raises NotThere, Refused."""
    change = db.session.get(Change, change_id)
    if change is None or change.ledger not in LEDGERS:
        raise NotThere("changes")
    return change, Writing(db.session(), actor).existing(change.ledger, change.row_id, Verb.EDIT)


def take_back(actor: Actor, change_id: int, version: str | None, reason: str) -> None:
    """Write the values from before a change. Raises Refused where one of them was changed since, or may not be written now."""
    change, row = changed_row(actor, change_id)
    before = values_before(change)
    if not before:
        refuse_any([Refusal("nothing_to_take_back")])
    now = Writing(db.session(), actor).values(row)
    written = {**change.data, **(change.personal or {})}
    refuse_any(
        Refusal("changed_since", name, {"field": row.fields[name].label}) for name in before if jsonable(now[name]) != written[name][1]
    )
    write(actor, change.ledger, before, row_id=row.id, version=version, reason=reason)
