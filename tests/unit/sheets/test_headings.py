"""Where tables begin, what their columns are called, which rows are rows. No layout here is that of one certain office."""

from typing import Any

import pytest

from app.sheets import Grid, Span, data_rows, find_heading, label_key, title_of, year_of

LABELS = {"序号", "姓名", "性别", "出生年月", "联系电话", "备注", "交办日期", "答复日期", "满意", "不满意", "接待日期", "电话", "温度"}


def known(text: str) -> bool:
    return label_key(text) in LABELS


def grid(*rows: list[Any], merged: tuple[Span, ...] = (), name: str = "Sheet1") -> Grid:
    width = max(map(len, rows))
    return Grid(name, [[*row, *[None] * (width - len(row))] for row in rows], False, merged)


def heading_of(sheet: Grid) -> Any:
    heading = find_heading(sheet, known)
    assert heading is not None
    return heading


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("姓 名", "姓名"), ("出生\n年月", "出生年月"), ("温度(℃)", "温度"), ("湿度（%）", "湿度"), ("联系电话：", "联系电话"), ("ＱＱ", "qq"), ("*姓名", "姓名"), ("姓名（必填）", "姓名"),
        ("金额(单位:万元)", "金额"), ("姓名（选民）", "姓名(选民)"), (" ", ""),
    ],
)  # fmt: skip
def test_what_makes_two_headings_the_same(text: str, key: str) -> None:
    assert label_key(text) == key


def test_the_heading_is_found_below_titles() -> None:
    sheet = grid(
        ["附件1"], ["某镇2024年代表名册", None, None], ["填报单位:某镇", None, "填报时间:2024年12月"], ["序号", "姓 名", "出生\n年月"], [1, "张三", "1975.3"],
        merged=(Span(1, 0, 1, 2), Span(2, 0, 2, 1)),
    )  # fmt: skip
    heading = heading_of(sheet)
    assert (heading.first, heading.last, heading.texts) == (3, 3, ("序号", "姓名", "出生年月"))
    assert title_of(sheet, heading) == "某镇2024年代表名册"
    assert year_of(sheet, heading) == 2024


def test_a_sheet_without_title_rows() -> None:
    sheet = grid(["姓名", "性别"], ["张三", "男"], name="二〇二三年名册")
    heading = heading_of(sheet)
    assert (heading.first, heading.last) == (0, 0)
    assert title_of(sheet, heading) == ""
    assert year_of(sheet, heading) == 2023


@pytest.mark.parametrize("merged", [(), (Span(0, 0, 1, 0), Span(0, 1, 1, 1), Span(0, 2, 0, 3), Span(0, 4, 1, 4))])
def test_a_group_over_sub_headings_is_joined_to_each(merged: tuple[Span, ...]) -> None:
    sheet = grid(
        ["序号", "姓名", "办理情况", None, "备注"],
        [None, None, "交办日期", "答复日期", None],
        [1, "张三", "3.4", "3.5", None],
        merged=merged,
    )
    heading = heading_of(sheet)
    assert (heading.first, heading.last) == (0, 1)
    assert heading.texts == ("序号", "姓名", "办理情况/交办日期", "办理情况/答复日期", "备注")


def test_a_group_whose_parts_nobody_knows_is_still_a_heading_of_two_lines() -> None:
    merged = (Span(1, 0, 2, 0), Span(1, 1, 2, 1), Span(1, 2, 1, 3), Span(0, 0, 0, 3))
    sheet = grid(["2025年考勤"], ["序号", "姓名", "1月", None], [None, None, "7日", "25日"], [1, "张三", "√", None], merged=merged)
    assert heading_of(sheet).texts == ("序号", "姓名", "1月/7日", "1月/25日")


def test_one_word_on_two_lines_is_one_word() -> None:
    sheet = grid(["序号", "姓名", "出生", "联系"], [None, None, "年月", "电话"], [1, "张三", "1975.3", "1"])
    assert heading_of(sheet).texts == ("序号", "姓名", "出生年月", "联系电话")


def test_a_title_over_the_heading_is_no_group() -> None:
    sheet = grid(["某年名册", None, None], ["序号", "姓名", "备注"], [1, "张三", None], merged=(Span(0, 0, 0, 2),))
    assert heading_of(sheet).texts == ("序号", "姓名", "备注")


def test_the_first_row_of_values_never_joins_the_heading() -> None:
    sheet = grid(["序号", "姓名", "性别", "备注"], [1, "张三", "男", None])
    assert heading_of(sheet).texts == ("序号", "姓名", "性别", "备注")


def test_dates_stand_across_a_matrix_with_their_words() -> None:
    sheet = grid(
        ["姓名", "1.7\n接待选民", "3.1\n2组学习", 3.4], ["张三", "√", None, "假"], ["李四", "√", None, "假"], ["序号", None, None, None]
    )
    sheet.rows[0][0] = "姓 名"
    heading = find_heading(sheet, lambda text: known(text) or text[:1].isdigit())
    assert heading
    assert heading.texts == ("姓名", "1.7接待选民", "3.1 2组学习", "3.4")


@pytest.mark.parametrize(
    "rows",
    [
        [["会议通知"], ["各位代表:"], ["请于三月四日参加会议,请在备注中说明。"]],
        [["菜名", "价格"], ["豆腐", 3]],
        [["姓名", "张三", "性别", "男"], ["电话", "1", "备注", "无"], ["出生年月", "1975.3", "序号", "1"]],
        [["备注", "甲", "乙", "丙"], ["1", "2", "3", "4"]],
    ],
)
def test_a_sheet_that_is_none_of_ours_has_no_heading(rows: list[list[Any]]) -> None:
    assert find_heading(grid(*rows), known) is None


def test_one_column_of_names_has_a_heading() -> None:
    assert heading_of(grid(["姓名"], ["张三"])).texts == ("姓名",)


def test_what_is_no_row_is_left_out_with_its_reason() -> None:
    sheet = grid(
        ["2025年名册", None, None, None],
        ["序号", "姓名", "性别", "联系电话"],
        [1, "张三", "男", "1"],
        [None, None, None, None],
        [2, "李四", "女", "2"],
        ["小计", None, None, 2],
        ["2025年名册", None, None, None],
        ["序号", "姓名", "性别", "联系电话"],
        [3, "王五", "男", "3"],
        [4, None, None, None],
        ["5", "  ", None, None],
        [None, "合 计", None, 3],
        ["共3人", None, None, None],
        ["平均值", None, None, 2],
        ["注：只列在册的", None, None, None],
        ["另见附表", None, None, None],
        ["填表人：赵六", None, "审核人：钱七", None],
        ["单位负责人（签字）：", None, None, None],
        merged=(Span(0, 0, 0, 3), Span(6, 0, 6, 3)),
    )
    rows = data_rows(sheet, heading_of(sheet))
    assert [(number, cells[1]) for number, cells in rows] == [(3, "张三"), (5, "李四"), (9, "王五")]
    assert dict(rows.left_out) == {
        4: "blank", 6: "total", 7: "title", 8: "heading", 10: "blank", 11: "blank", 12: "total", 13: "total", 14: "total",
        15: "note", 16: "note", 17: "signature", 18: "signature",
    }  # fmt: skip


def test_rows_that_only_look_like_totals_stay() -> None:
    sheet = grid(
        ["姓名", "性别", "备注", "电话"], ["共三平", "男", "合计三次", "1"], ["总小平", "女", None, "2"], ["张三", "男", "合计", "3"], ["李四", None, None, None],
        ["注小明", "男", None, "4"],
    )  # fmt: skip
    assert [number for number, _ in data_rows(sheet, heading_of(sheet))] == [2, 3, 4, 5, 6]


def test_a_cell_merged_downwards_speaks_for_all_its_rows() -> None:
    sheet = grid(
        ["序号", "姓名", "备注"], [1, "张三", "第一组"], [2, "李四", None], [3, "王五", None], [4, "赵六", None], [None, None, None],
        merged=(Span(1, 2, 3, 2), Span(4, 0, 5, 0)),
    )  # fmt: skip
    rows = data_rows(sheet, heading_of(sheet))
    assert [cells[2] for _, cells in rows] == ["第一组", "第一组", "第一组", None]
    assert rows.left_out == [(6, "blank")]


def test_a_line_across_the_table_is_no_row() -> None:
    sheet = grid(["序号", "姓名", "性别", "备注"], ["第一选区", None, None, None], [1, "张三", "男", None], merged=(Span(1, 0, 1, 3),))
    rows = data_rows(sheet, heading_of(sheet))
    assert [number for number, _ in rows] == [3]
    assert rows.left_out == [(2, "note")]


def test_a_row_whose_words_are_labels_elsewhere_is_still_a_row() -> None:
    known = {"答复日期", "答复形式", "答复人", "满意程度", "内容", "满意", "代表"}
    grid = Grid("答复", [["答复日期", "答复形式", "答复人", "满意程度", "内容"], ["2025-01-07", "书面", "代表", "满意", "已修好"]])
    found = find_heading(grid, known.__contains__)
    assert found is not None
    assert (found.first, found.last) == (0, 0)


def test_another_table_further_down_ends_this_one() -> None:
    sheet = grid(
        ["序号", "姓名", "性别", "备注"], [1, "张三", "男", None], ["姓名", "性别", "李四", "备注说"], [None] * 4, ["接待日期", "电话", "答复日期", "满意"],
        ["2025.3.4", "1", "2025.3.5", "是"],
    )  # fmt: skip
    rows = data_rows(sheet, heading_of(sheet), known)
    assert [number for number, _ in rows] == [2, 3]
    assert rows.left_out == [(4, "blank"), (5, "other_table"), (6, "other_table")]


def test_a_line_that_says_there_is_nothing_is_no_row() -> None:
    sheet = grid(["姓名", "性别"], ["本月无记录", None], merged=(Span(1, 0, 1, 1),))
    assert data_rows(sheet, heading_of(sheet)).left_out == [(2, "note")]
