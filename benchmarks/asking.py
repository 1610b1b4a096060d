"""A browser as plain as can be: one kept connection, its cookies, a token for REST."""

from __future__ import annotations

import json
import re
import select
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Self
from urllib.parse import urlencode

from benchmarks.county import PASSWORD

_KEPT_S = 10
"""How long a connection may lie idle before a new one is made, so that the server never closes it under a question."""
_HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


class Browser:
    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port)
        self._headers: dict[str, str] = {}
        self.connect()

    def connect(self) -> None:
        self._connection.close()
        self._connection.connect()
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._used = time.monotonic()

    def get(self, path: str) -> Answer:
        self.send("GET", path)
        return self.read()

    def post(self, path: str, typed: Mapping[str, str]) -> Answer:
        self.send("POST", path, urlencode(typed), "application/x-www-form-urlencoded")
        return self.read()

    def send(self, method: str, path: str, body: str | None = None, kind: str = "") -> None:
        if time.monotonic() - self._used > _KEPT_S:
            self.connect()
        self._connection.request(method, path, body, {**self._headers, **({"Content-Type": kind} if kind else {})})

    def answered(self, seconds: float) -> bool:
        """Whether an answer has begun to come in, waiting at most so long."""
        return bool(select.select([self._connection.sock], [], [], seconds)[0])

    def read(self) -> Answer:
        response = self._connection.getresponse()
        self._used = time.monotonic()
        for cookie in response.headers.get_all("Set-Cookie") or ():
            self._headers["Cookie"] = cookie.partition(";")[0]
        return Answer(response.status, response.read().decode(errors="replace"))

    def signed_in(self, username: str) -> Self:
        token = self.hidden("/login/")["csrf_token"]
        answer = self.post("/login/", {"username": username, "password": PASSWORD, "csrf_token": token})
        if answer.status != 302:
            raise SystemExit(f"{username} cannot sign in: {answer.status}")
        return self

    def with_token(self, username: str) -> Self:
        self.send(
            "POST", "/api/v1/security/login", json.dumps({"username": username, "password": PASSWORD, "provider": "db"}), "application/json"
        )
        self._headers["Authorization"] = f"Bearer {json.loads(self.read().text)['access_token']}"
        return self

    def hidden(self, path: str) -> dict[str, str]:
        """The hidden values of a page's form."""
        return dict(_HIDDEN.findall(self.get(path).text))
