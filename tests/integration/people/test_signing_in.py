"""Signing in and out, sessions and tokens: what FAB leaves open is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Response, session
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.core.access.security import LOCKED_FOR, MOST_FAILURES
from app.core.clock import clock_at
from app.core.database import db
from tests.support.office import PASSWORD, Office, form_of, setting


def sign_in(client: FlaskClient, username: str, password: str = PASSWORD) -> TestResponse:
    return client.post("/login/", data={"username": username, "password": password})


def test_a_wrong_password_is_said_in_words_and_the_name_is_kept(office: Office) -> None:
    answer = sign_in(office.app.test_client(), "liaison1", "wrong")
    assert answer.status_code == 401
    page = answer.get_data(as_text=True)
    assert 'value="liaison1"' in page
    assert "wrong" not in page.split("<main")[1].replace("wrong-text", "").replace('"wrong"', "")


def test_an_account_is_locked_after_too_many_failures_and_opens_by_itself(office: Office) -> None:
    """Stock FAB lets anyone guess for ever."""
    client = office.app.test_client()
    for _each in range(MOST_FAILURES):
        assert sign_in(client, "liaison1", "wrong").status_code == 401
    assert sign_in(client, "liaison1").status_code == 401, "the right password comes too late"
    body = {"username": "liaison1", "password": PASSWORD, "provider": "db"}
    assert client.post("/api/v1/security/login", json=body).status_code == 401, "REST knows the lock too"
    assert sign_in(office.app.test_client(), "head1").status_code == 302, "others go on working"
    with clock_at(datetime.now(UTC) + LOCKED_FOR + timedelta(seconds=1)):
        assert sign_in(client, "liaison1").status_code == 302


def test_a_success_forgets_earlier_failures(office: Office) -> None:
    client = office.app.test_client()
    for _round in range(2):
        for _each in range(MOST_FAILURES - 1):
            sign_in(client, "liaison1", "wrong")
        assert sign_in(office.app.test_client(), "liaison1").status_code == 302


@pytest.mark.parametrize("username", ["", "nobody", "x" * 5000, "a\x00b", "' OR 1=1 --", "😀", "LIAISON1 "])
def test_a_name_that_is_nobodys_is_just_wrong(office: Office, username: str) -> None:
    assert sign_in(office.app.test_client(), username, "x").status_code == 401
    body = {"username": username, "password": "x", "provider": "db"}
    assert office.app.test_client().post("/api/v1/security/login", json=body).status_code in (400, 401)


def test_a_new_password_ends_every_session_and_token(office: Office) -> None:
    """Stock FAB: whoever stole a session keeps it after the password was reset."""
    thief, client = office.app.test_client(), office.app.test_client()
    sign_in(thief, "liaison1")
    body = {"username": "liaison1", "password": PASSWORD, "provider": "db", "refresh": True}
    tokens = client.post("/api/v1/security/login", json=body).get_json()
    access, refresh = ({"Authorization": f"Bearer {tokens[name]}"} for name in ("access_token", "refresh_token"))
    assert thief.get("/deputies/list/").status_code == 200
    assert client.get("/api/v1/deputies/", headers=access).status_code == 200
    reset = office.browser("admin").post(
        f"/accounts/password/{office.user_id('liaison1')}", data={"password": "another-horse", "again": "another-horse"}
    )
    assert reset.status_code == 302
    assert thief.get("/deputies/list/").status_code == 302
    assert client.get("/api/v1/deputies/", headers=access).status_code == 401
    assert client.post("/api/v1/security/refresh", headers=refresh).status_code == 401
    assert sign_in(office.app.test_client(), "liaison1").status_code == 401
    assert sign_in(office.app.test_client(), "liaison1", "another-horse").status_code == 302


def test_changing_the_own_password_keeps_this_browser_and_ends_the_others(office: Office) -> None:
    here, elsewhere = office.app.test_client(), office.app.test_client()
    sign_in(here, "liaison1")
    sign_in(elsewhere, "liaison1")
    wrong = here.post("/account/password", data={"old": "x", "password": "another-horse", "again": "another-horse"})
    assert wrong.status_code == 422
    assert here.post("/account/password", data={"old": PASSWORD, "password": "another-horse", "again": "another-horse"}).status_code == 302
    assert here.get("/deputies/list/").status_code == 200
    assert elsewhere.get("/deputies/list/").status_code == 302


def test_a_closed_account_and_a_taken_role_end_at_once(office: Office) -> None:
    browser, user = office.browser("liaison1"), office.user_id("liaison1")
    admin = office.browser("admin")
    form = {"username": "liaison1", "name": "周敏", "station_id": str(office.township)}
    assert admin.post(f"/accounts/edit/{user}", data={**form, "role_archivist": "1", "active": "1"}).status_code == 302
    assert browser.get("/deputies/add").status_code in (302, 403)
    archivist = office.browser("liaison1")
    assert archivist.get("/deputies/add").status_code == 403
    assert admin.post(f"/accounts/edit/{user}", data={**form, "role_archivist": "1"}).status_code == 302
    assert archivist.get("/deputies/list/").status_code == 302
    assert sign_in(office.app.test_client(), "liaison1").status_code == 401


def test_signing_out_needs_a_click_not_an_address(office: Office) -> None:
    """Stock FAB signs out by GET: an image on any page could do it."""
    browser = office.browser("liaison1")
    assert browser.get("/logout/").status_code == 405
    assert browser.get("/deputies/list/").status_code == 200
    assert browser.post("/logout/").status_code == 302
    assert browser.get("/deputies/list/").status_code == 302


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites_and_ends_within_the_day(office: Office) -> None:
    """Stock FAB: neither Secure nor SameSite, and 31 days."""
    cookies = sign_in(office.app.test_client(), "liaison1").headers.getlist("Set-Cookie")
    cookie = next(each for each in cookies if each.startswith("ledgers="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert office.app.permanent_session_lifetime <= timedelta(hours=12)
    assert not any("remember" in each for each in cookies)


def test_signing_in_leads_back_but_never_to_another_site(office: Office) -> None:
    own = "/deputies/list/"
    for target, wanted in ((own, own), ("https://evil.example/", "/"), ("//evil.example", "/"), ("javascript:x", "/")):
        answer = office.app.test_client().post(f"/login/?next={target}", data={"username": "liaison1", "password": PASSWORD})
        assert answer.status_code == 302
        assert answer.location.removeprefix("http://localhost") == wanted, target
    for page in ("/visits/add?back=//evil.example", "/visits/add?back=https://evil.example", "/visits/add?back=/\\evil.example"):
        assert "evil.example" not in "".join(
            part
            for part in office.browser("liaison1").get(page).get_data(as_text=True).split('href="')
            if part.startswith(("//", "http", "/\\"))
        )


def test_a_session_does_not_open_rest_and_a_token_no_page(office: Office) -> None:
    """REST is free of CSRF checks because a browser's cookie is worth nothing there."""
    assert office.browser("liaison1").get("/api/v1/deputies/").status_code == 401
    assert office.browser("liaison1").post("/api/v1/organs/", json={"name": "x", "level": "county"}).status_code == 401
    assert office.app.test_client().get("/deputies/list/", headers=office.token("liaison1")).status_code == 302


@pytest.fixture
def guarded(office: Office) -> Iterator[Office]:
    with setting(office.app, WTF_CSRF_ENABLED=True):
        yield office


def test_an_address_alone_changes_nothing(office: Office) -> None:
    """Stock FAB deletes by GET."""
    browser, organ = office.browser("liaison1"), office.id_of("organs", "青石民政所")
    for path in (
        f"/organs/delete/{organ}",
        f"/organs/edit/{organ}?name=x",
        "/organs/add?name=x&level=county",
        "/account/password?password=x",
    ):
        assert browser.get(path).status_code == 200
    assert office.row("organs", organ).name == "青石民政所"
    assert len(office.rows("organs")) == 3


def test_a_form_without_its_token_is_refused_and_what_was_typed_is_offered_again(guarded: Office) -> None:
    """Stock FAB asks for no token: another site can write in your name."""
    browser, organ = guarded.browser("liaison1"), guarded.id_of("organs", "青石民政所")
    assert browser.post(f"/organs/delete/{organ}").status_code == 400
    assert guarded.row("organs", organ) is not None
    answer = browser.post("/organs/add", data={"name": "县教育局", "level": "township", "note": "两行\n文字"})
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "县教育局" in page
    assert "两行\n文字" in page
    assert len(guarded.rows("organs")) == 3
    form = form_of(browser.get("/organs/add"))
    assert browser.post("/organs/add", data={**form, "name": "县教育局", "level": "township"}).status_code == 302


@pytest.mark.parametrize("path", ["/login/", "/logout/", "/account/password", "/accounts/add", "/month/", "/deputies/add"])
def test_every_form_asks_for_the_token(guarded: Office, path: str) -> None:
    answer = guarded.browser("admin" if path.startswith("/accounts") else "liaison1").post(path, data={"password": "secret-word"})
    assert answer.status_code == 400
    assert "secret-word" not in answer.get_data(as_text=True), "a password is never sent back"


def test_guessing_is_slowed_down_per_machine_too(office: Office) -> None:
    """Stock FAB's rate limit is off until it is configured."""
    settings = {name: office.app.config[name] for name in ("SQLALCHEMY_DATABASE_URI", "SECRET_KEY", "INSTANCE")}
    limited = create_app({**settings, "TESTING": True, "WTF_CSRF_ENABLED": False})
    client = limited.test_client()
    codes = [sign_in(client, f"nobody{number}", "x").status_code for number in range(14)]
    assert codes[0] == 401
    assert codes[-1] == 429
    body = {"username": "x", "password": "x", "provider": "db"}
    codes = [client.post("/api/v1/security/login", json=body).status_code for _each in range(14)]
    assert codes[-1] == 429
    with limited.app_context():
        db.engine.dispose()


KEYED = ("/checkin/", "/checkin/wall", "/checkin/state", "/desk/", "/voters/", "/announcement/", "/round/", "/ballot/")


@pytest.mark.parametrize("path", KEYED)
def test_a_screen_without_login_gets_no_cookie_whatever_is_noted_in_its_session(office: Office, path: str) -> None:
    for address, cookies in ((path, 0), ("/login/", 1)):
        with office.app.test_request_context(address):
            session["locale"] = "zh"
            assert len(office.app.process_response(Response()).headers.getlist("Set-Cookie")) == cookies
