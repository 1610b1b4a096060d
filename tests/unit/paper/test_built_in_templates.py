"""The built-in templates are what their script makes, on A4 with the margins of official papers."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from app.paper.make_templates import FOLDER, TEMPLATES
from tests.support.papers import parts_of


@pytest.mark.parametrize("key", TEMPLATES)
def test_the_script_makes_the_very_template(key: str) -> None:
    assert parts_of(TEMPLATES[key]()) == parts_of((FOLDER / f"{key}.docx").read_bytes())
    assert TEMPLATES[key]() == TEMPLATES[key]()


def test_there_is_no_template_without_a_script() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(TEMPLATES)


CUT_UP = {"filing_stamps", "box_spines", "box_labels"}
"""Sheets of labels, which are cut up: their margins are what a printer needs."""


@pytest.mark.parametrize("key", TEMPLATES)
def test_paper_and_margins_are_the_official_ones(key: str) -> None:
    section = Document(BytesIO((FOLDER / f"{key}.docx").read_bytes())).sections[0]
    size = {round(section.page_width.mm), round(section.page_height.mm)}
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    upright = [37, 35, 28, 26]
    assert size == {210, 297}
    if key in CUT_UP:
        assert all(margin.mm >= 8 for margin in margins)
        return
    assert [round(margin.mm) for margin in margins] == (upright if round(section.page_width.mm) == 210 else [28, 26, 37, 35])


@pytest.mark.parametrize("key", TEMPLATES)
def test_fonts_have_their_next_of_kin_named(key: str) -> None:
    fonts = parts_of((FOLDER / f"{key}.docx").read_bytes())["word/fontTable.xml"].decode()
    assert '"仿宋_GB2312"><w:altName w:val="FangSong,仿宋"' in fonts
    assert '"方正小标宋简体"><w:altName w:val="宋体,SimSun"' in fonts
