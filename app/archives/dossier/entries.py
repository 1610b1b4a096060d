"""What deputies enter about themselves, from the phone; and the office's page that confirms it (S1-3, S5-3(4), S6-1, S9-3(3))."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import select

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import Field, Kind, read_date, read_id
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.paths import field_at
from app.core.lists.listing import Listing
from app.core.records.confirming import CONFIRMED
from app.core.records.saving import version_of
from app.core.records.writing import write
from app.core.refusals import NotThere, Refused
from app.core.web.screens import Screen

MOST = 100
RECENT = 12
ENTRIES: Mapping[str, tuple[str, Any, tuple[str, ...]]] = {
    "visits": ("deputy", lazy_gettext("Visited people"), ("visited_on", "place", "households", "persons", "heard")),
    "good_deeds": ("deputy", lazy_gettext("Did a good deed"), ("done_on", "deed", "for_whom", "persons", "note")),
    "inspections": (
        "holder",
        lazy_gettext("Visit by certificate"),
        ("activity.title", "activity.type", "activity.start", "activity.place", "certificate", "findings", "advice"),
    ),
}
"""Ledger -> the column that names the deputy, what the deputy calls it, what is asked."""
_NEEDED = ("activity.place", "certificate")
_INPUTS = {Kind.DATE: "date", Kind.DATETIME: "datetime-local", Kind.INTEGER: "number", Kind.LONG: "long", Kind.CHOICE: "choice"}


class OwnEntryScreen(Screen):
    """One page for a thumb: what was done, and what became of earlier entries."""

    route_base = "/own_entries"
    open_to = frozenset({"deputy"})

    @expose("/", methods=["GET"])
    def entries(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        return self._page("", {})

    @expose("/<key>", methods=["POST"])
    def enter(self, key: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        if key not in ENTRIES or actor.deputy_id is None:
            abort(404)
        person, _label, names = ENTRIES[key]
        values: dict[str, Any] = {name: request.form.get(name, "") for name in names}
        values[person] = actor.deputy_id
        if key == "inspections" and (day := read_date(values["activity.start"][:10])) is not None and day > clock.today():
            values["station_told_on"] = clock.today()
        try:
            write(actor, key, values, request_id=request.form.get("request_id", "")[:64] or None)
        except Refused as refused:
            db.session.rollback()
            return self._page(key, refused.by_field()), 422
        flash(_("Entered; it counts once the station has confirmed it"), "success")
        return redirect("/own_entries/")

    def _page(self, at: str, errors: Mapping[str | None, list[str]]) -> str:
        actor = the_actor()
        if actor.deputy_id is None:
            abort(403)
        return render_template(
            "dossiers/own.html",
            title=_("My entries"),
            forms=[_form(key, errors if key == at else {}) for key in ENTRIES],
            at=at,
            errors=errors.get(None, []),
            recent=_recent(actor),
            dossier_url=f"/dossiers/{actor.deputy_id}/{clock.today().year}",
            request_id=str(uuid4()),
            crumbs=[(_("My entries"), None)],
        )


def _form(key: str, errors: Mapping[str | None, list[str]]) -> dict[str, Any]:
    _person, label, names = ENTRIES[key]
    return {"key": key, "label": str(label), "fields": [_control(key, name, errors) for name in names]}


def _control(key: str, name: str, errors: Mapping[str | None, list[str]]) -> dict[str, Any]:
    item = field_at(LEDGERS[key], name)
    typed = request.form.get(name, "") if errors else _usual(item)
    return {
        "name": name,
        "id": f"{key}-{name}",
        "label": str(item.label),
        "input": _INPUTS.get(item.kind, "text"),
        "options": _options(key, name, item),
        "required": item.required or name in _NEEDED,
        "hint": str(item.hint) if item.hint and name not in _NEEDED else "",
        "value": typed,
        "errors": errors.get(name, []),
    }


def _usual(item: Field) -> str:
    match item.kind:
        case Kind.DATE:
            return clock.today().isoformat()
        case Kind.DATETIME:
            return clock.now().strftime("%Y-%m-%dT%H:00")
        case _:
            return ""


def _options(key: str, name: str, item: Field) -> list[tuple[str, str]]:
    """Of an activity's kinds those that the ledger is about."""
    one = LEDGERS[key].entry.one_to_one
    fixed = one.fixed.get(name.rpartition(".")[2], ()) if one is not None and "." in name else ()
    labels = item.choices.labels if item.choices is not None else {}
    return [(code, str(label)) for code, label in labels.items() if not fixed or code in fixed]


def _columns(key: str) -> list[str]:
    """The day, what it is, and whether it is confirmed."""
    model = LEDGERS[key]
    if model.entry.one_to_one is not None:
        return ["activity.start", "activity.title", "activity.place", ENTRIES[key][0], CONFIRMED]
    return [model.entry.month, model.entry.title[-1], "persons", ENTRIES[key][0], CONFIRMED]


def _recent(actor: Actor) -> list[dict[str, Any]]:
    found = []
    for key in ENTRIES:
        listing = Listing(db.session(), actor, LEDGERS[key], _columns(key))
        listing.predicates.append(listing.paths.column(ENTRIES[key][0]) == actor.deputy_id)
        found += [_entry(key, listing, row) for row in listing.rows(listing.ids(0, RECENT))]
    return sorted(found, key=lambda each: each["day"], reverse=True)[:RECENT]


def _entry(key: str, listing: Listing, row: Any) -> dict[str, Any]:
    day, what, more, person, confirmed = listing.columns
    unit = str(field_at(LEDGERS[key], more).label)
    return {
        "key": key,
        "id": row.id,
        "day": row.values[day].isoformat()[:10],
        "kind": str(ENTRIES[key][1]),
        "what": row.texts[what],
        "more": f"{unit} {row.texts[more]}" if row.texts[more] else "",
        "deputy": row.texts[person],
        "confirmed": row.values[confirmed],
        "url": f"/{key}/show/{row.id}",
    }


class ConfirmingScreen(Screen):
    """What deputies entered and the office has not confirmed: one by one, or all that is ticked."""

    route_base = "/confirming"
    open_to = frozenset({"head", "liaison"})

    @expose("/", methods=["GET", "POST"])
    def waiting(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        if request.method == "POST":
            one = request.form.get("one", "")
            self._confirm(actor, [one] if one else request.form.getlist("entries")[:MOST])
            return redirect("/confirming/")
        return render_template(
            "dossiers/confirming.html",
            title=_("Confirm deputies' entries"),
            waiting=_unconfirmed(actor),
            crumbs=[(_("Confirm deputies' entries"), None)],
        )

    @staticmethod
    def _confirm(actor: Actor, chosen: list[str]) -> None:
        """Each is a row as it stood when the page was made: what was changed since is looked at again first."""
        done = 0
        for each in chosen:
            key, row_id, version = [*each.split(":"), "", ""][:3]
            number = read_id(row_id)
            if key not in ENTRIES or number is None:
                abort(404)
            try:
                write(actor, key, {CONFIRMED: True}, row_id=number, version=version)
                done += 1
            except NotThere:
                abort(404)
            except Refused as refused:
                db.session.rollback()
                for refusal in refused.refusals:
                    flash(refusal.sentence(), "danger")
        if done:
            flash(_("%(n)s entries are confirmed", n=done), "success")
        elif not chosen:
            flash(_("Nothing is chosen"), "warning")


def _unconfirmed(actor: Actor) -> list[dict[str, Any]]:
    """The longest waiting first."""
    found = []
    for key in ENTRIES:
        model: Any = LEDGERS[key]
        listing = Listing(db.session(), actor, model, _columns(key), sort=_columns(key)[0])
        listing.predicates.append(listing.paths.column(CONFIRMED).is_(False))
        ids = listing.ids(0, MOST)
        rows = {row.id: row for row in db.session.scalars(select(model).where(model.id.in_(ids)))}
        if model.entry.one_to_one is not None:  # their versions count the activity in: read together
            parents: Any = LEDGERS["activities"]
            kept = db.session.scalars(select(parents).where(parents.id.in_([row.activity_id for row in rows.values()]))).all()
            assert kept is not None
        for row in listing.rows(ids):
            entry = _entry(key, listing, row)
            found.append(entry | {"value": f"{key}:{row.id}:{version_of(db.session(), rows[row.id])}"})
    return sorted(found, key=lambda each: each["day"])
