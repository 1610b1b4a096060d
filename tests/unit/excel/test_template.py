"""Blank workbooks: what they ask for, and that what is filled in comes back as it was typed."""

import io
import re
import zipfile
from html import unescape
from typing import Any
from xml.sax.saxutils import escape

import pytest

from app.excel import TemplateColumn, TemplateWords, write_template
from app.sheets import Grid, data_rows, find_heading, label_key, read_day, read_month, read_workbook, year_of

LONG = [f"第{number}选区（某某村、某某社区）" for number in range(1, 61)]
COLUMNS = [
    TemplateColumn("姓名", required=True, hint="按身份证填写。\n不要加空格。"),
    TemplateColumn("性别", choices=["男", "女"]),
    TemplateColumn("所在选区", choices=LONG),
    TemplateColumn("出生年月", "month"),
    TemplateColumn("联系电话"),
    TemplateColumn("当选日期", "date", required=True),
    TemplateColumn("人数", "integer"),
    TemplateColumn("温度(℃)", "decimal"),
    TemplateColumn("在任", "boolean"),
    TemplateColumn("备注", "long", choices=["甲,乙", "丙"]),
]


def blank(*columns: TemplateColumn, title: str = "代表花名册") -> bytes:
    target = io.BytesIO()
    write_template(target, title, columns or COLUMNS)
    return target.getvalue()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode("utf-8")


def rules(content: bytes) -> dict[str, dict[str, str]]:
    """The rule of each column, by its letter."""
    found = re.findall(r"<dataValidation (.*?)>(.*?)</dataValidation>", part(content, "xl/worksheets/sheet1.xml"))
    return {
        dict(re.findall(r'(\w+)="(.*?)"', said))["sqref"][0]: dict(re.findall(r'(\w+)="(.*?)"', said))
        | dict(re.findall(r"<(formula\d)>(.*?)</", inner))
        for said, inner in found
    }


def filled(content: bytes, *values: str) -> list[Grid]:
    """Read after somebody typed a row of texts into the first empty line."""
    cells = "".join(
        f'<c r="{chr(65 + column)}4" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        for column, value in enumerate(values)
    )
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</sheetData>", f'<row r="4">{cells}</row></sheetData>'.encode())
            made.writestr(name, data)
    return read_workbook(target.getvalue(), "")


def known(text: str) -> bool:
    return label_key(text) in {label_key(str(column.heading)) for column in COLUMNS}


def test_what_is_filled_in_comes_back_as_it_was_typed() -> None:
    typed = ["张三", "女", LONG[-1], "1975.10", "013812345678", "2021.3.4", "18", "20.5", "是", "甲,乙"]
    grid, lists = filled(blank(), *typed)
    heading = find_heading(grid, known)
    assert heading
    assert [label_key(text) for text in heading.texts] == [label_key(str(column.heading)) for column in COLUMNS]
    assert heading.texts[0] == "*姓名"
    assert [cells for _, cells in data_rows(grid, heading)] == [typed]
    assert (str(read_month(typed[3])), str(read_day(typed[5]))) == ("1975-10-01", "2021-03-04")
    assert lists.hidden
    assert find_heading(lists, known) is None


def test_a_blank_one_holds_no_row_and_speaks_of_no_year() -> None:
    grid = read_workbook(blank(), "")[0]
    heading = find_heading(grid, known)
    assert heading
    assert list(data_rows(grid, heading)) == []
    assert year_of(grid, heading) is None


def test_closed_values_are_chosen_from_lists_of_any_length() -> None:
    content = blank()
    found = rules(content)
    assert unescape(found["B"]["formula1"]) == '"男,女"'
    assert unescape(found["I"]["formula1"]) == '"是,否"'
    assert (unescape(found["C"]["formula1"]), unescape(found["J"]["formula1"])) == ("'选项'!$A$1:$A$60", "'选项'!$B$1:$B$2")
    lists = read_workbook(content, "")[1]
    assert [row[0] for row in lists.rows] == LONG
    assert [row[1] for row in lists.rows[:3]] == ["甲,乙", "丙", None]


def test_days_and_numbers_warn_in_words_and_let_themselves_be_overruled() -> None:
    found = rules(blank())
    for letter, kind, words in (("F", "date", "日期"), ("G", "whole", "整数"), ("H", "decimal", "数字")):
        assert (found[letter]["type"], found[letter]["errorStyle"]) == (kind, "warning")
        assert words in found[letter]["error"]
    assert set(found) == {"B", "C", "F", "G", "H", "I", "J"}


@pytest.mark.parametrize(("kind", "number_format"), [("text", "49"), ("long", "49"), ("month", "49"), ("integer", "1"), ("decimal", "0")])
def test_columns_of_texts_keep_digits_as_texts(kind: Any, number_format: str) -> None:
    content = blank(TemplateColumn("列", kind), TemplateColumn("另一列"))
    style = re.search(r'<col min="1" max="1" [^>]*style="(\d+)"', part(content, "xl/worksheets/sheet1.xml"))
    formats = re.findall(r'<xf numFmtId="(\d+)"', part(content, "xl/styles.xml").split("<cellXfs")[1])
    assert style
    assert formats[int(style.group(1))] == number_format


def test_the_page_is_landscape_and_the_heading_stays() -> None:
    sheet = part(blank(), "xl/worksheets/sheet1.xml")
    assert 'paperSize="9"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'ySplit="3"' in sheet
    assert "_xlnm.Print_Titles" in part(blank(), "xl/workbook.xml")


def test_hints_stand_beside_the_heading() -> None:
    comments = part(blank(), "xl/comments1.xml")
    assert "按身份证填写。" in comments
    assert comments.count("<comment ") == 1


def test_words_may_be_the_offices_own_and_one_column_is_enough() -> None:
    target = io.BytesIO()
    write_template(target, "选项", [TemplateColumn("选项", choices=LONG)], TemplateWords(note="照样填写", choices="选项"))
    first, second = read_workbook(target.getvalue(), "")
    assert first.rows == [["选项"], ["照样填写"], ["选项"]]
    assert first.name != second.name
