"""Accounts at work: by pages as in a browser, and by REST with a token. Signed in once for each application."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.scene import PASSWORD

_signed_in: dict[tuple[int, str], At] = {}


@dataclass(frozen=True)
class At:
    """One account before the portal. `web` keeps its session, `token` is its way into REST (None: nobody)."""

    name: str
    web: FlaskClient
    rest: FlaskClient
    token: str | None

    def get(self, path: str) -> TestResponse:
        return self.web.get(path, buffered=True)

    def post(self, path: str, typed: Mapping[str, Any]) -> TestResponse:
        return self.web.post(path, data=typed, buffered=True)

    def call(self, method: str, path: str, body: Any = None) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = json.dumps(body) if body is not None else None
        return self.rest.open(f"/api/v1/{path}", method=method, data=data, content_type="application/json", headers=headers, buffered=True)

    def listed(self, key: str, rison: str = "(page_size:200)") -> TestResponse:
        return self.call("GET", f"{key}/?q={quote(rison)}")


def account(app: Flask, name: str) -> At:
    """The account, signed in; `nobody` is not."""
    if (id(app), name) not in _signed_in:
        web, rest, token = app.test_client(), app.test_client(), None
        if name != "nobody":
            answer = web.post("/login/", data={"username": name, "password": PASSWORD})
            assert answer.status_code == 302, answer.text
            answer = rest.post("/api/v1/security/login", json={"username": name, "password": PASSWORD, "provider": "db"})
            assert answer.status_code == 200, answer.text
            token = answer.get_json()["access_token"]
        _signed_in[id(app), name] = At(name, web, rest, token)
    return _signed_in[id(app), name]
