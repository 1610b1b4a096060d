"""Headings are understood in any order and in any of the office's words."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.importing.layout import LAYOUTS, Layout
from app.importing.matching import best, match, words_of
from app.sheets import label_key

SEVERAL = ("roll", "programme", "opinion_register", "check_sheet", "report_list")
FACTS = {"points": [label_key(point) for point in ("防火", "防盗")]}


def others_of(layout: Layout) -> list[str]:
    return {"check_sheet": ["防火", "防盗"], "attendance_matrix": ["1.7接待选民", "3.12视察"]}.get(layout.key, [])


@pytest.mark.parametrize("key", SEVERAL)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_and_any_known_word_is_understood(app: Flask, key: str, data: st.DataObject) -> None:
    with app.test_request_context(), force_locale("zh"):
        layout = LAYOUTS[key]
        words = words_of(layout)
        columns = data.draw(st.permutations(list(layout.columns)))
        texts, wanted = [], []
        for column in columns:
            known = [word for word in (str(layout.field_of(column).label), *column.words) if words[label_key(word)] == column.name]
            texts.append(data.draw(st.sampled_from(known)))
            wanted.append(column.name)
        found = match([*texts, *others_of(layout)], layout, words, FACTS)
        assert found is not None
        assert list(found.columns[: len(wanted)]) == wanted


def test_every_column_of_every_layout_can_be_named(app: Flask) -> None:
    with app.test_request_context(), force_locale("zh"):
        for layout in LAYOUTS.values():
            meant = set(words_of(layout).values())
            assert (layout.key, [column.name for column in layout.columns if column.name not in meant]) == (layout.key, [])


@pytest.mark.parametrize(
    ("texts", "layout"),
    [
        (("姓名", "性别", "代表证号", "联系电话"), "roll"),
        (("日期", "活动类型", "活动名称"), "programme"),
        (("姓名", "1月7日接待", "3月12日视察"), "attendance_matrix"),
        (("反映时间", "反映人", "反映内容", "责任单位"), "opinion_register"),
        (("检查日期", "检查人", "防火", "防盗", "温度", "湿度"), "check_sheet"),
        (("姓名", "述职形式", "提交日期"), "report_list"),
        (("单位名称", "级别", "联系人"), "organs"),
        (("星期", "早餐", "午餐"), None),
        (("姓名", "身高", "体重", "视力", "血压"), None),
    ],
)
def test_a_sheet_is_told_by_its_headings(app: Flask, texts: tuple[str, ...], layout: str | None) -> None:
    with app.test_request_context(), force_locale("zh"):
        words = {key: words_of(each) for key, each in LAYOUTS.items()}
        found = best("Sheet1", texts, LAYOUTS.values(), words, {"check_sheet": FACTS})
        assert (found.layout if found else None) == layout
