"""A reception as it happens: deputies arrive, visitors come one after the other, the network is cut and comes back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from app.core import clock
from app.core.access.actor import program
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.files.attachments import attachments_of
from app.core.records.writing import change_set
from tests.e2e.desk import downloaded, sign_in
from tests.support.browser import opened_page, serious_violations
from tests.support.databases import Scene
from tests.support.office import Office
from tests.support.office import fill as fill_office

TITLE = "今日代表接待选民日"


def fill(app: Flask) -> None:
    """The office, and a reception that goes on all day."""
    fill_office(app)
    with app.test_request_context(), change_set(program(None, "test")) as writing:
        model: Any = LEDGERS["deputies"]
        deputies = writing.rows(model, 1)
        midnight = clock.now().replace(hour=0, minute=0, second=0)
        values = {"title": TITLE, "start": midnight, "end": midnight + timedelta(hours=47), "late_after": 600,
                  "deputies": [each.id for each in deputies[:2]]}
        writing.save("receptions", {"station": 1, **{f"activity.{name}": value for name, value in values.items()}}, by_program=True)


@pytest.fixture
def scene() -> object:
    return Scene("reception_desk", fill)


@pytest.fixture
def tablet(browser: Browser, live_server: str) -> Iterator[Page]:
    with opened_page(browser, live_server, (1024, 768)) as opened:
        yield opened


def write(page: Page, name: str, words: str, handling: str) -> None:
    page.fill("#name", name)
    page.fill("#spoken", words)
    page.click(f"[data-group=handling] label:has-text('{handling}')")


def save(page: Page) -> None:
    page.click(".save .primary")


def kept_on(page: Page) -> str:
    return str(page.evaluate("JSON.stringify(localStorage)"))


def test_a_reception_through_a_cut_network(page: Page, tablet: Page, office: Office, app: Flask, tmp_path: Path) -> None:
    reception = office.rows("receptions")[0]
    sign_in(page, "liaison1")
    page.goto(f"/receptions/show/{reception.id}")
    page.click(f"a[href='/desk/of/{reception.id}']")
    page.click("button:has-text('生成平板地址')")
    assert serious_violations(page) == []
    tablet.goto(page.locator(".codes code").inner_text())
    tablet.click(".person:has-text('石春')")
    expect(tablet.locator("[data-count=present]")).to_have_text("1")
    assert serious_violations(tablet) == []

    # Answered on the spot, after what was missing was asked for.
    write(tablet, "王桂兰", "河东村口路面坏了，下雨没法走", "当场答复")
    expect(tablet.locator("[data-phone-warn]")).to_contain_text("未留电话")
    expect(tablet.locator("[data-alike]")).to_contain_text("村口路面破损")
    save(tablet)
    expect(tablet.locator(".wrong")).to_contain_text("满意")
    tablet.fill("#answer", "月底前铺好")
    tablet.click("[data-group=satisfaction] label >> nth=0")
    tablet.click("[data-group=heardBy] label:has-text('石春')")
    save(tablet)
    expect(tablet.locator("[data-said]")).to_contain_text("已保存")
    expect(tablet.locator("[data-today] li")).to_contain_text("王*")
    document = Document(str(downloaded(tablet, "[data-today] .btn:has-text('打印')", tmp_path)))
    assert "王桂兰" in "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)

    # The network is cut; a photo, a draft, and the page is closed.
    context = tablet.context
    context.set_offline(True)
    write(tablet, "李二", "路灯不亮", "转交办")
    tablet.fill("#phone", "六九一二")
    picture = io.BytesIO()
    Image.new("RGB", (60, 40)).save(picture, "PNG")
    tablet.set_input_files("#photo", {"name": "路灯.png", "mimeType": "image/png", "buffer": picture.getvalue()})
    save(tablet)
    expect(tablet.locator("[data-line]")).to_contain_text("待上传 1")
    expect(tablet.locator("[data-said]")).to_contain_text("照片")
    tablet.click("[data-today] li:has-text('李二') .btn:has-text('修改')")
    tablet.fill("#spoken", "路灯不亮，已经三个月")
    save(tablet)
    tablet.fill("#name", "写了一半")
    assert "已经三个月" in kept_on(tablet)
    address = tablet.url
    tablet.close()
    context.set_offline(False)
    tablet = context.new_page()
    tablet.goto(address)
    expect(tablet.locator("[data-line]")).to_have_text("已连接")
    expect(tablet.locator("#name")).to_have_value("写了一半")
    expect(tablet.locator("[data-today] li:has-text('李*')")).to_contain_text("照片 1 张")
    assert "李二" not in kept_on(tablet)
    assert "三个月" not in kept_on(tablet)

    # Put right by what the server knows, then the reception is closed.
    tablet.click("[data-end]")
    expect(tablet.locator("[data-said]")).to_contain_text("没有写完")
    tablet.click("[data-clear]")
    tablet.click("#ask button[value=yes]")
    tablet.click("[data-today] li:has-text('李*') .btn:has-text('修改')")
    expect(tablet.locator("#spoken")).to_have_value("路灯不亮，已经三个月")
    tablet.fill("#village", "东村")
    save(tablet)
    expect(tablet.locator("[data-today] li:has-text('李*')")).to_contain_text("东村")
    tablet.click("[data-end]")
    tablet.click("#closing button[value=yes]")
    expect(tablet.locator("[data-closed]")).to_contain_text("共接待 2 人")
    assert serious_violations(tablet) == []
    expect(tablet.locator("[data-line]")).to_have_text("已连接")
    assert "screen-state" not in kept_on(tablet)
    assert "screen-draft" not in kept_on(tablet)

    model: Any = LEDGERS["opinions"]
    first, second = office.rows("opinions", model.reception_id == reception.id)
    assert (first.voter_name, first.status, first.deputy_id) == ("王桂兰", "answered", office.id_of("deputies", "石春"))
    assert (second.words, second.village, second.status) == ("路灯不亮，已经三个月", "东村", "to_assign")
    assert "六九一二" in second.voter_address
    assert office.row("receptions", reception.id).voters_received == 2
    with app.test_request_context():
        assert len(attachments_of(db.session(), "opinions", second.id)) == 1
        db.session.remove()
