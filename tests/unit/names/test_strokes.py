"""Official lists put surnames in the order of their strokes."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.names import STROKE_KEY_LENGTH, stroke_key

NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=5)


@pytest.mark.parametrize(
    "in_order",
    [
        ["丁伟", "干伟", "于伟", "卫伟", "习伟", "马伟", "王伟", "韦伟", "毛伟"],
        ["丁", "万", "王", "石", "刘", "李", "张", "陈", "赵", "郭", "黄", "程", "薛", "魏"],
        ["王伟", "王超", "王一鸣", "王小红", "王建国"],
        ["欧伟", "欧建国", "欧阳修", "欧阳建国"],
        ["司伟", "司马光", "司徒亮"],
        ["丁一", "丁伟", "Smith"],
    ],
)
def test_official_order(in_order: list[str]) -> None:
    shuffled = in_order.copy()
    Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=stroke_key) == in_order


@pytest.mark.parametrize(
    ("character", "strokes"),
    [
        ("一", "1"),
        ("火", "4334"),
        ("心", "4544"),
        ("王", "1121"),
        ("韦", "1152"),
        ("北", "21135"),
        ("字", "445521"),
        ("陈", "5215234"),
        ("凯", "25251535"),
        ("万", "153"),
        ("方", "4153"),
        ("母", "55414"),
        ("必", "45434"),
        ("炽", "433425134"),
        ("德", "332122522114544"),
        ("邶", "2113552"),
        ("骉", "551551551"),
        ("贺", "532512534"),
    ],
)
def test_strokes_as_taught(character: str, strokes: str) -> None:
    assert stroke_key(character).startswith(f"{len(strokes):02}{strokes}")


def test_blanks_and_dots_do_not_count() -> None:
    assert stroke_key("张　三") == stroke_key("张三")
    assert stroke_key("阿依古丽·买买提") == stroke_key("阿依古丽•买买提")


def test_two_surnames_of_the_same_strokes_do_not_mix() -> None:
    assert [name[0] for name in sorted(["干一", "于一", "干超", "于超"], key=stroke_key)] == ["干", "干", "于", "于"]


def test_a_character_without_data_stands_last() -> None:
    assert max(["魏巍", "\U00020bb7文", "齉齉"], key=stroke_key) == "\U00020bb7文"
    assert stroke_key("\U00020bb7") != stroke_key("\U00020bb8")


@given(st.text(max_size=60))
def test_a_key_is_ascii_and_bounded(name: str) -> None:
    key = stroke_key(name)
    assert key.isascii()
    assert len(key) <= STROKE_KEY_LENGTH


@given(NAMES, NAMES)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert (stroke_key(one) == stroke_key(other)) == (one == other)
