"""Rules of receptions and opinions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.refusals import SENTENCES, Refusal
from app.reception import rules
from app.reception.models import STATUSES
from app.reception.rules import Answered, Assigned, Facts
from app.reception.suggesting import rules as suggesting

MAY = date(2026, 5, 5)
GOOD_OPINION: dict[str, Any] = {"reception": 1, "heard_on": MAY, "voter_name": "张桂花", "anonymous": False}


def said(found: Any) -> list[tuple[str, str | None]]:
    """The refusals as (code, field); every code has its sentence."""
    refusals: list[Refusal] = list(found)
    assert all(refusal.sentence() for refusal in refusals)
    return [(refusal.code, refusal.field) for refusal in refusals]


@pytest.mark.parametrize(("change", "expected"), [
    ({}, []),
    ({"reception": None}, []),
    ({"reception": None, "visit": 2}, []),
    ({"visit": 2}, [("one_source", "visit")]),
    ({"heard_on": None}, []),
    ({"heard_on": None, "reception": None}, [("required", "heard_on")]),
    ({"voter_name": None}, [("name_or_anonymous", "voter_name")]),
    ({"voter_name": None, "anonymous": True}, []),
    ({"handling": "explained", "explained_reason": "unlawful"}, []),
    ({"handling": "explained"}, []),
    ({"handling": "to_assign", "explained_reason": "unlawful"}, [("only_when_explained", "explained_reason")]),
    ({"referred_on": MAY}, [("required", "referred_to")]),
    ({"referred_on": MAY, "referred_to": 4}, []),
    ({"filed_on": MAY}, [("filed_unclosed", "filed_on")]),
    ({"filed_on": MAY, "closed_on": MAY}, []),
])
def test_an_opinion_has_one_source_a_day_and_a_person_or_none(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(rules.opinion(GOOD_OPINION | change)) == expected


@pytest.mark.parametrize(("values", "expected"), [
    ({"organ": 1, "co_organs": [2, 3]}, []),
    ({"organ": 1, "co_organs": [1, 3]}, [("lead_again", "co_organs")]),
    ({"signed_on": MAY}, []),
    ({"signed_by": "王主席"}, [("required", "signed_on")]),
    ({"received_by": "李主任"}, [("required", "received_on")]),
    ({"returned_on": MAY}, [("required", "returned_reason")]),
    ({"returned_reason": "不属本单位职责"}, [("required", "returned_on")]),
    ({"returned_on": MAY, "returned_reason": "不属本单位职责"}, []),
])
def test_who_signs_receives_or_returns_a_sheet_does_so_on_a_day(values: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(rules.assignment(values)) == expected


@pytest.mark.parametrize(("values", "expected"), [
    ({}, []),
    ({"satisfaction": "satisfied"}, []),
    ({"satisfaction": "not_obtained"}, [("required", "not_obtained_reason")]),
    ({"satisfaction": "not_obtained", "not_obtained_reason": "unreachable"}, []),
    ({"satisfaction": "satisfied", "not_obtained_reason": "unreachable"}, [("only_when_not_obtained", "not_obtained_reason")]),
    ({"not_obtained_reason": "declined"}, [("only_when_not_obtained", "not_obtained_reason")]),
])
def test_a_missing_satisfaction_has_its_reason_and_only_then(values: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(rules.reply(values)) == expected


@pytest.mark.parametrize(("values", "expected"), [
    ({"deputy": 1, "co_signers": [2, 3]}, []),
    ({"deputy": 1, "co_signers": [1]}, [("lead_signs_again", "co_signers")]),
    ({"organ": 1, "co_organs": [1]}, [("lead_again", "co_organs")]),
    ({"result": "a"}, [("required", "answered_on")]),
    ({"verdict": "satisfied"}, [("required", "answered_on")]),
    ({"result": "a", "verdict": "satisfied", "answered_on": MAY}, []),
])
def test_a_suggestion_has_one_lead_and_its_result_follows_an_answer(values: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(suggesting.row(values)) == expected


@given(st.integers(1900, 2100), st.integers(1, 999_999))
def test_a_number_can_be_read_back(year: int, ordinal: int) -> None:
    assert rules.parts_of(rules.number_of(year, ordinal)) == (year, ordinal)


@pytest.mark.parametrize("number", ["", "86", "2026-0", "2026-000", "2026-86", "西人大2026-086", "2026-086a"])
def test_what_is_no_number_of_ours_is_not_read_as_one(number: str) -> None:
    assert rules.parts_of(number) is None


def test_numbers_of_a_year_sort_as_text_up_to_the_thousandth() -> None:
    numbers = [rules.number_of(2026, ordinal) for ordinal in range(1, 1000)]
    assert numbers == sorted(numbers)


DRAFT = Assigned(id=1, round=1, signed=False, received=False, returned=False)
SIGNED = replace(DRAFT, signed=True)
RECEIVED = replace(SIGNED, received=True)
RETURNED = replace(RECEIVED, returned=True)
AGAIN = replace(SIGNED, id=2, round=2)
ON_SPOT = Answered(round=1, assignment=None, form="in_person", satisfaction="satisfied")
TO_SHEET = replace(ON_SPOT, assignment=1, form="written")
UNHAPPY = replace(TO_SHEET, satisfaction="dissatisfied")


@pytest.mark.parametrize(("facts", "expected"), [
    (Facts(), "registered"),
    (Facts(handling="answered_on_spot"), "registered"),
    (Facts(handling="answered_on_spot", replies=[ON_SPOT]), "answered"),
    (Facts(handling="to_gather"), "gathering"),
    (Facts(handling="to_assign"), "to_assign"),
    (Facts(handling="to_assign", assignments=[DRAFT]), "to_assign"),
    (Facts(handling="to_assign", assignments=[SIGNED]), "assigned"),
    (Facts(handling="to_assign", assignments=[RECEIVED]), "in_progress"),
    (Facts(handling="to_assign", assignments=[RETURNED]), "to_assign"),
    (Facts(handling="to_assign", assignments=[RETURNED, AGAIN]), "assigned"),
    (Facts(handling="to_assign", assignments=[RECEIVED], replies=[ON_SPOT]), "in_progress"),
    (Facts(handling="to_assign", assignments=[RECEIVED], replies=[TO_SHEET]), "answered"),
    (Facts(handling="to_assign", assignments=[RECEIVED], replies=[UNHAPPY]), "answered"),
    (Facts(handling="to_assign", assignments=[RECEIVED, replace(AGAIN, signed=False)], replies=[UNHAPPY]), "to_assign"),
    (Facts(handling="to_assign", assignments=[RECEIVED, AGAIN], replies=[UNHAPPY]), "second_round"),
    (Facts(handling="to_assign", assignments=[RECEIVED, replace(AGAIN, received=True)], replies=[UNHAPPY]), "second_round"),
    (Facts(handling="to_assign", assignments=[RECEIVED, AGAIN], replies=[UNHAPPY, replace(TO_SHEET, round=2, assignment=2)]), "answered"),
    (Facts(handling="to_assign", suggested=True), "assigned"),
    (Facts(handling="to_assign", suggested=True, replies=[ON_SPOT]), "answered"),
    (Facts(referred=True), "assigned"),
    (Facts(closed=True, replies=[ON_SPOT]), "closed"),
    (Facts(closed=True, filed=True, replies=[ON_SPOT]), "filed"),
])
def test_where_an_opinion_stands_follows_from_what_was_done(facts: Facts, expected: str) -> None:
    assert rules.status(facts) == expected


@pytest.mark.parametrize(("facts", "expected"), [
    (Facts(), []),
    (Facts(closed=True), [("closed_unanswered", "closed_on")]),
    (Facts(closed=True, assignments=[RECEIVED], replies=[ON_SPOT]), [("closed_unanswered", "closed_on")]),
    (Facts(closed=True, replies=[ON_SPOT]), []),
    (Facts(closed=True, assignments=[RECEIVED], replies=[UNHAPPY]), []),
    (Facts(closed=True, replies=[replace(ON_SPOT, form=None)]), [("closed_without_form", "closed_on")]),
    (Facts(closed=True, replies=[replace(ON_SPOT, satisfaction=None)]), [("closed_without_satisfaction", "closed_on")]),
    (Facts(closed=True, replies=[replace(ON_SPOT, satisfaction="not_obtained")]), []),
])
def test_an_opinion_is_closed_with_a_whole_answer_only(facts: Facts, expected: list[tuple[str, str]]) -> None:
    assert said(rules.closing(facts)) == expected


assigned = st.builds(Assigned, id=st.integers(1, 4), round=st.integers(1, 4), signed=st.booleans(), received=st.booleans(),
                     returned=st.booleans())
answered = st.builds(Answered, round=st.integers(1, 4), assignment=st.none() | st.integers(1, 4), form=st.none() | st.just("phone"),
                     satisfaction=st.none() | st.sampled_from(["satisfied", "dissatisfied", "not_obtained"]))
facts_of_all_kinds = st.builds(
    Facts, handling=st.none() | st.sampled_from(["answered_on_spot", "explained", "to_gather", "to_assign"]), referred=st.booleans(),
    suggested=st.booleans(), closed=st.booleans(), filed=st.booleans(),
    assignments=st.lists(assigned, max_size=4, unique_by=(lambda each: each.id, lambda each: each.round)),
    replies=st.lists(answered, max_size=4, unique_by=lambda each: each.round),
)


@given(facts_of_all_kinds)
def test_every_opinion_stands_somewhere_and_in_whatever_order_its_rows_come(facts: Facts) -> None:
    found = rules.status(facts)
    assert found in STATUSES
    assert found == rules.status(replace(facts, assignments=facts.assignments[::-1], replies=facts.replies[::-1]))


@given(facts_of_all_kinds)
def test_what_may_be_closed_has_been_answered(facts: Facts) -> None:
    if not list(rules.closing(replace(facts, closed=True))):
        assert rules.open_status(facts) == "answered"


@given(facts_of_all_kinds)
def test_an_open_opinion_is_never_shown_as_closed(facts: Facts) -> None:
    assert rules.status(replace(facts, closed=False, filed=False)) not in ("closed", "filed")


@pytest.mark.parametrize(("levels", "past", "expected"), [
    ({"organ": ["township"], "co_organs": []}, False, []),
    ({"organ": ["county"], "co_organs": []}, False, [("county_matter", "organ")]),
    ({"organ": ["township"], "co_organs": ["township", "county"]}, False, [("county_matter", "co_organs")]),
    ({"organ": ["county"], "co_organs": ["county"]}, True, []),
])
def test_a_new_county_matter_is_not_assigned(levels: dict[str, list[str]], past: bool, expected: list[tuple[str, str]]) -> None:
    assert said(rules.county_organs(levels, past)) == expected


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(-400, 400))
def test_only_what_lies_a_month_back_or_comes_from_a_workbook_is_of_the_past(today: date, days: int) -> None:
    assert rules.of_the_past(today - timedelta(days), today, imported=True)
    assert rules.of_the_past(today - timedelta(days), today, imported=False) is (days > 30)


@pytest.mark.parametrize(("day", "expected"), [
    (date(2026, 5, 4), [("not_its_day", "heard_on")]), (MAY, []), (date(2026, 5, 6), []), (date(2026, 5, 7), [("not_its_day", "heard_on")]),
])
def test_what_was_heard_at_a_reception_was_heard_on_its_days(day: date, expected: list[tuple[str, str]]) -> None:
    assert said(rules.heard_within(day, MAY, date(2026, 5, 6))) == expected


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.none() | st.dates(date(2000, 1, 1), date(2099, 1, 1)))
def test_nothing_is_assigned_or_answered_before_it_was_heard(heard_on: date, day: date | None) -> None:
    late_enough = day is None or day >= heard_on
    assert (said(rules.after_hearing("signed_on", day, heard_on)) == []) is late_enough
    assert (said(rules.before_outcomes(heard_on, [] if day is None else [day])) == []) is late_enough


def test_each_sentence_is_registered_once_for_all() -> None:
    assert all(SENTENCES[code] is sentence for code, sentence in rules.SENTENCES.items())
