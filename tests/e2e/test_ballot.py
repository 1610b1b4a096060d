"""Voting as people do it: by the slip's QR code on a phone, by typing and scanning on a tablet passed round, with and without a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from app.core.database import db
from app.review.ballot import codes
from app.review.ballot.announcing import results_of
from app.review.ballot.models import Vote
from app.review.ballot.services import Prepared, close
from tests.support.browser import PHONE_SCREEN, opened_page, serious_violations
from tests.support.databases import Scene
from tests.support.hall import Hall

_made: dict[str, Any] = {}


def fill(app: Flask) -> None:
    with app.test_request_context():
        _made["hall"] = Hall.with_voters(30)


@pytest.fixture
def scene() -> object:
    return Scene("hall", fill)


@pytest.fixture
def hall(app: Flask) -> Hall:
    return _made["hall"]


@pytest.fixture
def made(app: Flask, hall: Hall) -> Prepared:
    with app.test_request_context():
        return hall.opened(electronic=8)


@pytest.fixture
def phone(browser: Browser, live_server: str) -> Iterator[Page]:
    with opened_page(browser, live_server, PHONE_SCREEN) as page:
        yield page


def fill_in(page: Page, grades: list[int]) -> None:
    for line, grade in zip(page.locator("fieldset").all(), grades, strict=False):
        line.locator(".grade").nth(grade).click()
    page.click("[data-step=sheet] button[type=submit]")


def at(page: Page, step: str) -> None:
    expect(page.locator(f"[data-step={step}]")).to_be_visible()


def nothing_left(page: Page) -> None:
    """Neither in the form nor in the address, nor in anything that a browser keeps for a site."""
    assert page.locator("input:checked").count() == 0
    assert page.input_value("#code") == ""
    assert page.evaluate("[location.hash, localStorage.length, sessionStorage.length, document.cookie]") == ["", 0, 0, ""]
    assert page.context.cookies() == []
    assert page.text_content("[data-summary]") == ""


def test_a_phone_and_a_tablet_passed_round_without_and_with_a_line(app: Flask, page: Page, phone: Page, hall: Hall, made: Prepared) -> None:
    # A phone scans the slip: the sheet opens, and the code is gone from the address at once.
    phone.goto(f"/ballot/{made.ref}#{made.codes[0]}")
    at(phone, "sheet")
    assert phone.evaluate("location.href").endswith(f"/ballot/{made.ref}")
    assert serious_violations(phone) == []
    fill_in(phone, [0, 0, 0])
    expect(phone.locator("[data-no=sheet]")).to_contain_text("还没有选")
    fill_in(phone, [0, 0, 0, 0])
    at(phone, "confirm")
    expect(phone.locator("[data-summary]")).to_contain_text("满意")
    phone.click("[data-back]")
    fill_in(phone, [3])
    phone.click("[data-send]")
    expect(phone.locator("[data-done]")).to_have_text("已计入")
    nothing_left(phone)
    phone.goto("/ballot/")
    phone.go_back()
    nothing_left(phone)

    # A tablet: mistyped, another meeting's, typed in small letters with blanks, and scanned as a whole address.
    page.goto("/ballot/")
    page.fill("#code", made.codes[1][:-1])
    page.press("#code", "Enter")
    expect(page.locator("[data-no=code]")).to_contain_text("票码输错了")
    page.fill("#code", f"http://10.0.0.9/ballot/ffffffff#{made.codes[1]}")
    page.press("#code", "Enter")
    expect(page.locator("[data-no=code]")).to_contain_text("另一场会议")
    page.fill("#code", codes.grouped(made.codes[1]).lower())
    page.press("#code", "Enter")
    at(page, "sheet")
    fill_in(page, [0, 0, 0, 0])

    # Cut off: the page says so and keeps the sheet; nothing is queued; back on the line the same press counts.
    page.context.set_offline(True)
    page.click("[data-send]")
    expect(page.locator("[data-no=confirm]")).to_contain_text("没有连上")
    page.context.set_offline(False)
    page.click("[data-send]")
    expect(page.locator("[data-done]")).to_have_text("已计入")
    page.click("[data-step=done] button")

    # The answer is lost on its way: the ballot lies in the box, and sending it again is answered neutrally.
    page.fill("#code", f"http://10.0.0.9/ballot/{made.ref}#{made.codes[2]}")
    page.press("#code", "Enter")
    fill_in(page, [1, 1, 1, 1])

    def swallowed(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(re.compile(r"/cast$"), swallowed)
    page.click("[data-send]")
    expect(page.locator("[data-no=confirm]")).to_contain_text("没有连上")
    page.unroute(re.compile(r"/cast$"))
    page.click("[data-send]")
    expect(page.locator("[data-done]")).to_have_text("此票已计入")
    nothing_left(page)
    page.click("[data-step=done] button")

    # A code that no slip bears is told after the sending, and the tablet is empty again.
    page.fill("#code", codes.draw())
    page.press("#code", "Enter")
    fill_in(page, [2, 2, 2, 2])
    page.click("[data-send]")
    expect(page.locator("[data-no=code]")).to_contain_text("没有这个票码")
    nothing_left(page)

    with app.test_request_context():
        close(hall.head, made.vote_id)
        found = results_of(db.session.get_one(Vote, made.vote_id))
        assert [each.valid for each in found] == [3, 3, 3, 3]
        assert [tuple(each.votes.values()) for each in found] == [(1, 1, 0, 1), (2, 1, 0, 0), (2, 1, 0, 0), (2, 1, 0, 0)]
    page.fill("#code", made.codes[3])
    page.press("#code", "Enter")
    fill_in(page, [0, 0, 0, 0])
    page.click("[data-send]")
    expect(page.locator("[data-no=confirm]")).to_contain_text("投票已经结束")


def test_the_page_reads_codes_as_the_server_does(page: Page, made: Prepared) -> None:
    page.goto(f"/ballot/{made.ref}")
    for _each in range(12):
        code = codes.draw()
        for typed, good in ((code, True), (codes.grouped(code).lower(), True), (code[:-2] + code[-1] + code[-2], code[-1] == code[-2])):
            page.fill("#code", typed)
            page.press("#code", "Enter")
            at(page, "sheet" if good else "code")
            if good:
                page.reload()
                at(page, "code")
