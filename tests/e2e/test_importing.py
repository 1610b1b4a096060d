"""An office brings its own workbook, in a real browser: looked over, corrected, chosen, imported, put right, and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Download, Page, expect
from python_calamine import load_workbook
from xlsxwriter import Workbook

from tests.e2e.desk import sign_in
from tests.support import yearbook
from tests.support.browser import PHONE_SCREEN, serious_violations
from tests.support.office import OFFICE, Office


@pytest.fixture
def scene() -> object:
    return OFFICE


@pytest.fixture
def of_the_office(tmp_path: Path) -> Path:
    """Opinions of a deputy of whom there are two, under a heading that nobody knows, one on a day that does not exist; and a menu."""
    sheet = yearbook.opinions()
    sheet.heading = [*sheet.heading[:4], "小灵通", *sheet.heading[5:]]
    sheet.rows = [
        [1, "2025-01-07", "石春", "文青喜", "13866750957", "东村2组", "道路", "路灯不亮", "当场答复", "", "", "2025-01-07", "书面", "满意"],
        [2, "2025.2.30", "解明", "叶国", "13900000000", "", "道路交通", "日期写错的一条", "转交办", "", "", "", "", ""],
        [
            3,
            "2025年3月4日",
            "解 明",
            "龚生文",
            "13936912288",
            "",
            "环境卫生",
            "垃圾未清",
            "转交办",
            "2025.3.6",
            "镇水利站",
            "",
            "",
            "",
        ],
    ]
    menu = yearbook.SheetOf("食堂菜谱", ["星期", "早餐"], [["一", "稀饭"], ["二", "馒头"]])
    path = tmp_path / "2025年台账.xlsx"
    path.write_bytes(yearbook.workbook(sheet, menu))
    return path


def put_right(download: Download, path: Path) -> Path:
    """The refused row with the day that was meant."""
    name, rows = "", list[list[Any]]()
    book = load_workbook(download.path())
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
    with Workbook(path) as target:
        sheet = target.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, ["2025.2.28" if cell == "2025.2.30" else cell for cell in row])
    return path


def send(page: Page, path: Path) -> None:
    page.goto("/opinions/list/")
    page.click(".head .btn:has-text('导入')")
    page.set_input_files("#file", path)
    page.click("button.primary:has-text('上传')")
    expect(page.locator("h1")).to_have_text("核对各列")
    expect(page.locator("[data-anew]")).to_be_hidden()


def write(page: Page) -> None:
    page.click("a:has-text('正式导入')")
    page.click("button:has-text('导入')")
    expect(page.locator("h2:has-text('已写入台账')")).to_be_visible()


def test_a_workbook_comes_in_and_is_taken_back(page: Page, office: Office, of_the_office: Path, tmp_path: Path) -> None:
    office.write("liaison1", "deputies", {"name": "石春", "sex": "female", "birth": "1990-01-01"})
    before = len(office.rows("opinions"))
    sign_in(page, "liaison1")
    send(page, of_the_office)
    unsure = page.locator("th.unsure")
    expect(unsure).to_have_count(1)
    unsure.locator("select").select_option("opinions.voter_phone")
    expect(page.locator("th.unsure")).to_have_count(0)
    assert serious_violations(page) == []
    page.click(".save-bar .primary")
    expect(page.locator("h1")).to_have_text("试导入结果")
    expect(page.locator("main")).to_contain_text("不是本系统的台账，未导入")
    page.locator(".settle select").select_option(index=1)
    assert serious_violations(page) == []
    page.click("button:has-text('重新试导入')")
    expect(page.locator(".found")).to_contain_text("新增 2")
    expect(page.locator("#rows")).to_contain_text("2025.2.30")
    page.set_viewport_size({"width": PHONE_SCREEN[0], "height": PHONE_SCREEN[1]})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    write(page)
    assert serious_violations(page) == []
    assert len(office.rows("opinions")) == before + 2
    imported = page.url
    with page.expect_download() as downloading:
        page.click("a:has-text('下载未导入的 1 行')")
    corrected = put_right(downloading.value, tmp_path / "改正.xlsx")
    send(page, corrected)
    page.click(".save-bar .primary")
    write(page)
    assert len(office.rows("opinions")) == before + 3
    page.goto(imported)
    page.click("a:has-text('撤销本次导入')")
    page.fill("#reason", "传错了文件")
    page.click("button:has-text('撤销')")
    expect(page.locator(".tag:has-text('已撤销')")).to_be_visible()
    assert len(office.rows("opinions")) == before + 1
