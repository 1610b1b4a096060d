"""The first visit: an address that works once makes the station and its first account."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Page, expect

from app.first_visit import one_time_address
from tests.e2e.desk import sign_in, wrong
from tests.support.browser import serious_violations


def test_the_set_up_page_makes_the_station_and_is_gone(app: Flask, page: Page, live_server: str) -> None:
    address = one_time_address(app, live_server)
    assert address is not None
    page.goto(address)
    assert serious_violations(page) == []
    page.select_option("#kind", "street")
    typed = {
        "station": "河东街道人大代表联络站",
        "town": "河东街道",
        "name": "赵站长",
        "username": "zhao",
        "password": "short",
        "again": "shorter",
    }
    for field, words in typed.items():
        page.fill(f"#{field}", words)
    page.click(".btn.primary")
    expect(page.locator(".wrong-text").first).to_be_visible()
    assert wrong(page, "password").count() + wrong(page, "again").count() >= 1
    expect(page.locator("#station")).to_have_value("河东街道人大代表联络站")
    expect(page.locator("#kind")).to_have_value("street")
    page.fill("#password", "long enough 8")
    page.fill("#again", "long enough 8")
    page.click(".btn.primary")
    expect(page.locator(".flash.success")).to_be_visible()
    expect(page.locator(".top")).to_contain_text("河东街道人大代表联络站")
    expect(page.locator(".top")).to_contain_text("赵站长")
    assert one_time_address(app, live_server) is None
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
    page.goto("/activities/add")
    expect(page.locator("#organiser")).to_contain_text("人大工委")
    page.context.clear_cookies()
    sign_in(page, "zhao", "long enough 8")
    assert urlsplit(page.url).path == "/"


def test_no_one_sets_up_without_the_code(app: Flask, page: Page) -> None:
    assert one_time_address(app, "http://127.0.0.1") is not None
    for address in ("/setup", "/setup?code=", "/setup?code=%E7%8C%9C"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404
