"""What goes wrong at a desk: two windows, two clicks, a sign-in that ended, a browser without scripts. Nothing typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from app.core.dictionary.ledger import LEDGERS
from tests.e2e.desk import choose, fact, save, saved, sign_in, wrong
from tests.support.office import OFFICE, Office


@pytest.fixture
def scene() -> object:
    return OFFICE


def test_a_stale_edit_shows_who_changed_what_and_keeps_the_text(page: Page, office: Office) -> None:
    sign_in(page, "liaison1")
    row_id = office.id_of("deputies", "仇兰")
    page.goto(f"/deputies/edit/{row_id}")
    page.fill("#unit", "柳河村小学教师")
    office.write("head1", "deputies", {"unit": "柳河村卫生室"}, row_id=row_id, version=office.version("deputies", row_id))
    save(page)
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("head1先生")
    expect(conflict).to_contain_text("柳河村卫生室")
    expect(page.locator("#unit")).to_have_value("柳河村小学教师")
    page.click("button:has-text('按我的保存')")
    saved(page)
    expect(page.locator("main")).to_contain_text("柳河村小学教师")


def test_two_clicks_on_save_make_one_row(page: Page, office: Office) -> None:
    sign_in(page, "liaison1")
    _good_deed(page, office)
    page.dblclick(".save-bar .primary")
    saved(page)
    assert len(office.rows("good_deeds")) == 1
    page.go_back()
    page.evaluate("document.querySelector('form[data-form]').noValidate = true")
    page.evaluate("delete document.querySelector('form[data-form]').dataset.sent")
    page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('form[data-form]'))")
    expect(page.locator(".flash.success, .form-errors")).to_be_visible()
    assert len(office.rows("good_deeds")) == 1


def test_a_sign_in_that_ended_while_a_form_was_open_loses_no_word(page: Page, office: Office) -> None:
    sign_in(page, "liaison1")
    _good_deed(page, office)
    page.context.clear_cookies()
    save(page)
    expect(page.locator("h1")).to_have_text("页面已过期")
    with page.context.expect_page() as opening:
        page.click("a:has-text('登录')")
    sign_in(opening.value, "liaison1")
    page.click("button:has-text('重新提交')")
    expect(page.locator("h1")).to_have_text("请再提交一次")
    page.click("button:has-text('重新提交')")
    saved(page)
    expect(page.locator("main")).to_contain_text("修好柳河村水渠")
    assert len(office.rows("good_deeds")) == 1


def test_the_office_works_without_scripts(browser: Browser, live_server: str, office: Office) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(10_000)
    sign_in(page, "liaison1")
    page.goto("/organs/list/")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.click(".head a:has-text('新增单位')")
    page.fill("#name", "青石镇司法所")
    page.select_option("#level", "township")
    page.fill("#phone", "12")
    save(page)
    expect(wrong(page, "phone")).to_be_visible()
    page.fill("#phone", "0377-69123456")
    save(page)
    saved(page)
    expect(fact(page, "电话")).to_have_text("0377-69123456")
    page.click(".head a:has-text('编辑')")
    page.fill("#contact", "赵所长")
    save(page)
    expect(page.locator("main")).to_contain_text("赵所长")
    made = office.id_of("organs", "青石镇司法所")
    page.goto(f"/organs/delete/{made}")
    page.click(".btn.danger")
    expect(page.locator(".flash.success")).to_contain_text("青石镇司法所")
    assert not office.rows("organs", LEDGERS["organs"].id == made)  # type: ignore[attr-defined]
    context.close()


def test_deleting_what_is_referred_to_says_by_what(page: Page, office: Office) -> None:
    sign_in(page, "liaison1")
    row_id = office.id_of("deputies", "石春")
    page.goto(f"/deputies/show/{row_id}")
    page.click(".head .danger")
    page.click("#ask .primary")
    expect(page.locator(".flash.danger")).to_contain_text("群众意见")
    assert office.row("deputies", row_id) is not None


def _good_deed(page: Page, office: Office) -> None:
    page.goto("/good_deeds/add")
    page.fill("#done_on", "2025-03-20")
    choose(page, "deputy", "qiul", "仇兰")
    page.fill("#deed", "修好柳河村水渠")
    page.fill("#value", "1200.50")
