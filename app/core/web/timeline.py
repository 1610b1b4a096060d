"""What was done with a row, as an actor may see it: newest first, values in people's words and masked as everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from .. import clock
from ..access.actor import Actor
from ..dictionary.fields import Field, Kind
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.masks import Sight
from ..dictionary.roles import Verb
from ..dictionary.titles import Titles, show, titles_of
from ..files.attachments import ATTACH, DETACH
from ..lists.values import confidential_name, opens_files, seen, sight_of
from ..records.history import Change, from_json
from ..records.undoing import values_before

PAGE = 20

ACTIONS: Mapping[str, tuple[Any, str]] = {
    "add": (lazy_gettext("Entered"), "ok"),
    "edit": (lazy_gettext("Changed"), "info"),
    "delete": (lazy_gettext("Deleted"), "bad"),
    "restore": (lazy_gettext("Restored"), "ok"),
    ATTACH: (lazy_gettext("File added"), "info"),
    DETACH: (lazy_gettext("File deleted"), "bad"),
}
SOURCES: Mapping[str, Any] = {
    "web": lazy_gettext("web page"),
    "REST": lazy_gettext("another program"),
    "import": lazy_gettext("import"),
    "screen": lazy_gettext("on-site page"),
    "demo": lazy_gettext("demo data"),
}


def changes_of(session: Session, actor: Actor, row: Ledger, page: int) -> tuple[list[Change], bool]:
    """A page of the row's changes, and whether there are more. A 1:1 detail shares its parent's history as it shares its life."""
    one, whose = row.entry.one_to_one, [(row.__tablename__, row.id)]
    if one is not None and actor.may(row.fields[one.field].target, Verb.SHOW):
        whose.append((row.fields[one.field].target, getattr(row, f"{one.field}_id")))
    which = or_(*(and_(Change.ledger == key, Change.row_id == row_id) for key, row_id in whose))
    found = session.scalars(select(Change).where(which).order_by(Change.id.desc()).offset((page - 1) * PAGE).limit(PAGE + 1)).all()
    return list(found[:PAGE]), len(found) > PAGE


def as_seen(session: Session, actor: Actor, changes: Sequence[Change], editable: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    """Each change as its page shows it; those of `editable` rows offer to be taken back."""
    pairs = [_typed(actor, change) for change in changes]
    titles = titles_of(session, _referred(changes, pairs))
    may_edit = set(editable)
    kept = {where: _confidential(session, *where) for where in {(change.ledger, change.row_id) for change in changes}}
    return [
        {
            "when": clock.to_office(change.at).strftime("%Y-%m-%d %H:%M"),
            "who": change.by,
            "source": str(SOURCES.get(change.source, _("the program"))),
            "reason": change.reason or "",
            "action": {"text": str(ACTIONS[change.action][0]), "tone": ACTIONS[change.action][1]},
            "is_new": change.action == "add",
            "what": str(LEDGERS[change.ledger].entry.one),
            "fields": _files(actor, change) or _fields(actor, LEDGERS[change.ledger], found, titles, kept[change.ledger, change.row_id]),
            "undo_url": f"/history/undo/{change.id}" if (change.ledger, change.row_id) in may_edit and values_before(change) else None,
        }
        for change, found in zip(changes, pairs, strict=True)
    ]


def _files(actor: Actor, change: Change) -> list[dict[str, str]]:
    """The file's name of a change that added or deleted one, for who may open it."""
    named = (change.personal or {}).get("attachment")
    if named is None or not opens_files(actor, LEDGERS[change.ledger]):
        return []
    return [{"label": _("Attachments"), "old": named[0] or "", "new": named[1] or ""}]


def _typed(actor: Actor, change: Change) -> dict[str, tuple[Any, Any]]:
    """Old and new of each field that this actor may see at all, as columns hold them."""
    model = LEDGERS[change.ledger]
    recorded = {**change.data, **(change.personal or {})}
    return {
        name: (typed(model, item, recorded[name][0]), typed(model, item, recorded[name][1]))
        for name, item in model.fields.items()
        if name in recorded and not name.endswith("_key") and sight_of(actor, model, name) is not Sight.HIDDEN
    }


def typed(model: type[Ledger], item: Field, kept: Any) -> Any:
    """A value as history keeps it, as the field holds it."""
    return (kept or []) if item.kind is Kind.REFERENCES else from_json(model.__table__.c[item.column].type, kept)


def _referred(changes: Sequence[Change], pairs: Sequence[Mapping[str, tuple[Any, Any]]]) -> set[tuple[str, int]]:
    return {
        wanted
        for change, found in zip(changes, pairs, strict=True)
        for name, values in found.items()
        for value in values
        for wanted in referred(LEDGERS[change.ledger].fields[name], value)
    }


def referred(item: Field, value: Any) -> set[tuple[str, int]]:
    """The rows that a value leads to."""
    if item.kind is Kind.REFERENCES:
        return {(item.target, row_id) for row_id in value}
    return {(item.target, value)} if item.kind is Kind.REFERENCE and value is not None else set()


def _confidential(session: Session, key: str, row_id: int) -> bool:
    """Whether the row's name is to be kept confidential, as the row is now."""
    flag = LEDGERS[key].entry.confidential
    return bool(flag) and bool(session.scalar(select(getattr(LEDGERS[key], flag)).where(LEDGERS[key].id == row_id)))


def _fields(
    actor: Actor, model: type[Ledger], found: Mapping[str, tuple[Any, Any]], titles: Titles, confidential: bool
) -> list[dict[str, str]]:
    flags = {model.entry.confidential: confidential or any(found.get(model.entry.confidential, ()))}
    shown = []
    for name, pair in found.items():
        item = model.fields[name]
        old, new = (in_words(actor, model, item, value, titles, flags) for value in pair)
        shown.append({"label": str(item.label), "old": old, "new": new})
    return shown


def in_words(actor: Actor, model: type[Ledger], item: Field, value: Any, titles: Titles, row: Mapping[str, Any]) -> str:
    """A value as this actor reads it; a row that is no longer there is said to be deleted."""
    if value in (None, "", []):
        return ""
    if (kept := confidential_name(actor, model, item, row)) is not None:
        return kept
    value = seen(actor, model, item.name, value)
    if isinstance(value, str) and item.kind is not Kind.CHOICE:
        return value  # a text, or the mask of something else
    there = {wanted: titles.get(wanted) or _("(deleted)") for wanted in referred(item, value)}
    return show(item, value, there)
