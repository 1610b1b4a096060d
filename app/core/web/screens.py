"""Own screens shared by all ledgers: the type-ahead and the one search over everything."""

from __future__ import annotations

from typing import Any

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import gettext as _

from ..access.current import current_actor, the_actor
from ..database import db
from ..dictionary.ledger import LEDGERS
from ..dictionary.roles import Verb
from ..records.search import choices_for, find


class Screen(BaseView):
    """A page of our own. Who is not signed in is led to sign in and back."""

    open_to: frozenset[str] | None = None
    """Roles that may open it; None: everyone who is signed in."""

    def __init__(self) -> None:
        super().__init__()

    def admit(self) -> Any:
        """None where the actor may go on, else what to answer."""
        actor = current_actor()
        if actor is None:
            return redirect(url_for("LoginView.login", next=request.full_path.rstrip("?")))
        if self.open_to is not None and not self.open_to & set(actor.roles):
            abort(403)
        return None


class LookupScreen(Screen):
    """Choosing a row: title, full pinyin or initials."""

    route_base = "/lookup"

    @expose("/<key>")
    def choose(self, key: str) -> Any:
        actor = current_actor()
        if actor is None:
            abort(401)
        if key not in LEDGERS or not actor.may(key, Verb.LIST):
            abort(404)
        query = request.args.get("q", "").strip()[:60]
        found = choices_for(db.session, actor, key, query)
        return jsonify(results=[{"id": row_id, "text": title} for row_id, title in found])


class SearchScreen(Screen):
    """One search over everything the actor may list."""

    route_base = "/search"

    @expose("/")
    def results(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        query = request.args.get("q", "").strip()[:60]
        groups: dict[str, list[dict[str, Any]]] = {}
        for hit in find(db.session, actor, query, most=8):
            note = _around(hit.text, query)
            url = f"/{hit.ledger}/show/{hit.row_id}" if actor.may(hit.ledger, Verb.SHOW) else f"/{hit.ledger}/list/"
            groups.setdefault(hit.ledger, []).append({"title": hit.title, "note": note, "url": url})
        shown = [{"label": str(LEDGERS[key].entry.label), "url": f"/{key}/list/", "hits": hits} for key, hits in groups.items()]
        return render_template("search.html", q=query, groups=shown, crumbs=[(_("Search"), None)])


def _around(text: str, query: str) -> str:
    """The words around what was searched."""
    plain = " ".join(text.split())
    place = plain.lower().find(query.split()[0].lower()) if query else -1
    start = max(0, place - 20)
    return ("…" if start else "") + plain[start : start + 80]
