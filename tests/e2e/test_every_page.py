"""Every page that every role reaches by links, and every refusal: whole, in Chinese, from this machine alone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.database import db
from app.core.dictionary.fields import Kind
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import ROLES
from tests.e2e.reading import Reading, kind_of
from tests.support.scene import PASSWORD, TWO_STATIONS, world_in

ACCOUNTS = {
    "admin": "admin",
    "county": "county",
    "head": "head2",
    "liaison": "liaison1",
    "archivist": "archivist1",
    "presidium": "presidium2",
    "convenor": "convenor1",
    "deputy": "deputy1",
}
THOROUGH = {"liaison", "deputy"}
"""These open each tab of a row's page too, and each way to sort and page a list."""
SEEDS = (
    "/",
    "/search/?q=%E6%B2%B3",
    "/search/?q=%E4%B8%8D%E5%AD%98%E5%9C%A8",
    "/account/password",
    "/opinions/list/?month=2025-03&status=closed&sort=-heard_on&size=50",
    "/opinions/list/?page=9",
    "/opinions/list/?9=1&sort=9",
    "/month/?month=1999-01",
    "/month/?month=9",
    "/planner/2025",
    "/dossiers/?year=2025",
    "/dossiers/?year=9",
    "/confirming/",
    "/rota/2025",
    "/rota/2031",
    "/planner/2021",
    "/duty_reporting/2025",
    "/duty_reporting/2026?standing=in_writing:overdue",
    "/review_outcomes/?list=talk",
    "/yearbook/summary/2025",
    "/yearbook/chronicle?first=2025-01-01&last=2025-12-31",
    "/yearbook/chronicle?first=x",
)
REFUSALS = {"/no/such/page": 404, "/deputies/show/999999": 404, "/no_such_ledger/list/": 404, "/api/v1/9/": 404}
READABLE = {200, 403, 404, 422}
ELSEWHERE = {"/account/station/*"}
"""Answers by leading on to another page."""


@pytest.fixture
def scene() -> object:
    return TWO_STATIONS


@pytest.mark.parametrize("role", ROLES)
def test_no_link_is_dead_and_no_page_speaks_english(app: Flask, role: str) -> None:
    client = signed_in(app, ACCOUNTS[role])
    typed = typed_words(app)
    faults: dict[str, str] = {}
    for address, wanted in [*((each, None) for each in SEEDS), *REFUSALS.items()]:
        answer = client.get(address, buffered=True)
        if answer.status_code not in ({wanted} if wanted else READABLE):
            faults[f"answers {answer.status}"] = address
        elif "html" in answer.content_type:
            faults |= dict.fromkeys(Reading(address, answer.text).faults(typed), address)
    seen: set[str] = set()
    ahead = ["/"]
    while ahead:
        address = ahead.pop()
        kind = kind_of(address, role in THOROUGH)
        if kind in seen:
            continue
        seen.add(kind)
        answer = client.get(address, buffered=True)
        if answer.status_code != (302 if kind in ELSEWHERE else 200):
            faults[f"{kind} answers {answer.status}"] = address
        elif "html" in answer.content_type and answer.status_code == 200:
            page = Reading(address, answer.text)
            faults |= dict.fromkeys(page.faults(typed), address)
            asked = [each for each in page.actions if "/delete/" in each]
            ahead += [each for each in page.links + asked if each.startswith("/") and not urlsplit(each).fragment]
    assert faults == {}
    assert len(seen) > 30


def test_who_is_not_signed_in_meets_chinese_too(client: FlaskClient) -> None:
    for address in ("/login/", "/no/such/page", "/setup"):
        assert Reading(address, client.get(address).text).faults(set()) == []
    wrong = client.post("/login/", data={"username": "liaison1", "password": "wrong"})
    assert wrong.status_code == 401
    assert Reading("/login/", wrong.text).faults({"liaison1"}) == []
    led = client.get("/deputies/list/")
    assert led.status_code == 302
    assert "/login/" in led.location


def test_every_form_sent_empty_answers_in_chinese(app: Flask) -> None:
    client, typed = signed_in(app, "head1"), typed_words(app)
    faults = {}
    for key in LEDGERS:
        answer = client.post(f"/{key}/add", data={"request_id": f"empty-{key}"})
        if answer.status_code not in (302, 403, 422):
            faults[key] = [answer.status]
        elif answer.status_code == 422:
            faults[key] = Reading(f"/{key}/add", answer.text).faults(typed)
    assert {key: found for key, found in faults.items() if found} == {}


def test_history_and_recycle_bin_speak_chinese(app: Flask) -> None:
    client, typed, row = signed_in(app, "liaison1"), typed_words(app), world_in(app).here.spare["activities"]
    pages = []
    form = client.get(f"/activities/edit/{row}").text
    version = re.search(r'name="version"[^>]*value="([^"]+)"', form)
    assert version is not None
    assert client.post(f"/activities/edit/{row}", data={"version": version[1], "place": "东村"}).status_code == 302
    pages.append(f"/activities/show/{row}?tab=history")
    pages += [each for each in Reading(pages[0], client.get(pages[0]).text).links if "/history/undo/" in each]
    faults = {each: Reading(each, client.get(each).text).faults(typed) for each in pages}
    assert client.post(f"/activities/delete/{row}").status_code == 302
    bin_ = "/recycle_bin/list/"
    shown = [each for each in Reading(bin_, client.get(bin_).text).links if "/recycle_bin/show/" in each]
    pages = [bin_, f"{bin_}?ledger=opinions", *shown]
    faults |= {each: Reading(each, client.get(each).text).faults(typed) for each in pages}
    assert len(faults) >= 5
    assert {each: found for each, found in faults.items() if found} == {}


@pytest.mark.parametrize("username", ["deputy1", "convenor1"])
def test_the_search_finds_no_row_of_another_deputy(app: Flask, username: str) -> None:
    client, world = signed_in(app, username), world_in(app)
    found = Reading("/search/", client.get("/search/?q=%E6%B2%B3%E4%B8%9C").text).links
    assert found
    for key in ("motions", "duty_reports", "opinions", "visits"):
        assert f"/{key}/show/{world.here.rows[key]}" not in found


def signed_in(app: Flask, username: str) -> FlaskClient:
    client = app.test_client()
    assert client.post("/login/", data={"username": username, "password": PASSWORD}).status_code == 302
    return client


def typed_words(app: Flask) -> set[str]:
    """Latin words that stand in the ledgers: they are people's own."""
    found = set(ACCOUNTS.values()) | {f"{name}{number}" for name in ACCOUNTS for number in (1, 2)}
    with app.app_context():
        for key, model in LEDGERS.items():
            for name, item in model.fields.items():
                if item.kind in (Kind.TEXT, Kind.LONG) and not name.endswith("_key") and (key, name) != ("settings", "name"):
                    values = db.session.scalars(select(getattr(model, name)))
                    found |= {value for value in values if value and re.search("[A-Za-z]{2}", value)}
    return found
