"""One opinion of each kind goes its whole way by the buttons of its page, and a county matter as a suggestion, handled twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from tests.e2e.desk import choose, sign_in
from tests.support.office import OFFICE, TOWNSHIP, Office, form_of
from tests.support.ways import ANSWER, ENDS, PLEASED, WAYS


@pytest.fixture
def scene() -> object:
    return OFFICE


def step(page: Page, key: str, row_id: int, name: str, answers: dict[str, Any]) -> None:
    """Press the step's button; where it asks, answer and save."""
    if name == "file":
        file(page, key, row_id)
        return
    address = f"/step/{key}/{row_id}/{name}"
    button = page.locator(f".next-steps a[href='{address}'], .next-steps form[action='{address}'] button")
    asks = button.evaluate("each => each.tagName") == "A"
    button.click()
    for asked, value in answers.items():
        field = page.locator(f"[name='{asked}']").first
        if value in ("organ", "county"):
            if not field.evaluate("each => each.value"):  # a second handling goes to the same organ
                choose(page, asked.replace(".", "-"), *(("民政", "民政所") if value == "organ" else ("水利", "水利局")))
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    if asks:
        page.click(".save-bar .primary")
    expect(page.locator(".flash.success")).to_contain_text("已保存")


def file(page: Page, key: str, row_id: int) -> None:
    """Filing asks for a page of its own, and makes an item of the files."""
    page.click(f".next-steps a[href='/filing/record/{key}/{row_id}']")
    page.fill("[name='pages']", "2")
    page.click(".save-bar .primary")
    expect(page.locator(".flash.success")).to_contain_text("归档")


def without_scripts(office: Office, key: str, row_id: int, name: str, answers: dict[str, Any]) -> None:
    """The same button and the same question, followed as a browser without scripts would: what was pressed once needs no second look."""
    browser = office.browser("liaison1")
    address = f"/filing/record/{key}/{row_id}" if name == "file" else f"/step/{key}/{row_id}/{name}"
    shown = browser.get(f"/{key}/show/{row_id}").get_data(as_text=True)
    assert f'"{address}"' in shown, (name, "is no button")
    organ = office.id_of("organs", f"{TOWNSHIP[:2]}民政所")
    given = {"pages": "2"} if name == "file" else {asked: organ if value == "organ" else value for asked, value in answers.items()}
    token = shown.split('name="csrf_token" value="')[1].split('"')[0]
    asked = form_of(browser.get(address)) if given else {"csrf_token": token, "version": office.version(key, row_id)}
    answer = browser.post(address, data={**asked, **given})
    assert answer.status_code == 302, (name, answer.status_code)


def test_each_kind_of_opinion_goes_its_way_by_buttons(page: Page, office: Office) -> None:
    """Each button is pressed once in the browser, and wherever else it stands on the way of another kind, found and followed."""
    today = clock.today()
    days = {"2026-11-02": (today - timedelta(days=14)).isoformat()}
    sign_in(page, "liaison1")
    pressed: set[str] = set()
    for kind, way in WAYS.items():
        values = {"heard_on": days["2026-11-02"], "voter_name": "张桂花", "words": kind}
        row_id = office.write("liaison1", "opinions", values)
        for name, answers in way:
            said = {asked: days.get(value, value) for asked, value in answers.items()}
            if name in pressed:
                without_scripts(office, "opinions", row_id, name, said)
                continue
            page.goto(f"/opinions/show/{row_id}")
            step(page, "opinions", row_id, name, said)
            pressed.add(name)
        assert office.row("opinions", row_id).status == "filed", kind


def test_a_county_matter_goes_its_way_as_a_suggestion(page: Page, office: Office) -> None:
    day = (clock.today() - timedelta(days=14)).isoformat()
    row_id = office.write("liaison1", "opinions", {
        "heard_on": day, "voter_name": "张桂花", "words": "水渠年久失修", "deputy": office.id_of("deputies", "石春")})
    sign_in(page, "liaison1")
    page.goto(f"/opinions/show/{row_id}")
    step(page, "opinions", row_id, "suggest", {"suggestions.title": "修缮水渠", "suggestions.submitted_on": day})
    suggestion = office.rows("suggestions")[0].id
    page.goto(f"/suggestions/show/{suggestion}")
    for name, answers in (
        ("hand_over", {"organ": "organ", "handed_over_on": day}),
        ("return", {"returned_reason": "水渠归县里管", "returned_on": day}),
        ("hand_over", {"organ": "county", "handed_over_on": day}),
        ("extend", {"complex_reason": "跨部门"}),
        ("answer", {"result": "b", "answer": "列入计划"}),
    ):
        step(page, "suggestions", suggestion, name, answers)
    page.goto("/calls/")
    asked = page.locator(f"form[action='/calls/verdict/{suggestion}']")
    asked.locator("[name=verdict]").select_option("dissatisfied")
    asked.locator("[name=dissatisfied_because]").fill("没有说时间")
    asked.locator("button").click()
    expect(page.locator(".flash.success")).to_contain_text("已保存")
    page.goto(f"/suggestions/show/{suggestion}")
    step(page, "suggestions", suggestion, "handle_again", {"again_on": clock.today().isoformat()})
    step(page, "suggestions", suggestion, "answer_again", {"again_result": "a", "again_answer": "已修好"})
    page.goto("/calls/")
    asked.locator("[name=verdict]").select_option("mostly")
    asked.locator("button").click()
    expect(page.locator(".flash.success")).to_contain_text("已保存")
    assert office.row("suggestions", suggestion).status == "closed"
    page.goto(f"/opinions/show/{row_id}")
    for name, answers in (ANSWER, PLEASED, *ENDS):
        without_scripts(office, "opinions", row_id, name, answers)
    assert office.row("opinions", row_id).status == "filed"
