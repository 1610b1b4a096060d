"""Workbooks and text files read to plain rows, whatever they are called."""

import io
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from app.sheets import MOST_BYTES, MOST_ROWS, Span, Unreadable, read_workbook

ROWS = [["姓名", "电话"], ["张三", "001"], ["李,四", '说"好"']]


def workbook(fill: Any = None, **options: Any) -> bytes:
    target = io.BytesIO()
    with Workbook(target, options) as book:
        if fill:
            fill(book)
        else:
            sheet = book.add_worksheet("名册")
            for number, row in enumerate(ROWS):
                sheet.write_row(number, 0, row)
    return target.getvalue()


def refusal(content: bytes, name: str = "台账.xlsx") -> str:
    with pytest.raises(Unreadable) as caught:
        read_workbook(content, name)
    return caught.value.code


def test_a_workbook_is_read_whatever_it_is_called() -> None:
    for name in ("台账.xlsx", "台账.et", "台账.csv", ""):
        (grid,) = read_workbook(workbook(), name)
        assert (grid.name, grid.rows, grid.hidden) == ("名册", ROWS, False)


def test_values_come_as_what_they_are_and_rows_keep_their_numbers() -> None:
    def fill(book: Workbook) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        clock = book.add_format({"num_format": "hh:mm"})
        sheet = book.add_worksheet()
        sheet.merge_range(2, 1, 2, 3, "标题")
        sheet.write_row(3, 1, [1, 2.5, True, "  文字 "])
        sheet.write_datetime(4, 1, datetime(2025, 3, 4), day)
        sheet.write_datetime(4, 2, datetime(2025, 3, 4, 9, 30), moment)
        sheet.write_datetime(4, 3, time(9, 30), clock)
        sheet.write_formula(5, 1, "=1+1", None, 2)
        sheet.write_blank(60000, 30, None, day)
        book.add_worksheet("藏").hide()

    first, second = read_workbook(workbook(fill), "")
    assert first.rows[:2] == [[None] * 5] * 2
    assert first.rows[2:4] == [[None, "标题", None, None, None], [None, 1, 2.5, True, "  文字 "]]
    assert first.rows[4] == [None, date(2025, 3, 4), datetime(2025, 3, 4, 9, 30), time(9, 30), None]
    assert first.rows[5][1] == 2
    assert len(first.rows) == 6
    assert first.merged == (Span(2, 1, 2, 3),)
    assert (second.name, second.hidden, second.rows) == ("藏", True, [])


def test_days_of_both_date_systems_agree() -> None:
    def fill(book: Workbook) -> None:
        book.add_worksheet().write_datetime(0, 0, datetime(2025, 3, 4), book.add_format({"num_format": "yyyy-mm-dd"}))

    for date_1904 in (False, True):
        (grid,) = read_workbook(workbook(fill, date_1904=date_1904), "")
        assert grid.rows == [[date(2025, 3, 4)]]


def test_a_sheet_that_is_a_chart_is_passed_over() -> None:
    def fill(book: Workbook) -> None:
        book.add_worksheet("数据").write(0, 0, 1)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=数据!$A$1:$A$1"})
        book.add_chartsheet("图").set_chart(chart)

    assert [grid.name for grid in read_workbook(workbook(fill), "")] == ["数据"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_a_text_file_is_read_in_every_usual_form(encoding: str, separator: str, line: str) -> None:
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in ROWS]
    content = line.join(separator.join(row) for row in quoted).encode(encoding)
    (grid,) = read_workbook(content, "某镇/名册.csv")
    assert (grid.name, grid.rows) == ("名册", ROWS)


def test_small_things_of_text_files() -> None:
    (grid,) = read_workbook('sep=;\r\n姓名;电话\r\n"张\n三";="001"\r\n;\r\n'.encode(), "a.csv")
    assert grid.rows == [[None, None], ["姓名", "电话"], ["张\n三", "001"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"), (b" \r\n ", "empty"), (b",,\n,,", "empty"), (b"\xff\xd8\xff\xe0" + bytes(100), "not_a_workbook"), (b"\x89PNG\r\n\x1a\n" + bytes(100), "not_a_workbook"),
        (b"%PDF-1.7\n", "not_a_workbook"), (b"<html><table><tr><td>1</td></tr></table></html>", "not_a_workbook"), (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "not_a_workbook"),
        (b"PK\x03\x04" + bytes(100), "broken"), (b"a,b\x00c", "not_a_workbook"), (b"\xff\xfe\x00", "not_a_workbook"), (b"\x81\x20\xff", "not_a_workbook"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_said(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_a_workbook_without_a_cell_is_empty() -> None:
    assert refusal(workbook(lambda book: book.add_worksheet())) == "empty"


def test_limits() -> None:
    assert refusal(bytes(MOST_BYTES + 1)) == "too_big"
    assert refusal(b"a,b\n" * (MOST_ROWS + 11), "a.csv") == "too_many_rows"
    assert refusal(b"," * 600 + b"a", "a.csv") == "too_many_columns"
    (grid,) = read_workbook(b"a,b\n" * (MOST_ROWS + 1), "a.csv")
    assert len(grid.rows) == MOST_ROWS + 1


def test_a_workbook_cut_off_anywhere_is_broken() -> None:
    content = workbook()
    assert {refusal(content[:length]) for length in range(4, len(content), 97)} == {"broken"}


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04"):
        with suppress(Unreadable):
            read_workbook(start + content, "x")
