"""The table of a review meeting: what comes about as it is held, and what its keepers decide (S9-2, S9-4 to S9-6)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from app.core.records.store import Store
from app.core.workflows.workflow import Move, Workflow, register
from app.work.services import setting

from ..models import ReviewMeeting, ReviewResult, VoterRepresentative
from . import rules
from .votes import state_of

KEEPERS = frozenset({"head", "liaison", "convenor"})
LINE = ("preparing", "signing_in", "reporting", "voting", "counting", "announced", "minuted", "reported")


def facts_of(session: Session, meeting: Any) -> rules.Facts:
    """The facts of a meeting as it is in the database."""
    store = Store(session)
    own = {name: getattr(meeting, name) for name in ("audience", "chair", "scrutineers", "tellers", "reports_begun_at", "record",
                                                     "opinions_voiced", "reported_on")}
    found = facts(store, meeting.station_id, meeting.id, {**own, "reporters": store.targets(meeting, "reporters")})
    return replace(found, required=required_at(session, meeting))


def required_at(session: Session, meeting: Any) -> int:
    """How many voters there must be at least; none of another audience (S9-4)."""
    return int(setting(session, meeting.station_id, "voter_representatives")) if meeting.audience == rules.VOTERS else 0


def facts(store: Store, station_id: int | None, meeting_id: int | None, values: Any) -> rules.Facts:
    """The facts of a meeting with these values; None: one that is just being entered. What is required does not decide where it
    stands, and is not asked here."""
    voters = [] if meeting_id is None else store.rows(VoterRepresentative, station_id, meeting=meeting_id)
    results = [] if meeting_id is None else store.rows(ReviewResult, station_id, meeting=meeting_id)
    reporters = set(values["reporters"])
    return rules.Facts(
        audience=values["audience"],
        reporters=len(reporters),
        **{name: bool(values[name]) for name in ("chair", "scrutineers", "tellers", "record")},
        listed=len(voters),
        signed_in=sum(each.signed_in for each in voters),
        reports_begun=values["reports_begun_at"] is not None,
        vote=state_of(store.session, meeting_id) if meeting_id is not None else "",
        published=sum(each.mandate_id in reporters and each.published_at is not None for each in results),
        opinions=bool(values["opinions_voiced"]),
        reported=values["reported_on"] is not None,
    )


MEETING = register(
    Workflow(
        ledger=ReviewMeeting.__tablename__,
        column="stage",
        line=LINE,
        read=facts_of,
        moves=(
            Move(name="sign", label=_("The first voter has signed in"), leaves=("preparing",), to="signing_in",
                 needs=rules.nobody_signed_in),
            Move(name="unsign", label=_("Nobody has signed in after all"), leaves=("signing_in",), to="preparing"),
            Move(
                name="begin_reports",
                label=_("The reports begin"),
                leaves=("preparing", "signing_in"),
                to="reporting",
                who=KEEPERS,
                needs=rules.may_begin_reports,
                sets={"reports_begun_at": lambda hand: hand.now},
                back=_("The reports have not begun after all"),
            ),
            Move(name="reports", label=_("The reports have begun"), leaves=("signing_in",), to="reporting", needs=rules.reports_not_begun),
            Move(name="open", label=_("The vote was opened"), leaves=("preparing", "signing_in", "reporting", "announced"), to="voting",
                 needs=rules.vote_not_open),
            Move(name="close", label=_("The vote was closed, paper ballots are to be counted"), leaves=("voting",), to="counting",
                 needs=rules.vote_not_closed),
            Move(name="void", label=_("The vote is void"), leaves=("voting", "counting"), to="reporting"),
            Move(name="announce", label=_("The result was announced"), leaves=("voting", "counting"), to="announced",
                 needs=rules.not_announced),
            Move(name="results", label=_("Results counted on paper were entered"), leaves=("preparing", "signing_in", "reporting"),
                 to="announced"),
            Move(name="write_down", label=_("Opinions and record are written down"), leaves=("announced",), to="minuted",
                 needs=rules.not_minuted),
            Move(name="report_up", label=_("Reported to the county"), leaves=("minuted",), to="reported", needs=rules.not_reported),
        ),
        mends={
            **dict.fromkeys(("no_reporters", "no_chair", "no_scrutineers", "no_tellers"), "/review_meetings/edit/{id}"),
            **dict.fromkeys(("no_voters_listed", "no_voter_signed_in", "voters_missing"), "/meeting/of/{id}#voters"),
            **dict.fromkeys(("vote_not_open", "vote_not_closed", "count_not_agreed"), "/meeting/of/{id}#vote"),
            **dict.fromkeys(("no_opinions_voiced", "no_record", "not_reported_up"), "/review_minutes/{id}"),
        },
    )
)
