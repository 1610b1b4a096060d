"""Workflows are tables: what a table gives away without a database."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

import app.registry  # noqa: F401 - declares the ledgers and their workflows
from app.activities.leave.table import DECISION
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import ROLES
from app.core.refusals import Refused
from app.core.workflows.stepping import written
from app.core.workflows.workflow import WORKFLOWS, Hand, Move, Workflow

NOON = datetime(2026, 11, 3, 12)


@pytest.mark.parametrize("key", sorted(WORKFLOWS))
def test_a_table_names_columns_roles_and_states_that_there_are(key: str) -> None:
    workflow = WORKFLOWS[key]
    for move in workflow.moves:
        assert move.who <= set(ROLES)
        assert all(workflow.field(name) for name in (*move.sets, *move.answers))
        assert bool(move.sets or move.asks or move.writes) == bool(move.who), "a step writes; what follows writes nothing of its own"
        assert (move.writes is not None) >= any("." in name for name in (*move.sets, *move.answers)), "another row has its writer"
        assert move.leaves != (move.to,), "a step that stays where it is names no target"
    reached, rest = {workflow.line[0]}, list(workflow.moves)
    while found := [move for move in rest if set(move.leaves) & reached]:
        reached |= {state for move in found for state in (move.to, *move.or_to)}
        rest = [move for move in rest if move not in found]
    assert rest == [], "every move can be reached from the beginning"


def test_a_table_that_names_no_state_or_a_name_twice_is_a_fault_of_the_program() -> None:
    def table(*moves: Move) -> Workflow:
        return Workflow(ledger="leave_requests", column="decision", line=("pending",), moves=moves, read=lambda _session, row: row)

    move = Move(name="a", label="a", leaves=("pending",), to="approved")
    assert table(move)
    for wrong in ((move, move), (Move(name="b", label="b", leaves=("pending",), to="nowhere"),)):
        with pytest.raises(ValueError):
            table(*wrong)


def test_a_form_may_write_what_the_roles_could_reach_step_by_step() -> None:
    assert DECISION.leads(["presidium"], "pending", "approved")
    assert DECISION.leads(["liaison"], "declined", "approved")
    assert DECISION.leads(["deputy"], "pending", "pending")
    assert not DECISION.leads(["deputy", "archivist", "county"], "pending", "approved")


def answers_of(name: str, **answers: Any) -> dict[str, Any]:
    step = DECISION.step(name)
    assert step is not None
    row: Any = SimpleNamespace(fields=LEDGERS["leave_requests"].fields)
    return written(DECISION, row, step, Hand("解明", NOON), answers)


def test_a_step_writes_who_takes_it_and_when_unless_said_otherwise() -> None:
    assert answers_of("approve") == {"decision": "approved", "decided_by": "解明", "decided_on": NOON.date()}
    assert answers_of("decline", decided_by="主席团") == {"decision": "declined", "decided_by": "主席团", "decided_on": NOON.date()}
    assert answers_of("back_approve") == {"decision": "pending", "decided_by": None, "decided_on": None}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"decided_by": "  "}, {"required"}),
        ({"decision": "approved"}, {"unknown_field"}),
        ({"decided_by": "", "note": "x"}, {"required", "unknown_field"}),
    ],
)
def test_an_answer_that_is_missing_or_was_not_asked_for_is_refused(answers: dict[str, Any], expected: set[str]) -> None:
    with pytest.raises(Refused) as caught:
        answers_of("approve", **answers)
    assert caught.value.codes == expected
