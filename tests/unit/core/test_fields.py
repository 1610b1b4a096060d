"""Reading a value: the same for a browser's text, JSON and a workbook's cell."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.dictionary.fields import MOST_ID, Choices, Field, Kind, read_id
from app.core.dictionary.titles import show
from app.core.refusals import Refused

SEXES = Choices({"male": "男", "female": "女"})


def field(kind: Kind, **more: Any) -> Field:
    return Field(label="x", name="x", kind=kind, **more)


def refused(kind: Kind, raw: Any, **more: Any) -> str:
    with pytest.raises(Refused) as caught:
        field(kind, **more).read(raw)
    (refusal,) = caught.value.refusals
    assert refusal.field == "x"
    return refusal.code


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.TEXT, "  张　 三 ", "张 三"),
        (Kind.TEXT, "a\x00b\r\nc", "ab c"),
        (Kind.TEXT, 12, "12"),
        (Kind.TEXT, "   ", None),
        (Kind.LONG, " a\r\nb \n", "a\nb"),
        (Kind.LONG, "\n\n", None),
        (Kind.PHONE, "138 1234-1234", "13812341234"),
        (Kind.PHONE, "+8613812341234", "13812341234"),
        (Kind.PHONE, "１３８１２３４１２３４", "13812341234"),
        (Kind.PHONE, "0377—69123456", "0377-69123456"),
        (Kind.PHONE, "110", "110"),
        (Kind.PHONE, 13812341234, "13812341234"),
        (Kind.DATE, "2026年1月2日", date(2026, 1, 2)),
        (Kind.DATE, datetime(2026, 1, 2, 3, 4), date(2026, 1, 2)),
        (Kind.DATE, 20260102, date(2026, 1, 2)),
        (Kind.DATETIME, "2026/1/2 9:05", datetime(2026, 1, 2, 9, 5)),
        (Kind.DATETIME, "2026-01-02T09:05:06", datetime(2026, 1, 2, 9, 5, 6)),
        (Kind.DATETIME, "2026年1月2日 9时5分", datetime(2026, 1, 2, 9, 5)),
        (Kind.DATETIME, "2026-01-02", datetime(2026, 1, 2)),
        (Kind.INTEGER, "1,234", 1234),
        (Kind.INTEGER, "3.0", 3),
        (Kind.INTEGER, 3.0, 3),
        (Kind.INTEGER, "０", 0),
        (Kind.DECIMAL, "1,234.505", Decimal("1234.50")),
        (Kind.DECIMAL, 0.1, Decimal("0.10")),
        (Kind.BOOLEAN, "是", True),
        (Kind.BOOLEAN, False, False),
        (Kind.BOOLEAN, "", False),
        (Kind.BOOLEAN, None, False),
        (Kind.BOOLEAN, "×", False),
        (Kind.REFERENCE, "5", 5),
        (Kind.REFERENCE, 5, 5),
        (Kind.REFERENCE, "", None),
        (Kind.REFERENCES, "3, 1 3", [1, 3]),
        (Kind.REFERENCES, [], []),
        (Kind.REFERENCES, None, []),
        (Kind.POINTS, None, []),
    ],
)
def test_what_people_write_is_understood(kind: Kind, raw: Any, value: Any) -> None:
    assert field(kind).read(raw) == value


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        (Kind.TEXT, [1], "not_text"),
        (Kind.TEXT, {"a": 1}, "not_text"),
        (Kind.TEXT, True, "not_text"),
        (Kind.PHONE, "1381234123", "mobile_digits"),
        (Kind.PHONE, "abc", "not_a_phone"),
        (Kind.DATE, "2026-02-30", "not_a_date"),
        (Kind.DATE, "tomorrow", "not_a_date"),
        (Kind.DATE, [2026], "not_a_date"),
        (Kind.DATE, "1899-12-31", "year_out_of_range"),
        (Kind.DATETIME, "2026-01-02 25:00", "not_a_datetime"),
        (Kind.DATETIME, "9:00", "not_a_datetime"),
        (Kind.INTEGER, "1.5", "not_an_integer"),
        (Kind.INTEGER, "三", "not_an_integer"),
        (Kind.INTEGER, True, "not_an_integer"),
        (Kind.INTEGER, 1e300, "too_large"),
        (Kind.DECIMAL, "NaN", "not_a_number"),
        (Kind.DECIMAL, "Infinity", "not_a_number"),
        (Kind.BOOLEAN, "maybe", "not_a_boolean"),
        (Kind.REFERENCE, True, "no_such_row"),
        (Kind.REFERENCE, "-1", "no_such_row"),
        (Kind.REFERENCE, MOST_ID + 1, "no_such_row"),
        (Kind.REFERENCES, ["x"], "no_such_row"),
        (Kind.POINTS, "x", "not_points"),
        (Kind.POINTS, [{"point": "火", "ok": None}], "point_not_judged"),
    ],
)
def test_what_cannot_be_understood_is_a_refusal_that_names_the_field(kind: Kind, raw: Any, code: str) -> None:
    assert refused(kind, raw) == code


def test_limits_are_kept() -> None:
    assert refused(Kind.TEXT, "字" * 6, length=5) == "too_long"
    assert refused(Kind.INTEGER, "-1", minimum=0) == "too_small"
    assert refused(Kind.INTEGER, "11", maximum=10) == "too_large"
    assert refused(Kind.CHOICE, "other", choices=SEXES) == "not_a_choice"
    assert refused(Kind.CHOICE, ["male"], choices=SEXES) == "not_a_choice"
    assert field(Kind.CHOICE, choices=SEXES).read("male") == "male"


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_date_that_was_shown_reads_back(day: date) -> None:
    assert field(Kind.DATE).read(show(field(Kind.DATE), day)) == day


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)).map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_moment_that_was_shown_reads_back(moment: datetime) -> None:
    assert field(Kind.DATETIME).read(show(field(Kind.DATETIME), moment)) == moment


@given(st.decimals(0, 10**9, places=2))
def test_an_amount_that_was_shown_reads_back(amount: Decimal) -> None:
    assert field(Kind.DECIMAL).read(show(field(Kind.DECIMAL), amount)) == amount


@given(st.integers(0, 2_000_000_000))
def test_a_number_that_was_shown_reads_back(number: int) -> None:
    assert field(Kind.INTEGER).read(show(field(Kind.INTEGER), number)) == number


@given(st.text())
def test_reading_a_text_twice_changes_nothing_more(raw: str) -> None:
    for kind in (Kind.TEXT, Kind.LONG):
        once = field(kind).read(raw)
        assert once is None or field(kind).read(once) == once
        assert once is None or "\x00" not in once


@given(
    st.sampled_from(Kind),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
)
def test_whatever_comes_is_a_value_or_a_refusal(kind: Kind, raw: Any) -> None:
    with suppress(Refused):
        field(kind, choices=SEXES).read(raw)


@pytest.mark.parametrize(
    ("raw", "row_id"),
    [
        ("1", 1),
        (7, 7),
        (str(MOST_ID), MOST_ID),
        (str(MOST_ID + 1), None),
        ("0", None),
        ("-1", None),
        ("01", None),
        ("1.0", None),
        ("", None),
        (True, None),
        (None, None),
        ("9" * 5000, None),
        ("١", None),
        ("1\n", None),
    ],
)
def test_a_key_is_a_positive_number_that_both_databases_hold(raw: Any, row_id: int | None) -> None:
    assert read_id(raw) == row_id
