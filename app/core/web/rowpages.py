"""What the page of one row shows: the row with its tabs, how far it is, and what can be done with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _

from .. import clock
from ..access.actor import Actor
from ..database import db
from ..dictionary.fields import Kind
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.masks import Sight
from ..dictionary.paths import field_at
from ..dictionary.roles import Verb
from ..dictionary.standings import apply, noted
from ..dictionary.titles import title_of
from ..lists import tabs
from ..lists.listing import Listing
from ..lists.values import sight_of
from ..paperwork.papers import papers_of
from ..workflows.steppages import standing
from ..workflows.workflow import WORKFLOWS
from . import historypages
from .filescreen import files_tab
from .forms import row_paths
from .historypages import allowed
from .pages import address, button, cell, column_heads, table_rows

TAB_ROWS = 20

list_columns_of: dict[str, Sequence[str]] = {}
"""List columns of each ledger's view, for its tab on other rows' pages; filled in by the registry."""

buttons_of: dict[str, list[Callable[[Actor, Ledger], list[dict[str, Any]]]]] = {}
"""Buttons that areas add on the page of a ledger's rows; filled in by the registry."""

tags_of: dict[str, list[Callable[[Actor, Ledger], list[dict[str, str]]]]] = {}
"""Marks that areas add beside the title of a ledger's rows, each with the page that it leads to; filled in by the registry."""

summary_of: dict[str, Callable[[Actor, Ledger], list[dict[str, Any]]]] = {}
"""Figures that an area shows above a row of a ledger, each with the page that it leads to; filled in by the registry."""

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
    life = _life(actor, row)
    files = files_tab(actor, heads, row, args, lambda: allowed(actor, key, row.id, Verb.EDIT))
    heads.append(historypages.head(of_history))
    return {
        "title": title,
        "tags": [*_tags(row), *(tag for added in tags_of.get(key, ()) for tag in added(actor, row))],
        "sections": _sections(actor, row),
        **standing(actor, life),
        "summary": summary_of[life.__tablename__](actor, life) if life.__tablename__ in summary_of else [],
        "tabs": heads,
        "panel": _panel(actor, *active) if active else files,
        "history": historypages.panel(actor, row, args) if of_history else None,
        "toolbar": _toolbar(actor, row),
        "meta": historypages.meta(row),
        "crumbs": [(str(entry.label), f"/{key}/list/"), (title, None)],
    }


def _life(actor: Actor, row: Ledger) -> Ledger:
    """The row whose line of steps and figures a page shows: a detail that shares its parent's life shows the parent's."""
    one = row.entry.one_to_one
    if one is None or row.__tablename__ in WORKFLOWS or not actor.may(row.fields[one.field].target, Verb.SHOW):
        return row
    parent: Ledger = getattr(row, one.field)
    return parent


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
    elif (one := row.entry.one_to_one) is not None and actor.may(parent := row.fields[one.field].target, Verb.SHOW):
        buttons.append(button(_("Open %(what)s", what=str(LEDGERS[parent].entry.one)), f"/{parent}/show/{getattr(row, f'{one.field}_id')}"))
    elif key == "activities":
        buttons += [
            button(_("Fill in %(what)s", what=str(model.entry.one)), f"/{child}/add?{model.entry.one_to_one.field}={row.id}")
            for child, model in LEDGERS.items()
            if model.entry.one_to_one is not None and actor.may(child, Verb.ADD) and row.type in model.entry.one_to_one.fixed["type"]
        ]
    for added in buttons_of.get(key, ()):
        buttons += added(actor, row)
    buttons += [button(label, f"/{key}/{address}") for label, address in papers_of(actor, row)]
    if allowed(actor, key, row.id, Verb.DELETE):
        buttons.append(button(_("Delete"), f"/{key}/delete/{row.id}", post=True, confirm=_("Move this row to the recycle bin?")))
    if allowed(actor, key, row.id, Verb.EDIT):
        buttons.append(button(_("Edit"), f"/{key}/edit/{row.id}", primary=True))
    return buttons
