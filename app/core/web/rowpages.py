"""What the pages of one row show: the row with its tabs, its form, what a stale form met, what deleting would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask import g, request
from flask_babel import gettext as _

from .. import clock
from ..access.actor import Actor
from ..access.current import the_actor
from ..database import db
from ..dictionary.fields import Kind, read_id
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.masks import Sight
from ..dictionary.paths import field_at
from ..dictionary.roles import Verb
from ..dictionary.standings import apply, noted
from ..dictionary.titles import title_of, titles_of
from ..lists import tabs
from ..lists.listing import Listing
from ..lists.values import seen, sight_of
from ..paperwork.papers import papers_of
from ..records.saving import Writing, version_of
from ..workflows.steppages import standing
from . import historypages
from .filescreen import files_tab
from .forms import LedgerField, LedgerForm, as_typed, form_paths, row_paths
from .historypages import allowed, when
from .pages import address, button, cell, column_heads, table_rows, visible_references

TAB_ROWS = 20

list_columns_of: dict[str, Sequence[str]] = {}
"""List columns of each ledger's view, for its tab on other rows' pages; filled in by the registry."""

buttons_of: dict[str, list[Callable[[Actor, Ledger], list[dict[str, Any]]]]] = {}
"""Buttons that areas add on the page of a ledger's rows; filled in by the registry."""

tags_of: dict[str, list[Callable[[Actor, Ledger], list[dict[str, str]]]]] = {}
"""Marks that areas add beside the title of a ledger's rows, each with the page that it leads to; filled in by the registry."""

summary_of: dict[str, Callable[[Actor, Ledger], list[dict[str, Any]]]] = {}
"""Figures that an area shows above a row of a ledger, each with the page that it leads to; filled in by the registry."""

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


def row_page(actor: Actor, row: Ledger, args: Mapping[str, str]) -> dict[str, Any]:
    """Everything show.html shows."""
    key, entry = row.__tablename__, row.entry
    title = title_of(db.session, row)
    found = [(tab, row.id) for tab in tabs.counted(db.session, actor, key, row.id)]
    if entry.one_to_one is not None:
        parent_id = getattr(row, f"{entry.one_to_one.field}_id")
        found = [(tab, parent_id) for tab in tabs.counted(db.session, actor, row.fields[entry.one_to_one.field].target, parent_id)] + found
    active = next(((tab, owner) for tab, owner in found if tab.name == args.get("tab")), None)
    of_history = args.get("tab") == historypages.TAB
    heads: list[dict[str, Any]] = [
        {
            "label": str(entry.one).capitalize(),
            "count": None,
            "url": address(tab=None, page=None),
            "active": active is None and not of_history,
        }
    ]
    labels = Counter(tab.label for tab, _owner in found)
    heads += [
        {
            "label": tab.label if labels[tab.label] == 1 else _("%(ledger)s: %(role)s", ledger=tab.label, role=tab.role),
            "count": tab.count,
            "url": address(tab=tab.name, page=None),
            "active": active == (tab, owner),
        }
        for tab, owner in found
    ]
    files = files_tab(actor, heads, row, args, lambda: allowed(actor, key, row.id, Verb.EDIT))
    heads.append(historypages.head(of_history))
    return {
        "title": title,
        "tags": [*_tags(row), *(tag for added in tags_of.get(key, ()) for tag in added(actor, row))],
        "sections": _sections(actor, row),
        **standing(actor, row),
        "summary": summary_of[key](actor, row) if key in summary_of else [],
        "tabs": heads,
        "panel": _panel(actor, *active) if active else files,
        "history": historypages.panel(actor, row, args) if of_history else None,
        "toolbar": _toolbar(actor, row),
        "meta": historypages.meta(row),
        "crumbs": [(str(entry.label), f"/{key}/list/"), (title, None)],
    }


def _tags(row: Ledger) -> list[dict[str, str]]:
    """The states of the row as coloured words, and whether it was entered late (补录)."""
    tags = []
    for name, item in row.fields.items():
        if item.kind is Kind.CHOICE and item.choices is not None and item.choices.tones and getattr(row, name):
            tags.append({"text": item.choices.label(getattr(row, name)), "tone": item.choices.tone(getattr(row, name))})
    if entered_late(row):
        tags.append({"text": _("Entered late"), "tone": "mute"})
    return tags


def entered_late(row: Ledger) -> bool:
    """More than a month after it happened: normal, but marked."""
    month = row.entry.month
    happened = getattr(row, month, None) if month and "." not in month else None
    return (
        happened is not None
        and (clock.to_office(row.created_at).date() - (happened.date() if hasattr(happened, "date") else happened)).days > 31
    )


def _sections(actor: Actor, row: Ledger) -> list[dict[str, Any]]:
    one = row.entry.one_to_one
    paths = [path for path in row_paths(type(row)) if sight_of(actor, type(row), path) is not Sight.HIDDEN]
    listing = Listing(db.session, actor, type(row), paths, verb=Verb.SHOW)
    shown = listing.rows([row.id])[0]
    found: list[dict[str, Any]] = []
    noted_path, notes = noted(db.session(), row.__tablename__, paths, [row.id])
    for path in paths:
        item = field_at(type(row), path)
        heading = item.heading if "." not in path else None
        if not found or heading or (found[-1]["parent"] and "." not in path):
            parent = str(LEDGERS[row.fields[one.field].target].entry.label) if one and "." in path else ""
            found.append({"heading": str(heading) if heading else parent or str(row.entry.label), "fields": [], "parent": "." in path})
        each = cell(type(row), path, shown.values[path], shown.texts[path])
        if path == noted_path:
            apply(each, notes.get(row.id))
        if item.kind is Kind.REFERENCE and shown.values[path] and actor.may(item.target, Verb.SHOW):
            each["url"] = f"/{item.target}/show/{shown.values[path]}"
        found[-1]["fields"].append({"label": str(item.label), "cell": each, "wide": item.kind in (Kind.LONG, Kind.REFERENCES, Kind.POINTS)})
    return found


def _panel(actor: Actor, tab: tabs.Tab, owner_id: int) -> dict[str, Any]:
    model = LEDGERS[tab.key]
    columns = [path for path in list_columns_of[tab.key] if path != tab.path and sight_of(actor, model, path) is not Sight.HIDDEN]
    listing = tabs.listing_of(db.session, actor, tab, owner_id, columns)
    heads = [{**head, "sort_url": None} for head in column_heads(listing, {})]
    direct = "." not in tab.path and model.fields[tab.path].kind is Kind.REFERENCE
    may_add = direct and actor.may(tab.key, Verb.ADD) and model.entry.one_to_one is None
    back = f"&back={request.path}?tab={tab.name}"
    return {
        "columns": heads,
        "rows": table_rows(listing, listing.ids(0, TAB_ROWS)),
        "add_url": f"/{tab.key}/add?{tab.path}={owner_id}{back}" if may_add else None,
        "all_url": f"/{tab.key}/list/?{tab.path}={owner_id}" if tab.count > TAB_ROWS and direct else None,
        "empty_hint": _("Nothing here yet."),
    }


def _toolbar(actor: Actor, row: Ledger) -> list[dict[str, Any]]:
    key = row.__tablename__
    buttons = []
    if (detail := tabs.detail_of(db.session, actor, row)) is not None:
        buttons.append(button(_("Open %(what)s", what=str(LEDGERS[detail[0]].entry.one)), f"/{detail[0]}/show/{detail[1]}"))
    elif key == "activities":
        buttons += [
            button(_("Fill in %(what)s", what=str(model.entry.one)), f"/{child}/add?{model.entry.one_to_one.field}={row.id}")
            for child, model in LEDGERS.items()
            if model.entry.one_to_one is not None and actor.may(child, Verb.ADD) and row.type in model.entry.one_to_one.fixed["type"]
        ]
    for added in buttons_of.get(key, ()):
        buttons += added(actor, row)
    buttons += [button(label, f"/{key}/{address}") for label, address in papers_of(actor, key, row.id)]
    if allowed(actor, key, row.id, Verb.DELETE):
        buttons.append(button(_("Delete"), f"/{key}/delete/{row.id}", post=True, confirm=_("Move this row to the recycle bin?")))
    if allowed(actor, key, row.id, Verb.EDIT):
        buttons.append(button(_("Edit"), f"/{key}/edit/{row.id}", primary=True))
    return buttons


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
