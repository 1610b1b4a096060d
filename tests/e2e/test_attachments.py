"""Photos and scans on a row, in a real browser: chosen, sent, looked at, taken away again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.e2e.desk import sign_in
from tests.support import files
from tests.support.browser import PHONE_SCREEN, serious_violations
from tests.support.office import OFFICE, Office, setting


@pytest.fixture
def scene() -> object:
    return OFFICE


@pytest.fixture(autouse=True)
def own_files(app: Flask, tmp_path: Path) -> Iterator[None]:
    with setting(app, INSTANCE=tmp_path):
        yield


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two pictures as a phone makes them, and a signed form from the scanner."""
    made = {
        "走访 张家院子.jpg": files.picture(size=(1600, 1200), turned=True),
        "路面破损.png": files.picture("PNG", (800, 600), "#1f5fa8"),
        "交办单.pdf": files.PDF,
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in made]


def test_two_photos_are_sent_and_seen(page: Page, office: Office, photos: list[Path]) -> None:
    opinion = office.opinion_of(office.township)
    sign_in(page, "liaison1")
    page.goto(f"/opinions/show/{opinion}")
    page.click(".tabs a:has-text('附件')")
    expect(page.locator(".sending .primary")).to_be_disabled()
    page.set_input_files("#files-chosen", photos)
    expect(page.locator(".chosen li")).to_have_count(3)
    expect(page.locator(".chosen")).to_contain_text("走访 张家院子.jpg")
    page.fill("#files-note", "三月走访")
    page.click(".sending .primary")
    expect(page.locator(".flash.success")).to_contain_text("已添加 3 个附件")
    expect(page.locator(".tabs a[aria-current] span")).to_have_text("3")
    expect(page.locator(".files > li")).to_have_count(3)
    small = page.locator(".files img")
    expect(small).to_have_count(2)
    for number in range(2):
        expect(small.nth(number)).to_have_js_property("complete", True)
    assert small.evaluate_all("all => all.map(each => [each.naturalWidth, each.naturalHeight])") == [[270, 360], [360, 270]]
    assert serious_violations(page) == []

    with page.expect_download() as coming:
        page.locator(".files > li", has_text="走访 张家院子").get_by_text("下载").click()
    assert coming.value.suggested_filename == "走访 张家院子.jpg"
    assert coming.value.path().read_bytes() == photos[0].read_bytes()

    page.locator(".files > li", has_text="路面破损").get_by_role("button").click()
    expect(page.locator("#ask")).to_contain_text("路面破损.png")
    page.click("#ask .primary")
    expect(page.locator(".files > li")).to_have_count(2)

    page.set_viewport_size({"width": PHONE_SCREEN[0], "height": PHONE_SCREEN[1]})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert serious_violations(page) == []


def test_a_file_may_be_dropped_and_one_too_large_is_said_before_it_is_sent(page: Page, office: Office) -> None:
    sign_in(page, "liaison1")
    page.goto(f"/opinions/show/{office.opinion_of(office.township)}?tab=attachments")
    drop = """size => {
        const carried = new DataTransfer();
        carried.items.add(new File([new Uint8Array(size)], '很大.pdf', {type: 'application/pdf'}));
        document.querySelector('.drop-zone').dispatchEvent(new DragEvent('drop', {dataTransfer: carried, bubbles: true, cancelable: true}));
    }"""
    page.evaluate(drop, 1000)
    expect(page.locator(".chosen")).to_contain_text("很大.pdf (1 KB)")
    expect(page.locator(".sending .primary")).to_be_enabled()
    page.evaluate(drop, 20 * 1024 * 1024 + 1)
    expect(page.locator(".chosen .bad")).to_contain_text("“很大.pdf”太大")
    expect(page.locator(".sending .primary")).to_be_disabled()


def test_who_only_reads_finds_no_place_to_send_to(page: Page, office: Office) -> None:
    sign_in(page, "archivist1")
    page.goto(f"/stations/show/{office.township}?tab=attachments")
    expect(page.locator(".empty")).to_contain_text("还没有附件")
    expect(page.locator("input[type=file]")).to_have_count(0)
