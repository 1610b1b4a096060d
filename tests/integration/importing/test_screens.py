"""The import's pages, as the liaison officer goes through them, and as others try them."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.database import db
from app.importing.jobs import jobs_of
from app.importing.models import Import
from tests.support import yearbook
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, form_of, words_of


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(app)


@pytest.fixture
def liaison(office: Office) -> FlaskClient:
    return office.browser("liaison1")


def uploaded(client: FlaskClient, content: bytes, name: str = "台账.xlsx", **more: Any) -> TestResponse:
    return client.post("/import/", data={"file": (BytesIO(content), name), **more})


def import_of(answer: TestResponse) -> int:
    found = re.search(r"/import/(\d+)", answer.location or "")
    assert found, answer.get_data(as_text=True)[:2000]
    return int(found[1])


def ended(app: Flask, client: FlaskClient, import_id: int) -> TestResponse:
    """The import's page once its thread is done."""
    jobs_of(app).wait(import_id)
    return client.get(f"/import/{import_id}")


def rehearsed(app: Flask, client: FlaskClient, content: bytes, **more: Any) -> int:
    import_id = import_of(uploaded(client, content, **more))
    page = client.get(f"/import/{import_id}/match")
    assert client.post(f"/import/{import_id}/match", data=form_of(page)).status_code == 302
    ended(app, client, import_id)
    return import_id


def kept(app: Flask, import_id: int) -> Import:
    with app.app_context():
        found = db.session.get_one(Import, import_id)
        assert found.outcome is not None
        assert found.content is None or found.content
        return found


@pytest.mark.both_databases
def test_a_workbook_is_matched_rehearsed_imported_and_taken_back(app: Flask, office: Office, liaison: FlaskClient) -> None:
    before = len(office.rows("deputies"))
    import_id = rehearsed(app, liaison, yearbook.year())
    page = liaison.get(f"/import/{import_id}")
    words = words_of(page)
    assert "试导入结果" in words
    assert "食堂菜谱" in words
    assert "1970.13" in words
    assert len(office.rows("deputies")) == before
    assert "正式导入" in words_of(liaison.get(f"/import/{import_id}/write"))
    liaison.post(f"/import/{import_id}/write")
    assert "已导入" in words_of(ended(app, liaison, import_id))
    assert len(office.rows("deputies")) == before + 10
    answer = liaison.get(f"/import/{import_id}/refused")
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    liaison.post(f"/import/{import_id}/undo", data={"reason": "传错了"})
    assert "已撤销" in words_of(ended(app, liaison, import_id))
    assert len(office.rows("deputies")) == before
    assert kept(app, import_id).content is None


def test_another_stations_import_does_not_exist(app: Flask, office: Office, liaison: FlaskClient) -> None:
    import_id = rehearsed(app, liaison, yearbook.year())
    other = office.browser("liaison2")
    for path in ("", "/match", "/progress", "/write", "/undo", "/refused"):
        assert other.get(f"/import/{import_id}{path}").status_code == 404
    for path in ("/match", "/rehearse", "/again", "/write", "/undo"):
        assert other.post(f"/import/{import_id}{path}").status_code == 404
    assert "台账.xlsx" not in words_of(other.get("/import/"))
