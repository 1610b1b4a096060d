"""A station's year in the browser: planned in one step, moved by keyboard, drag and list, approved, held, reported, summed up."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from app.calendar import Calendar
from app.core import clock
from app.core.dictionary.ledger import LEDGERS
from tests.e2e.desk import save, saved, sign_in
from tests.support.browser import PHONE_SCREEN
from tests.support.office import OFFICE, Office


@pytest.fixture
def scene() -> object:
    return OFFICE


def month_of(page: Page, title: str) -> str:
    return page.locator(".plan-item", has_text=title).first.get_attribute("data-month") or ""


def last_reception() -> date:
    """The latest reception day that is past: this year's or last year's."""
    today, calendar = clock.today(), Calendar()
    days = [calendar.reception_day(year, month).date for year in (today.year - 1, today.year) for month in range(1, 13)]
    return max(day for day in days if day <= today)


def test_a_year_is_planned_moved_approved_held_reported_and_summed_up(page: Page, office: Office) -> None:
    day = last_reception()
    year, title = day.year, f"{day.month}月代表接待选民日"
    sign_in(page, "liaison1")
    page.goto(f"/planner/{year}")
    page.click("text=按制度要求编制")
    expect(page.locator(".plan-item[data-item]")).to_have_count(17)

    moved = "上半年代表经验交流"
    assert month_of(page, moved) == "5"
    handle = page.locator(".plan-item", has_text=moved).locator("summary")
    handle.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#planner-said [role=status]")).to_contain_text("已移到6月")
    expect(page.locator(".plan-item", has_text=moved).locator("summary")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f".month[data-month='4'] .plan-item:has-text('{moved}')")).to_be_visible()
    page.click("[data-undo]")
    expect(page.locator(f".month[data-month='5'] .plan-item:has-text('{moved}')")).to_be_visible()

    page.locator(".plan-item", has_text="4月代表视察").drag_to(page.locator(".month[data-month='2']"))
    expect(page.locator(".month[data-month='2'] .plan-item:has-text('2月代表视察')")).to_be_visible()
    page.locator(".month[data-month='2'] .plan-item", has_text="2月代表视察").locator("summary").click()
    page.locator(".month[data-month='2'] .plan-item", has_text="2月代表视察").get_by_role("button", name="9月").click()
    expect(page.locator(".month[data-month='9'] .plan-item:has-text('9月代表视察')")).to_be_visible()
    page.reload()
    expect(page.locator(".month[data-month='9'] .plan-item:has-text('9月代表视察')")).to_be_visible()
    expect(page.locator("text=批准计划")).to_have_count(0)

    page.context.clear_cookies()
    sign_in(page, "head1")
    page.goto(f"/planner/{year}")
    page.click("text=批准计划")
    expect(page.locator(".head .tag")).to_contain_text("已批准")

    page.locator(".plan-item", has_text=title).first.locator(".make").click()
    expect(page.locator("#activity-title")).to_have_value(title)
    expect(page.locator("#activity-start")).to_have_value(f"{day.isoformat()}T09:00")
    page.fill("#activity-place", "联络站接待室")
    page.fill("#voters_received", "5")
    save(page)
    saved(page)
    activity = office.rows("activities", LEDGERS["activities"].title == title)[0].id  # type: ignore[attr-defined]
    page.goto(f"/planner/{year}")
    expect(page.locator(f".plan-item:has-text('{title}') .tag.ok").first).to_contain_text("已完成")
    expect(page.locator("[data-duty='R03']")).to_contain_text("已开展 1 / 12")

    page.goto(f"/reporting/{activity}")
    expect(page.locator("#text")).to_have_value(re.compile(f"{title}(.|\n)*5人次"))
    page.fill("#text", "改过的汇报。")
    save(page)
    expect(page.locator(".flash.success")).to_contain_text("已保存")
    page.click("text=标记已报送")
    expect(page.locator("main")).to_contain_text("报送日期")
    expect(page.locator("text=改为未报送")).to_be_visible()

    page.goto(f"/yearbook/summary/{year}")
    model = LEDGERS["activities"]
    held = [each for each in office.rows("activities", model.station_id == office.township) if each.status in ("held", "reported")]  # type: ignore[attr-defined]
    in_year = [each for each in held if each.start.year == year]
    expect(page.locator("[data-figure='activities']")).to_have_text(str(len(in_year)))
    expect(page.locator("[data-figure='voters_received']")).to_have_text("5")
    expect(page.locator("#text")).to_have_value(re.compile(f"共开展活动{len(in_year)}次"))
    page.goto(f"/yearbook/chronicle?first={year}-01-01&last={year}-12-31")
    expect(page.locator(".chronicle li", has_text=f"在联络站接待室举行{title}")).to_contain_text("接待选民群众5人次")
    told = [text for text in page.locator(".chronicle .what").all_inner_texts() if "举行" in text or "学习会" in text]
    assert len(told) == len(in_year)


def test_on_a_phone_an_item_is_moved_by_its_list_and_a_lost_network_is_said(page: Page, office: Office) -> None:
    page.set_viewport_size({"width": PHONE_SCREEN[0], "height": PHONE_SCREEN[1]})
    sign_in(page, "liaison1")
    page.goto("/planner/2030")
    page.click("text=按制度要求编制")
    row = page.locator(".plan-item", has_text="4月代表视察")
    row.locator("summary").click()
    row.get_by_role("button", name="8月").click()
    expect(page.locator(".month[data-month='8'] .plan-item:has-text('4月代表视察')")).to_be_visible()
    page.context.set_offline(True)
    row = page.locator(".plan-item", has_text="4月代表视察")
    row.locator("summary").click()
    row.get_by_role("button", name="3月").click()
    expect(page.locator("#planner-said")).to_contain_text("没有移动成功")
    expect(page.locator(".month[data-month='8'] .plan-item:has-text('4月代表视察')")).to_be_visible()
    page.context.set_offline(False)
