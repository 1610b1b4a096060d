"""Answers to screens that hold a key and nothing else: what the key opens is handed over, why it opens nothing is said."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, BinaryIO, cast

from flask import jsonify, request

from ..database import db, write_transaction
from ..dictionary.roles import Verb
from ..files.attaching import attach
from ..refusals import NotThere, Refusal, Refused
from .openscreens import Opened, changed, opened_by
from .operations import MOST_AT_ONCE, Handler, run

KEY_HEADER = "X-Screen-Key"
KEY_REFUSALS = frozenset({"screen_key_unknown", "screen_withdrawn", "screen_expired", "screen_opener_gone", "screen_row_gone"})
Answer = Callable[..., Any]


def by_key(screen: str, writes: str, gone: str) -> Callable[[Answer], Answer]:
    """Hand over the screen that the key opens, as long as its opener may enter rows of the ledger it `writes`; `gone` is said of a
    row that is not there any more. 401: the key opens nothing, 409: come again in a moment, 422: not so."""

    def decorate(answer: Answer) -> Answer:
        @wraps(answer)
        def answered(self: Any) -> Any:
            try:
                opened = opened_by(request.headers.get(KEY_HEADER, ""), screen)
                if not opened.actor.may(writes, Verb.ADD):
                    raise Refused(Refusal("screen_opener_gone"))
                return answer(self, opened)
            except (Refused, NotThere) as no:
                refused = no if isinstance(no, Refused) else Refused(Refusal(gone))
                code = 409 if refused.codes == {"conflict"} else 401 if refused.codes & KEY_REFUSALS else 422
                return jsonify(code=refused.refusals[0].code, sentence=refused.refusals[0].sentence()), code

        return answered

    return decorate


def batch_answered(opened: Opened, handler: Handler) -> Any:
    """A batch of operations in, the outcome of each out; the device's own now tells what its clock is off."""
    sent = request.get_json(silent=True)
    sent = sent if isinstance(sent, dict) else {}
    batch = sent.get("operations")
    if not isinstance(batch, list) or len(batch) > MOST_AT_ONCE:
        return jsonify(sentence=Refusal("operation_unreadable").sentence()), 400
    return jsonify(answers=run(opened, sent.get("now"), batch, handler))


def photo_answered(opened: Opened, key: str, row_id: int, note: str = "") -> Any:
    """A photo to a row that the screen made; the same one sent again is there already, and that is well."""
    files = [(each.filename or "photo.jpg", cast(BinaryIO, each.stream)) for each in request.files.getlist("files")]
    upload = attach(opened.actor, key, row_id, files, note)
    with write_transaction(db.session) as session:
        changed(session, opened.ledger, opened.row_id)
    bad = [each.sentence() for each in upload.refusals if each.code != "file_there"]
    return jsonify(ok=not bad, sentence="；".join(bad))
