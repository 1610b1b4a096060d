"""Workbooks read back by a reader that is not their writer."""

import io
import re
import tracemalloc
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app.excel import Column, Cover, Kind, Sheet, Words, write_workbook


def written(*sheets: Sheet, cover: Cover | None = None, **options: Any) -> io.BytesIO:
    target = io.BytesIO()
    write_workbook(target, sheets, cover, **options)
    target.seek(0)
    return target


def read(target: io.BytesIO, name: str) -> list[list[Any]]:
    target.seek(0)
    return CalamineWorkbook.from_filelike(target).get_sheet_by_name(name).to_python()


def part(target: io.BytesIO, name: str) -> str:
    with zipfile.ZipFile(target) as archive:
        return archive.read(name).decode("utf-8")


def sheet(rows: Iterable[Sequence[Any]], *columns: Column, name: str = "台账", note: str = "") -> Sheet:
    return Sheet(name, "走访台账", columns or (Column("姓名"),), rows, note)


def cell(value: Any, kind: Kind = "text") -> Any:
    return read(written(sheet([(value, "x")], Column("值", kind), Column("x"))), "台账")[-1][0]


def test_title_heading_and_rows_in_the_given_order() -> None:
    columns = Column("姓名"), Column("日期", "date"), Column("人数", "integer")
    target = written(sheet([("张三", date(2026, 9, 1), 3), ("李四", None, None)], *columns, note="2026年9月"))
    assert read(target, "台账") == [
        ["走访台账", "", ""],
        ["2026年9月", "", ""],
        ["姓名", "日期", "人数"],
        ["张三", date(2026, 9, 1), 3.0],
        ["李四", "", ""],
    ]


@pytest.mark.parametrize(
    ("kind", "value", "back"),
    [
        ("text", "013800138000", "013800138000"),
        ("text", "007", "007"),
        ("text", 12, "12"),
        ("long", "一\n二", "一\n二"),
        ("date", date(2026, 2, 28), date(2026, 2, 28)),
        ("date", datetime(2026, 2, 28), date(2026, 2, 28)),
        ("date", date(1899, 12, 31), "1899-12-31"),
        ("date", "约2026年春", "约2026年春"),
        ("month", date(2026, 9, 1), date(2026, 9, 1)),
        ("month", "2026-09", "2026-09"),
        ("datetime", datetime(2026, 9, 1, 9, 30), datetime(2026, 9, 1, 9, 30)),
        ("datetime", datetime(2026, 9, 1, 9, 30, tzinfo=UTC), datetime(2026, 9, 1, 9, 30)),
        ("datetime", date(2026, 9, 1), datetime(2026, 9, 1)),
        ("integer", 0, 0.0),
        ("integer", 10**17 + 1, "100000000000000001"),
        ("decimal", Decimal("12.5"), 12.5),
        ("decimal", -3.25, -3.25),
        ("decimal", float("nan"), "nan"),
        ("decimal", "待定", "待定"),
        ("boolean", True, "是"),
        ("boolean", False, "否"),
        ("boolean", None, ""),
    ],
)
def test_a_value_keeps_its_type(kind: Kind, value: Any, back: Any) -> None:
    found = cell(value, kind)
    if isinstance(found, date) and not isinstance(found, datetime) and isinstance(back, datetime):
        back = back.date()
    assert found == back


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+86 377", "-5", "@SUM(A1)", "{=A1}", "http://a.cn", "12", "TRUE"])
@pytest.mark.parametrize("kind", ["text", "long", "date", "integer", "boolean"])
def test_text_is_never_a_formula_a_link_or_a_number(text: str, kind: Kind) -> None:
    target = written(sheet([(text,)], Column("值", kind)))
    assert read(target, "台账")[-1][0] == text
    xml = part(target, "xl/worksheets/sheet1.xml")
    assert "<f>" not in xml
    assert "hyperlink" not in xml


def test_a_heading_may_begin_like_a_formula_too() -> None:
    assert read(written(sheet([], Column("=值"))), "台账")[1] == ["=值"]


@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    target = written(Sheet(text, text, [Column(text)], [(text,)], note=text), cover=Cover(text, [(text, text)]))
    assert len(CalamineWorkbook.from_filelike(target).sheet_names) == 2


def test_what_xml_refuses_is_dropped() -> None:
    assert cell("甲\x00\x0b乙\x1f\ufffe\ud800丙\r\n丁") == "甲乙丙\n丁"


def test_a_text_longer_than_a_cell_is_cut_where_one_can_see_it() -> None:
    text = cell("长" * 40_000)
    assert len(text) == 32_767
    assert text.endswith("…")


def test_an_empty_month_says_so() -> None:
    target = written(sheet([], Column("姓名"), Column("日期", "date")))
    assert read(target, "台账")[-1] == ["本月无记录", ""]
    assert read(written(sheet([]), words=Words(no_rows="无记录")), "台账")[-1] == ["无记录"]


def test_the_cover_stands_first_and_counts_what_came_after(tmp_path: Path) -> None:
    target = tmp_path / "月度台账.xlsx"
    sheets = [sheet([("甲",)] * 3, name="意见"), sheet([], name="走访")]
    counts = write_workbook(target, sheets, Cover("重阳镇联络站", [("月份", "2026年9月")]))
    assert counts == [3, 0]
    book = CalamineWorkbook.from_path(target)
    assert book.sheet_names == ["封面", "意见", "走访"]
    assert book.get_sheet_by_index(0).to_python() == [
        ["重阳镇联络站", ""],
        ["月份", "2026年9月"],
        ["", ""],
        ["台账", "条数"],
        ["意见", 3.0],
        ["走访", 0.0],
        ["合计", 3.0],
    ]
    with zipfile.ZipFile(target) as archive:
        assert "activeTab" not in archive.read("xl/workbook.xml").decode()
        assert "location=\"'意见'!A1\"" in archive.read("xl/worksheets/sheet1.xml").decode()


def test_without_any_sheet_the_cover_says_so_and_so_does_a_bare_workbook() -> None:
    assert read(written(cover=Cover("重阳镇联络站")), "封面")[-1][0] == "本月没有台账记录"
    assert read(written(), "台账")[0] == ["本月没有台账记录"]


def test_names_of_sheets_are_legal_and_unique() -> None:
    wanted = ["a/b", "A-B", "History", "", "'引号'", "很" * 40, "很" * 40, "封面", "[x]:*?\\"]
    target = written(*(sheet([], name=name) for name in wanted), cover=Cover("封面"))
    names = CalamineWorkbook.from_filelike(target).sheet_names
    assert names == ["封面", "a-b", "A-B~2", "History_", "-", "引号", "很" * 31, "很" * 29 + "~2", "封面~2", "-x-----"]


def test_more_rows_than_a_sheet_holds_go_on_in_the_next() -> None:
    target = io.BytesIO()
    counts = write_workbook(target, [sheet([(str(i),) for i in range(8)])], Cover("封面"), sheet_rows=5)
    target.seek(0)
    assert counts == [8]
    assert CalamineWorkbook.from_filelike(target).sheet_names == ["封面", "台账", "台账(2)", "台账(3)"]
    assert [row[0] for row in read(target, "台账(2)")] == ["走访台账", "姓名", "3", "4", "5"]
    assert [row[0] for row in read(target, "台账(3)")] == ["走访台账", "姓名", "6", "7"]
    assert read(target, "封面")[-2:] == [["台账", 8.0], ["合计", 8.0]]


def test_a_sheet_that_is_just_full_needs_no_second() -> None:
    target = written(sheet([(str(i),) for i in range(3)]), sheet_rows=5)
    assert CalamineWorkbook.from_filelike(target).sheet_names == ["台账"]


def test_a_page_prints_on_a4_with_its_heading() -> None:
    target = written(sheet([("张三", "x")], Column("姓名"), Column("内容", "long"), note="2026年9月"))
    xml = part(target, "xl/worksheets/sheet1.xml")
    assert '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"' in xml
    assert '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' in xml or 'fitToPage="1"' in xml
    assert '<autoFilter ref="A3:B4"/>' in xml
    assert 'ySplit="3"' in xml
    assert 'state="frozen"' in xml
    assert "第 &amp;P 页 共 &amp;N 页" in xml
    names = part(target, "xl/workbook.xml")
    assert re.search(r'_xlnm\.Print_Titles"[^>]*>台账!\$3:\$3<', names) or "'台账'!$3:$3" in names


def test_a_long_text_gets_a_row_high_enough() -> None:
    target = written(sheet([("短", "短"), ("短", "长" * 400), ("短", "长" * 3000)], Column("姓名"), Column("内容", "long")))
    heights = [float(found) for found in re.findall(r'<row r="\d+" (?:[^>]*?)ht="([\d.]+)"', part(target, "xl/worksheets/sheet1.xml"))]
    title, heading, *rows = heights
    assert title == 30
    assert heading < 40
    assert 200 < rows[-2] < rows[-1] <= 409


def test_rows_may_stream_and_are_read_once() -> None:
    pulled: list[int] = []

    def rows() -> Iterable[tuple[str]]:
        for number in range(5):
            pulled.append(number)
            yield (str(number),)

    assert len(read(written(sheet(rows())), "台账")) == 7
    assert pulled == [0, 1, 2, 3, 4]


def test_a_failure_leaves_no_file(tmp_path: Path) -> None:
    def rows() -> Iterable[tuple[str]]:
        yield ("张三",)
        raise LookupError("the database went away")

    target = tmp_path / "月度台账.xlsx"
    with pytest.raises(LookupError):
        write_workbook(target, [sheet(rows())])
    assert not list(tmp_path.iterdir())


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        written(sheet([("张三", "李四")]))


def test_labels_may_be_lazy() -> None:
    class Lazy:
        def __str__(self) -> str:
            return "姓名"

    target = written(Sheet(Lazy(), Lazy(), [Column(Lazy())], [(Lazy(),)]), cover=Cover(Lazy(), [(Lazy(), Lazy())]))
    assert read(target, "姓名") == [["姓名"], ["姓名"], ["姓名"]]


def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        write_workbook(io.BytesIO(), [sheet((("长" * 100, i) for i in range(count)), Column("内容", "long"), Column("数", "integer"))])
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(8000) - peak(4000) < 100_000, "the buffers are full by the first; what comes after must not be kept"
