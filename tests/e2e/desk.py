"""What a clerk's hands do in the browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.support.office import PASSWORD


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/login/")
    page.fill("#username", username)
    page.fill("#password", password)
    page.press("#password", "Enter")
    expect(page.locator("#side")).to_be_attached()


def choose(page: Page, field: str, typed: str, wanted: str) -> None:
    """Type into a type-ahead and take the row that it offers."""
    page.click(f"#{field}-ts-control")
    page.keyboard.type(typed, delay=20)
    page.locator(".ts-dropdown:visible .option", has_text=wanted).first.click()
    expect(page.locator(f"#{field} + .ts-wrapper .item", has_text=wanted)).to_be_visible()


def save(page: Page) -> None:
    page.click(".save-bar .primary")


def saved(page: Page) -> None:
    """The row's page, with the word that it was saved."""
    expect(page.locator(".flash.success")).to_contain_text("已保存")


def wrong(page: Page, field: str) -> Locator:
    """The sentence beside a field."""
    return page.locator(f"#{field}-wrong")


def fact(page: Page, label: str) -> Locator:
    """A value on a row's page."""
    return page.locator(".facts > div", has=page.locator("dt", has_text=label)).locator("dd").first


def downloaded(page: Page, press: str, folder: Path) -> Path:
    """The file that comes down when a button or link is pressed."""
    with page.expect_download() as coming:
        page.click(press)
    target = folder / coming.value.suggested_filename
    coming.value.save_as(target)
    return target
