"""The recycle bin: what was deleted, what is inside, and the way back. Nothing is ever destroyed from here."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _
from sqlalchemy import select

from ..access.actor import Actor
from ..access.current import the_actor
from ..database import db
from ..dictionary.fields import Kind
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.masks import Sight
from ..dictionary.roles import ROLES, Verb
from ..dictionary.titles import Titles, titles_of
from ..lists.values import seen, sight_of
from ..records.history import Deleted
from ..records.restoring import Kept, bins_of, in_bin, kept_rows, restore
from ..refusals import NotThere, Refused
from . import timeline
from .historypages import when
from .pages import MOST_PAGES, address, button, cell, whole
from .screens import Screen

PAGE = 25


def keepers() -> frozenset[str]:
    """Roles that may delete anything at all."""
    return frozenset(role for role in ROLES if any(Verb.DELETE in model.entry.access.of(role) for model in LEDGERS.values()))


class RecycleBinScreen(Screen):
    """Open to whoever may delete; it shows what the actor could have deleted."""

    route_base = "/recycle_bin"

    def admit(self) -> Any:
        if (answer := super().admit()) is not None:
            return answer
        if not bins_of(the_actor()):
            abort(403)
        return None

    @expose("/list/")
    def entries(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        return render_template("list.html", **_list_page(the_actor()))

    @expose("/show/<int:deleted_id>")
    def show(self, deleted_id: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        found = db.session.scalars(select(Deleted).where(Deleted.id == deleted_id, in_bin(actor))).first()
        return render_template("erased.html", **_show_page(actor, found or abort(404)))

    @expose("/restore/<int:deleted_id>", methods=["POST"])
    def bring_back(self, deleted_id: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        try:
            key, row_id = restore(the_actor(), deleted_id)
        except NotThere:
            flash(_("This is not in the recycle bin (any more)"), "warning")
            return redirect("/recycle_bin/list/")
        except Refused as refused:
            for refusal in refused.refusals[:10]:
                flash(refusal.sentence(), "danger")
            return redirect(f"/recycle_bin/show/{deleted_id}")
        flash(_("Restored, with all that belongs to it"), "success")
        return redirect(f"/{key}/show/{row_id}")


def _list_page(actor: Actor) -> dict[str, Any]:
    chosen = request.args.get("ledger", "")
    page = whole(request.args.get("page"), 1, 1, MOST_PAGES) or 1
    where = [in_bin(actor), *([Deleted.ledger == chosen] if chosen else [])]
    statement = select(Deleted).where(*where).order_by(Deleted.id.desc()).offset((page - 1) * PAGE).limit(PAGE + 1)
    found = db.session.scalars(statement).all()
    entries, more = found[:PAGE], len(found) > PAGE
    several = actor.station_id is None
    stations = titles_of(db.session(), {("stations", each.station_id) for each in entries if several and each.station_id is not None})
    options = [(key, str(LEDGERS[key].entry.label)) for key in bins_of(actor)]
    heads = [(_("Row"), "wide"), (_("Ledger"), ""), (_("What belongs to it"), ""), (_("Deleted by"), ""), (_("Deleted at"), "narrow")]
    heads += [(_("Station"), "")] if several else []
    return {
        "ledger": {"key": "recycle_bin", "label": _("Recycle bin"), "articles": []},
        "count": f"{len(entries)}{'+' if more else ''}" if page == 1 else "…",
        "filters": [
            {"name": "ledger", "label": _("Ledger"), "kind": "choice", "value": chosen, "value_to": "", "options": options}
        ],
        "filtered": bool(chosen),
        "clear_url": request.path,
        "columns": [_column(label, width) for label, width in heads],
        "rows": [_entry(each, stations if several else None) for each in entries],
        "pager": {
            "page": page,
            "pages": None,
            "first": (page - 1) * PAGE + 1 if entries else 0,
            "last": (page - 1) * PAGE + len(entries),
            "prev_url": address(page=page - 1) if page > 1 else None,
            "next_url": address(page=page + 1) if more else None,
            "sizes": [],
        },
        "toolbar": [],
        "bulk": [],
        "empty_hint": _("Nothing was deleted."),
        "hidden_fields": [],
        "crumbs": [(_("Recycle bin"), None)],
    }


def _column(label: str, width: str = "") -> dict[str, Any]:
    return {"name": label, "label": label, "sort_url": None, "sorted": "", "numeric": False, "width": width}


def _words(text: str) -> dict[str, Any]:
    return {"text": text, "tone": "", "note": "", "url": None, "numeric": False}


def _entry(entry: Deleted, stations: Titles | None) -> dict[str, Any]:
    inside = Counter(each["ledger"] for each in entry.snapshot[1:])
    owned = "、".join(f"{LEDGERS[key].entry.label} {count}" for key, count in inside.items())
    texts = [entry.title or _("(empty)"), str(LEDGERS[entry.ledger].entry.label), owned, entry.by, when(entry.at)]
    if stations is not None:
        texts.append(stations.get(("stations", entry.station_id or 0), ""))
    url = f"/recycle_bin/show/{entry.id}"
    return {"id": entry.id, "url": url, "cells": [_words(text) for text in texts], "actions": [{"label": _("View"), "url": url}]}


def _show_page(actor: Actor, entry: Deleted) -> dict[str, Any]:
    rows = kept_rows(entry)
    titles = titles_of(db.session(), {wanted for kept in rows for wanted in _referred(kept)})
    inside: dict[str, list[Kept]] = {}
    for kept in rows[1:]:
        inside.setdefault(kept.key, []).append(kept)
    asked = _("Bring this back, with all that belongs to it?")
    return {
        "title": entry.title or _("(empty)"),
        "tags": [{"text": _("Deleted"), "tone": "bad"}],
        "sections": [{"heading": str(rows[0].model.entry.label), "fields": _facts(actor, rows[0], titles)}],
        "steps": None,
        "tabs": [],
        "panel": None,
        "inside": [_table(actor, LEDGERS[key], each, titles) for key, each in inside.items()],
        "toolbar": [button(_("Restore"), f"/recycle_bin/restore/{entry.id}", primary=True, post=True, confirm=asked)],
        "meta": [_("Deleted by %(who)s, %(when)s", who=entry.by, when=when(entry.at))],
        "crumbs": [(_("Recycle bin"), "/recycle_bin/list/"), (entry.title, None)],
    }


def _referred(kept: Kept) -> set[tuple[str, int]]:
    values = kept.values()
    return {wanted for name, item in kept.model.fields.items() for wanted in timeline.referred(item, values[name])}


def _names(actor: Actor, model: type[Ledger]) -> list[str]:
    """Fields that this actor may see of a ledger's rows; sort keys say nothing, and invitations stand among what belongs to the row."""
    return [
        name
        for name, item in model.fields.items()
        if not name.endswith("_key") and not item.through and sight_of(actor, model, name) is not Sight.HIDDEN
    ]


def _cell(actor: Actor, kept: Kept, name: str, titles: Titles) -> dict[str, Any]:
    item, values = kept.model.fields[name], kept.values()
    text = timeline.in_words(actor, kept.model, item, values[name], titles, values)
    return cell(kept.model, name, seen(actor, kept.model, name, values[name]), text)


def _facts(actor: Actor, kept: Kept, titles: Titles) -> list[dict[str, Any]]:
    return [
        {
            "label": str(kept.model.fields[name].label),
            "cell": _cell(actor, kept, name, titles),
            "wide": kept.model.fields[name].kind in (Kind.LONG, Kind.REFERENCES, Kind.POINTS),
        }
        for name in _names(actor, kept.model)
    ]


def _table(actor: Actor, model: type[Ledger], rows: list[Kept], titles: Titles) -> dict[str, Any]:
    """What of one ledger belonged to the row; columns that are empty in all of them are left out."""
    found = [{name: _cell(actor, kept, name, titles) for name in _names(actor, model)} for kept in rows]
    owner = model.entry.owned_by or (model.entry.one_to_one.field if model.entry.one_to_one else "")
    readable = _names(actor, model) if actor.may(model.__tablename__, Verb.SHOW) else []
    names = [name for name in readable if name != owner and any(row[name]["text"] for row in found)]
    return {
        "label": str(model.entry.label),
        "count": len(rows),
        "columns": [_column(str(model.fields[name].label)) for name in names],
        "rows": [{"id": 0, "url": None, "cells": [row[name] for name in names], "actions": []} for row in found] if names else [],
    }
