"""A file with the names of voter representatives, as offices keep it (S9-4)."""

from __future__ import annotations

import pytest

from app.core.refusals import Refused
from app.review.meeting.lists import voters_listed
from app.sheets import Cell, Grid


def sheet(*rows: list[Cell]) -> Grid:
    width = max(map(len, rows))
    return Grid("Sheet1", [row + [None] * (width - len(row)) for row in rows])


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([["姓名", "村"], ["李建国", "石庙村"], ["刘秀英", "东街"]], ["李建国", "刘秀英"]),
        (
            [["青石镇述职评议会选民代表名单"], ["序号", "姓 名", "所在村（社区）", "电话"], [1, "王 玉兰", "石庙村", "13800000000"]],
            ["王玉兰"],
        ),
        (
            [["姓名", "村"], ["张三", "石庙村"], ["张三", "东街"], ["张三", "东街"], ["李四", ""]],
            ["张三（石庙村）", "张三（东街）", "李四"],
        ),
        ([["姓名", "村"], ["张三", ""], ["张三", "东街"]], ["张三", "张三（东街）"]),
        ([["序号", "姓名", "村"], [1, "李建国", "石庙村"], ["合计", "1人", None]], ["李建国"]),
        ([["姓名"], ["李建国"], ["刘秀英"]], ["李建国", "刘秀英"]),
        ([[1, "李建国"], [2, "刘秀英"]], ["李建国", "刘秀英"]),
    ],
    ids=["name and village", "title and more columns", "namesakes", "one village unknown", "a total below", "one column", "no heading"],
)
def test_a_plain_list_gives_its_names_and_the_village_only_where_it_tells_namesakes_apart(rows: list[list[Cell]], names: list[str]) -> None:
    assert voters_listed([sheet(*rows)]) == names


def test_the_sheets_of_one_file_are_one_list() -> None:
    first, second = sheet(["姓名", "村"], ["张三", "石庙村"]), sheet(["姓名", "村"], ["张三", "东街"], ["李四", "东街"])
    assert voters_listed([first, second]) == ["张三（石庙村）", "张三（东街）", "李四"]


@pytest.mark.parametrize(
    "rows", [[["村", "电话"], ["石庙村", "13800000000"]], [["李建国", "石庙村"], ["刘秀英", "东街"]], [[1, 2], [3, 4]]],
    ids=["no column of names", "two columns without heading", "numbers alone"],
)
def test_a_file_without_a_column_of_names_is_refused(rows: list[list[Cell]]) -> None:
    with pytest.raises(Refused, match="voters_no_column"):
        voters_listed([sheet(*rows)])
