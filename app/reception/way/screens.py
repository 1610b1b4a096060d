"""The assignment desk, and the list of whom to call: several opinions at once, and one line for each call."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core import clock
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_id
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.standings import STANDINGS
from app.core.dictionary.titles import titles_of
from app.core.refusals import NotThere, Refused
from app.core.web.forms import as_typed, control_of
from app.core.web.pages import visible_references
from app.core.web.screens import Screen
from app.core.workflows.stepping import hand_of, take

from ..models import Opinion
from ..outcomes import NOT_OBTAINED, SATISFACTION, VERDICTS, Suggestion
from . import several, waiting
from .table import OFFICE, SIGNERS, WAY

PAGE = 50
ASSIGNING = ("organ", "assigned_on", "due", "instruction")
SIGNING = ("signed_by", "signed_on")


def _ids(name: str) -> list[int]:
    """Rows ticked; what is no number is nobody's row."""
    found = [read_id(each) for each in request.form.getlist(name)]
    if None in found:
        abort(404)
    return [each for each in dict.fromkeys(found) if each is not None]


class AssigningScreen(Screen):
    """What waits to be gathered, assigned, signed; several at once (S8-3)."""

    route_base = "/assigning"
    open_to = SIGNERS

    @expose("/", methods=["GET"])
    def desk(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        part = request.args.get("part") or ("to_sign" if set(the_actor().roles) <= {"presidium"} else "to_assign")
        if part not in waiting.PARTS:
            abort(404)
        return self._page(part, {}, {})

    @expose("/assign", methods=["POST"])
    def assign(self) -> Any:
        return self._do("to_assign", ASSIGNING, several.assign)

    @expose("/sign", methods=["POST"])
    def sign(self) -> Any:
        return self._do("to_sign", SIGNING, several.sign)

    def _do(self, part: str, names: tuple[str, ...], service: Any) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        part = part if part == "to_sign" or request.form.get("part") != "gathering" else "gathering"
        ids, given = _ids("rows"), {name: request.form.get(name, "") for name in names}
        fields = LEDGERS["assignments"].fields
        needed = [name for name in names if name in ("organ", "assigned_on", "signed_by", "signed_on") and not given[name].strip()]
        errors = {name: [_("This must be filled in")] for name in needed}
        if not ids:
            flash(_("Nothing is chosen"), "warning")
        if errors or not ids:
            return self._page(part, given, errors, ids), 422
        try:
            done = service(the_actor(), ids, given)
        except NotThere:
            abort(404)
        except Refused as refused:
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
            return self._page(part, given, {}, ids), 422
        for title, refusals in done.refused:
            for refusal in refusals:
                label = f"{fields[refusal.field].label}: " if refusal.field in fields else ""
                flash(f"{title}: {label}{refusal.sentence()}", "danger")
        if not done.sheets:
            return self._page(part, given, {}, ids, offer="county_matter" in done.codes), 422
        if part == "to_sign":
            flash(_("%(count)s sheets are signed", count=len(done.sheets)), "success")
            return redirect("/assigning/?part=to_sign")
        flash(_("%(count)s sheets are drawn up and wait for their signature", count=len(done.sheets)), "success")
        return redirect("/assigning/?" + urlencode([("part", "to_sign"), *(("made", each) for each in done.sheets)]))

    def _page(self, part: str, given: dict[str, str], errors: dict[str, list[str]], ticked: Any = (), offer: bool = False) -> str:
        actor, session = the_actor(), db.session()
        counts = {each: waiting.waiting(session, actor, each).count() for each in waiting.PARTS}
        listing = waiting.waiting(session, actor, part)
        page = min(read_id(request.args.get("page", "1")) or 1, 10_000)
        ids = listing.ids((page - 1) * PAGE, PAGE + 1)
        rows = listing.rows(ids[:PAGE])
        left = STANDINGS["opinions"].notes(session, [row.id for row in rows]) if part != "to_sign" else {}
        names = SIGNING if part == "to_sign" else ASSIGNING
        hand, step = hand_of(actor), WAY.step("sign" if part == "to_sign" else "draw_up")
        fields, controls = LEDGERS["assignments"].fields, []
        organ = read_id(given.get("organ", ""))
        titles = titles_of(session, visible_references(actor, {("organs", organ)} if organ else set()))
        for name in names:
            how = step.sets.get(f"assignments.{name}") if step is not None else None
            value = given.get(name) or (as_typed(fields[name], how(hand)) if how is not None else "")
            shown = control_of(fields[name], name, value, errors.get(name, []), titles)
            controls.append({**shown, "required": name not in ("due", "instruction"), "hint": ""})
        return render_template(
            "reception/assigning.html",
            title=_("Assignment desk"),
            crumbs=[(_("Assignment desk"), None)],
            part=part,
            parts=[(each, _part_label(each), counts[each]) for each in waiting.PARTS],
            rows=rows,
            left=left,
            ticked={*ticked, *(read_id(each) for each in request.args.getlist("made"))},
            controls=controls,
            may_do=bool((SIGNERS if part == "to_sign" else OFFICE) & set(actor.roles)),
            offer=urlencode([("opinions", each) for each in ticked]) if offer else "",
            next_url=f"/assigning/?part={part}&page={page + 1}" if len(ids) > PAGE else "",
            prev_url=f"/assigning/?part={part}&page={page - 1}" if page > 1 else "",
        )


def _part_label(part: str) -> str:
    return {"to_assign": _("Awaiting assignment"), "gathering": _("To be gathered"), "to_sign": _("Awaiting signature")}[part]


class CallScreen(Screen):
    """Whom to call: who has an answer and was not asked about it, and who has not been told (S8-5)."""

    route_base = "/calls"
    open_to = OFFICE

    @expose("/", methods=["GET"])
    def calls(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        return self._page()

    @expose("/<pk>", methods=["POST"])
    def called(self, pk: str) -> Any:
        """What the person said; the step `ask` of the opinion."""
        names = ("satisfaction", "not_obtained_reason", "dissatisfied_because", "asked_on")
        return self._said("opinions", pk, "ask", {f"replies.{name}": request.form.get(name, "") for name in names})

    @expose("/verdict/<pk>", methods=["POST"])
    def judged(self, pk: str) -> Any:
        """What the deputy thinks of the answer to a suggestion; the step `ask` or `ask_again` of the suggestion."""
        again = request.form.get("again") == "1"
        names = ("again_verdict", "again_asked_on") if again else ("verdict", "asked_on", "dissatisfied_because")
        answers = {name: request.form.get(name.removeprefix("again_"), "") for name in names}
        return self._said("suggestions", pk, "ask_again" if again else "ask", answers)

    def _said(self, key: str, pk: str, step: str, answers: dict[str, str]) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        if (row_id := read_id(pk)) is None:
            abort(404)
        try:
            take(the_actor(), key, row_id, step, answers, version=request.form.get("version"))
        except NotThere:
            abort(404)
        except Refused as refused:
            db.session.rollback()
            return self._page((key, row_id), "; ".join(each.sentence() for each in refused.refusals)), 422
        flash(_("Saved"), "success")
        return redirect("/calls/")

    def _page(self, wrong: tuple[str, int] | None = None, error: str = "") -> str:
        actor, session = the_actor(), db.session()
        asking, telling = waiting.to_call(session, actor), waiting.to_tell(session, actor)
        judging = waiting.to_judge(session, actor)
        replies, suggestions = asking.rows(asking.ids(0, PAGE)), judging.rows(judging.ids(0, PAGE))
        opinions = [row.values["opinion"] for row in replies]
        return render_template(
            "reception/calls.html",
            title=_("Return calls"),
            crumbs=[(_("Return calls"), None)],
            rows=replies,
            count=asking.count(),
            versions=waiting.versions(session, Opinion, opinions),
            judging=suggestions,
            judging_count=judging.count(),
            judging_versions=waiting.versions(session, Suggestion, [row.id for row in suggestions]),
            verdicts=list(VERDICTS.labels.items()),
            telling=telling.rows(telling.ids(0, PAGE)),
            today=clock.today().isoformat(),
            satisfaction=list(SATISFACTION.labels.items()),
            reasons=list(NOT_OBTAINED.labels.items()),
            wrong=wrong,
            given=request.form,
            error=error,
        )
