"""The vote on the meeting's page: slips, opening, closing, the tellers' counts, the announcement; the office prepares, the head decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_id
from app.core.dictionary.titles import title_of
from app.core.paperwork.paperpages import as_download
from app.core.refusals import NotThere, Refusal, Refused
from app.core.web.screens import Screen

from ..ballot import announcing, papercount
from ..ballot import services as ballot
from ..ballot.access import OFFICE, meeting_for
from ..ballot.models import COUNTING, Vote
from ..ballot.rules import Frozen
from ..rules import GRADES
from .forms import slips
from .services import follow
from .votes import last_vote

MOST_DIGITS = 5


class VoteScreen(Screen):
    """Each step goes by POST and names the vote it means: a page that was left open does nothing to another one."""

    route_base = "/meeting"

    def _meeting(self, pk: str) -> tuple[Actor, Any]:
        actor, row_id = the_actor(), read_id(pk)
        if row_id is None:
            abort(404)
        try:
            return actor, meeting_for(db.session(), actor, row_id, OFFICE)
        except NotThere:
            abort(404)
        except Refused:
            abort(403)

    @expose("/vote/<pk>/<step>", methods=["POST"])
    def take(self, pk: str, step: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, meeting = self._meeting(pk)
        meeting_id: int = meeting.id
        steps = {"prepare": _prepare, "more": _more, "open": _open, "close": _close, "sign": _sign, "announce": _announce, "void": _void}
        if step not in steps:
            abort(404)
        try:
            printed = steps[step](actor, meeting_id)
            follow(actor, meeting_id)
        except Refused as refused:
            return _no(refused, meeting_id)
        except NotThere:
            abort(404)
        return printed if printed is not None else redirect(f"/meeting/of/{meeting_id}#vote")

    @expose("/count/<pk>/<int:teller>", methods=["GET", "POST"])
    def count(self, pk: str, teller: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, meeting = self._meeting(pk)
        vote = last_vote(db.session(), meeting.id)
        if teller not in papercount.TELLERS:
            abort(404)
        if vote is None or vote.state != COUNTING or not vote.paper_dealt or vote.signed_at is not None:
            flash(_("There are no paper ballots to count now"), "warning")
            return redirect(f"/meeting/of/{meeting.id}#vote")
        if request.method == "GET":
            return _counting_page(meeting, vote, teller)
        sheets = request.form.get("sheets")
        try:
            if sheets is not None:
                papercount.enter(actor, _vote_meant(), teller, sheets=[line for line in sheets[:200_000].split() if line])
            else:
                returned, votes = _totals(Frozen.of(vote.frozen or {}))
                papercount.enter(actor, _vote_meant(), teller, returned=returned, votes=votes)
        except Refused as refused:
            if _asks_for_json():
                return _no(refused, meeting.id)
            return _counting_page(meeting, vote, teller, refused), 422
        if _asks_for_json():
            return "", 204
        flash(_("The count of teller %(number)s is entered", number=teller), "success")
        return redirect(f"/meeting/of/{meeting.id}#vote")


def _counting_page(meeting: Any, vote: Vote, teller: int, refused: Refused | None = None) -> Any:
    title, frozen = title_of(db.session, meeting), Frozen.of(vote.frozen or {})
    entry = papercount.entries(db.session(), vote.id).get(teller)
    fields = {f"{line.mandate}_{grade}": (str(line.mandate), grade) for line in frozen.lines for grade in GRADES}
    if refused is not None:
        values = {name: request.form.get(name, "") for name in ("returned", *fields)}
    elif entry is not None:
        values = {"returned": str(entry.returned), **{name: str(entry.votes[line][grade]) for name, (line, grade) in fields.items()}}
    else:
        values = dict.fromkeys(("returned", *fields), "")
    return render_template(
        "meeting/count.html",
        title=_("Teller %(number)s counts the paper ballots", number=teller),
        meeting=meeting,
        vote=vote,
        teller=teller,
        frozen=frozen,
        grades=list(zip(GRADES, frozen.grades, strict=True)),
        values=values,
        sheets=entry.sheets if entry is not None and entry.sheets else [],
        errors=[each.sentence() for each in refused.refusals] if refused is not None else [],
        crumbs=[(_("Review meetings"), "/review_meetings/list/"), (title, f"/meeting/of/{meeting.id}"), (_("Count"), None)],
    )


def _totals(frozen: Frozen) -> tuple[int, Mapping[str, Mapping[str, int]]]:
    """What a teller typed; an empty field is none."""
    votes = {str(line.mandate): {grade: _number(f"{line.mandate}_{grade}") for grade in GRADES} for line in frozen.lines}
    return _number("returned"), votes


def _number(name: str) -> int:
    typed = request.form.get(name, "").strip()
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdigit() and len(typed) < MOST_DIGITS):
        raise Refused(Refusal("not_an_integer", name, {"raw": typed[:30]}))
    return int(typed)


def _vote_meant() -> int:
    found = read_id(request.form.get("vote", ""))
    if found is None:
        raise Refused(Refusal("vote_state"))
    return found


def _prepare(actor: Actor, meeting_id: int) -> Any:
    made = ballot.prepare(actor, meeting_id, _number("electronic"), _number("paper"), request.form.get("reason", ""))
    return _printed(actor, meeting_id, made.codes)


def _more(actor: Actor, meeting_id: int) -> Any:
    return _printed(actor, meeting_id, ballot.add_slips(actor, _vote_meant(), _number("electronic"), _number("paper")))


def _printed(actor: Actor, meeting_id: int, codes: list[str]) -> Any:
    """The slips go to the printer once: their codes are kept nowhere."""
    if not codes:
        flash(_("The vote is prepared; print the paper ballots"), "success")
        return None
    follow(actor, meeting_id)
    name, data = slips(db.session(), actor, meeting_id, codes)
    return as_download(data, name, "docx")


def _open(actor: Actor, _meeting_id: int) -> None:
    ballot.open_vote(actor, _vote_meant())
    flash(_("The vote is open"), "success")


def _close(actor: Actor, _meeting_id: int) -> None:
    """What came back undealt is counted with the closing: 发出 is what was printed less that."""
    vote = _vote_meant()
    ballot.count_undealt(actor, vote, _number("electronic"), _number("paper"))
    ballot.close(actor, vote)
    flash(_("The vote is closed"), "success")


def _sign(actor: Actor, _meeting_id: int) -> None:
    papercount.sign(actor, _vote_meant(), request.form.get("name", ""))
    flash(_("The count is signed"), "success")


def _announce(actor: Actor, _meeting_id: int) -> None:
    if announcing.announce(actor, _vote_meant()):
        flash(_("The result is announced"), "success")
    else:
        flash(_("The vote is void"), "warning")


def _void(actor: Actor, _meeting_id: int) -> None:
    ballot.void(actor, _vote_meant(), request.form.get("reason", ""))
    flash(_("The vote is void; its ballots are destroyed"), "warning")


def _asks_for_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _no(refused: Refused, meeting_id: int) -> Any:
    sentences = [each.sentence() for each in refused.refusals]
    if _asks_for_json():
        return jsonify(sentence="；".join(sentences)), 422
    for sentence in sentences:
        flash(sentence, "danger")
    return redirect(f"/meeting/of/{meeting_id}#vote")


