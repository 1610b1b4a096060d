"""The way of an opinion, step by step: what each writes, when it may be taken, how it is taken back."""

from __future__ import annotations

import random
from typing import Any

import pytest
from sqlalchemy import select

from app.core.records.history import Change
from app.core.refusals import NotThere
from app.core.workflows.stepping import in_the_way, take
from app.core.workflows.workflow import BACK
from app.reception import rules
from app.reception.facts import facts_of
from app.reception.way.rules import answer
from app.reception.way.table import WAY
from tests.integration.reception.way_scene import Office, made_office, refused

__all__ = ["made_office"]
pytestmark = pytest.mark.both_databases


@pytest.fixture
def office(made_office: Office) -> Office:
    return made_office


def test_a_matter_is_assigned_signed_received_answered_closed_and_filed(office: Office) -> None:
    opinion = office.opinion()
    states = office.walk(opinion, "pass_on", "draw_up", "sign", "receive", "remind", "answer", "ask", "close", "file")
    assert states == [
        "to_assign", "to_assign", "assigned", "in_progress", "in_progress", "answered", "answered", "closed", "filed",
    ]
    sheet, reply, reminder = office.rows("assignments")[0], office.rows("replies")[0], office.rows("supervision")[0]
    assert (sheet.signed_by, str(sheet.signed_on), sheet.received_by) == ("王主席", "2026-05-20", "李所长")
    assert (reply.assignment_id, reply.form, reply.answered_by, reply.satisfaction) == (sheet.id, "phone", "organ_head", "satisfied")
    assert (reminder.assignment_id, reminder.by_whom, reminder.form) == (sheet.id, "周敏", "phone")


@pytest.mark.parametrize(
    ("step", "handling"),
    [("answer_on_spot", "answered_on_spot"), ("answer_after_enquiry", "answered_after_enquiry"), ("explain", "explained")],
)
def test_what_needs_no_organ_is_answered_at_once(office: Office, step: str, handling: str) -> None:
    opinion = office.opinion()
    answered = office.step(opinion, step, {"replies.satisfaction": "mostly"})
    assert (answered.status, answered.handling) == ("answered", handling)
    assert office.walk(opinion, "close", "back_close", "back_ask") == ["closed", "answered", "answered"]
    back = office.step(opinion, f"back_{step}")
    assert (back.status, back.handling, back.explained_reason, office.rows("replies")) == ("registered", None, None, [])


def test_who_is_not_satisfied_is_handled_once_more_and_told_apart(office: Office) -> None:
    opinion = office.opinion()
    office.walk(opinion, "draw_up", "sign", "receive", "answer")
    office.step(opinion, "ask", {"replies.satisfaction": "dissatisfied", "replies.dissatisfied_because": "没有修好"})
    with refused(("second_round_first", None)):
        office.step(opinion, "close")
    with refused(("second_round_first", "closed_on")):
        office.change(opinion, closed_on="2026-05-20")
    assert office.walk(opinion, "handle_again", "sign", "receive", "answer") == ["to_assign", "second_round", "second_round", "answered"]
    assert [sheet.round for sheet in office.rows("assignments")] == [1, 2]
    office.step(opinion, "ask", {"replies.satisfaction": "dissatisfied"})
    assert office.step(opinion, "close").status == "closed"


def test_a_sheet_comes_back_with_its_reason_and_goes_to_another_organ(office: Office) -> None:
    opinion = office.opinion()
    assert office.walk(opinion, "draw_up", "sign", "return", "back_return", "return", "draw_up") == [
        "to_assign", "assigned", "to_assign", "assigned", "to_assign", "to_assign",
    ]
    with refused(("not_returned", None)):
        office.step(opinion, "back_return")
    assert [(sheet.round, sheet.returned_reason) for sheet in office.rows("assignments")] == [(1, "不属本单位职责"), (2, None)]


def test_a_lawsuit_is_referred_and_the_person_is_told(office: Office) -> None:
    opinion = office.opinion()
    referred = office.step(opinion, "refer")
    assert (referred.status, referred.law_related, referred.referred_to_id) == ("assigned", True, office.county_organ)
    assert office.walk(opinion, "back_refer", "refer", "answer", "ask", "close") == [
        "registered", "assigned", "answered", "answered", "closed",
    ]


def test_a_county_matter_is_no_sheet_but_becomes_a_suggestion(office: Office) -> None:
    opinion = office.opinion()
    with refused(("county_matter", "assignments.organ")):
        office.step(opinion, "draw_up", {"assignments.organ": office.county_organ})
    assert (office.row("opinions", opinion.id).status, office.rows("assignments")) == ("registered", [])
    assert office.walk(opinion, "suggest", "back_suggest", "suggest") == ["assigned", "registered", "assigned"]
    suggestion = office.rows("suggestions")[0]
    with refused(("suggestion_unanswered", None)):
        office.step(opinion, "answer")
    with refused(("no_sheet", None)):
        office.step(opinion, "remind")
    office.change(suggestion, organ=office.county_organ, handed_over_on="2026-05-20")
    with refused(("handed_over_already", None)):
        office.step(opinion, "back_suggest")
    office.step(opinion, "remind")
    assert office.rows("supervision")[0].suggestion_id == suggestion.id
    office.change(office.row("suggestions", suggestion.id), answered_on="2026-05-20", result="a")
    assert office.walk(opinion, "answer", "ask", "close") == ["answered", "answered", "closed"]


def test_the_presidium_signs_by_its_own_name_and_the_office_says_who_signed(office: Office) -> None:
    first, second = office.opinion(), office.opinion()
    for opinion in (first, second):
        office.step(opinion, "draw_up")
    with refused(("required", "assignments.signed_by")):
        office.step(first, "sign", {"assignments.signed_by": ""})
    key, row_id, version = office.at(second)
    take(office.as_role("presidium").actor, key, row_id, "sign", {}, version=version)
    assert office.rows("assignments")[1].signed_by == "王主席"


def test_a_step_is_for_its_roles_its_state_and_the_row_as_it_was_read(office: Office) -> None:
    opinion = office.opinion()
    for role in ("archivist", "county", "presidium", "deputy", "convenor"):
        with pytest.raises((AssertionError, NotThere)) if role in ("deputy", "convenor") else refused(("not_permitted", None)):
            office.as_role(role).step(opinion, "draw_up")
    for early in ("sign", "receive", "answer", "ask", "close", "file"):
        with refused(("step_not_from", None)):
            office.step(opinion, early)
    key, row_id, version = office.at(opinion)
    with refused(("required", "replies.replied_on"), ("required", "replies.form"), ("required", "replies.answer")):
        take(office.actor, key, row_id, "answer_after_enquiry", dict.fromkeys(office.usual("answer"), ""), version=version)
    with refused(("unknown_field", "closed_on")):
        office.step(opinion, "pass_on", {"closed_on": "2026-05-20"})
    office.step(opinion, "pass_on")
    with refused(("stale", None)):
        take(office.actor, key, row_id, "draw_up", office.usual("draw_up"), version=version)
    with refused(("too_long", "assignments.instruction")):
        office.step(opinion, "draw_up", {"assignments.instruction": "长" * 100_001})
    assert office.rows("assignments") == []


def test_nothing_is_answered_before_it_was_assigned_and_signed(office: Office) -> None:
    opinion = office.opinion()
    office.step(opinion, "draw_up")
    sheet = office.rows("assignments")[0]
    given = {"opinion": opinion.id, "assignment": sheet.id, "answer": "修好了"}
    with refused(("before_assignment", "replied_on")):
        office.add("replies", replied_on="2026-05-10", **given)
    with refused(("sheet_unsigned", "assignment")):
        office.add("replies", replied_on="2026-05-12", **given)
    office.step(opinion, "sign")
    with refused(("before_assignment", "replies.replied_on")):
        office.step(opinion, "answer", {"replies.replied_on": "2026-05-10"})
    assert office.rows("replies") == []


def answers_for(name: str, luck: random.Random) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if name == "ask":
        said = {"replies.satisfaction": luck.choice(("satisfied", "mostly", "dissatisfied", "not_obtained"))}
        if said["replies.satisfaction"] == "not_obtained":
            said["replies.not_obtained_reason"] = "unreachable"
    elif name == "remind":
        said = {"supervision.supervised_on": f"2026-{luck.randint(6, 12):02d}-{luck.randint(1, 28):02d}"}
    return said


@pytest.mark.parametrize("seed", range(6))
def test_whoever_walks_at_random_never_gets_stuck_nor_closes_what_is_unanswered(office: Office, seed: int) -> None:
    luck = random.Random(seed)
    opinion = office.opinion()
    everyone = {role: office.as_role(role) for role in ("liaison", "presidium", "archivist")}
    walked: list[str] = []
    for _turn in range(40):
        row, facts = office.row("opinions", opinion.id), facts_of(office.session, opinion)
        state = row.status
        assert state == rules.status(facts), walked
        if state in ("closed", "filed"):
            found = answer(facts)
            assert found is not None, walked
            assert (bool(found.form), bool(found.satisfaction)) == (True, True), walked
        open_to = [
            (each, step)
            for each in everyone.values()
            for step in WAY.open_to(each.actor.roles, state)
            if not in_the_way(office.session, each.actor, WAY, row, step, facts)
        ]
        onward = [step.name for _who, step in open_to if not step.name.startswith(BACK) and step.name not in ("remind", "drop_draft")]
        waits = facts.suggested and state == "assigned"  # for the county's answer
        assert onward or state == "filed" or waits, (state, walked)
        assert open_to, (state, walked)
        who, step = luck.choice(open_to)
        walked.append(step.name)
        if step.name == "drop_draft" and office.rows("supervision"):
            continue  # a sheet that was reminded of is kept
        after = who.step(row, step.name, answers_for(step.name, luck)).status
        ends = {step.to or state, *step.or_to}
        if step.name.startswith(BACK):
            ends = {state, *(leave for move in WAY.moves if BACK + move.name == step.name for leave in move.leaves)}
        assert after in ends, (walked, state, after)
        told = office.session.scalars(
            select(Change.data).where(Change.ledger == "opinions", Change.row_id == opinion.id).order_by(Change.id)
        ).all()
        assert [data["status"][1] for data in told if "status" in data][-1] == after
