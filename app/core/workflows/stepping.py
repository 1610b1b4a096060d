"""Taking a step of a workflow: role, state, version and what must be there are asked first, then it is written as everything is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from .. import clock, refusals
from ..access.actor import Actor
from ..dictionary.fields import Kind
from ..dictionary.ledger import Ledger
from ..dictionary.roles import Verb
from ..records.saving import Writing
from ..records.writing import change_set, refusal_of
from ..refusals import NotThere, Refusal, Refused, refuse_any
from .workflow import WORKFLOWS, Hand, Move, Workflow


def take(
    actor: Actor, key: str, row_id: int, name: str, answers: Mapping[str, Any], *, version: str | None, reason: str | None = None
) -> None:
    """Take a step, or take one back. Raises Refused with the state as it was, NotThere where there is no such row or step."""
    workflow = WORKFLOWS.get(key)
    step = workflow.step(name) if workflow is not None else None
    if workflow is None or step is None:
        raise NotThere(key)
    try:
        with change_set(actor, reason) as writing:
            row = writing.existing(key, row_id, Verb.SHOW)
            writing.check_version(row, version)
            take_within(writing, workflow, row, step, answers)
    except IntegrityError as error:
        raise Refused(refusal_of(error)) from error
    except StaleDataError as error:
        raise Refused(Refusal("conflict")) from error


def take_within(writing: Writing, workflow: Workflow, row: Ledger, step: Move, answers: Mapping[str, Any]) -> None:
    """A step as part of a change set; the row is the actor's to see."""
    refuse_any(in_the_way(writing.session, writing.actor, workflow, row, step))
    values = written(workflow, row, step, hand_of(writing.actor), answers)
    own = {name: value for name, value in values.items() if "." not in name}
    if own:
        writing.save(workflow.ledger, own, row=row, by_program=True)
    if step.writes is not None:
        step.writes(writing, row, values)


def save_beside(writing: Writing, key: str, answers: Mapping[str, Any], *, row: Ledger | None = None, **more: Any) -> Ledger:
    """Write what a step says about a row of another ledger; a refusal names the column as the step asked for it."""
    prefix = f"{key}."
    said = {name.removeprefix(prefix): value for name, value in answers.items() if name.startswith(prefix)}
    try:
        return writing.save(key, {**said, **more}, row=row, by_program=True)
    except Refused as refused:
        found = ((each, f"{prefix}{each.field}") for each in refused.refusals)
        raise Refused(*(Refusal(each.code, name if name in answers else None, each.facts) for each, name in found)) from refused


def hand_of(actor: Actor) -> Hand:
    """The actor, now."""
    return Hand(actor.name, clock.now(), frozenset(actor.roles))


def in_the_way(session: Session, actor: Actor, workflow: Workflow, row: Ledger, step: Move, facts: Any = None) -> list[Refusal]:
    """Why this actor cannot take the step now; the first reason hides what would follow from it. `facts`: read before."""
    if not step.who & set(actor.roles):
        return [Refusal("not_permitted")]
    state = workflow.state_of(row)
    if state not in step.leaves:
        return [Refusal("step_not_from", None, {"step": step.label, "state": workflow.label(state)})]
    return list(step.needs(facts if facts is not None else workflow.read(session, row)))


def written(workflow: Workflow, row: Ledger, step: Move, hand: Hand, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a step writes. Raises Refused for an answer that was not asked for, and for one that is missing."""
    found = [Refusal("unknown_field", name) for name in answers if name not in step.answers]
    values = {**{name: how(hand) for name, how in step.sets.items()}, **{name: answers[name] for name in step.answers if name in answers}}
    found += [Refusal("required", name) for name in step.asks if str(values.get(name) or "").strip() == ""]
    refuse_any(found)
    values |= {kept: getattr(row, row.fields[name].column) for name, kept in step.puts_aside.items()}
    return values | {name: _empty(row, name) for name in (*step.wrote, *step.puts_aside)}


def _empty(row: Ledger, name: str) -> Any:
    item = row.fields[name]
    return [] if item.kind is Kind.REFERENCES else item.default


refusals.SENTENCES["step_not_from"] = _("“%(step)s” cannot be done now: this stands at “%(state)s”")
