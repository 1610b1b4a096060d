"""Templates filled in and read back: every text as it was, however long or strange, and nothing in it is run."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from app.paper import boxes, bundled, joined, long_date, month_of_birth, render, short_date
from app.paper.joining import file_name
from tests.support.papers import template_of_lines, text_of


def test_a_text_of_ten_thousand_characters_is_printed_whole() -> None:
    words = "村口路面破损，雨天积水。" * 834
    assert words in text_of(render(template_of_lines("{{ words }}"), {"words": words}))


IN_BRACKETS = template_of_lines("<{{ words }}>")


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=60))
def test_any_text_comes_out_as_it_went_in(words: str) -> None:
    assert f"<{words}>" in text_of(render(IN_BRACKETS, {"words": words}))


@pytest.mark.parametrize("words", ["{{ 7 * 7 }}", "{% for x in y %}", "<w:p/>", "&amp; <b> ]]>", "{# #}", "{%tr endfor %}"])
def test_what_looks_like_a_template_or_markup_is_only_text(words: str) -> None:
    assert words in text_of(render(template_of_lines("{{ words }}"), {"words": words}))


def test_control_characters_are_left_out_and_lines_kept() -> None:
    printed = text_of(render(template_of_lines("{{ words }}"), {"words": "一\x00二\x0b三\r\n四\ud800"}))
    assert "一二三\n四" in printed


def test_several_sheets_each_begin_a_page() -> None:
    template = template_of_lines("第{{ n }}号")
    whole = Document(BytesIO(joined([render(template, {"n": str(number)}) for number in range(1, 4)])))
    assert len(whole.sections) == 3
    assert [paragraph.text for paragraph in whole.paragraphs if paragraph.text] == ["第1号", "第2号", "第3号"]
    assert len({(section.page_width, section.top_margin) for section in whole.sections}) == 1


def test_a_bundle_keeps_chinese_names_and_numbers_equal_ones() -> None:
    with ZipFile(BytesIO(bundled([("请假报告石春", b"1"), ("请假报告石春", b"2"), ("a/b:c", b"3")]))) as bundle:
        assert bundle.namelist() == ["请假报告石春.docx", "请假报告石春2.docx", "a b c.docx"]


@pytest.mark.parametrize(("title", "name"), [("..", "-"), ("", "-"), ("a\\b?*", "a b"), ("名" * 200, "名" * 80), ("x\n y", "x  y")])
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name


def test_dates_and_boxes_are_written_as_on_paper() -> None:
    from datetime import date, datetime

    assert long_date(date(2026, 3, 3)) == "2026年3月3日"
    assert long_date(datetime(2026, 3, 3, 9, 5)) == "2026年3月3日9:05"
    assert short_date(date(2026, 3, 3)) == "2026.03.03"
    assert month_of_birth(date(1975, 3, 3)) == "1975.03"
    assert month_of_birth("1975-**-**") == "1975-**-**"
    assert (long_date(None), short_date(None), month_of_birth(None)) == ("", "", "")
    assert boxes([("a", "满意"), ("b", "不满意")], "a") == "☑满意　□不满意"
    assert boxes([("a", "甲"), ("b", "乙"), ("c", "丙")], None, in_a_line=2) == "□甲　□乙\n□丙"
