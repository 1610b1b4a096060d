"""The keyboard alone: from the menu to a saved row without a mouse."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from app.core import clock
from tests.e2e.desk import saved, sign_in
from tests.support.office import OFFICE, Office


@pytest.fixture
def scene() -> object:
    return OFFICE


def _at(page: Page) -> str:
    """Where the keyboard stands; a type-ahead by the name of its field."""
    return str(page.evaluate("document.activeElement.id").removesuffix("-ts-control"))


def test_a_row_is_entered_in_the_order_of_its_fields(page: Page, office: Office) -> None:
    sign_in(page, "liaison1")
    page.goto("/visits/add")
    page.fill("#visited_on", "2025-03-20")  # the order of year, month and day in the box is the system's, not ours
    keyboard = page.keyboard
    _tab_to(page, "deputy")
    keyboard.type("qiul", delay=20)
    keyboard.press("Enter")
    expect(page.locator("#deputy + .ts-wrapper .item")).to_have_text("仇兰")
    _tab_to(page, "place")
    keyboard.type("柳河村")
    _tab_to(page, "households")
    keyboard.type("12")
    _tab_to(page, "persons")
    keyboard.type("30")
    _tab_to(page, "persons_visited")
    _tab_to(page, "heard")
    keyboard.type("盼着修路")
    _tab_to(page, "confirmed")
    keyboard.press("Space")
    keyboard.press("Control+s")
    saved(page)
    expect(page.locator("main")).to_contain_text("盼着修路")


def test_an_answer_that_comes_late_never_chooses_for_what_was_typed_since(page: Page, office: Office) -> None:
    held: list[Route] = []
    page.route("**/lookup/deputies?q=", lambda route: held.append(route))
    sign_in(page, "liaison1")
    page.goto("/visits/add")
    page.clock.install()
    page.clock.pause_at(clock.now() + timedelta(hours=1))
    page.click("#deputy-ts-control")
    with page.expect_request("**/lookup/deputies?q="):
        page.clock.run_for(200)
    page.keyboard.type("xiem")
    with page.expect_response("**/lookup/deputies?q="):
        held[0].continue_()
    page.evaluate("fetch('/lookup/organs?q=').then((next) => next.json())")  # by then the page has read the one before
    page.keyboard.press("Enter")
    page.clock.run_for(200)
    expect(page.locator("#deputy + .ts-wrapper .item")).to_have_text("解明")


def test_a_slash_leads_to_the_search_and_the_first_tab_past_the_menu(page: Page, office: Office) -> None:
    sign_in(page, "liaison1")
    page.goto("/organs/list/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#page"
    page.keyboard.press("Enter")
    assert _at(page) == "page"
    page.keyboard.press("/")
    assert _at(page) == "find"
    page.keyboard.type("qiul")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("仇兰")


def _tab_to(page: Page, field: str) -> None:
    """One step of the Tab key, or a few where a box has parts (year, month, day)."""
    for _step in range(5):
        page.keyboard.press("Tab")
        if _at(page) == field:
            return
    raise AssertionError(f"the Tab key does not lead to {field} but to {_at(page)}")
