"""A clerk's morning: what the liaison officer of a station does in the browser, from a new deputy to the month's Excel."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import load_workbook

from app.core.dictionary.ledger import LEDGERS
from tests.e2e.desk import choose, downloaded, fact, save, saved, sign_in, wrong
from tests.support.office import OFFICE, Office


@pytest.fixture
def scene() -> object:
    return OFFICE


@pytest.fixture(autouse=True)
def liaison_officer(page: Page, office: Office) -> None:
    sign_in(page, "liaison1")


def test_a_deputy_is_entered_and_found_by_initials_that_a_surname_has_of_its_own(page: Page, office: Office) -> None:
    page.click("text=代表 >> nth=0")
    page.goto("/deputies/list/")
    page.click("text=新增代表")
    page.fill("#name", "单小月")
    page.fill("#phone", "12")
    save(page)
    expect(wrong(page, "sex")).to_have_text("此项必填")
    page.select_option("#sex", label="女")
    choose(page, "group", "d1z", "第1组")
    save(page)
    expect(wrong(page, "phone")).to_be_visible()
    expect(page.locator("#name")).to_have_value("单小月")
    expect(page.locator("#phone")).to_have_value("12")
    expect(page.locator("#group + .ts-wrapper .item")).to_have_text("第1组")
    page.fill("#phone", "13912340001")
    save(page)
    saved(page)
    expect(fact(page, "电话")).to_have_text("13912340001")

    page.goto("/activities/add")
    page.fill("#title", "春季学习")
    page.select_option("#type", "study")
    page.fill("#start", "2025-03-18T09:00")
    choose(page, "deputies", "sxy", "单小月")
    choose(page, "deputies", "qiu", "仇兰")
    save(page)
    saved(page)
    page.click(".tabs a:has-text('考勤')")
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("tbody")).to_contain_text("单小月")
    expect(page.locator("tbody .tag", has_text="待签")).to_have_count(2)


def test_a_reception_and_its_activity_are_one_page(page: Page, office: Office) -> None:
    page.goto("/receptions/add")
    page.fill("#activity-title", "三月接待日")
    page.fill("#activity-start", "2025-03-04T09:00")
    page.fill("#activity-end", "2025-03-04T08:00")
    page.fill("#activity-place", "联络站接待室")
    page.fill("#voters_received", "3")
    save(page)
    expect(wrong(page, "activity-end")).to_be_visible()
    page.fill("#activity-end", "2025-03-04T11:30")
    choose(page, "activity-deputies", "xiem", "解明")
    save(page)
    saved(page)
    expect(page.locator("h1")).to_contain_text("三月接待日")
    page.goto("/activities/list/?month=2025-03")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("联络站接待室")


def test_an_opinion_is_assigned_and_answered(page: Page, office: Office) -> None:
    page.goto("/opinions/add")
    page.fill("#heard_on", "2025-03-04")
    page.fill("#voter_name", "朴春花")
    page.fill("#voter_phone", "13712345678")
    page.fill("#words", "村东头的路灯坏了半个月，晚上看不见路。")
    choose(page, "deputy", "shic", "石春")
    page.select_option("#handling", "to_assign")
    save(page)
    saved(page)
    expect(page.locator(".head .tag").first).to_have_text("待交办")

    page.click(".tabs a:has-text('交办')")
    page.locator("section .btn", has_text="新增").first.click()
    page.fill("#assigned_on", "2025-03-05")
    choose(page, "organ", "mzs", "民政所")
    page.fill("#due", "2025-03-20")
    page.fill("#signed_by", "王主席")
    page.fill("#signed_on", "2025-03-06")
    save(page)
    saved(page)
    expect(page.locator("tbody tr")).to_have_count(1)

    page.click(".tabs a:has-text('答复')")
    page.locator("section .btn", has_text="新增").first.click()
    choose(page, "assignment", "mzs", "民政所")
    page.fill("#replied_on", "2025-03-01")
    page.select_option("#form", "in_person")
    page.select_option("#answered_by", "organ_head")
    page.fill("#answer", "路灯已经修好。")
    page.select_option("#satisfaction", "satisfied")
    save(page)
    expect(wrong(page, "replied_on")).to_be_visible()
    page.fill("#replied_on", "2025-03-12")
    save(page)
    saved(page)
    page.click(".tabs a >> nth=0")
    expect(page.locator(".head .tag").first).to_have_text("已答复")


def test_an_archive_check_judges_each_point(page: Page, office: Office) -> None:
    page.goto("/archive_checks/add")
    page.fill("#checked_on", "2025-03-10")
    page.fill("#checker", "周敏")
    points = page.locator(".point")
    assert points.count() >= 5
    for index in range(points.count()):
        points.nth(index).get_by_label("正常").check()
    points.nth(1).get_by_label("有问题").check()
    save(page)
    expect(wrong(page, "points")).to_be_visible()
    expect(points.nth(1).get_by_label("有问题")).to_be_checked()
    points.nth(1).locator("input.in").fill("窗扣松动")
    save(page)
    saved(page)
    expect(page.locator(".head .tag").first).to_have_text("异常待整改")
    expect(page.locator("main")).to_contain_text("窗扣松动")


def test_the_months_excel_agrees_with_the_lists(page: Page, office: Office, tmp_path: Path) -> None:
    _two_months(office)
    page.goto("/visits/list/")
    expect(page.locator("tbody tr")).to_have_count(5)
    page.fill("#filter-month", "2025-03")
    expect(page.locator("tbody tr")).to_have_count(3)
    listed = page.locator("tbody tr td.lead").all_inner_texts()
    assert "month=2025-03" in page.url
    sheet = load_workbook(downloaded(page, ".head a:has-text('导出')", tmp_path)).get_sheet_by_index(0).to_python()
    days = [str(row[0])[:10] for row in sheet if str(row[0]).startswith("2025-")]
    assert days == listed

    page.goto("/month/?month=2025-03")
    counted = {line.split("\n")[0]: line.split("\n")[-1] for line in page.locator(".ledgers .tick:not(.nothing)").all_inner_texts()}
    workbook = load_workbook(downloaded(page, ".save-bar .primary", tmp_path))
    visits = next(name for name in workbook.sheet_names if "走访" in name)
    opinions = next(name for name in workbook.sheet_names if "意见" in name)
    assert len(workbook.sheet_names) == 1 + len(counted)
    assert sum(str(row[0]).startswith("2025-03") for row in workbook.get_sheet_by_name(visits).to_python()) == 3
    assert any("‘=1+1’" in str(cell) or cell == "=1+1是多少" for row in workbook.get_sheet_by_name(opinions).to_python() for cell in row)
    page.goto("/month/?month=1999-01")
    expect(page.locator("main")).to_contain_text("这个月还没有任何记录")


def _two_months(office: Office) -> None:
    deputy = office.id_of("deputies", "石春")
    for day in ("2025-03-03", "2025-03-17", "2025-03-31", "2025-02-28", "2025-04-01"):
        office.write("liaison1", "visits", {"visited_on": day, "deputy": deputy, "place": f"柳河村{day}", "households": "12"})
    office.write("liaison1", "opinions", {"heard_on": "2025-03-09", "voter_name": "李大娘", "words": "=1+1是多少", "deputy": deputy})
    assert len(office.rows("visits", LEDGERS["visits"].station_id == office.township)) == 5  # type: ignore[attr-defined]
