"""A deputy on the phone: the year's report begun, filled from the ledgers, handed in, and with the group after that."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from app.core.access.actor import program
from app.core.records.writing import change_set
from tests.e2e.desk import sign_in
from tests.support.browser import PHONE_SCREEN
from tests.support.office import OFFICE, Office


@pytest.fixture
def scene() -> object:
    return OFFICE


def test_a_deputy_writes_and_hands_in_the_report_on_the_phone(page: Page, office: Office) -> None:
    year = clock.today().year
    with office.app.test_request_context(), change_set(program(None, "test")) as writing:
        spring, mine = office.id_of("deputies", "石春"), {"station": office.township}
        term = office.rows("terms")[0].id
        writing.save("mandates", {**mine, "deputy": spring, "term": term, "certificate": "1"}, by_program=True)
        deed = {"done_on": f"{year}-01-04", "deputy": spring, "deed": "修好村口路灯", "confirmed": True}
        writing.save("good_deeds", {**mine, **deed}, by_program=True)
    page.set_viewport_size({"width": PHONE_SCREEN[0], "height": PHONE_SCREEN[1]})
    sign_in(page, "deputy1")
    page.goto(f"/duty_reporting/{year}")
    page.click("text=自己写")
    expect(page.locator("h1")).to_contain_text("石春")
    page.fill("#own_post", "带头护林防火")
    page.click("text=空白部分按台账填入")
    expect(page.locator("#voters")).to_have_value(re.compile("为群众办实事1件：《修好村口路灯》。$"))
    expect(page.locator("#own_post")).to_have_value("带头护林防火")
    page.click("text=保存并提交")
    expect(page.locator(".head .tag", has_text="已提交")).to_be_visible()
    page.goto(f"/duty_reporting/{year}")
    expect(page.locator("td", has_text="按时").first).to_be_visible()
