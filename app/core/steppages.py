"""A workflow on pages: how far a row is, what is still missing, the buttons of its steps, and the question that a step asks."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from .actor import Actor
from .current import the_actor
from .database import db
from .fields import Kind, read_id
from .forms import as_typed
from .ledger import LEDGERS, Ledger
from .ownforms import Errors, control, form
from .pages import button
from .refusals import NotThere, Refused
from .roles import Verb
from .saving import Writing, version_of
from .screens import Screen
from .stepping import hand_of, in_the_way, take
from .titles import title_of
from .workflow import WORKFLOWS, Move, Workflow

_KINDS = {Kind.DATE: "date", Kind.DATETIME: "datetime", Kind.LONG: "longtext"}


def standing(actor: Actor, row: Ledger) -> dict[str, Any]:
    """For a row's page: the line of its states, what is still missing, and the steps that this actor may take now."""
    workflow = WORKFLOWS.get(row.__tablename__)
    if workflow is None:
        return {"steps": None, "missing": [], "step_buttons": []}
    facts = workflow.read(db.session(), row)
    return {
        "steps": _line(workflow, workflow.state_of(row)),
        "missing": _missing(actor, workflow, row, facts),
        "step_buttons": _buttons(actor, workflow, row, facts),
    }


def _line(workflow: Workflow, now: str) -> list[dict[str, Any]]:
    """The states of the usual way, those passed and the present one; what left the way stands at its end."""
    if now not in workflow.line:
        return [_shown(workflow, workflow.line[0], "done"), _shown(workflow, now, "now")]
    place = workflow.line.index(now)
    last = len(workflow.line) - 1
    return [
        _shown(workflow, state, "done" if at < place or at == place == last else "now" if at == place else "")
        for at, state in enumerate(workflow.line)
    ]


def _shown(workflow: Workflow, state: str, how: str) -> dict[str, Any]:
    return {"label": workflow.label(state), "state": how, "note": ""}


def _missing(actor: Actor, workflow: Workflow, row: Ledger, facts: Any) -> list[dict[str, str]]:
    """What the next state of the usual way still lacks; for who takes the ledger's steps, with the address that mends it."""
    state = workflow.state_of(row)
    if state not in workflow.line[:-1]:
        return []
    ahead = workflow.line[workflow.line.index(state) + 1]
    moves = [move for move in workflow.moves if state in move.leaves and move.to == ahead and not move.who]
    mends = workflow.mends if any(move.who & set(actor.roles) for move in workflow.moves) else {}
    return [
        {"text": refusal.sentence(), "url": mends.get(refusal.code, "").format(id=row.id)}
        for move in moves
        for refusal in move.needs(facts)
    ]


def _buttons(actor: Actor, workflow: Workflow, row: Ledger, facts: Any) -> list[dict[str, Any]]:
    """The steps that this actor may take now; one that asks for something leads to its question."""
    found = []
    for step in workflow.open_to(actor.roles, workflow.state_of(row)):
        if list(step.needs(facts)):
            continue
        address = f"/step/{workflow.ledger}/{row.id}/{step.name}"
        hidden = [("version", version_of(db.session(), row))]
        found.append({**button(str(step.label), address, post=not step.asks), "hidden": hidden})
    return found


class StepScreen(Screen):
    """A step is taken by POST only; what it asks for is asked on a page of its own."""

    route_base = "/step"

    @expose("/<key>/<pk>/<name>", methods=["GET", "POST"])
    def step(self, key: str, pk: str, name: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, row_id = the_actor(), read_id(pk)
        workflow = WORKFLOWS.get(key)
        step = workflow.step(name) if workflow is not None else None
        if workflow is None or step is None or row_id is None or not actor.may(key, Verb.SHOW):
            abort(404)
        if request.method == "GET":
            return _question(actor, workflow, _row(actor, key, row_id), step, {})
        answers = {asked: request.form[asked] for asked in step.asks if asked in request.form}
        reason = request.form.get("reason", "").strip()[:200] or None
        try:
            take(actor, key, row_id, name, answers, version=request.form.get("version"), reason=reason)
        except NotThere:
            abort(404)
        except Refused as refused:
            db.session.rollback()
            row = _row(actor, key, row_id)
            if step.asks and set(refused.by_field()) & set(step.asks):
                return _question(actor, workflow, row, step, refused.by_field()), 422
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
            return redirect(_way_back(row))
        flash(_("Saved"), "success")
        return redirect(_way_back(_row(actor, key, row_id)))


def _row(actor: Actor, key: str, row_id: int) -> Ledger:
    try:
        return Writing(db.session, actor).existing(key, row_id, Verb.SHOW)
    except NotThere:
        abort(404)
    except Refused:
        abort(403)


def _way_back(row: Ledger) -> str:
    back = request.args.get("back", "")
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) else f"/{row.__tablename__}/show/{row.id}"


def _question(actor: Actor, workflow: Workflow, row: Ledger, step: Move, errors: Errors) -> Any:
    """The columns that a step asks for, filled in as far as they follow from who takes it and when."""
    if not step.who & set(actor.roles):
        abort(403)
    if refusals := in_the_way(db.session(), actor, workflow, row, step):
        for refusal in refusals:
            flash(refusal.sentence(), "danger")
        return redirect(_way_back(row))
    hand, title = hand_of(actor), title_of(db.session(), row)
    fields: list[dict[str, Any]] = []
    for name in step.asks:
        item = row.fields[name]
        given = request.form.get(name, as_typed(item, step.sets[name](hand)) if name in step.sets else "")
        asked = control(name, str(item.label), _KINDS.get(item.kind, "text"), errors, given)
        fields.append({**asked, "maxlength": item.length or "", "wide": item.kind is Kind.TEXT, "autofocus": not fields})
    crumbs: list[tuple[str, str | None]] = [
        (str(LEDGERS[workflow.ledger].entry.label), f"/{workflow.ledger}/list/"),
        (title, f"/{workflow.ledger}/show/{row.id}"),
        (str(step.label), None),
    ]
    heading = _("%(step)s: %(what)s", step=str(step.label), what=title)
    hidden = [("version", request.form.get("version") or version_of(db.session(), row))]
    return form(heading, [("", fields)], _way_back(row), crumbs, hidden=hidden, submit_label=str(step.label))
