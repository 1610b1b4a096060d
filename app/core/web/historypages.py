"""The history of a row on its page, and the screen that takes one change back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _
from sqlalchemy import select

from .. import clock
from ..access.actor import Actor
from ..access.current import the_actor
from ..database import db
from ..dictionary.ledger import Ledger
from ..dictionary.roles import Verb
from ..dictionary.titles import title_of
from ..records.history import Change
from ..records.saving import Writing, version_of
from ..records.undoing import changed_row, take_back, values_before
from ..refusals import NotThere, Refused
from . import timeline
from .pages import MOST_PAGES, address, whole
from .screens import Screen

TAB = "history"


def head(active: bool) -> dict[str, Any]:
    """The tab of the row's page."""
    return {"label": _("History"), "count": None, "url": address(tab=TAB, page=None), "active": active}


def panel(actor: Actor, row: Ledger, args: Mapping[str, str]) -> dict[str, Any]:
    """A page of the row's changes."""
    page = whole(args.get("page"), 1, 1, MOST_PAGES) or 1
    changes, more = timeline.changes_of(db.session(), actor, row, page)
    rows = {(change.ledger, change.row_id) for change in changes}
    editable = [(key, row_id) for key, row_id in rows if allowed(actor, key, row_id, Verb.EDIT)]
    return {
        "changes": timeline.as_seen(db.session(), actor, changes, editable),
        "several": len(rows) > 1,
        "pager": {
            "page": page,
            "pages": None,
            "last": 0,
            "prev_url": address(page=page - 1) if page > 1 else None,
            "next_url": address(page=page + 1) if more else None,
            "sizes": [],
        },
    }


def allowed(actor: Actor, key: str, row_id: int, verb: Verb) -> bool:
    """Whether the actor may do this to the row."""
    try:
        Writing(db.session(), actor).existing(key, row_id, verb)
    except (NotThere, Refused):
        return False
    return True


def meta(row: Ledger) -> list[str]:
    """Who entered and who last changed the row."""
    changes = db.session.execute(
        select(Change.by, Change.at).where(Change.ledger == row.__tablename__, Change.row_id == row.id).order_by(Change.id)
    ).all()
    if not changes:
        return []
    lines = [_("Entered by %(who)s, %(when)s", who=changes[0].by, when=when(changes[0].at))]
    if len(changes) > 1:
        lines.append(_("Changed by %(who)s, %(when)s", who=changes[-1].by, when=when(changes[-1].at)))
    return lines


def when(moment: datetime) -> str:
    """A moment of the history by the office's clock."""
    return clock.to_office(moment).strftime("%Y-%m-%d %H:%M")


class HistoryScreen(Screen):
    """Taking back one change: asked first, with what comes back and a word on why."""

    route_base = "/history"

    @expose("/undo/<int:change_id>", methods=["GET", "POST"])
    def undo(self, change_id: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        try:
            change, row = changed_row(actor, change_id)
        except NotThere:
            abort(404)
        except Refused:
            abort(403)
        if not values_before(change):
            abort(404)
        page = f"/{change.ledger}/show/{change.row_id}?tab={TAB}"
        reason = _("Back to before the change by %(who)s of %(when)s", who=change.by, when=when(change.at))
        errors: list[str] = []
        if request.method == "POST":
            typed = request.form.get("reason", "").strip()[:200]
            try:
                take_back(actor, change_id, request.form.get("version"), typed or reason[:200])
                flash(_("The row is as it was before that change"), "success")
                return redirect(page)
            except Refused as refused:
                db.session.rollback()
                change, row = changed_row(actor, change_id)
                errors = _sentences(row, refused)
        return _undo_page(actor, change, row, errors, page, reason), 422 if errors else 200


def _sentences(row: Ledger, refused: Refused) -> list[str]:
    """Refusals for a page without fields: each says which column it is about."""
    if "stale" in refused.codes:
        return [_("Somebody changed this row just now. Look at its history, then decide anew.")]
    labelled = {name: str(item.label) for name, item in row.fields.items()}
    return [
        sentence if name not in labelled or labelled[name] in sentence else _("%(field)s: %(why)s", field=labelled[name], why=sentence)
        for name, sentences in refused.by_field().items()
        for sentence in sentences
    ]


def _undo_page(actor: Actor, change: Change, row: Ledger, errors: list[str], page: str, reason: str) -> str:
    title, kept = title_of(db.session(), row), values_before(change)
    labels = {str(row.fields[name].label) for name in kept}
    fields = [each for each in timeline.as_seen(db.session(), actor, [change], [])[0]["fields"] if each["label"] in labels]
    return render_template(
        "confirm.html",
        title=_("Take back a change of %(what)s", what=title),
        message=_("These values come back; the change stays in the history."),
        errors=errors,
        facts=[
            _("%(field)s: “%(now)s” becomes “%(old)s” again", field=each["label"], now=each["new"] or "—", old=each["old"] or "—")
            for each in fields
        ],
        reason=reason,
        action=request.path,
        hidden=[("version", version_of(db.session(), row))],
        cancel_url=page,
        submit_label=_("Back to before the change"),
        crumbs=[(str(row.entry.label), f"/{change.ledger}/list/"), (title, page), (_("History"), None)],
    )
