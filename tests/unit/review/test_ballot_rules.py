"""Opening, ballots, tellers' entries, the count and its seal, by tables of cases and by properties."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from app.core.refusals import Refused
from app.review.ballot import counting, rules, sheets
from app.review.ballot.counting import Part, differences, rate, results, seal, seal_words, tally, together
from app.review.ballot.rules import Frozen, Line
from app.review.rules import GRADES

DAY = date(2026, 11, 23)


def frozen(**values: Any) -> Frozen:
    given = {
        "title": "述职评议", "day": "2026-11-23T09:00:00", "place": "", "lines": (Line(7, "叶雪"), Line(9, "宋斌振", "县")),
        "grades": ("满意", "基本满意", "不满意", "弃权"), "formula": "satisfied", "audience": "voters", "required": 30, "expected": 40,
        "signed_in": 30,
    }
    return Frozen(**{**given, **values})


def codes(refused: Any) -> list[str]:
    return [each.code for each in refused]


@pytest.mark.parametrize(
    ("values", "today", "expected"),
    [
        ({}, DAY, []),
        ({"signed_in": 29}, DAY, ["vote_too_few_voters"]),
        ({"signed_in": 0, "audience": "electoral_unit"}, DAY, []),
        ({"signed_in": 0, "audience": "standing_committee"}, DAY, []),
        ({}, DAY - timedelta(days=1), ["vote_before_meeting"]),
        ({}, DAY + timedelta(days=1), []),
        ({"lines": ()}, DAY, ["vote_nobody"]),
        ({"lines": tuple(Line(number, "某") for number in range(121))}, DAY, ["vote_too_many"]),
        ({"grades": ("好", "坏", "弃权")}, DAY, ["vote_grades"]),
    ],
)
def test_a_vote_opens_on_its_day_before_enough_voters(values: dict[str, Any], today: date, expected: list[str]) -> None:
    assert codes(rules.may_open(frozen(**values), DAY, today, sheets.MOST_LINES)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"7": 0, "9": 3}, []),
        ({"7": 0}, ["ballot_missing"]),
        ({"7": 0, "9": None}, ["ballot_missing"]),
        ({}, ["ballot_missing", "ballot_missing"]),
        ({"7": 0, "9": 4}, ["ballot_no_such_grade"]),
        ({"7": 0, "9": -1}, ["ballot_no_such_grade"]),
        ({"7": 0, "9": True}, ["ballot_no_such_grade"]),
        ({"7": 0, "9": "1"}, ["ballot_no_such_grade"]),
        ({"7": 0, "9": 1.0}, ["ballot_no_such_grade"]),
        ({"7": 0, "9": 1, "8": 1}, ["ballot_no_such_deputy"]),
        (None, ["ballot_unreadable"]),
        ([0, 1], ["ballot_unreadable"]),
        ("7", ["ballot_unreadable"]),
    ],
)
def test_a_ballot_grades_every_deputy_on_the_sheet_and_nobody_else(given: Any, expected: list[str]) -> None:
    chosen, refused = rules.choices(given, frozen())
    assert (codes(refused), chosen) == (expected, [] if expected else [0, 3])


@pytest.mark.parametrize(
    ("electronic", "paper", "printed", "expected"),
    [
        (1, 0, 0, []), (0, 1, 0, []), (0, 0, 0, ["vote_no_slips"]), (-1, 3, 0, ["too_small"]), (500, 500, 0, []),
        (500, 501, 0, ["vote_many_slips"]), (1, 0, 1000, ["vote_many_slips"]),
    ],
)
def test_some_slips_are_printed_and_not_endless_ones(electronic: int, paper: int, printed: int, expected: list[str]) -> None:
    assert codes(rules.slips_wanted(electronic, paper, printed)) == expected


@pytest.mark.parametrize(
    ("voted", "dealt", "expected"), [(0, 60, 0), (4, 60, 0), (5, 60, 5), (59, 60, 55), (60, 60, 60), (61, 60, 60), (3, 3, 3), (2, 3, 0)]
)
def test_how_many_have_voted_is_told_in_steps(voted: int, dealt: int, expected: int) -> None:
    assert rules.told(voted, dealt) == expected


@pytest.mark.parametrize(
    ("electronic", "paper", "few"), [(0, 30, False), (5, 5, False), (4, 30, True), (30, 1, True), (0, 3, True), (60, 0, False)]
)
def test_few_ballots_of_one_kind_are_warned_of_before_opening(electronic: int, paper: int, few: bool) -> None:
    assert ("caution_few" in codes(rules.cautions(electronic, paper))) is few


@pytest.mark.parametrize(("hours", "over"), [(0, False), (23.99, False), (24, True), (48, True)])
def test_an_open_vote_is_over_after_a_day(hours: float, over: bool) -> None:
    opened = datetime(2026, 11, 23, 9)
    assert rules.is_over(opened, opened + timedelta(hours=hours)) is over


@pytest.mark.parametrize(
    ("name", "scrutineers", "expected"),
    [
        ("", "", ["required"]), ("周正", "", []), ("周正", "周正、吴平", []), ("周", "周正、吴平", ["paper_no_scrutineer"]),
        ("吴平", "周正 吴平", []), ("他人", "周正，吴平", ["paper_no_scrutineer"]),
    ],
)
def test_a_scrutineer_of_the_meeting_signs(name: str, scrutineers: str, expected: list[str]) -> None:
    assert codes(rules.signs(name, scrutineers)) == expected


def test_ballots_taken_one_by_one_add_up_and_blank_lines_count_for_nobody() -> None:
    returned, votes = rules.of_sheets(frozen(), ["11", "10", "24", "04"])
    assert returned == 4
    assert votes["7"] == {"satisfied": 2, "basically_satisfied": 1, "dissatisfied": 0, "abstained": 0}
    assert votes["9"] == {"satisfied": 1, "basically_satisfied": 0, "dissatisfied": 0, "abstained": 2}
    for unreadable in ("1", "111", "15", "1x", "1１"):
        with pytest.raises(Refused):
            rules.of_sheets(frozen(), ["11", unreadable])


@pytest.mark.parametrize(
    ("returned", "votes", "expected"),
    [
        (3, {"7": {"satisfied": 3}, "9": {"satisfied": 1, "abstained": 1}}, []),
        (2, {"7": {"satisfied": 3}, "9": {}}, ["paper_more_votes"]),
        (3, {"7": {"satisfied": -1}, "9": {}}, ["too_small"]),
        (-1, {"7": {}, "9": {}}, ["too_small"]),
        (3, {"7": {"satisfied": 3}}, ["ballot_no_such_deputy"]),
        (3, {"7": {}, "9": {}, "8": {}}, ["ballot_no_such_deputy"]),
        (3, {"7": {"excellent": 1}, "9": {}}, ["ballot_no_such_deputy"]),
    ],
)
def test_a_tellers_totals_fit_the_sheet_and_the_ballots_that_came_back(returned: int, votes: Any, expected: list[str]) -> None:
    assert codes(rules.entry(frozen(), returned, votes)) == expected


def test_what_tellers_disagree_about_is_named() -> None:
    sheet = frozen()
    one = Part(3, {"7": {"satisfied": 3}, "9": {"satisfied": 2, "abstained": 1}})
    other = Part(4, {"7": {"satisfied": 3}, "9": {"satisfied": 3, "abstained": 1}})
    found = [(each.line.name if each.line else "", each.grade, each.first, each.second) for each in differences(one, other, sheet)]
    assert found == [("", "returned", 3, 4), ("宋斌振", "satisfied", 2, 3)]
    assert differences(one, one, sheet) == []


ballots = st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), max_size=30)


@given(ballots, ballots)
def test_votes_of_both_ways_add_up_whatever_they_are(electronic: list[list[int]], paper: list[list[int]]) -> None:
    sheet = frozen()
    parts = [tally(each, sheet) for each in (electronic, paper)]
    totals = together(*parts, issued=60, frozen=sheet)
    assert totals["returned"] == len(electronic) + len(paper)
    for place, result in enumerate(results(sheet, totals)):
        marks = [ballot[place] for ballot in (*electronic, *paper)]
        assert [result.votes[grade] for grade in GRADES] == [marks.count(number) for number in range(4)]
        assert result.valid + result.invalid == totals["returned"]
    assert tally(list(reversed(electronic)), sheet) == parts[0], "the order of ballots leaves no trace"


@pytest.mark.parametrize(
    ("votes", "formula", "expected"),
    [
        ((20, 5, 3, 2), "satisfied", Decimal("66.7")),
        ((20, 5, 3, 2), "with_basically", Decimal("83.3")),
        ((0, 0, 0, 0), "satisfied", None),
        ((0, 0, 0, 4), "satisfied", Decimal("0.0")),
        ((1, 0, 7, 0), "satisfied", Decimal("12.5")),
        ((30, 0, 0, 0), "satisfied", Decimal("100.0")),
    ],
)
def test_the_rate_is_of_valid_ballots_by_the_frozen_formula(votes: tuple[int, ...], formula: str, expected: Decimal | None) -> None:
    assert rate(dict(zip(GRADES, votes, strict=True)), formula) == expected
    assert set(counting.FORMULAS) == {"satisfied", "with_basically"}


def test_a_seal_changes_with_every_figure_and_not_with_the_order_of_keys() -> None:
    facts = {"totals": {"issued": 40, "lines": {"7": {"satisfied": 20}}}, "reason": "", "moments": ["2026-11-23T09:00:00"]}
    assert seal(facts) == seal(dict(reversed(facts.items())))
    assert seal(facts) != seal({**facts, "reason": "重投"})
    assert seal(facts) != seal({**facts, "totals": {"issued": 40, "lines": {"7": {"satisfied": 21}}}})
    assert len(seal_words(seal(facts)).split()) == 4


def test_what_is_frozen_comes_back_from_the_database_as_it_was() -> None:
    assert Frozen.of(frozen().as_kept()) == frozen()


KEY = bytes(range(32))


@given(st.lists(st.integers(0, 3), max_size=sheets.MOST_LINES))
def test_every_ballot_is_of_one_length_and_comes_back_by_its_key_alone(choices: list[int]) -> None:
    place = sheets.new_place()
    ballot = sheets.sealed(KEY, "ab12", place, choices)
    assert len(ballot) == sheets.SHEET_BYTES
    assert sheets.opened(KEY, "ab12", place, ballot) == choices
    assert sheets.sealed(KEY, "ab12", place, choices) != ballot


@pytest.mark.parametrize("what", ["another key", "another vote", "another place", "another byte"])
def test_a_ballot_that_was_moved_or_changed_does_not_open(what: str) -> None:
    place = sheets.new_place()
    ballot = sheets.sealed(KEY, "ab12", place, [0, 1])
    tried = {
        "another key": (bytes(32), "ab12", place, ballot),
        "another vote": (KEY, "cd34", place, ballot),
        "another place": (KEY, "ab12", sheets.new_place(), ballot),
        "another byte": (KEY, "ab12", place, ballot[:-1] + bytes([ballot[-1] ^ 1])),
    }
    with pytest.raises(InvalidTag):
        sheets.opened(*tried[what])
