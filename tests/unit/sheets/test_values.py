"""Names, numbers, telephones, marks and texts however they are typed."""

from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sheets import Misread, read_count, read_mark, read_name, read_number, read_phone, read_phones, read_text, split_names


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("张　三", "张三"), ("张 三", "张三"), (" 张三\u200b", "张三"), ("张\n三", "张三"), ("阿依古丽·买买提", "阿依古丽·买买提"), ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 ・ 买买提", "阿依古丽·买买提"), ("阿依古丽.买买提", "阿依古丽·买买提"), ("John  Smith", "John Smith"), ("Ｊｏｈｎ Smith", "John Smith"), (None, ""), ("J. Smith", "J. Smith"),
        ("𠮷　田", "𠮷田"),
    ],
)  # fmt: skip
def test_a_name_has_one_spelling(cell: Any, expected: str) -> None:
    assert read_name(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("张三、李四 王　五等3人", ["张三", "李四", "王五"]), ("张三,李四，王五;赵六；钱七/孙八", ["张三", "李四", "王五", "赵六", "钱七", "孙八"]), ("张三\n李四", ["张三", "李四"]),
        ("王　五", ["王五"]), ("王 五 李四", ["王五", "李四"]), ("张 三 李 四", ["张三", "李四"]), ("张三 李四 王五", ["张三", "李四", "王五"]), ("张三等", ["张三"]), ("张三等人", ["张三"]),
        ("张三等三名代表", ["张三"]), ("张三（组长）、李四", ["张三", "李四"]), ("阿依古丽·买买提、李四", ["阿依古丽·买买提", "李四"]), ("John Smith、李四", ["John Smith", "李四"]),
        ("张三、张三", ["张三"]), ("和平、李和", ["和平", "李和"]), ("", []), (None, []), ("、、", []), ("欧阳春　李四", ["欧阳春", "李四"]), ("张 三 丰", ["张三丰"]),
    ],
)  # fmt: skip
def test_a_list_of_names_is_parted(cell: Any, expected: list[str]) -> None:
    assert split_names(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("12人", "12"), ("1,200", "1200"), ("３", "3"), ("3.0", "3"), ("约20", "20"), ("18℃", "18"), ("74%", "74"), ("-5℃", "-5"), (7, "7"), (7.0, "7"), (0.1, "0.1"), ("1.2万元", "12000"), ("20余人", "20"), ("十二人", "12"), ("三", "3"), (" 1 200 ", "1200"), ("，1", None), ("3男2女", None), ("无", None), (None, None), (float("nan"), None), (True, None), ("12-15", None), ("1,20", None)],
)  # fmt: skip
def test_a_number_is_read_or_refused(cell: Any, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(Misread):
            read_number(cell)
    else:
        assert read_number(cell) == Decimal(expected)


@pytest.mark.parametrize("cell", ["3.5", -1, "-1人", "很多", 10**15])
def test_a_count_is_whole_and_not_negative(cell: Any) -> None:
    with pytest.raises(Misread):
        read_count(cell)


def test_a_count() -> None:
    assert [read_count(cell) for cell in ("12人", "1,200", "３", "3.0", "约20", 8.0)] == [12, 1200, 3, 3, 20, 8]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (13800000000.0, ["13800000000"]), ("13800000000.0", ["13800000000"]), (" 13800000000", ["13800000000"]), ("+86 138 0000 0000", ["13800000000"]), ("8613800000000", ["13800000000"]),
        ("１３８００００００００", ["13800000000"]), ("138-0000-0000", ["13800000000"]), ("13800000000/0377-1234567", ["13800000000", "0377-1234567"]), ("(0377)1234567", ["0377-1234567"]),
        ("13800000000 13900000000", ["13800000000", "13900000000"]), ("0377-1234567转801", ["0377-1234567转801"]), ("1380000003", ["1380000003"]), ("'13800000000", ["13800000000"]),
        ("13800000000、", ["13800000000"]), ("电话：13800000000", ["13800000000"]), ("0377—1234567", ["0377-1234567"]), ("13800000000\n13900000000", ["13800000000", "13900000000"]),
    ],
)  # fmt: skip
def test_a_telephone_number_is_read(cell: Any, expected: list[str]) -> None:
    assert read_phones(cell) == expected
    assert read_phone(cell) == expected[0]


@pytest.mark.parametrize("cell", ["无", "138****0000", "见备注", None, "", True, date(2025, 3, 4), "13800000000（儿子）", "／"])
def test_what_is_no_telephone_number_is_refused(cell: Any) -> None:
    with pytest.raises(Misread):
        read_phone(cell)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["√", "✓", "✔", "V", "v", "Ｖ", 1, "1", 1.0, "出席", "到", "是", " √ ", True], "present"), (["假", "请假", "事假", "病假", "公假", "△", "请 假"], "leave"),
        (["×", "X", "x", "Ｘ", "缺", "缺席", "旷", 0], "absent"), (["迟", "迟到"], "late"), ([None, "", " ", "/", "／", "—", "-", "——", "\\"], None),
    ],
)  # fmt: skip
def test_a_mark_is_read(cells: list[Any], expected: str | None) -> None:
    assert {read_mark(cell) for cell in cells} == {expected}


@pytest.mark.parametrize("cell", ["○", "早退", "√假", 2, date(2025, 3, 4)])
def test_a_mark_that_may_mean_either_is_refused(cell: Any) -> None:
    with pytest.raises(Misread) as caught:
        read_mark(cell)
    assert caught.value.code == "not_a_mark"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (None, ""), (3.0, "3"), (3.25, "3.25"), (13800000000.0, "13800000000"), (0.1, "0.1"), (1e-7, "0.0000001"), ("  第１组，ＡＢｃ（甲）：好。 ", "第1组，ABc（甲）：好。"), ("一\r\n二  \n三", "一\n二\n三"),
        (True, "是"), (date(2025, 3, 4), "2025-03-04"), (datetime(2025, 3, 4), "2025-03-04"), (datetime(2025, 3, 4, 9, 30), "2025-03-04 09:30"), (time(9, 30), "09:30"), ("001", "001"),
    ],
)  # fmt: skip
def test_a_text_stays_as_written(cell: Any, expected: str) -> None:
    assert read_text(cell) == expected


anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.text("0123456789+-() .万人约十转/,", max_size=20),
)


@given(anything)
def test_any_cell_gives_a_value_or_a_reason(cell: Any) -> None:
    for read in (read_number, read_count, read_phones, read_mark, read_name, split_names, read_text):
        with suppress(Misread):
            read(cell)


@given(st.text())
def test_a_text_read_twice_is_the_same(text: str) -> None:
    assert read_text(read_text(text)) == read_text(text)
    assert read_name(read_name(text)) == read_name(text)


@given(
    st.lists(st.text("甲乙丙丁戊己庚辛", min_size=2, max_size=4), unique=True),
    st.sampled_from(["、", "，", ",", ";", "；", "/", "\n", " ", "　"]),
)
def test_names_joined_by_any_sign_are_parted_again(names: list[str], sign: str) -> None:
    assert split_names(sign.join(names)) == names


@given(st.integers(0, 10**11))
def test_a_number_written_with_thousands_and_unit_is_read_back(number: int) -> None:
    assert read_count(f"{number:,}人") == read_count(number) == read_count(float(number)) == number


@pytest.mark.parametrize("text", [" " * 32_000, "1" * 32_000, "(" * 32_000, "张 " * 16_000, "·" * 32_000, "等" * 32_000, "+86 " * 8_000])
def test_the_longest_cell_costs_no_time(text: str) -> None:
    """These end: a pattern that tries every way through a text of this length would not."""
    for read in (read_name, split_names, read_text, read_mark, read_phones, read_number):
        with suppress(Misread):
            read(text)
