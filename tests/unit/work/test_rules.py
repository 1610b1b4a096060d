"""Rules of plans, publicity and the parameters of the regulations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.refusals import SENTENCES
from app.work import rules
from app.work.models import PERIODS
from app.work.settings import DEFAULTS, PARAMETERS, MonthDay, Parameter, Sort, Value, parse


def said(found: Any) -> list[tuple[str, str | None]]:
    refusals = list(found)
    assert all(refusal.sentence() for refusal in refusals)
    return [(refusal.code, refusal.field) for refusal in refusals]


def test_every_refusal_of_the_area_has_a_sentence_in_the_one_table() -> None:
    assert rules.SENTENCES.items() <= SENTENCES.items()


@pytest.mark.parametrize(("values", "expected"), [
    ({"period": "year", "summary": "全年"}, []),
    ({"period": "q2"}, []),
    ({"period": "q2", "summary": "半年"}, [("summary_of_a_quarter", "summary")]),
    ({"period": "q4", "summarised_on": date(2026, 12, 30)}, [("summary_of_a_quarter", "summarised_on")]),
])
def test_only_the_annual_plan_has_a_summary(values: Mapping[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(rules.plan_row(values)) == expected


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_every_day_lies_in_its_year_and_in_one_quarter(day: date) -> None:
    within = [period for period in PERIODS.labels if rules.within_plan(day.year, period, day)]
    assert within == ["year", f"q{(day.month + 2) // 3}"]
    assert not any(rules.within_plan(day.year + 1, period, day) for period in PERIODS.labels)


PLAN = {"year": 2026, "period": "q1", "content": "甲", "approved_on": None}
APPROVED = {**PLAN, "approved_on": date(2026, 1, 8)}


@pytest.mark.parametrize(("values", "before", "expected"), [
    (PLAN, {}, []),
    (APPROVED, {}, [("head_approves", "approved_on")]),
    ({**PLAN, "content": "乙"}, PLAN, []),
    (APPROVED, PLAN, [("head_approves", "approved_on")]),
    (PLAN, APPROVED, [("head_approves", "approved_on")]),
    ({**APPROVED, "content": "乙"}, APPROVED, [("plan_approved", "content")]),
    ({**APPROVED, "summary": "全年"}, APPROVED, []),
])
def test_the_head_approves_and_what_is_approved_stays(
    values: Mapping[str, Any], before: Mapping[str, Any], expected: list[tuple[str, str]],
) -> None:
    assert said(rules.approving(values, before)) == expected


@pytest.mark.parametrize(("link", "allowed"), [
    (None, True), ("https://example.cn/1", True), ("HTTP://example.cn", True), ("javascript:alert(1)", False), ("www.example.cn", False),
])
def test_a_link_leads_to_a_page(link: str | None, allowed: bool) -> None:
    assert (said(rules.publicity_row({"link": link})) == []) is allowed


@pytest.mark.parametrize("parameter", DEFAULTS, ids=lambda parameter: parameter.name)
def test_every_default_can_be_read_and_is_taken_by_the_rule(parameter: Parameter) -> None:
    assert parse(parameter, parameter.value) is not None
    assert said(rules.setting_row({"name": parameter.name, "value": parameter.value})) == []
    assert len(parameter.name) <= 40
    facts = rules.setting_facts({"name": parameter.name})
    assert facts["origin"] == ("given" if parameter.given else "ours")
    assert DEFAULTS[facts["place"] - 1] is parameter


def test_names_of_parameters_are_unique() -> None:
    assert len(PARAMETERS) == len(DEFAULTS)


@pytest.mark.parametrize(("name", "typed", "value"), [
    ("voter_representatives", " ３５ ", 35),
    ("archive_humidity_most", "62.5", Decimal("62.5")),
    ("annual_plan_by", "2月28日", MonthDay(2, 28)),
    ("annual_plan_by", "1/31", MonthDay(1, 31)),
    ("reception_moves", "否", False),
    ("reception_moves", "Yes", True),
    ("archive_check_points", "防火，防盗;防鼠\n防尘", ("防火", "防盗", "防鼠", "防尘")),
    ("fonds_number", " X012 ", "X012"),
    ("archive_number_pattern", "{fonds}·{year}-{item}", "{fonds}·{year}-{item}"),
])
def test_a_value_is_read_as_an_office_types_it(name: str, typed: str, value: Value) -> None:
    assert parse(PARAMETERS[name], typed) == value


@pytest.mark.parametrize(("name", "typed", "code"), [
    ("voter_representatives", "", "required"),
    ("voter_representatives", "三十", "not_an_integer"),
    ("voter_representatives", "30.5", "not_an_integer"),
    ("voter_representatives", "Infinity", "not_an_integer"),
    ("voter_representatives", "0", "too_small"),
    ("reception_weekday", "8", "too_large"),
    ("archive_humidity_most", "高", "not_a_number"),
    ("archive_humidity_most", "101", "too_large"),
    ("annual_plan_by", "02-29", "not_a_month_day"),
    ("annual_plan_by", "年底", "not_a_month_day"),
    ("reception_moves", "也许", "not_a_boolean"),
    ("archive_check_points", "、", "wrong_length_of_list"),
    ("archive_check_points", "防火、防火", "listed_twice"),
    ("archive_check_points", "防" * 21, "item_too_long"),
    ("review_grades", "满意", "wrong_length_of_list"),
    ("archive_number_pattern", "{fonds}-{year}", "not_a_pattern"),
    ("archive_number_pattern", "{item}-{item}", "not_a_pattern"),
    ("archive_number_pattern", "{item}-{other}", "not_a_pattern"),
    ("archive_number_pattern", "{item}}", "not_a_pattern"),
])
def test_a_value_of_the_wrong_kind_is_refused_beside_it(name: str, typed: str, code: str) -> None:
    assert said(rules.setting_row({"name": name, "value": typed})) == [(code, "value")]


@given(st.sampled_from(DEFAULTS), st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(parameter: Parameter, typed: str) -> None:
    kinds: dict[Sort, type] = {
        Sort.COUNT: int, Sort.DECIMAL: Decimal, Sort.MONTH_DAY: MonthDay, Sort.YES_NO: bool, Sort.LIST: tuple, Sort.TEXT: str,
        Sort.PATTERN: str,
    }
    refusals = said(rules.setting_row({"name": parameter.name, "value": typed}))
    if refusals:
        assert [field for _code, field in refusals] == ["value"]
    else:
        assert type(parse(parameter, typed)) is kinds[parameter.sort]


@given(st.sampled_from([each for each in DEFAULTS if each.sort is Sort.COUNT]), st.integers(-10, 2000))
def test_a_count_lies_within_its_bounds(parameter: Parameter, number: int) -> None:
    assert (said(rules.setting_row({"name": parameter.name, "value": str(number)})) == []) is (parameter.least <= number <= parameter.most)
