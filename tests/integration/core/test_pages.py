"""Pages: in Chinese, from this machine alone, without a script in the page, and readable by everyone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.core.dictionary.ledger import LEDGERS
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, words_of

PAGES = [
    "/",
    "/deputies/list/",
    "/deputies/add",
    "/deputies/show/1",
    "/deputies/edit/1",
    "/organs/delete/1",
    "/search/?q=石",
    "/month/",
    "/account/password",
    "/accounts/list/",
    "/accounts/add",
    "/nowhere",
]
ENGLISH_OF_FAB = re.compile(
    r"\b(List|Add|Edit|Show|Delete|Search|Save|Actions?|True|False|None|Record|Login|Sign|User|Welcome|Are you sure|No records found|"
    r"Access is Denied|Not Found|Invalid|Select|Page|Order by|Filter|Missing|Required)\b"
)


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.mark.parametrize("path", PAGES)
def test_a_page_refers_to_no_other_machine_and_holds_no_script_of_its_own(office: Office, path: str) -> None:
    """Stock FAB draws its charts with a script from the internet; its pages hold scripts in the text."""
    for username in ("head1", "admin"):
        page = office.browser(username).get(path).get_data(as_text=True)
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"\son[a-z]+=", page)
        assert "javascript:" not in page
        for name in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
            assert (Path(office.app.root_path) / name.lstrip("/")).is_file(), name


@pytest.mark.parametrize("path", ["/login/", *PAGES])
def test_a_page_has_its_language_one_main_and_one_heading(office: Office, path: str) -> None:
    """Stock FAB's pages have no language, no main, no h1."""
    client = office.app.test_client() if path == "/login/" else office.browser("head1")
    page = client.get(path).get_data(as_text=True)
    assert '<html lang="zh-CN">' in page
    assert page.count("<main") == 1
    assert page.count("<h1") == 1
    assert re.search(r"<title>[^<]*[一-鿿]", page)
    assert len(re.findall(r'id="([^"]+)"', page)) == len(set(re.findall(r'id="([^"]+)"', page)))


@pytest.mark.parametrize("path", ["/login/", "/deputies/list/", "/nowhere", "/api/v1/deputies/", "/static/css/base.css"])
def test_every_answer_says_what_a_browser_may_load(office: Office, path: str) -> None:
    with office.browser("head1").get(path) as answer:
        headers = answer.headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["script-src"] == "'self'"
    assert policy["object-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == policy["base-uri"] == "'self'"
    assert "unsafe-eval" not in str(policy)
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert ("no-store" in headers.get("Cache-Control", "")) == (not path.startswith("/static/"))


def test_no_page_shows_a_word_of_fabs_english(office: Office) -> None:
    """25 of FAB's 153 strings are missing or fuzzy in its own catalogue, and more is hard-coded."""
    for path in [*PAGES, *(f"/{key}/{page}" for key in LEDGERS for page in ("list/", "add"))]:
        answer = office.browser("head1").get(path)
        assert not ENGLISH_OF_FAB.search(words_of(answer)), (path, ENGLISH_OF_FAB.search(words_of(answer)))


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/v1/deputies/987654", 404),
        ("/api/v1/nowhere/", 404),
        ("/api/v1/opinions/_info", 200),
        ("/api/v1/deputies/?q=(((", 400),
        ("/api/v1/accounts/", 404),
    ],
)
def test_rest_speaks_chinese_too(office: Office, path: str, code: int) -> None:
    """Stock FAB's `_info` shows the header of its message catalogue as a description."""
    answer = office.app.test_client().get(path, headers=office.token("liaison1"))
    assert answer.status_code == code
    assert "Project-Id-Version" not in answer.get_data(as_text=True)
    assert code == 200 or re.search(r"[一-鿿]", answer.get_json()["message"])


def test_a_language_cannot_be_chosen_that_is_not_there(office: Office) -> None:
    """FAB's switch of languages is left with one."""
    browser = office.browser("liaison1")
    browser.get("/lang/en")
    browser.get("/?_l_=en")
    assert "人大代表" in words_of(browser.get("/deputies/list/?_l_=en"))
    assert browser.get("/lang/zh").status_code in (302, 404)


def test_what_people_type_is_shown_as_they_typed_it_and_nothing_more(office: Office) -> None:
    name = "<script>alert(1)</script>\"'&"
    row = office.write("liaison1", "organs", {"name": name, "level": "township", "note": "<b>x</b>"})
    for path in (f"/organs/show/{row}", f"/organs/edit/{row}", "/organs/list/", "/search/?q=<script>", f"/organs/list/?name={name}"):
        page = office.browser("liaison1").get(path).get_data(as_text=True)
        assert "<script>alert" not in page, path
        assert "<b>x</b>" not in page, path
