"""What every answer carries and every request must fit, whatever page it is for."""

from __future__ import annotations

import prison
from flask import Flask, Response, abort, current_app, request
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from prison.decoder import ParserException

from app.core.web import quiet
from app.core.web.filescreen import most_bytes

MOST_QUERY = 8_000


def apply(app: Flask, csrf: CSRFProtect) -> None:
    """Security headers; nothing from elsewhere; REST by token, screens by key and ballots by code alone, so without CSRF."""
    app.session_interface = quiet.QuietSessions()
    app.after_request(quiet.leave_no_trace)  # registered first, so it has the last word
    Talisman(
        app,
        force_https=False,
        strict_transport_security=False,  # a certificate made on the spot must be acceptable by hand: a promise of TLS would forbid that
        session_cookie_secure=bool(app.config["SESSION_COOKIE_SECURE"]),
        session_cookie_samesite="Lax",
        frame_options="DENY",
        referrer_policy="same-origin",
        content_security_policy={
            "default-src": "'self'",
            "script-src": "'self'",
            "style-src": ["'self'", "'unsafe-inline'"],
            "img-src": ["'self'", "data:"],
            "object-src": "'none'",
            "base-uri": "'self'",
            "form-action": "'self'",
            "frame-ancestors": "'none'",
        },
    )
    for name, blueprint in app.blueprints.items():
        if name.endswith(("Api", "ByKey", "ByCode")):
            csrf.exempt(blueprint)
    app.before_request_funcs.setdefault(None, []).insert(0, _refuse_large_bodies)
    app.before_request(_refuse_long_queries)
    app.before_request(_refuse_endless_questions)
    app.after_request(_private)


def _refuse_large_bodies() -> None:
    """Before anything reads it, the check of the form's token included: FAB's REST would make a 500 of it."""
    most = request.max_content_length = most_bytes(request.path, current_app.config["MAX_CONTENT_LENGTH"])
    if (request.content_length or 0) > most:
        abort(413)


def _refuse_long_queries() -> None:
    if len(request.query_string) > MOST_QUERY:
        abort(414)


def _refuse_endless_questions() -> None:
    """FAB's reader of REST questions runs in circles on an unclosed bracket."""
    if request.path.startswith("/api/") and request.args.get("q"):
        try:
            prison.loads(request.args["q"])
        except (ParserException, RecursionError):
            abort(400)


def _private(response: Response) -> Response:
    """Pages hold other people's data: no cache keeps them. Static files may be kept."""
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
