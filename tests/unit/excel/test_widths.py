"""How wide a sheet's columns become."""

from __future__ import annotations

from app.excel import Column
from app.excel.style import widths


def test_many_columns_give_way_so_that_print_stays_legible() -> None:
    columns = [Column("日期", "datetime", None), *[Column(f"第{number}列", "text", 18) for number in range(14)], Column("内容", "long", 40)]
    found = widths(columns)
    assert sum(found) <= 166
    assert min(found[1:]) >= 8


def test_dates_and_numbers_keep_their_width_since_they_cannot_wrap() -> None:
    dates = [Column("日期", "datetime", None)]
    alone = widths([*dates, Column("甲", "text", 10)])[0]
    assert widths([*dates, *[Column("乙", "text", 30)] * 12])[0] == alone


def test_more_columns_than_can_ever_fit_stop_at_their_least() -> None:
    assert set(widths([Column("丙", "text", 18)] * 40)) == {8}
