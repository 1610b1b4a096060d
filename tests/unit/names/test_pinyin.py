"""Names are found and ordered by the sound they have as names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.names import SEARCH_KEYS_LENGTH, initials, pinyin_key, search_keys

CHARACTERS = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
NAMES = st.text(CHARACTERS, min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("name", "key", "letters"),
    [
        ("刘建国", "liu jian guo", "ljg"),
        ("仇和", "qiu he", "qh"),
        ("解晓东", "xie xiao dong", "xxd"),
        ("查文斌", "zha wen bin", "zwb"),
        ("单田芳", "shan tian fang", "stf"),
        ("单于", "shan yu", "sy"),
        ("区志航", "ou zhi hang", "ozh"),
        ("朴永春", "piao yong chun", "pyc"),
        ("曾国强", "zeng guo qiang", "zgq"),
        ("翟金凤", "zhai jin feng", "zjf"),
        ("盖中华", "ge zhong hua", "gzh"),
        ("乐毅", "yue yi", "yy"),
        ("卜海燕", "bu hai yan", "bhy"),
        ("尉迟恭", "yu chi gong", "ycg"),
        ("长孙无忌", "zhang sun wu ji", "zswj"),
        ("万俟卨", "mo qi xie", "mqx"),
        ("澹台明", "tan tai ming", "ttm"),
        ("欧阳修", "ou yang xiu", "oyx"),
        ("欧阳", "ou yang", "oy"),
        ("吕绿", "lv lv", "ll"),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, key: str, letters: str) -> None:
    assert pinyin_key(name) == key
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("李解", "li jie"),
        ("刘长春", "liu chang chun"),
        ("王长", "wang chang"),
        ("李重阳", "li chong yang"),
        ("张晟", "zhang sheng"),
        ("王曾", "wang zeng"),
        ("李乐", "li le"),
    ],
)
def test_a_surname_s_reading_stays_out_of_the_given_name(name: str, key: str) -> None:
    assert pinyin_key(name) == key


@pytest.mark.parametrize("written", ["张三", "张　三", "张 三", " 张三 ", "张\u200b三", "张\t三\n"])
def test_blanks_in_a_name_do_not_count(written: str) -> None:
    assert pinyin_key(written) == "zhang san"


@pytest.mark.parametrize("written", ["阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽・买买提", "阿依古丽 · 买买提"])
def test_every_middle_dot_is_the_same_dot(written: str) -> None:
    assert pinyin_key(written) == "a yi gu li mai mai ti"
    assert initials(written) == "ayglmmt"


def test_all_of_one_surname_stand_together() -> None:
    in_order = ["李阿宝", "李娜", "李宁", "连方", "连战", "林安", "万刚", "王安"]
    assert sorted(in_order, key=pinyin_key) == in_order


def test_a_character_nobody_can_read_sorts_last_and_is_told_apart() -> None:
    unread = ["\U00020bb7文", "\U00020bb8文"]
    assert sorted([*unread, "左丘明"], key=pinyin_key) == ["左丘明", *unread]
    assert search_keys(unread[0]) == "wen w"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("单田芳", "shantianfang"),
        ("单田芳", "dantianfang"),
        ("单田芳", "stf"),
        ("单田芳", "dtf"),
        ("仇和", "qh"),
        ("重阳镇道路积水", "chongyangzhendaolujishui"),
        ("第3次会议", "d3chy"),
        ("Wi-Fi建设", "wifijs"),
        ("ＡＢＣ建设", "abcjs"),
    ],
)
def test_a_text_is_found_by_what_a_clerk_types(text: str, typed: str) -> None:
    assert any(key.startswith(typed) for key in search_keys(text).split())


def test_a_long_title_keeps_its_initials() -> None:
    keys = search_keys("关于解决西峡县重阳镇道路积水问题的建议" * 20)
    assert len(keys) == SEARCH_KEYS_LENGTH
    full, letters = keys.split()
    assert full.startswith("guanyujiejue")
    assert letters.startswith("gyjjxxxcyz")


@pytest.mark.parametrize("nothing", ["", " ", "　", "·", "？！"])
def test_a_text_without_a_sound_has_no_key(nothing: str) -> None:
    assert pinyin_key(nothing) == initials(nothing) == search_keys(nothing) == ""


@given(st.text(max_size=60))
def test_keys_are_lower_case_ascii_and_bounded(text: str) -> None:
    for key in (pinyin_key(text), initials(text), search_keys(text)):
        assert key.isascii()
        assert key == key.lower()
    assert len(search_keys(text)) <= SEARCH_KEYS_LENGTH


@given(NAMES)
def test_one_syllable_a_character(name: str) -> None:
    assert len(pinyin_key(name).split()) == len(name)
    readable = [syllable[0] for syllable in pinyin_key(name).split() if not syllable.startswith("~")]
    assert initials(name) == "".join(readable)


@given(NAMES)
def test_a_name_is_found_by_its_own_reading(name: str) -> None:
    keys = search_keys(name).split()
    if len(name) <= 4 and "~" not in pinyin_key(name):
        assert pinyin_key(name).replace(" ", "") in keys
        assert initials(name) in keys
