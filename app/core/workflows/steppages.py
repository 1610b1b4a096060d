"""A workflow on pages: how far a row is, what is still missing, the buttons of its steps, and the question that a step asks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from ..access.actor import Actor
from ..access.current import the_actor
from ..database import db
from ..dictionary.fields import Kind, read_id
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.roles import Verb
from ..dictionary.titles import title_of, titles_of
from ..files.attaching import attach
from ..records.saving import Writing, version_of
from ..refusals import NotThere, Refused
from ..web.forms import as_typed, control_of
from ..web.ownforms import Errors, control, form
from ..web.pages import button, visible_references
from ..web.screens import Screen
from .stepping import hand_of, in_the_way, take
from .workflow import WORKFLOWS, Move, Workflow


def standing(actor: Actor, row: Ledger) -> dict[str, Any]:
    """For a row's page: the line of its states, what is still missing, and the steps that this actor may take now."""
    workflow = WORKFLOWS.get(row.__tablename__)
    if workflow is None:
        return {"steps": None, "missing": [], "next_steps": []}
    facts = workflow.read(db.session(), row)
    return {
        "steps": _line(workflow, workflow.state_of(row), facts),
        "missing": _missing(actor, workflow, row, facts),
        "next_steps": _buttons(actor, workflow, row, facts),
    }


def _line(workflow: Workflow, now: str, facts: Any) -> list[dict[str, Any]]:
    """The states of the usual way, those passed and the present one; what left the way stands at its end."""
    states, note = workflow.way(facts) if workflow.way is not None else (workflow.line, "")
    if now not in states:
        return [_shown(workflow, states[0], "done"), _shown(workflow, now, "now", note)]
    place = states.index(now)
    last = len(states) - 1
    return [
        _shown(workflow, state, "done" if at < place or at == place == last else "now" if at == place else "", note if at == place else "")
        for at, state in enumerate(states)
    ]


def _shown(workflow: Workflow, state: str, how: str, note: str = "") -> dict[str, Any]:
    return {"label": workflow.label(state), "state": how, "note": note}


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
    return [
        _button(workflow, row, step) for step in workflow.open_to(actor.roles, workflow.state_of(row)) if not list(step.needs(facts))
    ]


def _button(workflow: Workflow, row: Ledger, step: Move) -> dict[str, Any]:
    if step.page:
        return button(str(step.label), step.page.format(id=row.id))
    address = f"/step/{workflow.ledger}/{row.id}/{step.name}"
    return {**button(str(step.label), address, post=not step.answers), "hidden": [("version", version_of(db.session(), row))]}


def step_button(actor: Actor, row: Ledger, name: str, back: str) -> list[dict[str, Any]]:
    """A step offered on another page, to which it comes back; nothing where this actor cannot take it now."""
    workflow = WORKFLOWS[row.__tablename__]
    step = workflow.step(name)
    if step is None or in_the_way(db.session(), actor, workflow, row, step):
        return []
    shown = _button(workflow, row, step)
    return [{**shown, "url": f"{shown['url']}?{urlencode({'back': back})}", "primary": True}]


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
            return _question(actor, workflow, _row(actor, key, row_id), step, None)
        answers = _answered(workflow, step)
        reason = request.form.get("reason", "").strip()[:200] or None
        try:
            take(actor, key, row_id, name, answers, version=request.form.get("version"), reason=reason)
        except NotThere:
            abort(404)
        except Refused as refused:
            db.session.rollback()
            row = _row(actor, key, row_id)
            if step.answers and set(refused.by_field()) & set(step.answers):
                return _question(actor, workflow, row, step, refused), 422
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
            return redirect(_way_back(row))
        flash(_("Saved"), "success")
        row = _row(actor, key, row_id)
        _hand_in(actor, step, row)
        return redirect(_way_back(row))


def _answered(workflow: Workflow, step: Move) -> dict[str, Any]:
    """What was typed; several rows are named one by one."""
    return {
        asked: [each for each in request.form.getlist(asked) if each]
        if workflow.field(asked).kind is Kind.REFERENCES
        else request.form[asked]
        for asked in step.answers
        if asked in request.form
    }


def _hand_in(actor: Actor, step: Move, row: Ledger) -> None:
    """The signed paper that came with a step is kept with the row it is about."""
    files: list[tuple[str, Any]] = [(each.filename or "", each.stream) for each in request.files.getlist("paper") if each.filename]
    of = step.paper(db.session(), row) if step.paper is not None and files else None
    if of is None:
        return
    try:
        refusals = attach(actor, of.__tablename__, of.id, files, str(step.label)).refusals
    except Refused as refused:
        refusals = list(refused.refusals)
    for refusal in refusals:
        flash(refusal.sentence(), "warning")


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


def _question(actor: Actor, workflow: Workflow, row: Ledger, step: Move, refused: Refused | None) -> Any:
    """The columns that a step asks for, filled in as far as they follow from who takes it, when, and of what row."""
    if not step.who & set(actor.roles):
        abort(403)
    if refusals := in_the_way(db.session(), actor, workflow, row, step):
        for refusal in refusals:
            flash(refusal.sentence(), "danger")
        return redirect(_way_back(row))
    title = title_of(db.session(), row)
    crumbs: list[tuple[str, str | None]] = [
        (str(LEDGERS[workflow.ledger].entry.label), f"/{workflow.ledger}/list/"),
        (title, f"/{workflow.ledger}/show/{row.id}"),
        (str(step.label), None),
    ]
    heading = _("%(step)s: %(what)s", step=str(step.label), what=title)
    hidden = [("version", request.form.get("version") or version_of(db.session(), row))]
    fields = _asked(actor, workflow, row, step, refused.by_field() if refused is not None else {})
    if step.paper is not None:
        fields.append({**control("paper", _("Scan or photo of the signed paper"), "file", {}, required=False), "wide": True})
    codes = refused.codes if refused is not None else set()
    offers = [workflow.mends[code].format(id=row.id) for code in workflow.mends if code in codes]
    return form(
        heading, [("", fields)], _way_back(row), crumbs, hidden=hidden, submit_label=str(step.label), offer=offers[0] if offers else ""
    )


def _asked(actor: Actor, workflow: Workflow, row: Ledger, step: Move, errors: Errors) -> list[dict[str, Any]]:
    """The controls of a step's question."""
    hand, items = hand_of(actor), {name: workflow.field(name) for name in step.answers}
    given: dict[str, Any] = {name: as_typed(items[name], how(hand)) for name, how in step.sets.items() if name in items}
    if step.given is not None:
        given |= {name: as_typed(items[name], value) for name, value in step.given(db.session(), row).items() if value}
    if request.method == "POST":
        given |= _answered(workflow, step)
    wanted = {
        (items[name].target, row_id)
        for name, typed in given.items()
        if items[name].kind in (Kind.REFERENCE, Kind.REFERENCES)
        for each in (typed if isinstance(typed, list) else [typed])
        if (row_id := read_id(each)) is not None
    }
    titles = titles_of(db.session(), visible_references(actor, wanted))
    return [
        {
            **control_of(item, name, given.get(name, ""), errors.get(name, []), titles),
            "required": name in step.asks,
            "autofocus": name == step.answers[0],
        }
        for name, item in items.items()
    ]
