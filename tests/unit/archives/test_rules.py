"""The archives' rules, each as a table of cases and a property."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archives import models, rules
from app.core.refusals import SENTENCES


def codes(refusals: Any) -> list[tuple[str, str | None]]:
    return [(refusal.code, refusal.field) for refusal in refusals]


PATTERN = "{fonds}-{category}·{year}-{retention}-{unit}-{item}"


def filed(**changed: Any) -> dict[str, Any]:
    good = {"fonds_no": "Z109", "category": "documents", "year": 2025, "retention": "years30", "organ_code": None, "item_no": None}
    return good | changed


@pytest.mark.parametrize(("changed", "item", "number"), [
    ({}, 7, "Z109-WS·2025-D30-0007"),
    ({"retention": "permanent"}, 12, "Z109-WS·2025-Y-0012"),
    ({"retention": "years10", "organ_code": "BGS"}, 1, "Z109-WS·2025-D10-BGS-0001"),
    ({"category": "photos", "year": 2024}, 9999, "Z109-ZP·2024-D30-9999"),
])
def test_an_archival_number_is_made_of_its_parts(changed: dict[str, Any], item: int, number: str) -> None:
    assert rules.file_number(PATTERN, filed(**changed), item) == number


@given(st.sampled_from(list(rules.CATEGORY_CODES)), st.integers(1949, 2100), st.sampled_from(list(rules.RETENTION_CODES)),
       st.none() | st.sampled_from(["BGS", "01"]), st.integers(1, 9999))
def test_the_item_number_is_read_back_from_the_archival_number(
    category: str, year: int, retention: str, organ: str | None, item: int,
) -> None:
    values = filed(category=category, year=year, retention=retention, organ_code=organ)
    assert rules.item_in(PATTERN, values, rules.file_number(PATTERN, values, item)) == item


@pytest.mark.parametrize("file_no", [
    "", "Z109", "X2011-长期-15", "Z109-WS·2024-D30-0007", "Z109-WS·2025-D30-0000", "Z109-WS·2025-D30-７", "Z109-WS·2025-D30-00012",
])
def test_a_number_made_otherwise_has_no_item_number(file_no: str) -> None:
    assert rules.item_in(PATTERN, filed(), file_no) is None


@pytest.mark.parametrize(("file_no", "item", "refused"), [
    ("Z109-WS·2025-D30-0007", None, []), ("Z109-WS·2025-D30-0007", 7, []), ("旧-15", 3, []),
    ("Z109-WS·2025-D30-0007", 8, [("item_differs", "item_no")]),
])
def test_typed_numbers_say_the_same(file_no: str, item: int | None, refused: list[Any]) -> None:
    assert codes(rules.item_agrees(PATTERN, filed(file_no=file_no, item_no=item))) == refused


@pytest.mark.parametrize(("pattern", "number"), [
    ("{fonds}-WS·{year}-{retention}-{unit}-{item}", "Z109-WS·2025-D30-BGS-0007"),
    ("{year}年{item}号", "2025年0007号"),
    ("{unit}-{item}", "BGS-0007"),
])
def test_an_office_may_number_by_a_pattern_of_its_own(pattern: str, number: str) -> None:
    values = filed(organ_code="BGS")
    assert rules.file_number(pattern, values, 7) == number
    assert rules.item_in(pattern, values, number) == 7


def test_every_category_and_retention_has_its_letters() -> None:
    assert set(rules.CATEGORY_CODES) == set(models.CATEGORIES.labels)
    assert set(rules.RETENTION_CODES) == set(models.RETENTION.labels)


D = date(2026, 3, 10)


@pytest.mark.parametrize(("condition", "back", "refused"), [
    (None, None, []), ("intact", D, []), (None, D, []), ("damaged", None, [("required", "back_on")]),
])
def test_the_condition_is_that_of_a_return(condition: str | None, back: date | None, refused: list[Any]) -> None:
    assert codes(rules.loan({"condition": condition, "back_on": back})) == refused


@pytest.mark.parametrize(("back", "state"), [(None, "out"), (D, "returned")])
def test_a_loan_is_out_until_it_is_back(back: date | None, state: str) -> None:
    assert rules.loan_state({"back_on": back}) == {"state": state}


def after(days: int) -> date:
    return D + timedelta(days=days)


@pytest.mark.parametrize(("out", "back", "others", "free"), [
    (0, None, [], True),
    (0, None, [(-5, None)], False),
    (0, None, [(-5, -1)], True),
    (0, None, [(-5, 0)], True),
    (0, None, [(-5, 1)], False),
    (0, 2, [(2, None)], True),
    (0, 3, [(2, None)], False),
    (0, None, [(2, 4)], False),
    (0, 0, [(-1, 1)], False),
])
def test_a_file_that_is_out_cannot_be_lent_again(out: int, back: int | None, others: list[Any], free: bool) -> None:
    given_others = [(after(first), None if last is None else after(last)) for first, last in others]
    found = codes(rules.file_is_in(after(out), None if back is None else after(back), given_others))
    assert found == ([] if free else [(("file_is_out" if others[0][1] is not None else "file_not_back"), "file")])


periods = st.tuples(st.integers(0, 30), st.none() | st.integers(0, 30)).map(
    lambda pair: (after(pair[0]), None if pair[1] is None else after(pair[0] + pair[1])))


@given(periods, periods)
def test_whether_two_loans_clash_does_not_depend_on_which_came_first(first: Any, second: Any) -> None:
    assert bool(list(rules.file_is_in(*first, [second]))) == bool(list(rules.file_is_in(*second, [first])))


@given(periods, periods)
def test_two_loans_clash_when_a_day_lies_within_both(first: Any, second: Any) -> None:
    def inside(period: Any, day: date) -> bool:
        return period[0] < day < (period[1] or date.max)

    if any(inside(first, after(days)) and inside(second, after(days)) for days in range(70)):
        assert list(rules.file_is_in(*first, [second]))


def check(**changed: Any) -> dict[str, Any]:
    good = {"points": [point("防火"), point("防潮")], "checked_on": D}
    return good | changed


def point(name: str, ok: Any = True, words: str = "") -> dict[str, Any]:
    return {"point": name, "ok": ok, "words": words}


@pytest.mark.parametrize(("changed", "refused"), [
    ({}, []),
    ({"points": []}, [("required", "points")]),
    ({"points": [point("防火", None)]}, [("point_not_judged", "points")]),
    ({"points": [point("防火"), point("防潮", False, "墙角返潮")]}, []),
    ({"points": [point("防火"), point("防潮", False)]}, [("fault_without_words", "points")]),
    ({"points": [point("防火"), point("防潮", False, "  ")]}, [("fault_without_words", "points")]),
    ({"points": [point("防火"), point("防火")]}, [("point_twice", "points")]),
])
def test_a_check_judges_every_point_and_says_what_is_wrong(changed: dict[str, Any], refused: list[Any]) -> None:
    assert codes(rules.check(check(**changed))) == refused


@given(st.lists(st.tuples(st.text("防火盗虫潮霉晒", min_size=1, max_size=4), st.booleans(), st.text(max_size=3)), max_size=6))
def test_what_passes_has_words_for_every_fault(items: list[tuple[str, bool, str]]) -> None:
    points = [point(*item) for item in items]
    if not list(rules.check(check(points=points))):
        assert points
        assert all(item["ok"] or item["words"].strip() for item in points)


@pytest.mark.parametrize(("changed", "refused"), [
    ({}, []),
    ({"checked_on": after(1)}, [("after_today", "checked_on")]),
    ({"put_right_on": after(1), "rechecked_on": after(2)}, [("after_today", "put_right_on"), ("after_today", "rechecked_on")]),
    ({"checked_on": None}, []),
])
def test_a_check_tells_of_no_day_to_come(changed: dict[str, Any], refused: list[Any]) -> None:
    assert codes(rules.not_after_today(check(**changed), D)) == refused


def test_every_refusal_has_its_sentence() -> None:
    assert set(rules.SENTENCES) <= set(SENTENCES)
