"""What list pages show: columns, cells, filters and pages, as their templates expect them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _

from ..access.actor import Actor
from ..database import db
from ..dictionary.articles import cite_all
from ..dictionary.entry import Scope
from ..dictionary.fields import Field, Kind, read_id
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.paths import STATION, field_at
from ..dictionary.roles import Reach, Verb
from ..dictionary.standings import STANDINGS, apply, noted
from ..dictionary.titles import titles_of
from ..lists.filters import MONTH, conditions, derived_for
from ..lists.listing import COUNT_UP_TO, Listing, Row
from ..lists.values import open_paths, sight_of
from ..paperwork.papers import forms_of

PAGE_SIZES = (25, 50, 100, 200)
RESERVED = {"page", "size", "sort", "back", "tab"}
MOST_PAGES = 1_000_000
_NUMERIC = (Kind.INTEGER, Kind.DECIMAL)
_WIDE = (Kind.LONG, Kind.REFERENCES)
_NARROW = (Kind.DATE, Kind.DATETIME, Kind.CHOICE, Kind.BOOLEAN, Kind.INTEGER, Kind.DECIMAL, Kind.PHONE)


def listing_asked_for(
    actor: Actor, model: type[Ledger], columns: Sequence[str], filters: Sequence[str], args: Mapping[str, str]
) -> tuple[Listing, list[str]]:
    """The listing of an address' query, and a sentence for each part of it that nobody could apply."""
    shown = columns_for(actor, model, columns)
    listing = Listing(db.session, actor, model, shown)
    sentences: list[str] = []
    sort = args.get("sort", "")
    if sort.removeprefix("-") in listing.sortable():
        listing.sort, listing.descending = sort.removeprefix("-"), sort.startswith("-")
    elif sort:
        sentences.append(_("The list cannot be sorted that way"))
    given = {name: value for name, value in args.items() if name not in RESERVED}
    offered = [*open_paths(actor, model, filters_for(actor, model, filters)), *derived_for(actor, model)]
    listing.predicates, unreadable = conditions(listing.paths, model, offered, given)
    return listing, sentences + [each.sentence() for each in unreadable]


def columns_for(actor: Actor, model: type[Ledger], columns: Sequence[str]) -> list[str]:
    """The columns this actor sees: without what is hidden, with the station for who sees several."""
    shown = [path for path in columns if sight_of(actor, model, path) != "hidden"]
    several = actor.station_id is None and model.scope is not Scope.SHARED and model.__tablename__ != "stations"
    return [STATION.name, *shown] if several else shown


def filters_for(actor: Actor, model: type[Ledger], filters: Sequence[str]) -> list[str]:
    several = actor.station_id is None and model.scope is not Scope.SHARED and model.__tablename__ != "stations"
    return [*filters, STATION.name] if several else [*filters]


def address(**changes: Any) -> str:
    """This page's address with some of its query changed; None takes a part away."""
    query = {**request.args.to_dict(), **changes}
    return f"{request.path}?{urlencode({name: value for name, value in query.items() if value not in (None, '')})}"


def whole(text: str | None, default: int, least: int, most: int) -> int | None:
    """A number of the address, the default where it is missing, None where it is none or out of range."""
    if text is None or text == "":
        return default
    return int(text) if text.isdecimal() and len(text) < 10 and least <= int(text) <= most else None


def list_page(listing: Listing, filters: Sequence[str], args: Mapping[str, str]) -> dict[str, Any]:
    """Everything list.html shows."""
    actor, model, entry = listing.actor, listing.model, listing.model.entry
    key = model.__tablename__
    size = whole(args.get("size"), PAGE_SIZES[0], 1, PAGE_SIZES[-1]) or PAGE_SIZES[0]
    page = whole(args.get("page"), 1, 1, MOST_PAGES) or 1
    ids = listing.ids((page - 1) * size, size + 1)
    more, ids = len(ids) > size, ids[:size]
    total = (page - 1) * size + len(ids) if not more and (ids or page == 1) else listing.count()
    capped = total > COUNT_UP_TO and more
    used = {name: value for name, value in args.items() if value and name not in RESERVED}
    return {
        "ledger": {"key": key, "label": str(entry.label), "articles": cite_all(entry.articles)},
        "count": f"{COUNT_UP_TO}+" if capped else str(total),
        "filters": filter_controls(actor, model, filters, args),
        "filtered": bool(used),
        "clear_url": request.path,
        "columns": column_heads(listing, args),
        "rows": table_rows(listing, ids),
        "pager": {
            "page": page,
            "pages": None if capped else max(1, -(-total // size)),
            "first": (page - 1) * size + 1 if ids else 0,
            "last": (page - 1) * size + len(ids),
            "prev_url": address(page=page - 1) if page > 1 else None,
            "next_url": address(page=page + 1) if more else None,
            "sizes": [(each, address(size=each, page=None), each == size) for each in PAGE_SIZES],
        },
        "toolbar": list_toolbar(actor, model),
        "bulk": bulk_actions(actor, key),
        "bulk_url": f"/{key}/bulk",
        "empty_hint": _("Nothing here yet. Press “New” to enter the first one.") if actor.may(key, Verb.ADD) else _("Nothing here yet."),
        "hidden_fields": [(name, args[name]) for name in ("sort", "size") if args.get(name)],
        "crumbs": [(str(entry.label), None)],
    }


def bulk_actions(actor: Actor, key: str) -> list[dict[str, Any]]:
    """What may be done with ticked rows: their forms in one document, or as a zip with a document for each."""
    actions = []
    for form in forms_of(actor, key, Verb.EXPORT):
        actions.append({"name": f"paper:{form.key}", "label": str(form.label), "confirm": None})
        if not form.together:
            actions.append({"name": f"zip:{form.key}", "label": _("%(form)s (zip)", form=str(form.label)), "confirm": None})
    return actions


def list_toolbar(actor: Actor, model: type[Ledger]) -> list[dict[str, Any]]:
    key = model.__tablename__
    buttons = []
    if actor.reach(key, Verb.ADD) in (Reach.ALL, Reach.STATION) and (actor.station_id is not None or model.scope is not Scope.STATION):
        buttons.append(button(_("Import"), f"/import/?ledger={key}"))
    if actor.may(key, Verb.EXPORT):
        query = urlencode(request.args.to_dict())
        buttons.append(button(_("Export Excel"), f"/{key}/export" + (f"?{query}" if query else "")))
        buttons += [
            button(str(form.label), f"/{key}/papers/{form.key}" + (f"?{query}" if query else ""))
            for form in forms_of(actor, key, Verb.EXPORT)
            if form.together
        ]
    if actor.may(key, Verb.ADD):
        buttons.append(button(_("New %(what)s", what=str(model.entry.one)), f"/{key}/add", primary=True))
    return buttons


def button(label: str, url: str, primary: bool = False, post: bool = False, confirm: str | None = None) -> dict[str, Any]:
    return {"label": label, "url": url, "primary": primary, "post": post, "confirm": confirm}


def column_heads(listing: Listing, args: Mapping[str, str]) -> list[dict[str, Any]]:
    sortable = set(listing.sortable())
    heads = []
    for path in listing.columns:
        item = field_at(listing.model, path)
        now = args.get("sort", "").removeprefix("-") == path
        descending = now and args.get("sort", "").startswith("-")
        heads.append(
            {
                "name": path,
                "label": str(item.label),
                "numeric": item.kind in _NUMERIC,
                "sort_url": address(sort=path if descending else f"-{path}" if now else path, page=None) if path in sortable else None,
                "sorted": ("desc" if descending else "asc") if now else "",
                "width": _width(item, listing.model.entry.key == (path,)),
            }
        )
    return heads


def _width(item: Field, known_by: bool) -> str:
    """What a row is known by alone, a number or a name, is not broken into lines as long as there is room."""
    if item.kind in _WIDE:
        return "wide"
    return "narrow" if item.kind in _NARROW or (item.length or 99) <= 40 else "key" if known_by else ""


def table_rows(listing: Listing, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Rows of a table; those that the actor may change offer it."""
    changeable = _changeable(listing, ids)
    may_show, view, edit = listing.actor.may(listing.model.__tablename__, Verb.SHOW), _("View"), _("Edit")
    rows = [row_cells(listing, row, view if may_show else "", edit if row.id in changeable else "") for row in listing.rows(ids)]
    path, notes = noted(listing.session, listing.model.__tablename__, listing.columns, ids)
    for row in rows if notes else ():
        apply(row["cells"][listing.columns.index(path)], notes.get(row["id"]))
    return rows


def _changeable(listing: Listing, ids: Sequence[int]) -> set[int]:
    """Of rows that the actor may see, those to be changed: the county's are read by all, and changed by those who keep them."""
    actor, model = listing.actor, listing.model
    reach = actor.reach(model.__tablename__, Verb.EDIT)
    if reach is None:
        return set()
    if model.scope is Scope.STATION and reach is actor.reach(model.__tablename__, Verb.LIST) and reach in (Reach.ALL, Reach.STATION):
        return set(ids)
    editing = Listing(listing.session, actor, model, [], verb=Verb.EDIT)
    editing.predicates.append(model.id.in_(ids))
    return set(editing.ids(0, len(ids)))


def row_cells(listing: Listing, row: Row, view: str, edit: str) -> dict[str, Any]:
    """A row of the table; its own first cell, not the station's, leads to it. `view` and `edit` name what may be done with it."""
    key = listing.model.__tablename__
    url = f"/{key}/show/{row.id}" if view else None
    cells = [cell(listing.model, path, row.values[path], row.texts[path]) for path in listing.columns]
    if cells:
        lead = cells[1 if listing.columns[0] == STATION.name and len(cells) > 1 else 0]
        lead["url"] = url
        lead["text"] = lead["text"] or (_("(empty)") if url else "")
    actions = [{"label": view, "url": url}] if url else []
    if edit:
        actions.append({"label": edit, "url": f"/{key}/edit/{row.id}"})
    return {"id": row.id, "url": url, "cells": cells, "actions": actions}


def cell(model: type[Ledger], path: str, value: Any, text: str) -> dict[str, Any]:
    item = field_at(model, path)
    tone = item.choices.tone(value) if item.kind is Kind.CHOICE and item.choices is not None else ""
    if item.kind is Kind.POINTS and value:
        tone = "ok" if all(point["ok"] for point in value) else "bad"
    return {"text": text, "tone": tone, "note": "", "url": None, "numeric": item.kind in _NUMERIC, "long": item.kind is Kind.LONG}


def filter_controls(actor: Actor, model: type[Ledger], filters: Sequence[str], args: Mapping[str, str]) -> list[dict[str, Any]]:
    """Month first, then what the view offers and the actor may filter by."""
    offered = open_paths(actor, model, filters_for(actor, model, filters))
    chosen = {
        (field_at(model, path).target, row_id)
        for path in offered
        if field_at(model, path).kind in (Kind.REFERENCE, Kind.REFERENCES) and (row_id := read_id(args.get(path, ""))) is not None
    }
    titles = titles_of(db.session, visible_references(actor, chosen))
    controls = []
    if model.entry.month:
        label = _("Month of %(what)s", what=str(field_at(model, model.entry.month).label))
        controls.append(_control(MONTH, label, "month", args.get(MONTH, "")))
    if (standing := STANDINGS.get(model.__tablename__)) is not None:
        options = [(code, str(label)) for code, label in standing.options.items()]
        controls.append({**_control(standing.name, str(standing.label), "choice", args.get(standing.name, "")), "options": options})
    for path in offered:
        item = field_at(model, path)
        control = _control(path, str(item.label), "text", args.get(path, ""))
        match item.kind:
            case Kind.CHOICE:
                control |= {
                    "kind": "choice",
                    "options": [(code, str(label)) for code, label in (item.choices.labels if item.choices else {}).items()],
                }
            case Kind.BOOLEAN:
                control |= {"kind": "bool", "options": [("1", _("Yes")), ("0", _("No"))]}
            case Kind.REFERENCE | Kind.REFERENCES:
                value = args.get(path, "")
                control |= {
                    "kind": "reference",
                    "lookup_url": f"/lookup/{item.target}",
                    "text": titles.get((item.target, read_id(value) or 0), ""),
                }
            case Kind.DATE | Kind.DATETIME:
                control |= {"kind": "daterange", "value_to": args.get(f"{path}__to", "")}
        controls.append(control)
    for name, derived in derived_for(actor, model).items():
        if options := derived.options(actor, args.get(name, "")):
            controls.append(_control(name, str(derived.label), "choice", args.get(name, "")) | {"options": options})
    return controls


def _control(name: str, label: str, kind: str, value: str) -> dict[str, Any]:
    return {"name": name, "label": label, "kind": kind, "value": value, "value_to": "", "options": [], "lookup_url": "", "text": ""}


def visible_references(actor: Actor, wanted: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """Of rows named in an address or a form, those that exist for this actor."""
    found: set[tuple[str, int]] = set()
    for key in {key for key, _row_id in wanted}:
        listing = Listing(db.session, actor, LEDGERS[key], [])
        listing.predicates.append(LEDGERS[key].id.in_([row_id for each, row_id in wanted if each == key]))
        found |= {(key, row_id) for row_id in listing.ids(0, len(wanted))}
    return found
