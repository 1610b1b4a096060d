"""Whatever goes wrong: a plain Chinese sentence, what was typed is kept, and neither page nor log holds SQL or values."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from app.core.database import db, write_transaction
from app.core.records import hooks
from app.core.refusals import SENTENCES, Refusal
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, form_of, setting, words_of

pytestmark = pytest.mark.both_databases
SQL = re.compile(
    r"INSERT INTO|UPDATE \w+ SET|SELECT .* FROM|psycopg|sqlite3?\.|sqlalche|IntegrityError|constraint failed|violates|Traceback|File \"",
    re.I,
)
SECRET = "13812349876"
DEPUTY = {"name": "单纯", "sex": "male", "phone": SECRET, "note": "保留的话"}


@pytest.fixture
def scene() -> Scene:
    return OFFICE


def plain(answer: TestResponse) -> str:
    """The page's words, after looking that nothing of the machine shows."""
    page = answer.get_data(as_text=True)
    assert not SQL.search(page), SQL.search(page)
    return words_of(answer)


def in_the_way(office: Office, monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """From now on the database says no in the midst of saving a deputy, after every rule has said yes."""

    def run(saving: Any) -> None:
        saving.writing.session.execute(text(statement), {"phone": SECRET})

    monkeypatch.setitem(hooks.before, "deputies", [run])


DATABASE_ERRORS = {
    "a rule of the database": "INSERT INTO workday_overrides (uid, version, created_at, changed_at, date, kind) "
    "VALUES (:phone, 1, '2026-01-01', '2026-01-01', '2026-01-01', :phone)",
    "nothing where something must be": "INSERT INTO deputies (name) VALUES (:phone)",
    "a reference to nothing": "INSERT INTO accounts (user_id) VALUES (987654)",
    "a table that is missing": "INSERT INTO nowhere VALUES (:phone)",
    "a value that does not fit": "UPDATE deputies SET sex = :phone",
}


@pytest.mark.parametrize("error", DATABASE_ERRORS)
@pytest.mark.parametrize("way", ["web", "REST"])
def test_a_no_of_the_database_shows_no_sql_and_no_value_on_page_or_in_log(
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    error: str,
    way: str,
) -> None:
    """Stock FAB flashes the raw SQL with its values on add, and logs it."""
    browser, token = office.browser("liaison1"), office.token("liaison1")
    in_the_way(office, monkeypatch, DATABASE_ERRORS[error])
    with caplog.at_level(logging.INFO), setting(office.app, TESTING=False, PROPAGATE_EXCEPTIONS=False):
        if way == "web":
            answer = browser.post("/deputies/add", data=DEPUTY)
            plain(answer)
            assert "保留的话" in answer.get_data(as_text=True), "what was typed is still there"
        else:
            answer = office.app.test_client().post("/api/v1/deputies/", json=DEPUTY, headers=token)
            assert SECRET not in plain(answer)
    assert answer.status_code in (409, 422, 500, 503)
    logged = caplog.text + "".join(capfd.readouterr())
    assert SECRET not in logged
    assert not re.search(r"INSERT INTO|VALUES", logged), logged
    assert [row.name for row in office.rows("deputies")].count("单纯") == 0


def test_a_conflict_that_slipped_by_the_rules_gives_the_form_its_text_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stock FAB loses the form where the database or a hook says no."""
    in_the_way(office, monkeypatch, DATABASE_ERRORS["a rule of the database"])
    answer = office.browser("liaison1").post("/deputies/add", data=DEPUTY)
    assert answer.status_code == 422
    plain(answer)
    assert {name: form_of(answer)[name] for name in DEPUTY} == {name: [value] for name, value in DEPUTY.items()}


def test_an_error_in_the_program_gives_the_text_back_to_be_sent_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stock FAB: an exception in `pre_add` loses what was typed."""

    def broken(*_args: Any, **_options: Any) -> int:
        raise ValueError(f"unexpected {SECRET}")

    browser = office.browser("liaison1")
    monkeypatch.setattr("app.core.web.views.write", broken)
    with setting(office.app, TESTING=False, PROPAGATE_EXCEPTIONS=False):
        answer = browser.post("/deputies/add", data=DEPUTY)
    assert answer.status_code == 500
    assert "保留的话" in answer.get_data(as_text=True)
    assert "unexpected" not in plain(answer)


def test_a_refusal_keeps_what_was_typed_and_stands_beside_its_field(office: Office) -> None:
    answer = office.browser("liaison1").post("/deputies/add", data={**DEPUTY, "birth": "2026-02-31", "phone": "1381234987"})
    assert answer.status_code == 422
    kept = form_of(answer)
    assert (kept["birth"], kept["phone"], kept["note"]) == (["2026-02-31"], ["1381234987"], ["保留的话"])
    page = answer.get_data(as_text=True)
    assert re.search(r'id="birth-wrong">[^<]*2026-02-31', page)
    assert re.search(r'id="phone-wrong">[^<]*10', page)


def test_nothing_is_half_written_when_a_later_row_is_refused(office: Office) -> None:
    """A reception and its activity are one: the refused detail leaves no activity behind."""
    before = len(office.rows("activities"))
    answer = office.browser("liaison1").post(
        "/receptions/add",
        data={
            "activity.title": "接待",
            "activity.start": "2026-03-03 09:00",
            "activity.end": "2026-03-03 11:00",
            "voters_received": "三人",
        },
    )
    assert answer.status_code == 422
    assert form_of(answer)["activity.title"] == ["接待"]
    assert len(office.rows("activities")) == before


def test_a_database_out_of_reach_is_a_page_of_its_own(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    browser = office.browser("liaison1")
    with office.app.app_context():
        with write_transaction(db.session) as session:
            session.execute(text("ALTER TABLE deputies RENAME TO deputies_away"))
        db.engine.dispose()
    with setting(office.app, TESTING=False, PROPAGATE_EXCEPTIONS=False):
        answer = browser.get("/deputies/list/")
    assert answer.status_code in (500, 503)
    assert "h1" in answer.get_data(as_text=True)
    plain(answer)
    assert "SELECT" not in caplog.text


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/nowhere", 404),
        ("/deputies/show/987654", 404),
        ("/deputies/nowhere", 404),
        ("/accounts/list/", 403),
    ],
)
def test_what_is_not_there_or_not_for_you_has_a_page_in_the_frame(office: Office, path: str, code: int) -> None:
    answer = office.browser("liaison1").get(path)
    assert answer.status_code == code
    page = answer.get_data(as_text=True)
    assert 'lang="zh-CN"' in page
    assert "<main" in page
    assert page.count("<h1") == 1
    assert not re.search(r"[A-Za-z]{4,}", re.sub(r"^.*?<main", "", words_of(answer))[-60:])


def test_who_is_not_signed_in_is_led_to_sign_in_and_back(office: Office) -> None:
    client = office.app.test_client()
    for path in ("/", "/deputies/list/", "/deputies/edit/1", "/month/", "/search/?q=x", "/accounts/list/"):
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer.location.startswith("/login/"), path
    assert client.get("/api/v1/deputies/").status_code == 401


def test_a_body_of_100_mb_gets_a_page_that_says_so(office: Office) -> None:
    """Stock FAB leaves MAX_CONTENT_LENGTH unset: the whole body is taken into memory."""
    browser, environ = office.browser("liaison1"), {"CONTENT_LENGTH": str(100 * 1024 * 1024)}
    answer = browser.post("/deputies/add", data={"name": "x"}, environ_overrides=environ)
    assert answer.status_code == 413
    assert "25 MB" in plain(answer)
    called = office.app.test_client().post("/api/v1/deputies/", json={}, headers=office.token("liaison1"), environ_overrides=environ)
    assert called.status_code == 413
    assert "25 MB" in called.get_json()["message"]


def test_a_form_with_every_long_text_filled_to_the_brim_is_taken(office: Office) -> None:
    """Werkzeug's own limit for form texts is 500 kB; several long texts in Chinese are more."""
    long = "路" * 20_000
    answer = office.browser("liaison1").post(
        "/activities/add",
        data={
            "type": "study",
            "title": "学习",
            "start": "2026-03-03 09:00",
            "organiser": "station",
            "content": long,
            "note": long,
            "speaker": "",
            "more": long,
        },
    )
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"1",
        b"{",
        b'"text"',
        b"\xff\xfe",
        b'{"name": {"a": 1}}',
        b'{"name": ["x"], "sex": true, "birth": 1e400}',
    ],
)
def test_rest_answers_a_body_that_is_no_row_in_words(office: Office, body: bytes) -> None:
    answer = office.app.test_client().post(
        "/api/v1/deputies/", data=body, headers={**office.token("liaison1"), "Content-Type": "application/json"}
    )
    assert answer.status_code in (400, 422)
    plain(answer)
    assert answer.get_json()["message"]


def test_every_refusal_has_its_sentence_in_chinese(office: Office) -> None:
    with office.app.test_request_context():
        for code, sentence in SENTENCES.items():
            needed = re.findall(r"%\((\w+)\)s", str(sentence))
            if needed == ["field", "why"]:  # no sentence of its own: it says of which field another one is
                continue
            words = Refusal(code, None, dict.fromkeys(needed, "1")).sentence()
            assert re.search(r"[一-鿿]", words), code
