"""No update is lost and no click counts twice, by page and by REST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from tests.contract.test_roles_and_verbs import edited_column
from tests.support.actors import At
from tests.support.pages import as_posted, form_of
from tests.support.scene import World

pytestmark = pytest.mark.both_databases
EACH_LEDGER = pytest.mark.parametrize("key", list(LEDGERS))
Accounts = Callable[[str], At]


def writer(world: World, at: Accounts, key: str) -> tuple[At, int, dict[str, Any]]:
    if LEDGERS[key].scope == "shared":
        return at("county"), world.county.rows[key], world.county.fresh[key]
    return at("county" if key == "stations" else "head1"), world.here.rows[key], world.here.fresh[key]


@EACH_LEDGER
def test_a_change_without_or_with_a_stale_version_is_a_conflict(app: Flask, world: World, at: Accounts, key: str) -> None:
    who, row, _fresh = writer(world, at, key)
    name, value = edited_column(LEDGERS[key])
    version = who.call("GET", f"{key}/{row}").get_json()["result"]["version"]
    typed = form_of(who.get(f"/{key}/edit/{row}").text)
    assert who.call("PUT", f"{key}/{row}", {name: value}).status_code == 409
    assert who.call("PUT", f"{key}/{row}", {name: value, "version": ""}).status_code == 409
    answer = who.call("PUT", f"{key}/{row}", {name: value, "version": version})
    assert answer.status_code == 200, answer.text
    assert answer.get_json()["result"]["version"] != version
    assert who.call("PUT", f"{key}/{row}", {name: value, "version": version}).status_code == 409
    page = who.post(f"/{key}/edit/{row}", typed)
    assert page.status_code == 409
    assert "conflict-title" in page.text
    status = who.call("DELETE", f"{key}/{row}?version={version}").status_code
    assert status == 409
    with app.app_context():
        found = getattr(db.session.get_one(LEDGERS[key], row), name)
    assert str(found) in (str(value), "True")


@EACH_LEDGER
def test_the_same_request_twice_makes_one_row(app: Flask, world: World, at: Accounts, key: str, again: Callable[[], None]) -> None:
    who, _row, fresh = writer(world, at, key)

    def count() -> int:
        with app.app_context():
            return db.session.scalar(select(func.count()).select_from(LEDGERS[key])) or 0

    before = count()
    answers = [who.call("POST", f"{key}/", {**fresh, "request_id": "the same"}) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201], answers[-1].text
    assert answers[0].get_json()["id"] == answers[1].get_json()["id"]
    assert count() == before + 1
    again()
    pages = [who.post(f"/{key}/add", as_posted({**fresh, "request_id": "the same"})) for _time in range(2)]
    assert [page.status_code for page in pages] == [302, 302]
    assert pages[0].location == pages[1].location
    assert count() == before + 1
