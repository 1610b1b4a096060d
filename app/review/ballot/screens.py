"""The ballot page: for tablets passed round and for people's own phones. No account, no session, no cookie, nothing kept.

The code comes behind the # of the slip's address or is typed or scanned; it travels in the body of one POST and nowhere else.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, jsonify, redirect, render_template, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext as _

from app.core.refusals import Refusal, Refused

from . import codes
from .casting import ALREADY, cast, open_vote_at, open_votes
from .gate import Gate
from .rules import Frozen

PREFIX = "/ballot/"
MOST_BYTES = 16 * 1024
_WRONG = frozenset({"ballot_unknown", "ballot_elsewhere"})
"""What a guesser gets: the gate counts these. A mistyped code is found by its check character and costs nobody anything."""


class BallotByCode(BaseView):
    """What voters' devices ask. The page is the same for everybody; who has the slip has the vote."""

    route_base = "/ballot"

    @expose("/", methods=["GET"])
    def hall(self) -> Any:
        """The one vote that is open here, or a choice of meetings."""
        found = open_votes()
        if len(found) == 1:
            return redirect(PREFIX + found[0].ref)
        return render_template("ballot/hall.html", title=_("Vote"), votes=[(vote.ref, Frozen.of(vote.frozen or {})) for vote in found])

    @expose("/<ref>", methods=["GET"])
    def page(self, ref: str) -> Any:
        try:
            vote = open_vote_at(ref)
        except Refused as refused:
            waits = refused.codes == {"ballot_not_open"}
            page = render_template("ballot/closed.html", title=_("Vote"), sentence=refused.refusals[0].sentence(), ref=ref, waits=waits)
            return page, 404 if refused.codes == {"ballot_no_vote"} else 200
        frozen = Frozen.of(vote.frozen or {})
        return render_template("ballot/page.html", title=frozen.title, ref=vote.ref, sheet=frozen, alphabet=codes.ALPHABET)

    @expose("/<ref>/number", methods=["GET"])
    def number(self, ref: str) -> Any:
        """The one-time number of a form, and how long the device waits before it sends. Without one no ballot is looked at."""
        try:
            open_vote_at(ref)
        except Refused as refused:
            return _no(refused)
        drawn, wait = gate().number(ref, request.remote_addr or "")
        return jsonify(number=drawn, wait=wait)

    @expose("/<ref>/cast", methods=["POST"])
    def cast(self, ref: str) -> Any:
        """The ballot. Every answer to one that counted is the same; a ballot that counted before is answered as neutrally."""
        sent = request.get_json(silent=True) if (request.content_length or 0) <= MOST_BYTES else None
        number, code = (sent.get(name) for name in ("number", "code")) if isinstance(sent, dict) else (None, None)
        try:
            if not isinstance(sent, dict) or not isinstance(number, str) or not isinstance(code, str):
                raise Refused(Refusal("ballot_unreadable"))
            if not gate().passes(number, ref):
                raise Refused(Refusal("ballot_again"))
            outcome = cast(ref, code, sent.get("choices"))
        except Refused as refused:
            if refused.codes & _WRONG:
                gate().failed(ref, request.remote_addr or "")
            return _no(refused)
        return jsonify(sentence=_("This ballot is counted") if outcome == ALREADY else _("Counted"))


def gate() -> Gate:
    """The one gate of this application."""
    found: Gate = current_app.extensions.setdefault("ballot_gate", Gate())
    return found


def _no(refused: Refused) -> Any:
    """409: fetch another number and send again; 422: the sentence says what is wrong."""
    first = refused.refusals[0]
    sentences = "；".join(each.sentence() for each in refused.refusals[:5])
    return jsonify(code=first.code, sentence=sentences), 409 if first.code == "ballot_again" else 422
