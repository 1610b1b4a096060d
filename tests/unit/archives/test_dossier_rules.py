"""What follows from a deputy's record: figures, medians, missed sessions, the time of sealing, the addendum."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.archives.dossier import rules
from app.archives.dossier.record import CATEGORIES, MISSED, Item, Office, Person, Record, Session, packed, unpacked

OFFICE = Office(3, "county", "第十六届", "", "0501", "serving")
PERSON = Person(7, 1, "u-7", "石春", "male", "汉族", "青石村", 1, "第一代表小组", (True, 0, "05", 7), (OFFICE,))
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def item(category: str = "people", kind: str = "visit_entry", number: int = 1, day: date = date(2025, 3, 4), **facts: Any) -> Item:
    return Item(category, kind, "activities" if "state" in facts else "visits", number, day, f"第{number}件", facts)


def record(*items: Item, **more: Any) -> Record:
    return Record(PERSON, *YEAR, items=items, **more)


def test_attendance_counts_what_one_was_invited_to_and_the_rate_follows() -> None:
    marks = [item("other", "study", n, state=state, invited=True) for n, state in enumerate(("present", "late", "leave", "absent"))]
    open_mark = item(MISSED, "study", 9, state="pending", invited=True)
    own_visit = item("inspections", "inspection", 10, state="pending", certificate=True)
    found = rules.figures(record(*marks, open_mark, own_visit))
    assert {name: found[name] for name in ("invited", "came", "leave", "absent", "rate", "inspections")} == {
        "invited": 5, "came": 2, "leave": 1, "absent": 1, "rate": 40.0, "inspections": 1}


def test_who_was_invited_to_nothing_has_no_rate() -> None:
    assert rules.figures(record())["rate"] is None
    assert rules.figures(record())["total"] == 0


def test_what_became_of_opinions_is_counted_by_where_they_stand_and_what_was_said() -> None:
    stands = (("registered", ""), ("answered", "mostly"), ("closed", "satisfied"), ("filed", "dissatisfied"))
    opinions = [item("opinions", "opinion", n, status=status, satisfaction=said) for n, (status, said) in enumerate(stands)]
    found = rules.figures(record(*opinions))
    assert (found["opinions"], found["closed"], found["content"]) == (4, 2, 2)


def test_a_result_of_a_vote_and_a_missed_activity_stand_under_no_heading() -> None:
    missed = item(MISSED, "study", 3, state="leave", invited=True)
    found = rules.figures(record(item("reporting", "result"), item("reporting", "report", 2), missed))
    assert (found["of_reporting"], found["total"]) == (1, 1)


def test_a_reception_that_was_missed_is_no_reception() -> None:
    missed = item(MISSED, "reception_day", state="leave", invited=True)
    assert rules.figures(record(missed, item("people", "reception_day", 2, state="present", invited=True)))["receptions"] == 1


def test_the_strip_puts_what_lies_after_the_year_at_its_end() -> None:
    late = item("reporting", "report", 2, day=date(2026, 1, 9))
    strip = rules.by_month(record(item(), late, item("deeds", "deed", 3, day=date(2025, 3, 9))))
    assert [sum(month.values()) for month in strip] == [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1]


@given(some.lists(some.tuples(some.sampled_from(CATEGORIES), some.dates(date(2024, 6, 1), date(2026, 6, 30))), max_size=40))
def test_the_strip_of_months_adds_up_to_the_headings(given_items: list[tuple[str, date]]) -> None:
    whole = record(*(item(category, "deed", number, day=day) for number, (category, day) in enumerate(given_items)))
    for category in CATEGORIES:
        assert sum(month[category] for month in rules.by_month(whole)) == rules.category_counts(whole)[category]
    term = replace(whole, first=date(2024, 1, 1), last=date(2026, 12, 31))
    assert sum(sum(year.values()) for year in rules.by_year(term).values()) == rules.figures(term)["total"]


@pytest.mark.parametrize(
    ("values", "middle"),
    [
        ([1, 2], {}),
        ([1, 2, 3], {"visits": 2}),
        ([1, 2, 3, 4], {"visits": 2.5}),
        ([0, None, 4, 8], {"visits": 4}),
        ([None, None, None], {}),
    ],
)
def test_the_median_of_a_group(values: list[int | None], middle: dict[str, float]) -> None:
    assert rules.medians([{"visits": value} for value in values]) == middle


@pytest.mark.parametrize(
    ("states", "in_a_row", "in_term", "level"),
    [
        ("", 0, 0, ""),
        ("a", 0, 0, ""),
        ("u", 1, 1, "warn"),
        ("au", 1, 1, "warn"),
        ("uu", 2, 2, "alarm"),
        ("uau", 1, 2, "alarm"),
        ("ulu", 1, 2, "alarm"),
        ("u-u", 1, 2, "alarm"),
        ("uuaa", 2, 2, "alarm"),
        ("uuauuu", 3, 5, "alarm"),
        ("lll", 0, 0, ""),
        ("---", 0, 0, ""),
    ],
)
def test_missed_sessions_are_counted_in_a_row_and_in_the_term_side_by_side(states: str, in_a_row: int, in_term: int, level: str) -> None:
    """a: attended, u: absent without approval, l: on approved leave, -: nothing entered (R21)."""
    words = {"a": "attended", "u": "unapproved", "l": "approved", "-": ""}
    assert rules.missed_sessions([words[each] for each in states], 1, 2) == rules.Missed(in_a_row, in_term, level)


def test_the_limits_of_missed_sessions_are_settings() -> None:
    assert rules.missed_sessions(["unapproved"] * 2, 2, 3).level == "warn"
    assert rules.missed_sessions(["unapproved"], 2, 3).level == ""


@given(some.lists(some.sampled_from(["attended", "approved", "unapproved", ""]), max_size=20))
def test_the_longest_row_is_never_more_than_the_whole_term(states: list[str]) -> None:
    found = rules.missed_sessions(states, 1, 2)
    runs = [len(list(run)) for state, run in groupby(states) if state == "unapproved"]
    assert (found.in_a_row, found.in_term) == (max(runs, default=0), sum(runs))


WINDOW = (date(2025, 12, 20), date(2026, 1, 31))


def test_the_time_of_sealing_follows_the_settings() -> None:
    assert rules.seal_window(2025, (12, 20), (1, 31)) == WINDOW
    assert rules.seal_window(2025, (1, 5), (2, 28)) == (date(2026, 1, 5), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("today", "may", "standing"),
    [
        (date(2025, 12, 19), False, "ahead"),
        (date(2025, 12, 20), True, "open"),
        (date(2026, 1, 27), True, "open"),
        (date(2026, 1, 28), True, "soon"),
        (date(2026, 1, 31), True, "soon"),
        (date(2026, 2, 1), True, "overdue"),
    ],
)
def test_a_year_is_sealed_at_its_end_and_late_is_late_but_not_refused(today: date, may: bool, standing: str) -> None:
    assert [each.code for each in rules.may_seal(2025, today, WINDOW)] == ([] if may else ["seal_too_early"])
    assert rules.seal_standing(None, today, WINDOW, 3) == standing


def test_a_sealed_year_is_sealed_in_time_or_late() -> None:
    assert rules.seal_standing(date(2026, 1, 31), date(2027, 1, 1), WINDOW, 3) == "sealed"
    assert rules.seal_standing(date(2026, 2, 1), date(2027, 1, 1), WINDOW, 3) == "late"


@pytest.mark.parametrize(
    ("name", "on", "codes"),
    [
        ("周敏", None, []),
        ("周敏", date(2025, 12, 20), []),
        ("", None, ["signer_missing"]),
        ("周" * 61, None, ["too_long"]),
        ("周敏", date(2025, 12, 1), ["signed_outside"]),
        ("周敏", date(2026, 1, 11), ["signed_outside"]),
    ],
)
def test_a_seal_names_who_signed_and_when(name: str, on: date | None, codes: list[str]) -> None:
    assert [each.code for each in rules.signature(name, on, date(2026, 1, 10), WINDOW)] == codes


def test_what_changed_after_the_seal_is_an_addendum() -> None:
    stays, goes, changes, comes = (item(number=n, day=date(2025, n, 1), households=n) for n in (1, 2, 3, 4))
    changed = replace(changes, facts={"households": 9})
    found = rules.addendum(record(stays, goes, changes), record(stays, changed, comes))
    assert [(each.what, each.item.row_id) for each in found] == [("gone", 2), ("changed", 3), ("added", 4)]
    assert found[1].before == changes


def test_a_mark_put_right_is_one_change_and_not_two() -> None:
    came, missed = item("other", "study", state="present", invited=True), item(MISSED, "study", state="leave", invited=True)
    assert [each.what for each in rules.addendum(record(came), record(missed))] == ["changed"]
    assert rules.changed_figures(rules.figures(record(came)), rules.figures(record(missed)))[0] == ("came", 1, 0)


some_items = some.builds(
    Item,
    some.sampled_from([*CATEGORIES, MISSED]),
    some.sampled_from(["study", "deed"]),
    some.sampled_from(["activities", "good_deeds"]),
    some.integers(1, 9),
    some.dates(*YEAR),
    some.text(max_size=8),
    some.dictionaries(some.sampled_from(["state", "n"]), some.integers(0, 3)),
)


@given(some.lists(some_items, max_size=12), some.integers(0, 3))
def test_a_copy_reads_back_as_what_was_copied_and_differs_in_nothing(items: list[Item], waiting: int) -> None:
    whole = record(*items, waiting=waiting, sessions=(Session(3, 1, YEAR[0] + timedelta(days=9), "第五次会议", ""),))
    assert unpacked(packed(whole)) == whole
    assert rules.addendum(unpacked(packed(whole)), whole) == []


@pytest.mark.parametrize("kept", [{}, {"format": 2}, {"format": 1, "person": {}}, {"format": 1, "person": {"offices": [{}]}}])
def test_what_is_no_copy_is_told(kept: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        unpacked(kept)
