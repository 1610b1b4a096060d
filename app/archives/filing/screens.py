"""What waits to be filed, filing one or several, the year's register, and the numbers of the classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_id
from app.core.dictionary.titles import titles_of
from app.core.paperwork.papers import Reading
from app.core.refusals import NotThere, Refused
from app.core.web.forms import as_typed, control_of
from app.core.web.ownforms import Errors, form
from app.core.web.pages import button, visible_references, whole
from app.core.web.screens import Screen

from ..models import RETENTION, ArchiveFile
from . import rules, services
from .kinds import OPINIONS
from .numbers import series_of
from .sources import SOURCES, Source
from .years import years_waiting

FILERS = frozenset({"head", "liaison", "archivist"})
PAGE = 25
MOST_PAGES_OF_LIST = 10_000
ASKED = ("title", "pages", "retention", "dated_on", "responsible", "document_no", "category", "secrecy", "filed_on", "volume")
TONES = {rules.Bound.LATE: "bad", rules.Bound.SOON: "warn", rules.Bound.OPEN: "info", rules.Bound.DONE: "ok"}


class FilingScreen(Screen):
    """待归档 (S8-6, S11, R11)."""

    route_base = "/filing"
    open_to = FILERS

    @expose("/", methods=["GET"])
    def waiting(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        source = SOURCES.get(request.args.get("kind", OPINIONS))
        if source is None:
            abort(404)
        return self._list(source, {}, {})

    @expose("/several", methods=["POST"])
    def several(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        source = SOURCES.get(request.form.get("kind", ""))
        ids = [read_id(each) for each in dict.fromkeys(request.form.getlist("rows"))]
        if source is None or None in ids:
            abort(404)
        chosen = [each for each in ids if each is not None]
        said = {row_id: {name: request.form.get(f"{name}_{row_id}", "") for name in ("pages", "retention")} for row_id in chosen}
        if not chosen or len(chosen) > PAGE:
            flash(_("Nothing is chosen") if not chosen else _("At most %(most)s at once", most=PAGE), "warning")
            return self._list(source, said, {}), 422
        try:
            done = services.file_several(the_actor(), source.key, chosen, said, {"filed_on": request.form.get("filed_on", "")})
        except NotThere:
            abort(404)
        if done.filed:
            flash(_("%(count)s were filed", count=len(done.filed)), "success")
        wrong = {row_id: "；".join(_beside(refusal) for refusal in refusals) for row_id, _title, refusals in done.refused}
        for _row_id, title, refusals in done.refused:
            flash(f"{title}：{'；'.join(_beside(refusal) for refusal in refusals)}", "danger")
        if done.refused:
            return self._list(source, said, wrong), 422
        return redirect(f"/filing/?kind={source.key}")

    @expose("/record/<key>/<pk>", methods=["GET", "POST"])
    def record(self, key: str, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, session, source, row_id = the_actor(), db.session(), SOURCES.get(key), read_id(pk)
        if source is None or row_id is None:
            abort(404)
        try:
            if request.method == "POST":
                item = services.file_record(actor, key, row_id, _said(), request.form.get("request_id", "")[:64] or None)
                flash(_filed_as(item), "success")
                return redirect(f"/archive_files/show/{item}")
            return self._one(actor, source, row_id, {})
        except NotThere:
            abort(404)
        except Refused as refused:
            back = source.named(session, [row_id])[row_id].url
            return self._refused(refused, back, lambda errors: self._one(actor, source, row_id, errors))

    @expose("/register/<int:year>", methods=["GET", "POST"])
    def register(self, year: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        if actor.station_id is None or not 1949 <= year <= 2100:
            abort(404)
        if request.method == "GET":
            return self._register(actor, year, {})
        try:
            item = services.file_register(actor, year, _said(), request.form.get("request_id", "")[:64] or None)
        except Refused as refused:
            return self._refused(refused, "/filing/", lambda errors: self._register(actor, year, errors))
        flash(_filed_as(item), "success")
        return redirect(f"/archive_files/show/{item}")

    @expose("/numbers", methods=["GET"])
    def numbers(self) -> Any:
        """Item numbers class by class, and those that are missing."""
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        if actor.station_id is None:
            abort(404)
        title = _("Item numbers")
        return render_template(
            "filing/numbers.html",
            title=title,
            crumbs=[(_("To be filed"), "/filing/"), (title, None)],
            series=[(each, RETENTION.label(each.values["retention"])) for each in series_of(db.session(), actor.station_id)],
        )

    @staticmethod
    def _refused(refused: Refused, back: str, again: Any) -> Any:
        """Beside its field what concerns one; else told on the page that it came from."""
        db.session.rollback()
        errors = refused.by_field()
        for sentence in [each for name, sentences in errors.items() if name not in ASKED for each in sentences]:
            flash(sentence, "danger")
        if request.method == "POST" and set(errors) & set(ASKED):
            return again(errors), 422
        return redirect(back)

    def _list(self, source: Source, said: Mapping[int, Mapping[str, str]], wrong: Mapping[int, str]) -> str:
        actor, session = the_actor(), db.session()
        queue = source.queue(session, actor)
        page = whole(request.args.get("page"), 1, 1, MOST_PAGES_OF_LIST) or 1
        ids = queue.ids((page - 1) * PAGE, PAGE + 1)
        rows = services.found(session, actor, source, ids[:PAGE])
        names = source.named(session, [row.id for row in rows])
        return render_template(
            "filing/waiting.html",
            title=_("To be filed"),
            crumbs=[(_("To be filed"), None)],
            kind=source.key,
            closed_on=source.closed_on,
            kinds=[(each.key, each.label, each.queue(session, actor).count()) for each in SOURCES.values()],
            rows=[(row, names[row.id]) for row in rows],
            said=said,
            wrong=wrong,
            years=years_waiting(session, actor) if source.key == OPINIONS and actor.station_id is not None else [],
            tones=TONES,
            retention=list(RETENTION.labels.items()),
            today=clock.today().isoformat(),
            toolbar=[button(_("Item numbers"), "/filing/numbers")] if actor.station_id is not None else [],
            prev_url=f"/filing/?kind={source.key}&page={page - 1}" if page > 1 else None,
            next_url=f"/filing/?kind={source.key}&page={page + 1}" if len(ids) > PAGE else None,
        )

    def _one(self, actor: Actor, source: Source, row_id: int, errors: Errors) -> str:
        session = db.session()
        record = services.waits(session, actor, source, row_id)
        labels, files = source.foreseen(Reading(session, actor), row_id)
        note = _("Kept with it: %(papers)s", papers="、".join([*labels, *([_("%(count)s attachments", count=files)] if files else [])]))
        given = {
            "title": record.proposal.title,
            "retention": record.retention,
            "dated_on": record.proposal.dated_on,
            "document_no": record.proposal.document_no,
            "responsible": services.station_name(session, record.station_id),
        }
        name = source.named(session, [row_id])[row_id]
        crumbs: list[tuple[str, str | None]] = [
            (_("To be filed"), f"/filing/?kind={source.key}"), (name.title, name.url), (_("File"), None),
        ]
        return self._form(actor, _("File: %(title)s", title=name.title), given, errors, crumbs, note, name.url)

    def _register(self, actor: Actor, year: int, errors: Errors) -> Any:
        session = db.session()
        ids = services.of_year(session, actor, year)
        if not ids or actor.station_id is None:
            flash(_("Nothing of %(year)s is closed and not filed", year=year), "warning")
            return redirect("/filing/")
        given = services.register_proposal(session, actor.station_id, year)
        given["responsible"] = services.station_name(session, actor.station_id)
        bound = min(len(ids), services.MOST_BOUND)
        note = _("Binds %(count)s opinions: cover, contents, and the sheet of each.", count=bound)
        if len(ids) > bound:
            note += _(" The other %(count)s come into a further volume.", count=len(ids) - bound)
        title = _("File the opinions of %(year)s as a bound register", year=year)
        crumbs: list[tuple[str, str | None]] = [(_("To be filed"), "/filing/"), (title, None)]
        return self._form(actor, title, given, errors, crumbs, note, "/filing/")

    @staticmethod
    def _form(
        actor: Actor, title: str, given: Mapping[str, Any], errors: Errors, crumbs: list[tuple[str, str | None]], note: str, back: str
    ) -> str:
        """What an item says, filled in as far as it follows from its record; pages are counted by hand."""
        usual = {"filed_on": clock.today(), "category": "documents", "secrecy": "public"}
        fields, controls = ArchiveFile.fields, []
        box = read_id(request.form.get("volume", ""))
        titles = titles_of(db.session(), visible_references(actor, {("archive_volumes", box)} if box else set()))
        for name in ASKED:
            value = request.form.get(name) if request.method == "POST" else as_typed(fields[name], {**usual, **given}.get(name))
            shown = control_of(fields[name], name, value or "", errors.get(name, []), titles)
            controls.append({**shown, "required": shown["required"] or name == "pages", "autofocus": name == "pages"})
        hidden = [("request_id", request.form.get("request_id") or str(uuid4()))]
        return form(title, [(_("Filed document"), controls)], back, crumbs, hidden=hidden, submit_label=_("File"), note=note)


def _said() -> dict[str, str]:
    return {name: request.form[name] for name in ASKED if name in request.form}


def _filed_as(item: int) -> str:
    return _("Filed as %(file_no)s", file_no=db.session.get_one(ArchiveFile, item).file_no)


def _beside(refusal: Any) -> str:
    """A refusal in words, with the column that it concerns."""
    label = f"{ArchiveFile.fields[refusal.field].label}：" if refusal.field in ArchiveFile.fields else ""
    return f"{label}{refusal.sentence()}"
