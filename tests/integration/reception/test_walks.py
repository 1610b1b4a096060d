"""Whoever walks a suggestion at random through the services: its state is what its history says, its term what counting gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.core.records.history import Change
from app.core.workflows.stepping import in_the_way
from app.reception.suggesting import rules
from app.reception.suggesting.table import WAY
from tests.integration.reception.way_scene import Office, made_office

__all__ = ["made_office"]


@pytest.fixture
def office(made_office: Office) -> Office:
    return made_office


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(picks=st.lists(st.integers(0, 60), min_size=6, max_size=24), verdict=st.sampled_from(("satisfied", "dissatisfied")))
def test_state_and_history_agree_and_the_term_is_counted(office: Office, picks: list[int], verdict: str) -> None:
    row: Any = office.add(
        "suggestions", title="修路", deputy=office.deputy, submitted_on="2026-05-04", content="路坏了", organ=office.organ)
    said = {"hand_over": {"organ": office.organ, "handed_over_on": "2026-05-12"}, "extend": {"complex_reason": "跨部门"},
            "return": {"returned_reason": "不属职责", "returned_on": "2026-05-12"},
            "answer": {"result": "a"}, "answer_again": {"again_result": "b"}, "ask": {"verdict": verdict},
            "ask_again": {"again_verdict": verdict}}  # fmt: skip
    for pick in picks:
        now = office.row("suggestions", row.id)
        open_to = [
            step for step in WAY.open_to(office.actor.roles, now.status)
            if step.name != "remind" and not in_the_way(office.session, office.actor, WAY, now, step)
        ]
        step = open_to[pick % len(open_to)]
        after = office.step(now, step.name, said.get(step.name, {}))
        assert after.status == rules.status(rules.facts({name: getattr(after, name) for name in rules.Facts.__dataclass_fields__}))
        told = office.session.scalars(
            select(Change.data).where(Change.ledger == "suggestions", Change.row_id == row.id).order_by(Change.id)).all()
        moves = [data["status"] for data in told if "status" in data]
        assert [pair[1] for pair in moves[:-1]] == [pair[0] for pair in moves[1:]]
        assert moves[-1][1] == after.status
        if after.status == "handed_over":
            assert str(after.due) == ("2026-11-12" if after.complex else "2026-08-12")
