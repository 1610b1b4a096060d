"""The office plans, invites, tells and tells again; a deputy asks for leave on a phone; the activity is called off."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from app.core import clock
from tests.e2e.desk import choose, save, saved, sign_in
from tests.support.browser import PHONE_SCREEN, opened_page
from tests.support.office import OFFICE, Office


@pytest.fixture
def scene() -> object:
    return OFFICE


def step(page: Page, name: str) -> None:
    """The present step of the line."""
    expect(page.locator(".steps .now")).to_have_text(name)


def test_from_plan_to_telling_again_leave_and_calling_off(page: Page, office: Office, browser: Browser, live_server: str) -> None:
    term = office.rows("terms")[0].id
    for name in ("石春", "解明", "仇兰"):
        office.write("liaison1", "mandates", {"deputy": office.id_of("deputies", name), "term": term, "certificate": f"Z-{name}"})
    sign_in(page, "liaison1")
    page.goto("/activities/add")
    page.fill("#title", "秋季普法学习")
    page.select_option("#type", "study")
    page.fill("#start", (clock.now() + timedelta(days=9)).strftime("%Y-%m-%dT09:00"))
    page.fill("#place", "一楼会议室")
    save(page)
    saved(page)
    activity = page.url.rsplit("/", 1)[1]
    step(page, "已计划")
    page.click(".missing a")

    page.check("text=全体在任代表")
    choose(page, "deputies", "jm", "解明")
    page.click("button:text-is('邀请')")
    expect(page.locator(".flash.success")).to_contain_text("已邀请 3 人")
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("#notice")).to_have_value(re.compile("一楼会议室"))
    page.click("text=全部已通知")
    expect(page.locator("tbody .tag.ok")).to_have_count(3)
    page.click("[aria-label='仇兰：未接通']")
    expect(page.locator("tbody tr", has_text="仇兰").locator(".tag.bad")).to_have_text("未接通")
    page.goto(f"/activities/show/{activity}")
    expect(page.locator(".missing")).to_contain_text("1 位")
    page.goto(f"/telling/{activity}")
    page.click("[aria-label='仇兰：已通知']")
    expect(page.locator("tbody .tag.ok")).to_have_count(3)
    page.goto(f"/activities/show/{activity}")
    step(page, "已通知")

    page.goto(f"/activities/edit/{activity}")
    page.fill("#place", "二楼会议室")
    save(page)
    saved(page)
    step(page, "已计划")
    page.click(".missing a")
    expect(page.locator("tbody .tag.warn", has_text="须重新通知")).to_have_count(3)
    expect(page.locator("#notice")).to_have_value(re.compile("二楼会议室"))
    page.click("text=全部已通知")
    expect(page.locator("tbody .tag.ok")).to_have_count(3)

    with opened_page(browser, live_server, PHONE_SCREEN) as phone:
        sign_in(phone, "deputy1")
        phone.goto("/leave/")
        phone.click("summary:has-text('请假')")
        phone.check("text=因病")
        phone.fill("[name=words]", "住院")
        phone.click("text=提交")
        expect(phone.locator(".invitations .tag")).to_have_text("待批")
    with opened_page(browser, live_server) as presidium:
        sign_in(presidium, "presidium1")
        presidium.goto("/leave/")
        presidium.click("[aria-label='石春：准假']")
        expect(presidium.locator(".flash.success")).to_be_visible()

    page.goto(f"/activities/show/{activity}?tab=attendance-activity")
    expect(page.locator("tbody tr", has_text="石春").locator(".tag", has_text="请假")).to_be_visible()
    page.click("text=取消活动")
    page.fill("#cancel_reason", "连日大雨，改期举行")
    page.click(".save-bar .primary")
    saved(page)
    expect(page.locator(".steps .now")).to_have_text("已取消")
    expect(page.locator(".facts", has_text="连日大雨，改期举行")).to_be_visible()
