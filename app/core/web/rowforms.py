"""What the forms of one row show: its fields and their values, what a stale form met, what deleting would do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import g, request
from flask_babel import gettext as _

from ..access.actor import Actor
from ..access.current import the_actor
from ..database import db
from ..dictionary.fields import Kind, read_id
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.titles import title_of, titles_of
from ..lists.listing import Listing
from ..lists.values import seen
from ..records.saving import Writing, version_of
from .forms import LedgerField, LedgerForm, as_typed, form_paths
from .historypages import when
from .pages import visible_references

checklist: dict[str, Callable[[int | None], list[str]]] = {}
"""Setting of a checklist -> the points it lists for a station; filled in by the area that keeps the settings."""


def checklists(fields: Iterable[LedgerField], station_id: int | None) -> dict[str, list[str]]:
    """The points that the form's checklists ask for."""
    return {each.item.setting: checklist[each.item.setting](station_id) for each in fields if each.item.kind is Kind.POINTS}


def form_values(actor: Actor, row: Ledger, paths: Iterable[str]) -> dict[str, Any]:
    """A row's raw values by path; those of its 1:1 parent under their dotted paths."""
    writing = Writing(db.session, actor)
    values: dict[str, Any] = writing.values(row)
    for path in paths:
        head, dot, name = path.partition(".")
        if dot:
            parent = db.session.get_one(LEDGERS[row.fields[head].target], getattr(row, f"{head}_id"))
            values[path] = (
                writing.targets(parent, name)
                if parent.fields[name].kind is Kind.REFERENCES
                else getattr(parent, parent.fields[name].column)
            )
    return {path: values[path] for path in paths}


def form_page(
    actor: Actor,
    model: type[Ledger],
    row: Ledger | None,
    sections: list[dict[str, Any]],
    form: LedgerForm,
    errors: list[str],
    conflict: Any,
) -> dict[str, Any]:
    """Everything form.html shows."""
    key, entry = model.__tablename__, model.entry
    title = title_of(db.session, row) if row is not None else _("New %(what)s", what=str(entry.one))
    hidden = [("version", form.version.data or "")] if row is not None else [("request_id", form.request_id.data or "")]
    hidden += [(f"{each.path}__shown", "1") for each in form if isinstance(each, LedgerField) and each.item.kind is Kind.REFERENCES]
    own_page = f"/{key}/show/{row.id}" if row is not None else f"/{key}/list/"
    back = request.args.get("back", "")
    crumbs: list[tuple[str, str | None]] = [(str(entry.label), f"/{key}/list/")]
    crumbs += [(title, own_page), (_("Edit"), None)] if row is not None else [(title, None)]
    if row is None and actor.station_id is None and "station_id" in model.__table__.c:
        sections = [_station_section(actor, model), *sections]
    return {
        "title": _("Edit %(what)s", what=title) if row is not None else title,
        "sections": sections,
        "errors": errors,
        "conflict": conflict,
        "hidden": hidden,
        "cancel_url": back if back.startswith("/") and not back.startswith(("//", "/\\")) else own_page,
        "submit_label": _("Save"),
        "again": row is None and entry.one_to_one is None,
        "crumbs": crumbs,
    }


def _station_section(actor: Actor, model: type[Ledger]) -> dict[str, Any]:
    """Who works for all stations says whose row it is; empty is the county's where a ledger allows that."""
    stations = Listing(db.session, actor, LEDGERS["stations"], ["name"])
    options = [(str(row.id), row.texts["name"]) for row in stations.rows(stations.ids(0, 500))]
    required = model.scope == "station"
    errors = g.get("station_errors", [])
    return {
        "heading": _("Whose row"),
        "note": "" if required else _("Empty: the county's"),
        "fields": [
            {
                "name": "station",
                "id": "station",
                "label": _("Station"),
                "kind": "choice",
                "value": request.form.get("station", ""),
                "values": [],
                "text": "",
                "options": options,
                "required": required,
                "hint": "",
                "errors": errors,
                "wide": False,
                "maxlength": "",
                "lookup_url": "",
                "autofocus": True,
            }
        ],
    }


def conflict(actor: Actor, row: Ledger, form: LedgerForm) -> dict[str, Any]:
    """What someone else made of the row while this form was open: who, when, and where the two differ."""
    last = Writing(db.session, actor).last_change(row)
    current = form_values(actor, row, form_paths(type(row)))
    changes = []
    for each in form:
        if not isinstance(each, LedgerField) or each.path not in current:
            continue
        theirs = as_typed(each.item, seen(actor, type(row), each.path, current[each.path]))
        if theirs != (each.data if each.data is not None else ""):
            changes.append({"label": str(each.item.label), "theirs": _readable(each, theirs), "yours": _readable(each, each.data)})
    return {"by": last.by if last else "", "at": when(last.at) if last else "", "changes": changes}


def _readable(each: LedgerField, typed: Any) -> str:
    if each.item.kind is Kind.CHOICE and each.item.choices is not None:
        return each.item.choices.label(typed)
    if each.item.kind in (Kind.REFERENCE, Kind.REFERENCES):
        ids = typed if isinstance(typed, list) else [typed]
        wanted = {(each.item.target, row_id) for value in ids if (row_id := read_id(value)) is not None}
        return "、".join(titles_of(db.session, visible_references(the_actor(), wanted)).values())
    if each.item.kind is Kind.POINTS:
        return "；".join(point["point"] for point in typed or [] if not point.get("ok"))
    return str(typed or "")


def delete_page(row: Ledger) -> dict[str, Any]:
    """What confirm.html asks, for who works without JavaScript."""
    key, title = row.__tablename__, title_of(db.session, row)
    return {
        "title": _("Delete %(what)s", what=title),
        "message": _("The row and all that belongs to it go to the recycle bin."),
        "facts": [],
        "action": f"/{key}/delete/{row.id}",
        "hidden": [("version", version_of(db.session, row))],
        "cancel_url": f"/{key}/show/{row.id}",
        "submit_label": _("Delete"),
        "crumbs": [(str(row.entry.label), f"/{key}/list/"), (title, f"/{key}/show/{row.id}"), (_("Delete"), None)],
    }
