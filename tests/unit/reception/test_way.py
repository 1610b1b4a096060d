"""Which steps of an opinion's way its facts allow, and the states on its way: tables of cases."""

from __future__ import annotations

from datetime import date

import pytest

import app.registry  # noqa: F401 - declares the ledgers and their workflows
from app.reception.rules import Answered, Assigned, Facts
from app.reception.suggesting.rules import months_after
from app.reception.way import rules
from app.reception.way.table import WAY

DRAFT = Assigned(1, 1, signed=False, received=False, returned=False)
SIGNED = Assigned(1, 1, signed=True, received=False, returned=False)
RECEIVED = Assigned(1, 1, signed=True, received=True, returned=False)
RETURNED = Assigned(1, 1, signed=True, received=False, returned=True)
SECOND = Assigned(2, 2, signed=True, received=False, returned=False)
GOOD = Answered(1, 1, "phone", "satisfied", 1)
BAD = Answered(1, 1, "phone", "dissatisfied", 1)
UNASKED = Answered(1, 1, "phone", None, 1)
SPOKEN = Answered(1, None, "in_person", None, 1)


@pytest.mark.parametrize(
    ("step", "facts", "code"),
    [
        ("gather", Facts(), ""),
        ("gather", Facts(assignments=[RETURNED]), "sheet_there"),
        ("draw_up", Facts(assignments=[RETURNED]), ""),
        ("draw_up", Facts(assignments=[DRAFT]), "sheet_there"),
        ("sign", Facts(assignments=[DRAFT]), ""),
        ("sign", Facts(assignments=[RETURNED]), "no_draft"),
        ("sign", Facts(handling="to_assign"), "no_draft"),
        ("receive", Facts(assignments=[SIGNED]), ""),
        ("receive", Facts(assignments=[RECEIVED]), "received_already"),
        ("receive", Facts(referred=True), "no_sheet"),
        ("return", Facts(assignments=[RECEIVED]), ""),
        ("return", Facts(suggested=True), "no_sheet"),
        ("remind", Facts(assignments=[SIGNED]), ""),
        ("remind", Facts(suggested=True, handed_over=True), ""),
        ("remind", Facts(suggested=True), "no_sheet"),
        ("answer", Facts(assignments=[SIGNED]), ""),
        ("answer", Facts(referred=True), ""),
        ("answer", Facts(suggested=True, handed_over=True), "suggestion_unanswered"),
        ("answer", Facts(suggested=True, handed_over=True, suggestion_answered=True), ""),
        ("ask", Facts(assignments=[RECEIVED], replies=[UNASKED]), ""),
        ("ask", Facts(assignments=[RECEIVED], replies=[GOOD]), "asked_already"),
        ("ask", Facts(assignments=[RECEIVED]), "closed_unanswered"),
        ("handle_again", Facts(assignments=[RECEIVED], replies=[BAD]), ""),
        ("handle_again", Facts(assignments=[RECEIVED], replies=[GOOD]), "not_dissatisfied"),
        ("close", Facts(assignments=[RECEIVED], replies=[GOOD]), ""),
        ("close", Facts(assignments=[RECEIVED], replies=[UNASKED]), "closed_without_satisfaction"),
        ("close", Facts(assignments=[RECEIVED], replies=[BAD]), "second_round_first"),
        ("close", Facts(), "closed_unanswered"),
        ("close", Facts(assignments=[RECEIVED, SECOND], replies=[BAD, Answered(2, 2, "phone", "dissatisfied", 2)]), ""),
        ("close", Facts(replies=[Answered(1, None, None, "satisfied", 1)]), "closed_without_form"),
        ("back_sign", Facts(assignments=[SIGNED]), ""),
        ("back_sign", Facts(assignments=[RECEIVED]), "received_already"),
        ("back_receive", Facts(assignments=[SIGNED]), "not_received"),
        ("back_return", Facts(assignments=[RETURNED]), ""),
        ("back_return", Facts(assignments=[RETURNED, SECOND]), "not_returned"),
        ("back_answer", Facts(assignments=[RECEIVED], replies=[UNASKED]), ""),
        ("back_answer", Facts(assignments=[RECEIVED], replies=[GOOD]), "asked_already"),
        ("back_answer", Facts(handling="explained", replies=[SPOKEN]), "answered_otherwise"),
        ("back_explain", Facts(handling="explained", replies=[SPOKEN]), ""),
        ("back_answer_on_spot", Facts(handling="explained", replies=[SPOKEN]), "answered_otherwise"),
        ("back_ask", Facts(assignments=[RECEIVED], replies=[UNASKED]), "not_asked"),
        ("back_refer", Facts(suggested=True), "not_referred"),
        ("back_suggest", Facts(suggested=True), ""),
        ("back_suggest", Facts(suggested=True, handed_over=True), "handed_over_already"),
    ],
)
def test_the_facts_allow_a_step_or_say_what_is_in_its_way(step: str, facts: Facts, code: str) -> None:
    move = WAY.step(step)
    assert move is not None
    assert [refusal.code for refusal in move.needs(facts)][:1] == ([code] if code else [])


@pytest.mark.parametrize(
    ("facts", "middle", "count"),
    [
        (Facts(), ("to_assign", "assigned", "in_progress"), 1),
        (Facts(handling="explained", replies=[SPOKEN]), (), 1),
        (Facts(handling="to_gather"), ("gathering", "to_assign", "assigned", "in_progress"), 1),
        (Facts(referred=True), ("assigned",), 1),
        (Facts(assignments=[RECEIVED, SECOND], replies=[BAD]), ("to_assign", "assigned", "second_round"), 2),
        (Facts(assignments=[RETURNED, SECOND]), ("to_assign", "assigned", "in_progress"), 1),
    ],
)
def test_the_line_shows_the_states_of_this_opinion_and_its_rounds(facts: Facts, middle: tuple[str, ...], count: int) -> None:
    assert rules.way(facts)[0] == ("registered", *middle, "answered", "closed", "filed")
    assert rules.rounds(facts) == count


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [("2026-03-09", 3, "2026-06-09"), ("2026-11-30", 3, "2027-02-28"), ("2026-08-31", 6, "2027-02-28"), ("2026-06-15", 6, "2026-12-15")],
)
def test_a_term_of_months_ends_on_the_same_day_or_on_the_months_last(day: str, months: int, last: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(last)
