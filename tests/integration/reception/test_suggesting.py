"""The way of a suggestion on the database: handed over, answered, judged, handled once more; what is refused changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.reception.analysis.rules import whole_year
from app.reception.analysis.services import analysis
from app.reception.analysis.tables import overdue
from app.reception.way.waiting import to_judge
from tests.integration.reception.way_scene import Office, made_office, refused

__all__ = ["made_office"]
pytestmark = pytest.mark.both_databases


@pytest.fixture
def office(made_office: Office) -> Office:
    return made_office


def suggested(office: Office, **more: object) -> Any:
    values = {"title": "修缮水渠", "deputy": office.deputy, "submitted_on": "2026-01-12", "content": "水渠年久失修"}
    return office.add("suggestions", **{**values, **more})


def test_a_suggestion_goes_its_way_to_a_second_handling_and_back(office: Office) -> None:
    row = suggested(office)
    with refused(("step_not_from", None)):
        office.step(row, "answer", {"answered_on": "2026-05-20", "result": "a"})
    with refused(("required", "organ")):
        office.step(row, "hand_over")
    handed = office.step(row, "hand_over", {"organ": office.county_organ, "handed_over_on": "2026-02-20"})
    assert (handed.status, handed.due) == ("handed_over", date(2026, 5, 20))
    with refused(("required", "complex_reason")):
        office.step(row, "extend")
    with refused(("term_longer_if_complex", "due")):
        office.change(row, due="2026-08-20")
    longer = office.step(row, "extend", {"complex_reason": "跨部门"})
    assert (longer.complex, longer.due) == (True, date(2026, 8, 20))
    with refused(("complex_already", None)):
        office.step(row, "extend", {"complex_reason": "跨部门"})
    assert office.step(row, "back_extend").due == date(2026, 5, 20)
    office.step(row, "remind")
    assert office.rows("supervision")[0].suggestion_id == row.id
    answered = office.step(row, "answer", {"result": "c", "answer": "暂不具备条件"})
    assert (answered.status, answered.answered_on) == ("answered", date(2026, 5, 20))
    assert [each.id for each in to_judge(office.session, office.actor).rows([row.id])] == [row.id]
    with refused(("again_without_reason", None)):
        office.step(row, "handle_again")
    displeased = office.step(row, "ask", {"verdict": "dissatisfied", "dissatisfied_because": "没有说时间"})
    assert displeased.status == "answered"
    with refused(("verdict_already", None)):
        office.step(row, "back_answer")
    again = office.step(row, "handle_again")
    assert (again.status, again.again_due, again.due) == ("second_round", date(2026, 8, 20), date(2026, 5, 20))
    with refused(("step_not_from", None)):
        office.step(row, "ask", {"verdict": "satisfied"})
    office.step(row, "answer_again", {"again_result": "a", "again_answer": "已修好"})
    closed = office.step(row, "ask_again", {"again_verdict": "dissatisfied"})
    assert closed.status == "closed"
    with refused(("again_already", None)):
        office.step(row, "back_ask")
    states = office.walk(row, "back_ask_again", "back_answer_again", "back_handle_again", "back_ask", "back_answer", "back_hand_over")
    assert states == ["answered", "second_round", "answered", "answered", "handed_over", "submitted"]
    left = office.row("suggestions", row.id)
    assert (left.due, left.organ_id, left.verdict, left.again_due, left.answer) == (None, None, None, None, None)


def test_an_organ_that_is_not_competent_returns_it_and_another_gets_its_own_term(office: Office) -> None:
    row = suggested(office, level="township", co_organs=[office.county_organ])
    office.step(row, "hand_over", {"organ": office.organ, "co_organs": [], "handed_over_on": "2026-02-20"})
    with refused(("required", "returned_reason")):
        office.step(row, "return")
    with refused(("before", "returned_on")):
        office.step(row, "return", {"returned_reason": "不属职责", "returned_on": "2026-02-19"})
    back = office.step(row, "return", {"returned_reason": "水渠归县水利局管", "returned_on": "2026-03-02"})
    assert (back.status, back.organ_id, back.handed_over_on, back.due) == ("submitted", None, None, None)
    assert (back.returned_organ_id, str(back.handed_before_on), back.returned_reason) == (office.organ, "2026-02-20", "水渠归县水利局管")
    with refused(("step_not_from", None)):
        office.step(row, "remind")
    with refused(("before", "handed_over_on")):
        office.step(row, "hand_over", {"organ": office.county_organ, "handed_over_on": "2026-03-01"})
    with refused(("required", "returned_reason")):
        office.change(row, returned_reason="")
    anew = office.step(row, "hand_over", {"organ": office.county_organ, "handed_over_on": "2026-03-09"})
    assert (anew.status, anew.organ_id, anew.due) == ("handed_over", office.county_organ, date(2026, 6, 9))
    assert office.walk(row, "back_hand_over", "back_return") == ["submitted", "handed_over"]
    again = office.row("suggestions", row.id)
    assert (again.organ_id, str(again.handed_over_on), again.due) == (office.organ, "2026-02-20", date(2026, 5, 20))
    assert (again.returned_organ_id, again.handed_before_on, again.returned_on, again.returned_reason) == (None, None, None, None)
    with refused(("not_returned", None)):
        office.walk(row, "back_hand_over", "back_return")


def test_an_opinion_whose_suggestion_came_back_may_be_assigned_here_and_the_suggestion_stays(office: Office) -> None:
    opinion = office.opinion()
    office.step(opinion, "suggest", {"suggestions.submitted_on": "2026-05-06"})
    row = office.rows("suggestions")[0]
    office.step(row, "hand_over", {"organ": office.county_organ, "handed_over_on": "2026-05-07"})
    with refused(("handed_over_already", None)):
        office.step(opinion, "back_suggest")
    office.step(row, "return", {"returned_reason": "不属职责"})
    with refused(("no_sheet", None)):
        office.step(opinion, "remind")
    assert office.walk(opinion, "back_suggest", "draw_up") == ["registered", "to_assign"]
    left = office.rows("suggestions")
    assert [(each.status, each.returned_reason) for each in left] == [("submitted", "不属职责")]


def test_a_verdict_that_satisfies_closes_the_matter(office: Office) -> None:
    row = suggested(office, organ=office.organ, level="township")
    office.step(row, "hand_over", {"organ": office.organ, "handed_over_on": "2026-05-12"})
    office.step(row, "answer", {"result": "a"})
    assert office.step(row, "ask", {"verdict": "mostly"}).status == "closed"
    assert office.walk(row, "back_ask") == ["answered"]


def test_the_forms_and_rest_say_no_where_the_steps_do(office: Office) -> None:
    row = suggested(office)
    for values, expected in (
        ({"answered_on": "2026-05-20", "result": "a"}, ("answered_unhanded", "answered_on")),
        ({"verdict": "satisfied"}, ("required", "answered_on")),
        ({"again_on": "2026-05-20"}, ("again_without_reason", "again_on")),
        ({"status": "closed"}, ("not_writable", "status")),
        ({"complex": True}, ("required", "complex_reason")),
    ):
        with refused(expected):
            office.change(row, **values)
    for role in ("archivist", "presidium", "county"):
        with refused(("not_permitted", None)):
            office.as_role(role).step(row, "hand_over", {"organ": office.organ})
    unchanged = office.row("suggestions", row.id)
    assert (unchanged.status, unchanged.version) == ("submitted", row.version)


def test_what_an_organ_owes_is_overdue_in_the_analysis(office: Office) -> None:
    row = suggested(office)
    office.step(row, "hand_over", {"organ": office.county_organ, "handed_over_on": "2026-02-10"})
    on_time = suggested(office)
    office.step(on_time, "hand_over", {"organ": office.county_organ, "handed_over_on": "2026-05-10"})
    found = analysis(office.session, office.actor, whole_year(2026))
    lines = overdue(found, None)
    assert [(line.figure.value, line.oldest) for line in lines] == [(1, "2026-05-10")]
    assert lines[0].label == "县水利局"
    assert lines[0].figure.url == f"/suggestions/list/?term=overdue&organ={office.county_organ}"
