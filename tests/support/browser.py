"""A real browser that sees pages as the office does, and what it says about them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

OFFICE_SCREEN = (1366, 768)
PHONE_SCREEN = (390, 844)
_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
_AXE = Path(__file__).with_name("axe") / "axe.min.js"


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Chromium as the system has it (Edge on Windows), with a profile of its own that is thrown away."""
    program = shutil.which("chromium")
    channel = None if program else "msedge" if os.name == "nt" else "chrome"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, channel=channel, headless=True, args=_SWITCHES)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened_page(browser: Browser, base_url: str, screen: tuple[int, int] = OFFICE_SCREEN) -> Iterator[Page]:
    """A page in a fresh session; a script error or something that the security policy refused fails the test."""
    context = browser.new_context(
        base_url=base_url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": screen[0], "height": screen[1]},
        accept_downloads=True,
    )
    complaints: list[str] = []

    def note_error(error: Error) -> None:
        complaints.append(str(error))

    def note_message(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", note_error)
    page.on("console", note_message)
    try:
        yield page
    finally:
        context.close()
    assert complaints == []


def serious_violations(page: Page) -> list[str]:
    """What axe finds wrong for people who use a keyboard, a reader or large letters, by rule and place (WCAG 2.2 AA)."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """async () => (await axe.run(document, {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
            resultTypes: ['violations'],
        })).violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
           .flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}`))"""
    )
    return [str(violation) for violation in found]
