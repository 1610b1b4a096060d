"""A whole review meeting: forty voters, by paper, on a tablet passed round that loses its line, and on their own phones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.core import clock
from app.core.access.actor import program
from app.core.dictionary.ledger import LEDGERS
from app.core.records.writing import change_set
from tests.e2e.desk import downloaded, sign_in
from tests.support.browser import OFFICE_SCREEN, PHONE_SCREEN, opened_page
from tests.support.databases import Scene
from tests.support.office import Office
from tests.support.office import fill as fill_office

VOTERS = 40
TITLE = "今日述职评议会"
CAST = """async ([ref, code, choices]) => {
  const drawn = await (await fetch(`/ballot/${ref}/number`)).json();
  const body = JSON.stringify({ number: drawn.number, code, choices });
  const answer = await fetch(`/ballot/${ref}/cast`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  return (await answer.json()).sentence;
}"""
SIGN = """async ([key, voters]) => {
  const made = Date.now();
  const operations = voters.map((voter) => ({ id: `operation-of-voter-${voter}`, kind: "present", made, voter }));
  const headers = { "Content-Type": "application/json", "X-Screen-Key": key };
  return (await fetch("/voters/operations", { method: "POST", headers, body: JSON.stringify({ now: made, operations }) })).status;
}"""


def fill(app: Flask) -> None:
    """The office, and a meeting today at which two deputies report before forty voters."""
    fill_office(app)
    with app.test_request_context(), change_set(program(None, "test")) as writing:
        term: Any = writing.session.scalars(select(LEDGERS["terms"])).first()
        deputies: Any = LEDGERS["deputies"]
        mandates = [
            writing.save("mandates", {"station": 1, "deputy": row.id, "term": term.id, "certificate": row.name}, by_program=True).id
            for row in writing.session.scalars(select(deputies).where(deputies.name.in_(("石春", "解明"))).order_by(deputies.id))
        ]
        meeting = writing.save("review_meetings", {
            "station": 1, "activity.title": TITLE, "activity.start": clock.now().replace(hour=0, minute=0, second=0),
            "reporters": mandates, "chair": "周敏", "scrutineers": "单强", "tellers": "仇兰、白云"}, by_program=True)
        for number in range(1, VOTERS + 1):
            writing.save("voter_representatives", {"station": 1, "meeting": meeting.id, "name": f"选民{number:02}"}, by_program=True)


@pytest.fixture
def scene() -> object:
    return Scene("review meeting", fill)


@pytest.fixture
def screens(browser: Browser, live_server: str) -> Iterator[list[Page]]:
    """The door, the projector, the tablet passed round, a phone."""
    with (
        opened_page(browser, live_server, OFFICE_SCREEN) as door,
        opened_page(browser, live_server, OFFICE_SCREEN) as wall,
        opened_page(browser, live_server, (820, 1180)) as tablet,
        opened_page(browser, live_server, PHONE_SCREEN) as phone,
    ):
        yield [door, wall, tablet, phone]


def step(page: Page, words: str) -> None:
    """A step that is confirmed before it is taken."""
    page.locator(f"button:has-text('{words}')").wait_for()
    page.wait_for_load_state()
    page.click(f"button:has-text('{words}')")
    page.click("#ask button[value=yes]")


def mark(page: Page, *grades: int) -> None:
    """A grade for each deputy, and on to the confirmation."""
    for line, grade in zip(page.locator("[data-line]").all(), grades, strict=True):
        line.locator(".grade").nth(grade).click()
    page.click("[data-step=sheet] button[type=submit]")


def opened_screen(page: Page, words: str, section: str) -> str:
    page.click(f"button:has-text('{words}')")
    return str(page.locator(f"{section} .codes code").inner_text())


def test_forty_voters_vote_by_all_three_ways_and_the_result_appears(
    page: Page, screens: list[Page], office: Office, tmp_path: Path
) -> None:
    door, wall, tablet, phone = screens
    meeting = office.rows("review_meetings")[0]
    sign_in(page, "head1")
    page.goto(f"/meeting/of/{meeting.id}")
    door_address = opened_screen(page, "打开签到屏", "#voters")
    wall.goto(opened_screen(page, "打开投影屏", "section:has(#wall-title)"))
    expect(wall.locator(".big:visible")).to_have_text("即将开始投票")

    door.goto(door_address)
    person = door.locator(".person")
    expect(person).to_have_count(VOTERS)
    person.nth(0).click()
    door.context.set_offline(True)
    person.nth(1).click()
    expect(door.locator("[data-line]")).to_contain_text("断网中")
    door.context.set_offline(False)
    expect(door.locator("[data-line]")).to_have_text("已连接")
    rest = [row.id for row in office.rows("voter_representatives")][2:]
    assert door.evaluate(SIGN, [door_address.partition("#")[2], rest]) == 200
    expect(door.locator("[data-count=present]")).to_have_text(str(VOTERS))

    page.reload()
    page.fill(".vote [name=electronic]", "20")
    page.fill(".vote [name=paper]", "20")
    slips = Document(str(downloaded(page, "button:has-text('准备投票')", tmp_path)))
    found = [re.findall(r"^[2-9A-Z]{3} [2-9A-Z]{3} [2-9A-Z]{3}$", cell.text, re.M) for row in slips.tables[0].rows for cell in row.cells]
    codes = [code for each in found for code in each]
    assert len(set(codes)) == 20
    step(page, "开始投票")
    expect(wall.locator(".lead:visible")).to_have_text("正在投票")
    page.click("summary:has-text('传递平板的网址')")
    ballot = page.locator(".vote .codes code").inner_text()
    ref = ballot.rpartition("/")[2]

    # The tablet passed round: it is cut off before the second ballot is sent, and the slip is tried once more afterwards.
    tablet.goto(ballot)
    for number, cut_off in ((0, False), (1, True), (1, False)):
        tablet.fill("#code", codes[number])
        tablet.keyboard.press("Enter")
        mark(tablet, 0, 2)
        if cut_off:
            tablet.context.set_offline(True)
            tablet.click("[data-send]")
            expect(tablet.locator("[data-no=confirm]")).not_to_be_empty()
            tablet.context.set_offline(False)
        tablet.click("[data-send]")
        expect(tablet.locator("[data-done]")).to_contain_text("已计入")
        tablet.click("[data-step=done] button")

    phone.goto(f"{ballot}#{codes[2].replace(' ', '')}")
    mark(phone, 0, 1)
    phone.click("[data-send]")
    expect(phone.locator("[data-done]")).to_contain_text("已计入")
    one, other = (str(line.get_attribute("data-line")) for line in phone.locator("[data-line]").all())
    said = [phone.evaluate(CAST, [ref, code, {one: 0, other: 1}]) for code in [*codes[3:], codes[3]]]
    assert len(said) == 18
    assert all("已计入" in each for each in said)
    expect(wall.locator("[data-voted]")).to_contain_text("20")

    page.reload()
    step(page, "结束投票")
    expect(wall.locator(".big:visible")).to_have_text("投票结束，正在计票")
    page.click("a:has-text('计票人 1 计票')")
    expect(page.locator("[data-sheets-count]")).to_have_text("已计 0 张")
    for sheet in ["11"] * 15 + ["12"] * 4 + ["30"]:
        page.keyboard.type(sheet)
        page.keyboard.press("Enter")
    expect(page.locator("[data-sheets-count]")).to_have_text("已计 20 张")
    page.click("button:has-text('全部计完')")
    page.click("a:has-text('计票人 2 计票')")
    page.fill("[name=returned]", "20")
    for line, votes in zip(page.locator(".totals tbody tr").all(), ((19, 0, 1, 0), (15, 4, 0, 0)), strict=True):
        for field, number in zip(line.locator("input").all(), votes, strict=True):
            field.fill(str(number))
    page.click("button:has-text('提交这些数字')")
    page.click("button:has-text('监票人签字')")
    step(page, "公布结果")

    first, second = (wall.locator(".result").nth(number) for number in (0, 1))
    expect(first.locator(".bar i")).to_have_text(["39", "1"], timeout=2_000)
    expect(first.locator(".rate")).to_contain_text("97.5%")
    expect(second.locator(".bar i")).to_have_text(["15", "22", "2"])
    expect(second.locator(".rate")).to_contain_text("有效 39　无效 1")
    expect(wall.locator("[data-numbers]")).to_have_text("应到 40实到 40发出 40收回 40")
    expect(page.locator(".vote")).to_contain_text("公布后无改动")
