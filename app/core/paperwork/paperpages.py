"""Official forms as downloads: of one row, of a filtered list, of ticked rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import quote

from flask import Response, abort, flash, redirect, request, send_file

from app.paper.joining import file_name

from .. import clock
from ..access.actor import Actor
from ..database import db
from ..dictionary.fields import read_id
from ..dictionary.roles import Verb
from ..files.filetypes import TYPES
from ..lists.listing import Listing
from ..refusals import NotThere, Refused
from . import papers
from .papers import Form, Reading

FIRST_YEAR, LAST_YEAR = 1950, 2100


def of_row(actor: Actor, key: str, form_key: str, row_id: int) -> Any:
    """The row was found to be the actor's to see."""
    form = _form(key, form_key, actor, Verb.SHOW)
    if form.together:
        abort(404)
    return _answer(form, actor, [row_id], f"/{key}/show/{row_id}")


def of_listing(listing: Listing, key: str, form_key: str) -> Any:
    """A yearly one is about all the year's rows, whatever is filtered."""
    form = _form(key, form_key, listing.actor, Verb.EXPORT)
    if not form.together:
        abort(404)
    ids = [] if form.yearly else listing.ids(0, papers.MOST_LINES + 1)
    return _answer(form, listing.actor, ids, f"/{key}/list/")


def of_ticked(actor: Actor, key: str, action: str, ticked: Sequence[str]) -> Any:
    how, _colon, form_key = action.partition(":")
    if how not in ("paper", "zip"):
        abort(404)
    form, ids = _form(key, form_key, actor, Verb.EXPORT), {read_id(each) for each in ticked[: papers.MOST_LINES + 1]}
    try:
        found = papers.chosen_rows(db.session(), actor, key, [each for each in ids if each is not None], Verb.EXPORT)
    except NotThere:
        abort(404)
    if None in ids:
        abort(404)
    return _answer(form, actor, found, f"/{key}/list/", zipped=how == "zip")


def _form(key: str, form_key: str, actor: Actor, verb: Verb) -> Form:
    try:
        form = papers.form_for(key, form_key)
    except NotThere:
        abort(404)
    if not form.open_to(actor, verb):
        abort(403)
    return form


def _answer(form: Form, actor: Actor, ids: Sequence[int], back: str, zipped: bool = False) -> Any:
    """The download, or back with a sentence."""
    reading = Reading(db.session(), actor, _year())
    try:
        name, data = papers.bundle(form, reading, ids) if zipped else papers.document(form, reading, ids)
    except Refused as refused:
        for refusal in refused.refusals:
            flash(refusal.sentence(), "danger")
        return redirect(back)
    return as_download(data, name, "zip" if zipped else "docx")


def _year() -> int:
    typed = request.args.get("year", "")
    if not typed:
        return clock.today().year
    if not (typed.isdecimal() and len(typed) == 4 and FIRST_YEAR <= int(typed) <= LAST_YEAR):
        abort(404)
    return int(typed)


def as_download(data: bytes, name: str, ending: str) -> Response:
    """A file with a Chinese name."""
    return _named(send_file(BytesIO(data), mimetype=_mimetype(ending)), name, ending)


def as_stream(parts: Iterator[bytes], name: str, ending: str) -> Response:
    """A file with a Chinese name, sent while it is made."""
    return _named(Response(parts, mimetype=_mimetype(ending)), name, ending)


def _mimetype(ending: str) -> str:
    return TYPES[ending].mimetype if ending in TYPES else "application/zip"


def _named(response: Response, name: str, ending: str) -> Response:
    whole = f"{file_name(name)}.{ending}"
    response.headers["Content-Disposition"] = f"attachment; filename=form.{ending}; filename*=UTF-8''{quote(whole)}"
    response.headers["Cache-Control"] = "no-store"
    return response
