"""A round through the archive room as it happens: online with all well, offline with a fault and a photo, and back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from app.core import clock
from app.core.access.actor import program
from app.core.database import db
from app.core.files.attachments import attachments_of
from app.core.records.writing import change_set
from tests.e2e.desk import saved, sign_in
from tests.support.browser import PHONE_SCREEN, opened_page, serious_violations
from tests.support.databases import Scene
from tests.support.office import Office
from tests.support.office import fill as fill_office


def fill(app: Flask) -> None:
    """The office with its archive room."""
    fill_office(app)
    with app.test_request_context(), change_set(program(None, "test")) as writing:
        writing.save("archive_rooms", {"station": 1, "name": "档案室", "since": "2026-01-01"}, by_program=True)


@pytest.fixture
def scene() -> object:
    return Scene("inspection_round", fill)


@pytest.fixture
def phone(browser: Browser, live_server: str) -> Iterator[Page]:
    with opened_page(browser, live_server, PHONE_SCREEN) as opened:
        yield opened


def save(page: Page) -> None:
    page.click(".save .primary")


def address_of(office: Office, page: Page) -> str:
    """The room's address as the archivist gives it to a phone."""
    sign_in(page, "archivist1")
    page.goto(f"/rounds/of/{office.rows('archive_rooms')[0].id}")
    page.click("button:has-text('生成手机地址')")
    return page.locator(".codes code").inner_text()


def test_a_round_with_a_fault_and_a_photo_through_a_cut_network(page: Page, phone: Page, office: Office, app: Flask) -> None:
    room = office.rows("archive_rooms")[0].id
    sign_in(page, "archivist1")
    page.goto(f"/archive_rooms/show/{room}")
    page.click(f"a[href='/rounds/of/{room}']")
    page.click("button:has-text('生成手机地址')")
    assert serious_violations(page) == []
    phone.goto(page.locator(".codes code").inner_text())

    # Nothing judged yet: each point is asked for, nothing is sent.
    phone.fill("#checker", "周敏")
    save(phone)
    expect(phone.locator(".wrong li")).to_have_count(6)
    # The day before yesterday, all well: three touches and two readings, judged at once.
    phone.click("#round [data-well]")
    phone.fill("#temperature", "25.5")
    expect(phone.locator("[data-verdict=temperature]")).to_contain_text("偏高（标准 14–24）")
    expect(phone.locator("legend [data-source]")).to_contain_text("JGJ 25-2010")
    phone.fill("#humidity", "120")
    save(phone)
    expect(phone.locator(".wrong")).to_contain_text("湿度应在 0 至 100 之间")
    phone.fill("#humidity", "52")
    phone.fill("#day", "2026-02-02")
    save(phone)
    expect(phone.locator("[data-said]")).to_contain_text("2026-02-02 的检查已保存")
    assert serious_violations(phone) == []

    # The network is cut; a fault with its photo is kept, and the page is closed.
    context = phone.context
    context.set_offline(True)
    phone.click("#round [data-well]")
    phone.click("li[data-point=防潮] .fault")
    save(phone)
    expect(phone.locator(".wrong")).to_contain_text("请写明“防潮”的异常情况")
    picture = io.BytesIO()
    Image.new("RGB", (60, 40)).save(picture, "PNG")
    photo = {"name": "墙角.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    phone.set_input_files("li[data-point=防潮] input[type=file]", photo)
    phone.fill("li[data-point=防潮] textarea", "东墙角返潮")
    phone.click("li[data-point=防火] .fault")
    phone.fill("li[data-point=防火] textarea", "灭火器过期")
    phone.fill("li[data-point=防火] [data-told=responsible]", "水电工")
    assert serious_violations(phone) == []
    save(phone)
    expect(phone.locator("[data-line]")).to_contain_text("待上传 1")
    expect(phone.locator("[data-last] li").first).to_contain_text("东墙角返潮")
    expect(phone.locator("[data-last] li").first).to_contain_text("照片 1 张")
    phone.fill("#temperature", "19")
    address = phone.url
    phone.close()
    context.set_offline(False)
    phone = context.new_page()
    phone.goto(address)
    expect(phone.locator("[data-line]")).to_have_text("已连接")
    expect(phone.locator("#temperature")).to_have_value("19")
    expect(phone.locator("[data-last] li").first).to_contain_text("照片 1 张")
    expect(phone.locator("[data-faults]")).to_contain_text("还有 7 天")
    assert serious_violations(phone) == []

    found = office.rows("archive_checks")
    assert [(each.state, each.checker) for each in found] == [("in_order", "周敏"), ("fault", "周敏")]
    faults = office.rows("archive_faults")
    assert [(each.point, each.words, each.responsible) for each in faults] == [
        ("防火", "灭火器过期", "水电工"), ("防潮", "东墙角返潮", "周敏"),
    ]
    assert found[1].checked_on == clock.today()
    with app.app_context():
        assert [(each.name, each.note) for each in attachments_of(db.session(), "archive_checks", found[1].id)] == [("墙角.jpg", "防潮")]

    # A second round of the day is refused word for word, and stays on the phone until it is dropped.
    phone.click("#round [data-well]")
    save(phone)
    expect(phone.locator("[data-refused]")).to_contain_text("当天已有检查记录")
    phone.click("[data-refused] .btn:has-text('改正')")
    expect(phone.locator("#temperature")).to_have_value("19")
    phone.click("[data-refused] .btn:has-text('放弃')")
    phone.click("#ask button[value=yes]")
    expect(phone.locator("[data-refused] li")).to_have_count(0)

    # The office follows each fault until it is re-checked: one is put right, the other still open.
    page.goto("/archive_faults/list/?faults=open")
    expect(page.locator("table tbody tr")).to_have_count(2)
    expect(page.locator("table tbody")).to_contain_text("水电工，还有 7 天")
    page.goto(f"/archive_faults/show/{faults[0].id}")
    page.click("text=登记整改完成")
    page.fill("[name=remedy]", "换了灭火器")
    page.click("main button.primary")
    saved(page)
    page.goto("/roundlog/")
    rows = page.locator("[aria-labelledby=faults-title] tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("防潮：东墙角返潮")
    expect(rows.nth(0)).to_contain_text("还有 7 天")
    expect(rows.nth(1)).to_contain_text("待复查")
    page.goto("/archive_faults/list/?faults=to_recheck")
    expect(page.locator("table tbody tr")).to_have_count(1)


def test_a_half_written_round_of_an_earlier_page_keeps_who_has_its_faults(page: Page, phone: Page, office: Office) -> None:
    """Before each fault was a task, a draft named one person and one day for all of its round."""
    address = address_of(office, page)
    draft = {
        "round": "draft-of-before-0001", "checker": "周敏", "temperature": "18", "humidity": "", "day": "", "responsible": "水电工",
        "due": (clock.today() + timedelta(days=20)).isoformat(),
        "points": [
            {"point": "防火", "ok": True, "words": ""}, {"point": "防潮", "ok": False, "words": "墙角返"}, {"point": "防虫", "words": ""},
        ],
    }
    phone.goto("/round/")
    phone.evaluate("([name, kept]) => localStorage.setItem(name, kept)", [f"screen-draft:{address.partition('#')[2]}", json.dumps(draft)])
    phone.goto(address)
    expect(phone.locator("#temperature")).to_have_value("18")
    expect(phone.locator("li[data-point=防火]")).to_have_class("ok")
    expect(phone.locator("li[data-point=防虫]")).to_have_class("")
    expect(phone.locator("li[data-point=防潮] [data-told=responsible]")).to_have_value("水电工")
    phone.fill("li[data-point=防潮] textarea", "墙角返潮")
    phone.click("#round [data-well]")
    save(phone)
    expect(phone.locator("[data-said]")).to_contain_text("的检查已保存")
    (fault,) = office.rows("archive_faults")
    assert (fault.point, fault.words, fault.responsible, fault.due_on.isoformat()) == ("防潮", "墙角返潮", "水电工", draft["due"])


def test_two_devices_offline_at_once_make_one_round_and_lose_none(
    page: Page, phone: Page, browser: Browser, live_server: str, office: Office
) -> None:
    address = address_of(office, page)
    with opened_page(browser, live_server, PHONE_SCREEN) as other:
        for each, who in ((phone, "周敏"), (other, "李强")):
            each.goto(address)
            each.fill("#checker", who)
            each.context.set_offline(True)
        phone.click("#round [data-well]")
        other.click("#round [data-well]")
        other.click("li[data-point=防盗] .fault")
        other.fill("li[data-point=防盗] textarea", "窗户插销松动")
        for each in (phone, other):
            save(each)
            expect(each.locator("[data-line]")).to_contain_text("待上传 1")
        phone.context.set_offline(False)
        expect(phone.locator("[data-said]")).to_contain_text("的检查已保存")
        other.context.set_offline(False)
        expect(other.locator("[data-refused]")).to_contain_text("当天已有检查记录")
        expect(other.locator("[data-last] li")).to_have_count(1)
        expect(other.locator("[data-last] li")).to_contain_text("周敏")
        # What the second one saw is not lost: put on the day before, it is a round of its own, and the first device hears of its fault.
        other.click("[data-refused] .btn:has-text('改正')")
        expect(other.locator("li[data-point=防盗] textarea")).to_have_value("窗户插销松动")
        other.fill("#day", (clock.today() - timedelta(days=1)).isoformat())
        save(other)
        expect(other.locator("[data-refused] li")).to_have_count(0)
        expect(phone.locator("[data-faults]")).to_contain_text("防盗：窗户插销松动")
    assert [(each.checker, each.state) for each in office.rows("archive_checks")] == [("周敏", "in_order"), ("李强", "fault")]
