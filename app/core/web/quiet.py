"""Addresses under which nobody is known: no session is read or given, no cookie set, nothing kept, no referrer sent on.

A secret ballot must not meet the login of whoever happens to be signed in on the device. So for these addresses the session is
empty from the start and is thrown away at the end, and nothing that asks for the account finds one.
"""

from __future__ import annotations

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

PREFIXES: list[str] = []
"""Beginnings of such addresses; the registry lists them."""


def is_quiet(path: str) -> bool:
    return path.startswith(tuple(PREFIXES))


def _by_key() -> bool:
    """Screens that hold a key and nothing else: a language noted in their session would make a cookie of it."""
    return (request.blueprint or "").endswith(("ByKey", "ByCode"))


class QuietSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, which quiet addresses neither read nor set, and screens by key do not set."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return self.session_class() if is_quiet(request.path) else super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not is_quiet(request.path) and not _by_key():
            super().save_session(app, session, response)


def leave_no_trace(response: Response) -> Response:
    """No referrer to anywhere, no copy in any cache."""
    if is_quiet(request.path):
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
    return response
