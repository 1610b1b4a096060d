"""Days, months and moments however they are typed."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sheets import Misread, read_day, read_moment, read_month, read_span

DAY = date(2025, 3, 4)


@pytest.mark.parametrize(
    "cell",
    [
        "2025.3.4", "2025-3-4", "2025/3/4", "2025年3月4日", "2025年3月4号", "2025年3月4", "20250304", "25.3.4", "2025.03.04", " 2025.3.4 ",
        "2025 年 3 月 4 日", "2025. 3. 4", "2025 3 4", "２０２５．３．４", "2025。3。4", "2025、3、4", "2025—3—4", "2025.3.4.", "2025-03-04 00:00:00",
        "2025-03-04T09:30:00", "2025年3月4日（星期二）", "2025年3月4日上午", "二〇二五年三月四日", "二○二五年三月四日", "二零二五年三月四日",
        20250304, 20250304.0, 45720, 45720.0, 45720.4, "45720", "45720.0", date(2025, 3, 4), datetime(2025, 3, 4, 9, 30),
        "2025年3月4日9时", "2025.3.4 9:00-11:00",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_typed(cell: Any) -> None:
    assert read_day(cell) == DAY


@pytest.mark.parametrize("cell", ["3月4日", "3.4", "3/4", "3-4", "03.04", 3.4, "三月四日", "３月４日"])
def test_a_day_without_a_year_takes_that_of_the_table(cell: Any) -> None:
    assert read_day(cell, 2025) == DAY
    assert code(read_day, cell) == "year_missing"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("二〇二五年十二月三十一日", date(2025, 12, 31)), ("二〇二五年十月二十日", date(2025, 10, 20)), ("二〇二四年二月廿九日", date(2024, 2, 29)), ("75.3.4", date(1975, 3, 4))],
)  # fmt: skip
def test_chinese_numerals_and_short_years(cell: str, expected: date) -> None:
    assert read_day(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2025.2.30", "no_such_day"), ("2025.13.1", "no_such_day"), ("20250230", "no_such_day"), (20250230, "no_such_day"), ("1025.3.4", "no_such_day"),
        ("2025.0.4", "no_such_day"), (None, "blank"), (" ", "blank"), ("待定", "not_a_day"), (True, "not_a_day"), (2025, "not_a_day"), (0, "not_a_day"),
        (-5, "not_a_day"), (float("nan"), "not_a_day"), (float("inf"), "not_a_day"), ("2025.3", "not_a_day"), ("3/4/2025", "not_a_day"),
        (time(9), "not_a_day"), (datetime(1900, 1, 3, 9, 36), "not_a_day"), ("2025.3.4-3.6", None), ("2025.3.4左右", "not_a_day"), ("٢٠٢٥.3.4", "not_a_day"),
    ],
)  # fmt: skip
def test_what_is_no_day_says_why(cell: Any, expected: str | None) -> None:
    assert code(read_day, cell) == (expected or "several_days")


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("1975.03", 3), ("1975年3月", 3), ("1975-03", 3), ("1975/3", 3), ("197503", 3), (197503, 3), (1975.3, 3), (1975.03, 3), (1975.1, 1), ("1975.10", 10),
        (1975.12, 12), (1975.11, 11), ("1975.3.4", 3), (date(1975, 3, 9), 3), (datetime(1975, 3, 9, 8), 3), ("一九七五年三月", 3), ("75.03", 3), ("1975 年 3 月", 3),
        ("１９７５．０３", 3), ("1975年3月生", 3), (27457, 3), ("19750309", 3),
    ],
)  # fmt: skip
def test_a_month_is_read_however_it_is_typed(cell: Any, month: int) -> None:
    assert read_month(cell) == date(1975, month, 1)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("1970.13", "no_such_month"), (1970.13, "no_such_month"), (197013, "no_such_month"), (1970, "not_a_month"), ("不详", "not_a_month"), (None, "blank"), ("3.4", "not_a_month"), ("1970.2.30", "no_such_day"), (time(9), "not_a_month"), (True, "not_a_month")],
)  # fmt: skip
def test_what_is_no_month_says_why(cell: Any, expected: str) -> None:
    assert code(read_month, cell) == expected


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("2025.3.4 9:30", time(9, 30), None), ("2025年3月4日上午9时", time(9), None), ("2025-3-4 下午3点半", time(15, 30), None), ("3月4日 9:00-11:00", time(9), time(11)),
        ("2025年3月4日下午2:30至5:00", time(14, 30), time(17)), ("2025/3/4 14：30～16：00", time(14, 30), time(16)), ("2025.3.4", time(), None), (45720.5, time(12), None),
        ("2025年3月4日中午12点", time(12), None), ("2025年3月4日9点15分", time(9, 15), None), ("2025年3月4日9时30", time(9, 30), None), ("2025-03-04 09:30:00", time(9, 30), None),
        ("2025.3.4 3:00 PM", time(15), None), (date(2025, 3, 4), time(), None), ("二〇二五年三月四日上午九时三十分", time(9, 30), None), ("2025.3.4上午", time(), None),
    ],
)  # fmt: skip
def test_a_moment_and_a_stretch_of_time(cell: Any, start: time, end: time | None) -> None:
    assert read_span(cell, 2025) == (datetime.combine(DAY, start), datetime.combine(DAY, end) if end else None)
    assert read_moment(cell, 2025) == datetime.combine(DAY, start)


@pytest.mark.parametrize(
    ("cell", "end"),
    [("2025年3月4日9:00至3月5日17:00", datetime(2025, 3, 5, 17)), ("2025.3.4-2025.3.6", datetime(2025, 3, 6)), ("3月4日-6日", datetime(2025, 3, 6)), ("2025.3.4至3.6", datetime(2025, 3, 6))],
)  # fmt: skip
def test_a_stretch_over_several_days(cell: str, end: datetime) -> None:
    assert read_span(cell, 2025)[1] == end


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("2025.3.4 25:00", "no_such_time"), ("2025.3.4 9:75", "no_such_time"), ("2025.3.4 11:00-9:00", "ends_before_it_begins"), ("2025.3.4 9:00左右", "not_a_time"), ("9:00", "not_a_day")],
)  # fmt: skip
def test_a_time_that_does_not_exist_is_an_error(cell: str, expected: str) -> None:
    assert code(read_moment, cell) == expected


FORMS = [
    "{0.year}.{0.month}.{0.day}", "{0.year}-{0.month:02}-{0.day:02}", "{0.year}/{0.month}/{0.day}", "{0.year}年{0.month}月{0.day}日", "{0.year} 年 {0.month} 月 {0.day} 日",
    "{0.year}{0.month:02}{0.day:02}", "{0.year}.{0.month:02}.{0.day:02}.", " {0.year}－{0.month}－{0.day}",
]  # fmt: skip
some_days = st.dates(date(1910, 1, 1), date(2099, 12, 31))


@given(some_days, st.sampled_from(FORMS))
def test_a_day_written_in_any_form_is_read_back(day: date, form: str) -> None:
    assert read_day(form.format(day)) == day
    assert read_month(form.format(day)) == day.replace(day=1)
    assert read_moment(form.format(day) + " 9:05") == datetime.combine(day, time(9, 5))


@given(some_days)
def test_a_day_as_a_serial_number_is_read_back(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert read_day(serial) == read_day(float(serial)) == read_day(f"{serial}") == day


@given(some_days)
def test_a_day_in_chinese_numerals_is_read_back(day: date) -> None:
    assert read_day(in_chinese(day)) == day


@given(st.integers(1, 9999), st.integers(0, 99), st.integers(0, 99))
def test_a_day_that_does_not_exist_is_never_moved_to_one_that_does(year: int, month: int, day: int) -> None:
    try:
        found = read_day(f"{year:04}年{month}月{day}日")
    except Misread:
        return
    assert (found.year, found.month, found.day) == (year, month, day)


anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes(), st.times(),
    st.text("0123456789.-/年月日时点:上下午半至~ 〇一二十廿", max_size=20),
)  # fmt: skip


@given(anything, st.none() | st.integers(1900, 2100))
def test_any_cell_gives_a_value_or_a_reason(cell: Any, year: int | None) -> None:
    for read in (lambda: read_day(cell, year), lambda: read_month(cell), lambda: read_span(cell, year)):
        with suppress(Misread):
            read()


def in_chinese(day: date) -> str:
    def number(value: int) -> str:
        tens, ones = divmod(value, 10)
        return (("" if tens == 1 else "一二三"[tens - 1]) + "十" if tens else "") + ("一二三四五六七八九"[ones - 1] if ones else "")

    return "".join("〇一二三四五六七八九"[int(digit)] for digit in f"{day.year}") + f"年{number(day.month)}月{number(day.day)}日"


def code(read: Any, *arguments: Any) -> str:
    with pytest.raises(Misread) as caught:
        read(*arguments)
    return caught.value.code


def test_the_epoch_is_that_of_spreadsheets() -> None:
    assert read_day(45720) == date(1899, 12, 30) + timedelta(days=45720)
