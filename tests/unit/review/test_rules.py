"""The reviews' rules, each as a table of cases and a property."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.refusals import SENTENCES
from app.review import rules


def codes(refusals: Any) -> list[tuple[str, str | None]]:
    return [(refusal.code, refusal.field) for refusal in refusals]


def count(**changed: Any) -> dict[str, Any]:
    good = {
        "meeting": 1, "mandate": 2, "source": "paper", "published_at": None,
        "satisfied": 22, "basically_satisfied": 7, "dissatisfied": 2, "abstained": 1,
        "issued": 34, "returned": 33, "valid": 32, "invalid": 1,
    }
    return good | changed


@pytest.mark.parametrize(("form", "meeting", "refused"), [
    ("written", None, []), ("direct", None, []), ("direct", 3, []), ("written", 3, [("written_has_no_meeting", "meeting")]),
])
def test_only_a_report_in_person_has_a_meeting(form: str, meeting: int | None, refused: list[Any]) -> None:
    assert codes(rules.report({"form": form, "meeting": meeting})) == refused


@pytest.mark.parametrize(("changed", "refused"), [
    ({}, []),
    ({"returned": None, "valid": None}, []),
    ({"satisfied": 23}, [("votes_not_valid_ballots", "valid")]),
    ({"invalid": 0}, [("ballots_not_returned", "returned")]),
    ({"issued": 32}, [("more_returned_than_issued", "returned")]),
    ({"issued": 32, "returned": None, "valid": None}, [("more_returned_than_issued", "returned")]),
    ({"satisfied": None}, []),
    (dict.fromkeys(rules.COUNTS, 0), []),
])
def test_the_sums_of_a_count_agree(changed: dict[str, Any], refused: list[Any]) -> None:
    assert codes(rules.sums_agree(count(**changed))) == refused


numbers = st.integers(0, 60)


grades = st.fixed_dictionaries(dict.fromkeys(rules.GRADES, numbers))


def counted(votes: dict[str, int], invalid: int, lost: int) -> dict[str, Any]:
    """A count whose sums are left to the program."""
    return count(**votes, invalid=invalid, valid=None, returned=None, issued=sum(votes.values()) + invalid + lost)


@given(grades, numbers, numbers)
def test_sums_left_empty_are_filled_in_so_that_they_agree(votes: dict[str, int], invalid: int, lost: int) -> None:
    values = counted(votes, invalid, lost)
    values |= rules.sums_and_seal(values)
    assert values["valid"] == sum(votes.values())
    assert values["returned"] == values["valid"] + invalid
    assert not list(rules.sums_agree(values))


@given(grades, numbers, numbers, st.sampled_from(rules.COUNTS), st.integers(-2, 2))
def test_a_count_passes_just_when_the_database_would_take_it(
    votes: dict[str, int], invalid: int, lost: int, name: str, more: int,
) -> None:
    values = counted(votes, invalid, lost)
    values |= rules.sums_and_seal(values)
    values[name] += more
    taken = (
        values["returned"] <= values["issued"] and values["valid"] + values["invalid"] == values["returned"]
        and sum(values[grade] for grade in rules.GRADES) == values["valid"]
    )
    assert taken == (not list(rules.sums_agree(values)))


AT = datetime(2025, 12, 18, 11, 30)


def test_a_count_is_sealed_when_it_is_published() -> None:
    assert rules.sums_and_seal(count())["seal"] is None
    assert len(rules.sums_and_seal(count(published_at=AT))["seal"]) == 16


@given(st.sampled_from([*rules.GRADES, "issued", "invalid", "meeting", "mandate"]), st.integers(1, 5))
def test_any_changed_number_has_another_seal(name: str, more: int) -> None:
    sealed = count(published_at=AT)
    other = sealed | {name: sealed[name] + more}
    assert rules.sums_and_seal(sealed)["seal"] != rules.sums_and_seal(other)["seal"]


@pytest.mark.parametrize(("mandate", "reporters", "refused"), [
    (2, [1, 2], []), (3, [1, 2], [("not_reporting", "mandate")]), (3, [], [("not_reporting", "mandate")]), (None, [], []),
])
def test_who_is_voted_on_reports_at_the_meeting(mandate: int | None, reporters: list[int], refused: list[Any]) -> None:
    assert codes(rules.reports_at(mandate, reporters)) == refused


@pytest.mark.parametrize(("moment", "start", "refused"), [
    (datetime(2025, 12, 18, 8), datetime(2025, 12, 18, 9), []),
    (date(2025, 12, 18), datetime(2025, 12, 18, 9), []),
    (date(2025, 12, 17), datetime(2025, 12, 18, 9), [("before", "reported_on")]),
    (None, datetime(2025, 12, 18, 9), []),
    (date(2025, 12, 17), None, []),
])
def test_what_follows_from_a_meeting_is_not_before_its_day(moment: Any, start: Any, refused: list[Any]) -> None:
    assert codes(rules.not_before_meeting(moment, start, "reported_on", "meeting")) == refused


@pytest.mark.parametrize(("before", "changed", "refused"), [
    ({}, {}, []),
    (count(source="system", published_at=AT), {}, []),
    (count(source="system", published_at=AT), {"satisfied": 23}, [("published_count", "satisfied")]),
    (count(source="system"), {"satisfied": 23}, []),
    (count(source="paper", published_at=AT), {"satisfied": 23}, []),
])
def test_a_published_count_of_the_system_stays(before: dict[str, Any], changed: dict[str, Any], refused: list[Any]) -> None:
    assert codes(rules.count_stays(before, (before or count()) | changed)) == refused


def test_every_refusal_has_its_sentence() -> None:
    assert set(rules.SENTENCES) <= set(SENTENCES)
