"""A small office for tests of what every ledger shares: two stations, their deputies, one account for each role.

Everything is written the way the portal writes it. Ids are looked up by name, so that tests read as sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_appbuilder.security.sqla.models import User
from flask_jwt_extended import create_access_token
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.core.access.accounts import Account
from app.core.access.actor import Actor, program
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.records.saving import Writing, version_of
from app.core.records.writing import change_set, write
from app.people.accounts import add_account
from app.work.services import seed_settings
from tests.support.databases import Scene

PASSWORD = "correct-horse"
TOWNSHIP, STREET = "青石镇联络站", "河东街道联络站"
NAMES = {TOWNSHIP: ("石春", "解明", "仇兰"), STREET: ("白云", "单强")}
PHONES = {"石春": "13812341111", "解明": "13812342222", "仇兰": "13812343333", "白云": "13912344444", "单强": "13912345555"}
STATION_ROLES = ("head", "liaison", "archivist", "presidium", "convenor", "deputy")


def fill(app: Flask) -> None:
    with app.test_request_context(), change_set(program(None, "test", "管理员")) as writing:
        seed_settings(writing)
        writing.save("terms", {"level": "county", "ordinal": 16, "starts_on": "2022-01-01"}, by_program=True)
        writing.save("organs", {"name": "县水利局", "level": "county"}, by_program=True)
        for number, (name, kind) in enumerate(((TOWNSHIP, "township"), (STREET, "street")), start=1):
            _fill_station(writing, number, name, kind)
        for name, role in (("admin", "admin"), ("county", "county")):
            _account(writing, name, role, None, None)


def _fill_station(writing: Writing, number: int, name: str, kind: str) -> None:
    station = writing.save("stations", {"name": name, "kind": kind}, by_program=True).id
    group = writing.save("deputy_groups", {"station": station, "name": f"第{number}组"}, by_program=True)
    deputies = [
        writing.save(
            "deputies",
            {
                "station": station,
                "name": each,
                "sex": "male",
                "phone": PHONES[each],
                "birth": f"197{index}-05-0{index + 1}",
                "address": f"{name[:3]}东街{index + 1}号",
                "group": group.id if index == 0 else None,
            },
            by_program=True,
        ).id
        for index, each in enumerate(NAMES[name])
    ]
    writing.save("deputy_groups", {"convenor": deputies[0]}, row=group, by_program=True)
    writing.save("organs", {"station": station, "name": f"{name[:2]}民政所", "level": "township"}, by_program=True)
    writing.save("station_staff", {"station": station, "name": f"周敏{number}", "post": "liaison", "phone": "13712340000"}, by_program=True)
    activity = writing.save(
        "activities",
        {
            "station": station,
            "type": "study",
            "title": f"{name[:2]}学习会",
            "start": f"2026-03-0{number} 09:00",
            "deputies": deputies[:1],
        },
        by_program=True,
    )
    writing.save("activity_notices", {"station": station, "activity": activity.id, "told_at": "2026-02-20 09:00"}, by_program=True)
    writing.save(
        "opinions",
        {
            "station": station,
            "heard_on": "2026-03-03",
            "voter_name": f"张桂花{number}",
            "voter_phone": f"1361234000{number}",
            "voter_address": f"{name[:3]}西街1号",
            "words": f"{name[:2]}村口路面破损",
            "deputy": deputies[0],
        },
        by_program=True,
    )
    for role in STATION_ROLES:
        _account(writing, f"{role}{number}", role, station, deputies[0] if role in ("convenor", "deputy") else None)


def _account(writing: Writing, username: str, role: str, station: int | None, deputy: int | None) -> None:
    values = {"username": username, "name": f"{username}先生", "roles": {role}, "station_id": station, "deputy_id": deputy}
    add_account(writing.session, program(None, "test"), values, PASSWORD)


OFFICE = Scene("office", fill)


@dataclass(frozen=True)
class Office:
    """The office as a test meets it: who works there, what stands in its ledgers, and browsers signed in."""

    app: Flask

    @cached_property
    def township(self) -> int:
        return self.id_of("stations", TOWNSHIP)

    @cached_property
    def street(self) -> int:
        return self.id_of("stations", STREET)

    @property
    def views(self) -> tuple[Any, ...]:
        """The view of every ledger."""
        from app.registry import VIEWS

        return VIEWS

    def id_of(self, key: str, name: str) -> int:
        model: Any = LEDGERS[key]
        column = model.title if "title" in model.fields else model.name
        with self.app.app_context():
            return int(db.session.scalars(select(model.id).where(column == name)).one())

    def row(self, key: str, row_id: int) -> Any:
        """The row as the database holds it now."""
        with self.app.app_context():
            return db.session.get(LEDGERS[key], row_id)

    def rows(self, key: str, *conditions: Any) -> list[Any]:
        with self.app.app_context():
            return list(db.session.scalars(select(LEDGERS[key]).where(*conditions).order_by(LEDGERS[key].id)))

    def version(self, key: str, row_id: int) -> str:
        with self.app.app_context():
            return version_of(db.session(), db.session.get_one(LEDGERS[key], row_id))

    def opinion_of(self, station_id: int) -> int:
        model: Any = LEDGERS["opinions"]
        return int(self.rows("opinions", model.station_id == station_id)[0].id)

    def actor(self, username: str) -> Actor:
        with self.app.app_context():
            user = db.session.scalars(select(User).where(User.username == username)).one()
            account = db.session.get_one(Account, user.id)
            return Actor(
                name=user.first_name,
                roles=tuple(role.name for role in user.roles),
                account_id=user.id,
                station_id=account.station_id,
                home_id=account.station_id,
                deputy_id=account.deputy_id,
            )

    def write(self, username: str, key: str, changes: dict[str, Any], **more: Any) -> int:
        actor = self.actor(username)
        with self.app.test_request_context():
            return write(actor, key, changes, **more)

    def user_id(self, username: str) -> int:
        with self.app.app_context():
            return int(db.session.scalars(select(User.id).where(User.username == username)).one())

    def browser(self, username: str) -> FlaskClient:
        """A browser in which that account is signed in."""
        client = self.app.test_client()
        with client.session_transaction() as session:
            session.update({"_user_id": str(self.user_id(username)), "_fresh": True, "signed_in_at": datetime.now(UTC).timestamp()})
        return client

    def token(self, username: str) -> dict[str, str]:
        """The headers of REST calls of that account."""
        with self.app.app_context():
            return {"Authorization": f"Bearer {create_access_token(str(self.user_id(username)), fresh=True)}"}


class _Forms(HTMLParser):
    """The controls of a page's main form as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._inside = False
        self._area = self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._multiple = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = "data-form" in found
        if not self._inside:
            return
        name = found.get("name", "")
        if tag == "input" and name and (found.get("type") != "checkbox" or "checked" in found):
            self.values.setdefault(name, []).append(found.get("value", ""))
        elif tag == "textarea":
            self._area = name
            self.values.setdefault(name, []).append("")
        elif tag == "select":
            self._select, self._options, self._multiple = name, [], "multiple" in found
        elif tag == "option" and self._select:
            self._options.append((found.get("value", ""), "selected" in found))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._area:
            self.values[self._area][-1] = self.values[self._area][-1].removeprefix("\n")
            self._area = ""
        elif tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected]
            self.values[self._select] = chosen if self._multiple else chosen[-1:] or [value for value, _chosen in self._options[:1]]
            self._select = ""


def form_of(answer: TestResponse) -> dict[str, Any]:
    """What a browser would send if the page's form were sent back as it stands."""
    parser = _Forms()
    parser.feed(answer.get_data(as_text=True))
    return dict(parser.values)


def words_of(answer: TestResponse) -> str:
    """The words that a page shows, without its tags."""
    page = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", answer.get_data(as_text=True), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@contextmanager
def setting(app: Flask, **values: Any) -> Iterator[None]:
    """The application with some of its settings changed for a while."""
    before = {name: app.config[name] for name in values}
    app.config.update(values)
    try:
        yield
    finally:
        app.config.update(before)
