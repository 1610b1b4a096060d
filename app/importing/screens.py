"""The import's pages: a file comes in, is matched, rehearsed, imported, and taken back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any, cast

from flask import Flask, abort, current_app, flash, jsonify, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core.access.current import the_actor
from app.core.dictionary.fields import read_id
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import ROLES, Reach, Verb
from app.core.paperwork.paperpages import as_download
from app.core.refusals import NotThere, Refusal, Refused
from app.core.web.pages import MOST_PAGES, whole
from app.core.web.screens import Screen
from app.sheets import MOST_BYTES

from .jobs import Jobs, jobs_of
from .layout import LAYOUTS
from .matchpages import Said, layouts_of, match_page, open_sheets, said_in
from .models import Import
from .outcome import read_back
from .outcomepages import ANSWER, going_page, imports_table, outcome_page, written_in_words
from .papers import blank_template, refused_workbook
from .rules import CORRECTABLE, UNDER_WAY
from .services import Offered, change_match, layouts_for, of_actor, offered_of, receive
from .stages import keep_answers
from .uploads import ACCEPT, uploaded

MOST_REASON = 200


@cache
def importers() -> frozenset[str]:
    """Roles that add rows of a whole station, or of all, to any ledger."""
    wide = {name for name, role in ROLES.items() if role.reach in (Reach.ALL, Reach.STATION)}
    return frozenset(role for role in wide if any(Verb.ADD in model.entry.access.of(role) for model in LEDGERS.values()))


class ImportScreen(Screen):
    """An import is the station's; one of another station does not exist."""

    route_base = "/import"

    def admit(self) -> Any:
        if (answer := super().admit()) is not None:
            return answer
        if not importers() & set(the_actor().roles):
            abort(403)
        return None

    # ------------------------------------------------------------ a file comes in

    @expose("/", methods=["GET", "POST"])
    def home(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, errors = the_actor(), []
        only = request.values.get("ledger", "")
        only = only if any(only in (layout.key, *(part.ledger for part in layout.parts.values())) for layout in layouts_for(actor)) else ""
        if request.method == "POST":
            try:
                return redirect(f"/import/{_received(only)}/match")
            except Refused as refused:
                errors = [refusal.sentence() for refusal in refused.refusals]
        layouts = layouts_of(actor)
        page = render_template(
            "import.html",
            title=_("Import: %(ledger)s", ledger=str(LAYOUTS[only].label)) if only in LAYOUTS else _("Import"),
            only=only,
            only_label=str(LAYOUTS[only].label) if only in LAYOUTS else "",
            errors=errors,
            accept=ACCEPT,
            most_bytes=MOST_BYTES,
            without_station=actor.station_id is None,
            several=[(layout.key, str(layout.label)) for layout in layouts if layout.key not in layout.parts],
            single=[(layout.key, str(layout.label)) for layout in layouts if layout.key in layout.parts],
            table=imports_table(actor, whole(request.args.get("page"), 1, 1, MOST_PAGES) or 1),
            crumbs=[(_("Import"), None)],
        )
        return page, 422 if errors else 200

    @expose("/template/<key>")
    def template(self, key: str) -> Any:
        """A blank workbook to be filled in."""
        if (answer := self.admit()) is not None:
            return answer
        layout = next((each for each in layouts_for(the_actor()) if each.key == key), None) or abort(404)
        target = BytesIO()
        blank_template(target, layout)
        return as_download(target.getvalue(), _("%(ledger)s, blank", ledger=str(layout.label)), "xlsx")

    # ------------------------------------------------------------ which column is which

    @expose("/<pk>/match", methods=["GET", "POST"])
    def match(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, kept = the_actor(), _found(pk)
        if kept.state not in CORRECTABLE:
            return redirect(f"/import/{kept.id}")
        try:
            offered = offered_of(actor, kept)
        except Refused:
            return redirect(f"/import/{kept.id}")
        opened = open_sheets(offered, whole(request.args.get("sheet"), -1, 0, 10_000))
        errors: list[str] = []
        if request.method == "POST":
            said = said_in(request.form, offered, kept.station_id)
            if "anew" not in request.form and not any(each.anew for each in said.values()):
                try:
                    change_match(actor, kept, {offered[place].grid.name: each.match for place, each in said.items()})
                    _jobs().begin(actor, kept.id, "rehearsing")
                    return redirect(f"/import/{kept.id}")
                except Refused as refused:
                    errors = [refusal.sentence() for refusal in refused.refusals]
            offered = [_as_said(each, said.get(place)) for place, each in enumerate(offered)]
            opened = sorted(said) or opened
        page = render_template("import_match.html", errors=errors, **match_page(kept, offered, layouts_of(actor), opened))
        return page, 422 if errors else 200

    # ------------------------------------------------------------ what is found, what is done

    @expose("/<pk>")
    def show(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        kept = _found(pk)
        if kept.state in UNDER_WAY:
            return render_template("import_going.html", **going_page(kept, kept.id in _jobs().running))
        if kept.state == "matched" and kept.content is not None:
            return redirect(f"/import/{kept.id}/match")
        return render_template("import_outcome.html", **outcome_page(the_actor(), kept))

    @expose("/<pk>/progress")
    def progress(self, pk: str) -> Any:
        """How far it is, for the page that waits."""
        if (answer := self.admit()) is not None:
            return answer
        kept = _found(pk)
        job = _jobs().running.get(kept.id)
        return jsonify(going=kept.state in UNDER_WAY, here=job is not None, done=job.done if job else 0, total=job.total if job else 0)

    @expose("/<pk>/rehearse", methods=["POST"])
    def rehearse(self, pk: str) -> Any:
        """Keep what was chosen and check once more."""
        if (answer := self.admit()) is not None:
            return answer
        actor, kept = the_actor(), _found(pk)
        given = {key.removeprefix(ANSWER): text for key, text in request.form.items() if key.startswith(ANSWER)}
        try:
            keep_answers(actor, kept.id, given)
        except Refused as refused:
            _flash(refused)
        else:
            _jobs().begin(actor, kept.id, "rehearsing")
        return redirect(f"/import/{kept.id}")

    @expose("/<pk>/again", methods=["POST"])
    def again(self, pk: str) -> Any:
        """Go on with what was cut off."""
        if (answer := self.admit()) is not None:
            return answer
        kept = _found(pk)
        if kept.state in UNDER_WAY:
            _jobs().again(the_actor(), kept.id, kept.state)
        return redirect(f"/import/{kept.id}")

    @expose("/<pk>/write", methods=["GET", "POST"])
    def write(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, kept = the_actor(), _found(pk)
        if request.method == "POST" or kept.state != "rehearsed":
            if request.method == "POST" and not _jobs().begin(actor, kept.id, "writing"):
                flash(_("This import is under way or over already"), "warning")
            return redirect(f"/import/{kept.id}")
        outcome = read_back(kept.outcome)
        refused = sum(outcome.counts[each] for each in ("wrong", "choice"))
        facts = [each["text"] for each in written_in_words(actor, outcome)]
        return render_template(
            "confirm.html",
            title=_("Import for good"),
            message=_("These rows will be written to the ledgers, all of them or none:"),
            facts=[*facts, _("%(count)s rows will not be written; they can be downloaded, put right and uploaded again", count=refused)],
            action=f"/import/{kept.id}/write",
            submit_label=_("Import"),
            cancel_url=f"/import/{kept.id}",
            crumbs=[(_("Import"), "/import/"), (kept.file_name, f"/import/{kept.id}"), (_("Import for good"), None)],
        )

    @expose("/<pk>/undo", methods=["GET", "POST"])
    def undo(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, kept = the_actor(), _found(pk)
        if request.method == "POST" or kept.state != "done":
            reason = request.form.get("reason", "").strip()[:MOST_REASON]
            if request.method == "POST" and not _jobs().begin(actor, kept.id, "undoing", reason):
                _flash(Refused(Refusal("import_not_done")))
            return redirect(f"/import/{kept.id}")
        return render_template(
            "confirm.html",
            title=_("Take this import back"),
            message=_("Everything that this import brought goes to the recycle bin, and what it changed becomes as it was:"),
            facts=[each["text"] for each in written_in_words(actor, read_back(kept.outcome))],
            reason=_("Why, for the history (may stay empty)"),
            action=f"/import/{kept.id}/undo",
            submit_label=_("Take back"),
            cancel_url=f"/import/{kept.id}",
            crumbs=[(_("Import"), "/import/"), (kept.file_name, f"/import/{kept.id}"), (_("Take this import back"), None)],
        )

    @expose("/<pk>/refused")
    def refused(self, pk: str) -> Any:
        """The rows that were not taken, each with its reason, to be put right and brought again."""
        if (answer := self.admit()) is not None:
            return answer
        actor, kept = the_actor(), _found(pk)
        target = BytesIO()
        try:
            count = refused_workbook(target, offered_of(actor, kept), read_back(kept.outcome).sheets)
        except Refused as refused:
            _flash(refused)
            return redirect(f"/import/{kept.id}")
        if not count:
            abort(404)
        return as_download(
            target.getvalue(), _("Rows not imported, %(file)s", file=kept.file_name.rpartition(".")[0] or kept.file_name), "xlsx"
        )


def _received(only: str) -> int:
    actor, (content, name) = the_actor(), uploaded()
    return receive(actor, actor.station_id, name, content, only).id


def _found(pk: str) -> Import:
    if (import_id := read_id(pk)) is None:
        abort(404)
    try:
        return of_actor(the_actor(), import_id)
    except NotThere:
        abort(404)


def _as_said(each: Offered, said: Said | None) -> Offered:
    return replace(each, match=said.match) if said is not None else each


def _jobs() -> Jobs:
    return jobs_of(cast(Flask, current_app._get_current_object()))  # type: ignore[attr-defined]


def _flash(refused: Refused) -> None:
    for refusal in refused.refusals[:10]:
        flash(refusal.sentence(), "danger")
