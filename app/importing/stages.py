"""An import goes from stage to stage: each begins once, and its end is told in the row, whichever process did it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import update

from app.core.access.actor import Actor
from app.core.database import db, write_transaction
from app.core.dictionary.ledger import LEDGERS
from app.core.records.saving import Writing
from app.core.refusals import NotThere, Refusal, Refused, refuse_any

from .models import Import
from .outcome import Outcome
from .rules import STEPS, answer_of
from .running import Progress
from .services import codes_of_columns, matched, of_actor, offered_of, perform
from .taking_back import take_back

SAID = "said"
"""In the outcome: sentences on why the last stage came to nothing."""
WHY = "why"
"""In the outcome: the reason given for taking the import back."""


class Overtaken(Exception):
    """Another process has done this meanwhile."""


def claim(actor: Actor, import_id: int, step: str, reason: str = "") -> bool:
    """Begin a stage; whether it is this caller who begins it. Raises NotThere."""
    kept = of_actor(actor, import_id)
    if kept.state not in STEPS[step]:
        return False
    outcome = {**kept.outcome, SAID: [], WHY: reason}
    with write_transaction(db.session) as session:
        begun = session.execute(
            update(Import).where(Import.id == import_id, Import.state.in_(STEPS[step])).values(state=step, outcome=outcome)
        )
        return bool(begun.rowcount)  # type: ignore[attr-defined]


def go_on(actor: Actor, import_id: int, step: str, progress: Progress) -> None:
    """Do what was claimed. Raises Refused, Overtaken; nothing is written then."""
    _STAGES[step](actor, of_actor(actor, import_id), progress)


def stop(import_id: int, step: str, sentences: Sequence[str]) -> None:
    """The stage came to nothing: an import that was not taken back is still done."""
    with write_transaction(db.session) as session:
        kept = session.get(Import, import_id, with_for_update=True, populate_existing=True)
        if kept is not None and kept.state == step:
            kept.state = "done" if step == "undoing" else "failed"
            kept.outcome = {**kept.outcome, SAID: list(sentences)}


def keep_answers(actor: Actor, import_id: int, given: Mapping[str, str]) -> None:
    """What the user chose for names and words; blank takes an answer back. What answers nothing is passed over."""
    of_actor(actor, import_id)
    codes, ledgers = codes_of_columns(), frozenset(LEDGERS)
    with write_transaction(db.session) as session:
        kept = session.get_one(Import, import_id, with_for_update=True, populate_existing=True)
        refuse_any([] if kept.state in STEPS["rehearsing"] else [Refusal("import_running")])
        answers = dict(kept.answers)
        for key, text in given.items():
            answers.pop(key, None)
            if (told := answer_of(key, text.strip(), codes, ledgers)) is not None:
                answers[key] = told
        kept.answers = answers


def _rehearse(actor: Actor, kept: Import, progress: Progress) -> None:
    outcome = _run(actor, kept, progress, None)
    with write_transaction(db.session) as session:
        _still(session, kept.id, "rehearsing")
        row = session.get_one(Import, kept.id)
        row.state, row.outcome = "rehearsed", outcome.kept()


def _write(actor: Actor, kept: Import, progress: Progress) -> None:
    def finish(writing: Writing, outcome: Outcome) -> None:
        row = writing.session.get_one(Import, kept.id)
        row.state, row.outcome, row.change_set = "done", outcome.kept(), writing.id

    _run(actor, kept, progress, finish)


def _undo(actor: Actor, kept: Import, progress: Progress) -> None:
    take_back(actor, kept.id, kept.outcome.get(WHY, ""))


def _run(actor: Actor, kept: Import, progress: Progress, finish: Callable[[Writing, Outcome], None] | None) -> Outcome:
    offered, step, import_id = offered_of(actor, kept), kept.state, kept.id
    if not matched(offered):
        raise Refused(Refusal("nothing_to_import"))
    reason = _("Import of %(name)s", name=kept.file_name)[:200]

    def begin(writing: Writing) -> None:
        _still(writing.session, import_id, step)

    return perform(
        actor, kept.station_id, offered, dict(kept.answers), progress, keep=finish is not None, reason=reason, begin=begin, finish=finish
    )


def _still(session: Any, import_id: int, step: str) -> None:
    """The row is locked until the transaction ends, so that two processes never write the same import."""
    row = session.get(Import, import_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotThere("imports")
    if row.state != step:
        raise Overtaken


_STAGES: Mapping[str, Callable[[Actor, Import, Progress], None]] = {"rehearsing": _rehearse, "writing": _write, "undoing": _undo}
