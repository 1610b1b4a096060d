"""A whole import is taken back, until one of its rows was changed since: its new rows go to the recycle bin, its changes are undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import title_of
from app.core.files.attachments import ATTACH, DETACH
from app.core.records.history import Change
from app.core.records.saving import Writing
from app.core.records.writing import change_set
from app.core.refusals import Refusal, Refused, refuse_any

from .models import Import
from .services import give_up_file, of_actor

_CHUNK = 400


def take_back(actor: Actor, import_id: int, reason: str) -> int:
    """Undo an import as a whole; how many rows it concerned. Raises NotThere, Refused with what stands in the way."""
    of_actor(actor, import_id)
    with change_set(actor, reason) as writing:
        kept = writing.session.get_one(Import, import_id, with_for_update=True, populate_existing=True)
        if kept.state not in ("done", "undoing") or kept.change_set is None:
            raise Refused(Refusal("import_not_done"))
        changes = list(writing.session.scalars(select(Change).where(Change.change_set == kept.change_set).order_by(Change.id.desc())))
        refuse_any(_changed_since(writing, changes))
        rows = {(change.ledger, change.row_id) for change in changes}
        added = {(change.ledger, change.row_id) for change in changes if change.action == "add"}
        for change in changes:
            row: Any = writing.session.get(LEDGERS[change.ledger], change.row_id)
            if row is None:
                continue  # gone with the row that owned it
            if change.action == "add":
                if not _goes_with_owner(row, added):
                    refuse_any([] if actor.may(change.ledger, Verb.DELETE) else [Refusal("not_permitted")])
                    writing.erase(row)
            elif (change.ledger, change.row_id) not in added:
                _undo(writing, row, change)
        give_up_file(writing.session.get_one(Import, import_id), "undone")
    return len(rows)


def _undo(writing: Writing, row: Ledger, change: Change) -> None:
    fields = row.fields
    pairs = {**change.data, **(change.personal or {})}
    before = {name: pair[0] for name, pair in pairs.items() if name in fields and not fields[name].written_by_program}
    if before:
        writing.save(change.ledger, before, row=row)


def _goes_with_owner(row: Any, added: set[tuple[str, int]]) -> bool:
    """What came with its owner goes with it: an answer taken away singly would leave a closed opinion unanswered."""
    owner = row.entry.owned_by
    return bool(owner) and (row.fields[owner].target, getattr(row, row.fields[owner].column)) in added


def _changed_since(writing: Writing, changes: Sequence[Change]) -> list[Refusal]:
    """Rows of the import that somebody changed or deleted after it, named."""
    if not changes:
        return []
    own, last = changes[0].change_set, changes[0].id
    by_ledger: dict[str, set[int]] = {}
    for change in changes:
        by_ledger.setdefault(change.ledger, set()).add(change.row_id)
    refusals = []
    for key, ids in by_ledger.items():
        wanted = sorted(ids)
        for start in range(0, len(wanted), _CHUNK):
            later = select(Change.row_id, func.count()).where(
                Change.ledger == key, Change.row_id.in_(wanted[start : start + _CHUNK]), Change.id > last, Change.change_set != own,
                Change.action.not_in((ATTACH, DETACH))).group_by(Change.row_id)
            for row_id, _count in writing.session.execute(later):
                row = writing.session.get(LEDGERS[key], row_id)
                title = title_of(writing.session, row) if row is not None else f"#{row_id}"
                refusals.append(Refusal("import_row_changed", None, {"ledger": LEDGERS[key].entry.label, "title": title}))
    return refusals[:20]
