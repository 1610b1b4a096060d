"""The year's receptions: the rota is made, one deputy moved by hand, made anew, and the receptions are written."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from app.core.access.actor import program
from app.core.records.writing import change_set
from tests.e2e.desk import sign_in
from tests.support.office import OFFICE, Office


@pytest.fixture
def scene() -> object:
    return OFFICE


def test_the_rota_of_a_year_is_made_changed_and_written(page: Page, office: Office) -> None:
    year = clock.today().year + 1
    with office.app.test_request_context(), change_set(program(None, "test")) as writing:
        term = writing.save("terms", {"level": "county", "ordinal": 17, "starts_on": "2022-01-01"}, by_program=True).id
        for number, name in enumerate(("石春", "解明", "仇兰")):
            writing.save("mandates", {
                "station": office.township, "deputy": office.id_of("deputies", name), "term": term, "certificate": f"第{number}号",
                "elected_on": "2022-01-05"}, by_program=True)
    sign_in(page, "liaison1")
    page.goto(f"/rota/{year}")
    page.click(f"text=生成{year}年轮值表")
    expect(page.locator("h1 + .tag, .tag", has_text="本年均已排班")).to_be_visible()
    months = page.locator(".rota-days section")
    expect(months).to_have_count(12)
    expect(page.locator(".rota-days .none")).to_have_count(0)

    january = months.nth(0).locator("li").first
    name = january.inner_text().strip()
    others = [each.strip() for each in months.nth(1).locator("li").all_inner_texts()]
    target = 1 if name not in others else 2
    january.locator("input").check()
    page.select_option("select[name=to]", str(target + 1))
    page.click("text=移到该月")
    moved = months.nth(target).locator("li", has_text=name)
    expect(moved).to_contain_text("手工")
    page.click("text=重新排班")
    expect(moved).to_contain_text("手工")
    expect(months.nth(0).locator("li")).to_have_count(1)

    page.click("text=生成12场接待活动")
    expect(page.locator(".flash.success")).to_contain_text("已生成接待活动12场")
    expect(page.locator(".rota-days .card-head a")).to_have_count(12)
    page.click(".rota-days .card-head a >> nth=1")
    expect(page.locator("body")).to_contain_text("代表接待选民日")
