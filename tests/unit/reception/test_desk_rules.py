"""When an entry still comes in, what closing means, what an entry must say, and which matters are alike."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reception.desk import rules
from app.reception.desk.rules import CLOSE, REOPEN, End, Matter, Said

DAY = date(2026, 3, 3)
NINE = datetime(2026, 3, 3, 9)
ends = st.lists(st.builds(End, st.sampled_from([CLOSE, REOPEN]), st.integers(0, 9).map(lambda m: NINE + timedelta(minutes=m)),
                          st.uuids().map(str)), max_size=5)


@given(ends)
def test_whether_the_desk_is_closed_does_not_depend_on_which_came_in_first(done: list[End]) -> None:
    assert len({rules.closed_by(order) for order in permutations(done)}) == 1
    assert rules.closed_by([*done, End(REOPEN, NINE + timedelta(hours=1), "z")]) is None
    assert rules.closed_by([*done, End(CLOSE, NINE + timedelta(hours=1), "z", 3)]) == End(CLOSE, NINE + timedelta(hours=1), "z", 3)


@pytest.mark.parametrize(
    ("at", "doubtful", "status", "closed_at", "code"),
    [
        (NINE, False, "under_way", None, None),
        (NINE, False, "planned", NINE, None),
        (NINE + timedelta(seconds=1), False, "held", NINE, "desk_closed"),
        (NINE - timedelta(days=1), False, "planned", None, "desk_other_day"),
        (NINE + timedelta(days=1), False, "held", None, "desk_other_day"),
        (NINE + timedelta(days=1), True, "held", None, None),
        (NINE, False, "cancelled", None, "desk_cancelled"),
    ],
)
def test_what_was_said_on_the_day_and_before_closing_is_taken(
    at: datetime, doubtful: bool, status: str, closed_at: datetime | None, code: str | None
) -> None:
    assert [each.code for each in rules.may_enter(at, doubtful, status, (DAY, DAY), closed_at)] == ([code] if code else [])


def test_a_reception_is_closed_on_its_day_at_the_earliest() -> None:
    assert [each.code for each in rules.may_end(NINE - timedelta(days=1), "planned", DAY)] == ["desk_not_begun"]
    assert [each.code for each in rules.may_end(NINE, "cancelled", DAY)] == ["desk_cancelled"]
    assert list(rules.may_end(NINE, "planned", DAY)) == []


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"name": "张桂花", "words": "路"}, []),
        ({"anonymous": True, "words": "路"}, []),
        ({}, ["words", "voter_name"]),
        ({"name": ["x"], "words": {"a": 1}}, ["words", "voter_name"]),
        ({"name": "张", "words": "路", "handling": "explained"}, ["explained_reason", "legal_basis", "satisfaction"]),
        ({"name": "张", "words": "路", "handling": "explained", "reason": "unlawful", "basis": "土地管理法", "satisfaction": "mostly"}, []),
        ({"name": "张", "words": "路", "handling": "explained", "reason": "unlawful", "basis": "地", "satisfaction": "not_obtained"},
         ["not_obtained_reason"]),
        ({"name": "张", "words": "路", "handling": "answered_on_spot"}, ["answer", "form", "satisfaction"]),
        ({"name": "张", "words": "路", "handling": "answered_on_spot", "answer": "好", "form": "phone", "satisfaction": "not_obtained"},
         ["not_obtained_reason"]),
        ({"name": "张", "words": "路", "handling": "to_assign", "satisfaction": "not_obtained"}, []),
    ],
)
def test_an_entry_says_what_cannot_be_asked_later(facts: dict[str, object], fields: list[str]) -> None:
    assert [each.field for each in rules.entry(Said(facts))] == fields


def test_only_what_goes_with_the_handling_is_kept() -> None:
    said = Said({"name": "张桂花", "anonymous": True, "words": "路", "handling": "to_assign", "reason": "unlawful", "answer": "好",
                 "organ": 7, "lawsuit": False})
    values = rules.opinion_values(said, DAY)
    assert (values["voter_name"], values["explained_reason"], values["referred_to"], values["referred_on"]) == (None, None, None, None)
    assert rules.reply_values(said, DAY) is None
    spoken = {"basis": "土地管理法", "form": "phone", "satisfaction": "dissatisfied", "unobtained": "declined"}
    assert rules.reply_values(Said({"handling": "explained", **spoken}), DAY) == {
        "replied_on": DAY, "form": "in_person", "answered_by": "deputy", "answer": "土地管理法", "satisfaction": "dissatisfied",
        "not_obtained_reason": None, "asked_on": DAY,
    }
    assert rules.opinion_values(Said({"lawsuit": True, "organ": 7}), DAY)["referred_on"] == DAY


@pytest.mark.parametrize(("given", "number"), [(0, 0), (12, 12), (-1, None), (2001, None), (True, None), ("3", None), (None, None)])
def test_the_number_typed_is_a_number_or_nothing(given: object, number: int | None) -> None:
    assert rules.voters_typed(given) == number


@pytest.mark.parametrize(("given", "good"), [("a" * 32, True), ("a" * 15, False), ("a" * 51, False), ("a b" * 8, False), (3, False)])
def test_an_entry_has_an_id_of_its_device(given: object, good: bool) -> None:
    assert (rules.voter_id(given) is not None) is good


def test_alike_are_the_same_person_then_like_words_nearby_then_elsewhere() -> None:
    matters = [
        Matter(1, False, "西村", "低保没有发下来"), Matter(2, False, "东村", "村口的路坏了，下雨走不了"),
        Matter(3, False, "西村", "村口路坏了，下雨没法走"), Matter(4, True, "南村", "孩子上学远"),
    ]
    assert [each.id for each in rules.alike("西村", "村口路坏了，下雨走不了", matters)] == [4, 3, 2]
    assert [each.id for each in rules.alike("西村", "", matters)] == [4, 1, 3]
    assert [each.id for each in rules.alike("", "", matters)] == [4]


matters = st.builds(Matter, st.integers(), st.booleans(), st.text(max_size=4), st.text(max_size=60))


@given(st.text(max_size=60), st.lists(matters, max_size=9))
def test_any_words_are_compared_without_fault(words: str, found: list[Matter]) -> None:
    assert len(rules.alike("", words, found)) <= rules.MOST_ALIKE
