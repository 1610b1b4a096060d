"""Own pages for what goes wrong: a plain sentence and a way on, no SQL, no values; REST gets the same as JSON."""

from __future__ import annotations

import errno
import logging
from typing import Any

from flask import Flask, current_app, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from app.core.access.current import current_actor
from app.core.database import db
from app.core.web.filescreen import most_bytes

log = logging.getLogger(__name__)


def register(app: Flask) -> None:
    app.register_error_handler(CSRFError, _stale_page)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(OSError, _disk)
    app.register_error_handler(500, _http)


def _sentences(code: int) -> tuple[str, str]:
    return {
        400: (_("This could not be understood"), _("The address or the form is not as it should be. Go back and try once more.")),
        401: (_("Please sign in"), _("You are not signed in, or the sign-in has ended.")),
        403: (_("Not for this account"), _("Your role may not do this. If you need it, ask the head of the station or the administrator.")),
        404: (_("Not found"), _("There is no such page or row. It may have been deleted, or it is not your station's.")),
        405: (_("Not this way"), _("This address cannot be opened like that.")),
        409: (_("Changed meanwhile"), _("Somebody else changed this at the same time.")),
        413: (
            _("Too large"),
            _("What was sent is larger than %(most)s MB. Make the files smaller or send them one by one.", most=_most_mb()),
        ),
        414: (_("Too long"), _("The address is too long. Use fewer conditions.")),
        429: (_("Too many attempts"), _("Wait a little and try again.")),
        507: (_("Disk full"), _("The disk of the server is full: nothing was stored. Tell the administrator")),
        503: (_("Busy"), _("The database is busy or out of reach. Nothing was lost; try again in a moment.")),
    }.get(
        code,
        (_("Something went wrong"), _("This is a fault of the program, not yours. Nothing was half written. Go back and try once more.")),
    )


def _most_mb() -> int:
    return most_bytes(request.path, current_app.config["MAX_CONTENT_LENGTH"]) // 1024 // 1024


def _answer(code: int) -> Any:
    heading, sentence = _sentences(code)
    if request.path.startswith("/api/"):
        return jsonify(message=sentence), code
    if code == 401:
        return redirect(url_for("LoginView.login", next=request.full_path.rstrip("?")))
    template_actor = current_actor() if code != 503 else None
    actions = [{"label": _("To the workbench"), "url": "/", "primary": True}]
    resend = _typed() if code >= 500 and request.method == "POST" else []
    return render_template(
        "error.html", code=code, title=heading, sentence=sentence, actions=actions, signed_in=template_actor is not None, resend=resend
    ), code


def _typed() -> list[tuple[str, str]]:
    """The form that was sent, to be sent once more; no passwords."""
    kept_back = ("csrf_token", "password", "old", "again")
    return [(name, value) for name, values in request.form.lists() for value in values if name not in kept_back]


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    db.session.rollback()
    if isinstance(error, RateLimitExceeded):
        code = 429
    if isinstance(error, InternalServerError):
        log.error("Unhandled error at %s", request.path)
    return _answer(code)


def _stale_page(_error: CSRFError) -> Any:
    """The session ended while a form was open: what was typed is given back once the person has signed in anew."""
    if request.path.startswith("/api/"):
        return jsonify(message=_("The request lacks its token")), 400
    if current_actor() is not None:  # signed in meanwhile, in this tab or another: the page is only older than that
        title = _("Please send once more")
        sentence = _("This page was opened before you signed in. Press “Send again”: nothing that you typed is lost.")
    else:
        title = _("The page had expired")
        sentence = _("You were signed out meanwhile. Sign in in another tab, then press “Send again”: nothing that you typed is lost.")
    return render_template("error.html", code=400, title=title, actions=[], sentence=sentence, resend=_typed()), 400


def _disk(error: OSError) -> Any:
    """A form with files is put down on disk while it is read: there may be no room for it."""
    if error.errno != errno.ENOSPC:
        raise error
    db.session.rollback()
    log.error("The disk is full at %s", request.path)
    return _answer(507)


def _database(error: OperationalError) -> Any:
    db.session.rollback()
    log.error("Database out of reach at %s: %s", request.path, type(error.orig).__name__)
    return _answer(503)
