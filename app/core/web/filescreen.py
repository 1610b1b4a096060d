"""Attachments as pages show them: the tab of a row, files handed over one by one, sending and removing them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, abort, flash, redirect, request, send_file
from flask_appbuilder import expose
from flask_babel import gettext as _

from .. import clock
from ..access.actor import Actor
from ..access.current import current_actor, the_actor
from ..database import db
from ..dictionary.fields import read_id
from ..dictionary.ledger import LEDGERS, Ledger
from ..files.attaching import NOTE_LENGTH, attach, attachment, detach, opens
from ..files.attachments import Attachment, attachments_count, attachments_of, file_store
from ..files.filetypes import ACCEPT, MOST_BYTES
from ..lists.values import opens_files
from ..refusals import NotThere, Refused
from .pages import address
from .screens import Screen

log = logging.getLogger(__name__)

TAB = "attachments"
MOST_AT_ONCE = 60 * 1024 * 1024
"""Of one sending, several files together; every other request stays below MAX_CONTENT_LENGTH."""
UPLOAD_PATH = "/attachments/to/"


def most_bytes(path: str, usual: int) -> int:
    """How large a request to this address may be."""
    return MOST_AT_ONCE if path.startswith(UPLOAD_PATH) else usual


def files_tab(
    actor: Actor, heads: list[dict[str, Any]], row: Ledger, args: Mapping[str, str], may_edit: Callable[[], bool]
) -> dict[str, Any] | None:
    """Adds the tab of attachments for who may open them; gives what it shows where it is the one asked for."""
    if not opens_files(actor, type(row)):
        return None
    asked = args.get("tab") == TAB
    count = attachments_count(db.session(), row.__tablename__, row.id)
    heads.append({"label": _("Attachments"), "count": count, "url": address(tab=TAB), "active": asked})
    if not asked:
        return None
    heads[0]["active"] = False
    return files_panel(actor, row, may_edit())


def files_panel(actor: Actor, row: Ledger, may_edit: bool) -> dict[str, Any]:
    """What the tab of attachments shows; of files that the actor may not open, how many there are."""
    key = row.__tablename__
    every = attachments_of(db.session(), key, row.id)
    shown = [each for each in every if opens(actor, each)]
    return {
        "files": [_shown(each, may_edit) for each in shown],
        "closed": len(every) - len(shown),
        "upload_url": f"{UPLOAD_PATH}{key}/{row.id}" if may_edit else None,
        "accept": ACCEPT,
        "most_each": MOST_BYTES,
        "most_together": MOST_AT_ONCE - 1024 * 1024,
        "note_length": NOTE_LENGTH,
        "hint": _(
            "JPG, PNG, WebP, PDF, Word, Excel, WPS and ET; at most %(each)s MB each and %(together)s MB at once.",
            each=MOST_BYTES // 1024 // 1024,
            together=MOST_AT_ONCE // 1024 // 1024,
        ),
    }


def _shown(each: Attachment, may_edit: bool) -> dict[str, Any]:
    return {
        "name": each.name,
        "url": f"/attachments/{each.id}",
        "inline": each.kind.inline,
        "thumbnail": f"/attachments/{each.id}/thumbnail" if each.has_thumbnail else None,
        "type": each.type.upper(),
        "size": readable_size(each.size),
        "by": each.by,
        "at": clock.to_office(each.at).strftime("%Y-%m-%d %H:%M"),
        "note": each.note or "",
        "delete_url": f"/attachments/{each.id}/delete" if may_edit else None,
    }


def readable_size(size: int) -> str:
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def file_answer(found: Attachment, small: bool = False) -> Response:
    """The file as its content is, never guessed anew by the browser, kept by no cache; 404 where it is gone from the disk."""
    path = file_store().path(found.stored, small=small)
    if path is None:
        log.error("The file of attachment %s is not in the store", found.id)
        abort(404)
    mimetype = "image/jpeg" if small else found.kind.mimetype
    answer = send_file(path, mimetype=mimetype, as_attachment=not found.kind.inline, download_name=found.name, etag=found.sha256)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


class AttachmentScreen(Screen):
    """Each request asks anew whether the row is the actor's: another station's attachment does not exist for you."""

    route_base = "/attachments"

    def _found(self, pk: str) -> Attachment:
        if (attachment_id := read_id(pk)) is None:
            abort(404)
        try:
            return attachment(the_actor(), attachment_id)
        except NotThere:
            abort(404)

    @expose("/<pk>", methods=["GET"])
    def file(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        return file_answer(self._found(pk))

    @expose("/<pk>/thumbnail", methods=["GET"])
    def thumbnail(self, pk: str) -> Any:
        if current_actor() is None:
            abort(401)
        found = self._found(pk)
        if not found.has_thumbnail:
            abort(404)
        return file_answer(found, small=True)

    @expose("/to/<key>/<pk>", methods=["POST"])
    def upload(self, key: str, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        row_id = read_id(pk)
        if key not in LEDGERS or row_id is None:
            abort(404)
        files = [(each.filename or "", each.stream) for each in request.files.getlist("files") if each.filename]
        if not files:
            flash(_("Choose at least one file"), "warning")
            return redirect(_tab_of(key, row_id))
        return _attached(the_actor(), key, row_id, files)

    @expose("/<pk>/delete", methods=["POST"])
    def delete(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        if (attachment_id := read_id(pk)) is None:
            abort(404)
        try:
            name, key, row_id = detach(the_actor(), attachment_id)
        except NotThere:
            abort(404)
        except Refused as refused:
            if refused.codes == {"not_permitted"}:
                abort(403)
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
            found = self._found(pk)
            return redirect(_tab_of(found.ledger, found.row_id))
        flash(_("“%(name)s” was deleted", name=name), "success")
        return redirect(_tab_of(key, row_id))


def _tab_of(key: str, row_id: int) -> str:
    return f"/{key}/show/{row_id}?tab={TAB}"


def _attached(actor: Actor, key: str, row_id: int, files: list[tuple[str, Any]]) -> Any:
    try:
        upload = attach(actor, key, row_id, files, request.form.get("note", "").strip())
    except NotThere:
        abort(404)
    except Refused as refused:
        if refused.codes == {"not_permitted"}:
            abort(403)
        refusals = refused.refusals
    else:
        refusals = tuple(upload.refusals)
        if upload.added:
            flash(_("%(count)s files were added", count=len(upload.added)), "success")
    for refusal in refusals:
        flash(refusal.sentence(), "danger")
    return redirect(_tab_of(key, row_id))
