"""Signing in as it happens: two tablets at the door, one of them without a network for a while, and a sheet of paper."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from app.activities.checkin.screens import SCREEN
from app.core import clock
from app.core.access.actor import program
from app.core.database import db
from app.core.devices.openscreens import key_of, open_screen
from app.core.devices.operations import KeptOperation
from app.core.dictionary.ledger import LEDGERS
from app.core.records.writing import change_set
from tests.e2e.desk import downloaded, sign_in
from tests.support.browser import OFFICE_SCREEN, opened_page, serious_violations
from tests.support.databases import Scene
from tests.support.office import Office
from tests.support.office import fill as fill_office

NAMES = ("李建国", "刘秀英", "王玉兰", "陈明", "赵永刚", "孙淑芳")
TITLE = "今日代表接待选民日"


def fill(app: Flask) -> None:
    """The office, six deputies more, and an activity today to which they are invited."""
    fill_office(app)
    with app.test_request_context(), change_set(program(None, "test")) as writing:
        station = 1
        term = writing.session.scalars(select(LEDGERS["terms"])).first()
        deputies = []
        for number, name in enumerate(NAMES):
            values = {"station": station, "name": name, "sex": "female", "phone": f"1381234{5550 + number}"}
            deputies.append(writing.save("deputies", values, by_program=True).id)
            writing.save(
                "mandates", {"station": station, "deputy": deputies[-1], "term": term.id, "certificate": f"C{number}"}, by_program=True
            )
        midnight = clock.now().replace(hour=0, minute=0, second=0)
        values = {"station": station, "type": "meeting", "title": TITLE, "start": midnight, "late_after": 600, "deputies": deputies[:5]}
        writing.save("activities", values, by_program=True)


@pytest.fixture
def scene() -> object:
    return Scene("checkin", fill)


@pytest.fixture
def activity(office: Office) -> int:
    return office.id_of("activities", TITLE)


@pytest.fixture
def tablets(browser: Browser, live_server: str) -> Iterator[tuple[Page, Page]]:
    with opened_page(browser, live_server, OFFICE_SCREEN) as one, opened_page(browser, live_server, (820, 1180)) as other:
        yield one, other


def person(page: Page, name: str) -> Any:
    return page.locator(".person", has_text=name)


def signed(page: Page, name: str) -> None:
    expect(person(page, name)).to_have_class(re.compile(r"\b(present|late)\b"))


def counted(page: Page, **numbers: int) -> None:
    for name, number in numbers.items():
        expect(page.locator(f"[data-count={name}]")).to_have_text(str(number))


def test_two_tablets_one_cut_off_a_wall_and_a_sheet_of_paper_agree(
    page: Page, tablets: tuple[Page, Page], activity: int, office: Office, tmp_path: Path
) -> None:
    sign_in(page, "liaison1")
    page.goto(f"/activities/show/{activity}")
    page.click(f"a[href='/checkin/of/{activity}']")
    page.click("button:has-text('打开签到屏')")
    address = page.locator(".codes code").first.inner_text()
    wall_address = page.locator(".codes code").nth(1).inner_text()
    assert serious_violations(page) == []
    one, other = tablets
    one.goto(address)
    other.goto(address)
    counted(one, invited=5, present=0, missing=5)

    person(one, "李建国").click()
    signed(one, "李建国")
    signed(other, "李建国")  # within a poll
    other.context.set_offline(True)
    person(other, "刘秀英").click()
    person(other, "王玉兰").click()
    expect(other.locator("[data-line]")).to_contain_text("断网中")
    expect(other.locator("[data-line]")).to_contain_text("待上传 2")
    person(one, "刘秀英").click()
    signed(one, "刘秀英")
    one.fill("#find", "cm")
    one.press("#find", "Enter")
    signed(one, "陈明")
    person(one, "陈明").click()
    one.click("#ask button[value=yes]")
    expect(person(one, "陈明")).to_contain_text("点一下签到")

    # The cut-off tablet's page is closed, the network is back, and the page is opened again.
    context = other.context
    other.close()
    context.set_offline(False)
    other = context.new_page()
    other.goto(address)
    expect(other.locator("[data-line]")).to_have_text("已连接")
    for tablet in (one, other):
        for name in ("李建国", "刘秀英", "王玉兰"):
            signed(tablet, name)
        counted(tablet, invited=5, present=3, missing=2)
        assert serious_violations(tablet) == []

    # Found by the last digits of the phone, and a walk-in.
    other.fill("#find", "5555")
    expect(person(other, "孙淑芳")).to_contain_text("未邀请")
    person(other, "孙淑芳").click()
    other.click("#ask button[value=yes]")
    counted(one, invited=6, present=4, missing=2)
    one.click("[data-guest]")
    one.fill("#guest-name", "张桂花")
    one.click("#guest .primary")
    expect(other.locator("[data-guests]")).to_have_text("张*")
    wall = context.new_page()
    wall.goto(wall_address)
    counted(wall, invited=6, present=4, missing=2)

    # The paper sheet names one more, and one who does not exist.
    page.reload()
    page.fill("#names", "李建国、陈 明\n赵永钢")
    page.click("button:has-text('识别姓名')")
    page.check("label:has-text('赵永刚') input")
    page.check("input[name=rest][value=absent]")
    page.click("button:has-text('全部登记')")
    expect(page.locator(".flash.success")).to_contain_text("2 人")
    counted(one, present=6, missing=0)
    page.get_by_role("button", name="结束签到并登记完成").click()
    page.click("#ask button[value=yes]")
    expect(one.locator("[data-closed]")).to_be_visible()
    expect(page.locator(".flash.success")).to_contain_text("已登记完成")

    # Ledger, deputy's page, month's Excel and the printed sheet say the same.
    model: Any = LEDGERS["attendance"]
    marks = office.rows("attendance", model.activity_id == activity)
    assert len(marks) == 6
    assert {mark.state for mark in marks} <= {"present", "late"}
    state = {"present": "出席", "late": "迟到"}
    for mark in marks:
        if mark.deputy_id == office.id_of("deputies", "刘秀英"):
            word = state[mark.state]
    page.goto(f"/attendance/list/?activity={activity}&size=50")
    page.goto(f"/deputies/show/{office.id_of('deputies', '刘秀英')}?tab=attendance-deputy")
    expect(page.locator("main")).to_contain_text(word)
    page.goto(f"/month/?month={clock.now():%Y-%m}")
    workbook = CalamineWorkbook.from_path(downloaded(page, ".save-bar .primary", tmp_path))
    sheet = next(name for name in workbook.sheet_names if name.startswith("考勤签到"))
    lines = [[str(cell) for cell in row] for row in workbook.get_sheet_by_name(sheet).to_python()]
    found = [line for line in lines if any(TITLE in cell for cell in line)]
    assert sum("出席" in line or "迟到" in line for line in found) == 6
    page.goto(f"/activities/show/{activity}")
    document = Document(str(downloaded(page, "a[href*='paper/sign_in_sheet']", tmp_path)))
    words = "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert all(name in words for name in NAMES)
    assert words.count("出席") + words.count("迟到") == 6


def test_a_tablet_with_a_wrong_clock_says_so_and_signs_in_at_the_servers_time(
    app: Flask, office: Office, activity: int, tablets: tuple[Page, Page]
) -> None:
    with app.test_request_context():
        key = key_of(open_screen(office.actor("liaison1"), SCREEN, "activities", activity, timedelta(days=1)))
        db.session.remove()
    right, wrong = tablets
    wrong.add_init_script("const right = Date.now; Date.now = () => right() + 3 * 86400e3;")
    for tablet in tablets:
        tablet.goto(f"/checkin/#{key}")
        counted(tablet, invited=5, present=0, missing=5)
    expect(right.locator("[data-clock]")).to_be_hidden()
    expect(wrong.locator("[data-clock]")).to_contain_text("时钟不准")
    person(wrong, "李建国").click()
    signed(right, "李建国")
    marks: Any = LEDGERS["attendance"]
    [mark] = office.rows("attendance", marks.activity_id == activity, marks.deputy_id == office.id_of("deputies", "李建国"))
    assert abs(clock.now() - mark.signed_at) < timedelta(hours=1)


def test_what_was_shown_as_saved_is_there_after_the_server_was_killed(app: Flask, office: Office, activity: int, tmp_path: Path) -> None:
    with app.test_request_context():
        key = key_of(open_screen(office.actor("liaison1"), SCREEN, "activities", activity, timedelta(days=1)))
        url = db.engine.url.render_as_string(hide_password=False)
        deputies = list(db.session.scalars(select(LEDGERS["deputies"].id).where(LEDGERS["deputies"].station_id == 1)))
        db.session.remove()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": str(app.config["SECRET_KEY"])}
    house = Path(__file__).parents[2]
    command = [sys.executable, "-m", "app", "--port", str(port)]
    server = subprocess.Popen(command, cwd=house, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if "Ctrl" in line:
                break
        told: list[str] = []
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        for number in range(60):
            uid = f"before-the-crash-{number:04}"
            kind = "undo" if number % 3 == 2 else "present"
            operation = {"id": uid, "kind": kind, "deputy": deputies[number % len(deputies)], "made": time.time() * 1000}
            body = json.dumps({"now": time.time() * 1000, "operations": [operation]})
            connection.request("POST", "/checkin/operations", body, {"X-Screen-Key": key, "Content-Type": "application/json"})
            if number == 40:
                server.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
            try:
                answer = json.loads(connection.getresponse().read())["answers"][0]
            except (OSError, ValueError):
                break
            assert answer["ok"], answer
            told.append(uid)
        connection.close()
    finally:
        server.kill()
        server.wait()
        assert server.stdout is not None
        server.stdout.close()
    assert len(told) >= 40
    with app.app_context():
        kept = set(db.session.scalars(select(KeptOperation.uid)))
        assert set(told) <= kept
        signed_in: Any = LEDGERS["attendance"]
        assert db.session.scalar(select(func.count()).select_from(signed_in).where(signed_in.signed_how == "screen"))
        db.session.remove()
