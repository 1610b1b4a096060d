"""The table of an opinion's way (S8-2 to S8-6): what the office, the presidium and the archivist do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _

from app.core.workflows.workflow import Hand, Move, Workflow, register

from ..facts import facts_of
from ..models import Opinion
from . import rules, writes

OFFICE = frozenset({"head", "liaison"})
SIGNERS = OFFICE | {"presidium"}
"""The presidium signs; where it does not sign in the office enters who signed and when, with the paper (S8-3)."""
FILERS = OFFICE | {"archivist"}
OPEN = ("registered", "gathering", "to_assign")
WITH_ORGAN = ("assigned", "in_progress", "second_round")

How = dict[str, Callable[[Hand], Any]]


def _today(name: str) -> How:
    return {name: lambda hand: hand.now.date()}


def _is(name: str, value: Any) -> How:
    return {name: lambda _hand: value}


def _own_name(name: str) -> How:
    """Who signs in to sign does so by the own name; the office says who signed."""
    return {name: lambda hand: hand.name if "presidium" in hand.roles else ""}


_SAID: tuple[str, ...] = ("replies.replied_on", "replies.form", "replies.answer")
_THOUGHT = ("replies.satisfaction", "replies.not_obtained_reason", "replies.dissatisfied_because")
_SHEET = ("assignments.organ", "assignments.assigned_on")
_BESIDES = ("assignments.due", "assignments.co_organs", "assignments.instruction")
_DECIDED = _is("explained_reason", None)
"""What is handled otherwise was not explained after all."""
_SPOKEN: How = {**_is("replies.form", "in_person"), **_is("replies.answered_by", "deputy")}


def _at_once(name: str, label: Any, handling: str, **more: Any) -> Move:
    """An answer that needs no organ."""
    return Move(
        name=name,
        label=label,
        leaves=OPEN,
        to="answered",
        who=OFFICE,
        needs=rules.nothing_done,
        writes=writes.answer,
        back=_("Take back the answer"),
        back_needs=rules.answered_as(handling),
        unwrites=writes.unanswer,
        **more,
    )


WAY = register(
    Workflow(
        ledger=Opinion.__tablename__,
        column="status",
        line=("registered", "to_assign", "assigned", "in_progress", "answered", "closed", "filed"),
        read=facts_of,
        way=rules.way,
        mends={"county_matter": "/step/opinions/{id}/suggest"},
        moves=(
            _at_once(
                "answer_on_spot",
                _("Answered on the spot"),
                "answered_on_spot",
                given=writes.as_heard,
                sets=_is("handling", "answered_on_spot") | _SPOKEN | _DECIDED,
                asks=_SAID,
                offers=("replies.answerer", *_THOUGHT),
            ),
            _at_once(
                "answer_after_enquiry",
                _("Answered after enquiry"),
                "answered_after_enquiry",
                sets=_is("handling", "answered_after_enquiry")
                | _is("replies.answered_by", "deputy")
                | _today("replies.replied_on")
                | _DECIDED,
                asks=_SAID,
                offers=("replies.answered_by", "replies.answerer", *_THOUGHT),
            ),
            _at_once(
                "explain",
                _("Explained to the person"),
                "explained",
                given=writes.as_heard,
                sets=_is("handling", "explained") | _SPOKEN,
                asks=("explained_reason", "legal_basis", *_SAID),
                offers=("replies.answerer", *_THOUGHT),
            ),
            Move(
                name="gather",
                label=_("Unclear: gather first"),
                leaves=("registered", "to_assign"),
                to="gathering",
                who=OFFICE,
                needs=rules.nothing_done,
                sets=_is("handling", "to_gather") | _DECIDED,
                back=_("Not to be gathered"),
            ),
            Move(
                name="pass_on",
                label=_("Is to be assigned"),
                leaves=("registered", "gathering"),
                to="to_assign",
                who=OFFICE,
                needs=rules.nothing_done,
                sets=_is("handling", "to_assign") | _DECIDED,
                back=_("Not to be assigned"),
                back_needs=rules.nothing_done,
            ),
            Move(
                name="draw_up",
                label=_("Draw up the assignment sheet"),
                leaves=OPEN,
                to="to_assign",
                who=OFFICE,
                needs=rules.no_sheet,
                sets=_is("handling", "to_assign") | _today("assignments.assigned_on") | _DECIDED,
                asks=_SHEET,
                offers=_BESIDES,
                writes=writes.draw_up,
            ),
            Move(
                name="drop_draft",
                label=_("Drop the unsigned sheet"),
                leaves=("to_assign",),
                to="",
                or_to=("registered", "gathering", "answered"),
                who=OFFICE,
                needs=rules.draft_there,
                writes=writes.drop_draft,
            ),
            Move(
                name="sign",
                label=_("Sign the sheet"),
                leaves=("to_assign",),
                to="assigned",
                or_to=("second_round",),
                who=SIGNERS,
                needs=rules.draft_there,
                sets=_own_name("assignments.signed_by") | _today("assignments.signed_on"),
                asks=("assignments.signed_by", "assignments.signed_on"),
                writes=writes.write_on_sheet,
                paper=writes.sheet_of,
                back=_("Take back the signature"),
                back_needs=rules.only_signed,
                unwrites=writes.unsign,
            ),
            Move(
                name="receive",
                label=_("The organ signed for it"),
                leaves=("assigned", "second_round"),
                to="in_progress",
                or_to=("second_round",),
                who=OFFICE,
                needs=rules.not_received,
                sets=_today("assignments.received_on"),
                asks=("assignments.received_by", "assignments.received_on"),
                writes=writes.write_on_sheet,
                paper=writes.sheet_of,
                back=_("Take back the receipt"),
                back_needs=rules.received,
                unwrites=writes.unreceive,
            ),
            Move(
                name="return",
                label=_("The organ returns it"),
                leaves=WITH_ORGAN,
                to="to_assign",
                or_to=("answered",),
                who=OFFICE,
                needs=rules.sheet_out,
                sets=_today("assignments.returned_on"),
                asks=("assignments.returned_reason", "assignments.returned_on"),
                writes=writes.write_on_sheet,
                paper=writes.sheet_of,
                back=_("Take back the return"),
                back_needs=rules.came_back,
                unwrites=writes.unreturn,
            ),
            Move(
                name="remind",
                label=_("Remind the organ"),
                leaves=WITH_ORGAN,
                to="",
                who=SIGNERS,
                needs=rules.someone_to_remind,
                sets=_is("supervision.form", "phone")
                | {"supervision.by_whom": lambda hand: hand.name}
                | _today("supervision.supervised_on"),
                asks=("supervision.form", "supervision.supervised_on", "supervision.by_whom"),
                offers=("supervision.finding",),
                writes=writes.remind,
            ),
            Move(
                name="answer",
                label=_("Enter the answer"),
                leaves=WITH_ORGAN,
                to="answered",
                who=OFFICE,
                needs=rules.to_be_answered,
                sets=_today("replies.replied_on") | _is("replies.answered_by", "organ_head"),
                asks=_SAID,
                offers=("replies.answered_by", "replies.answerer", *_THOUGHT),
                writes=writes.answer,
                back=_("Take back the answer"),
                back_needs=rules.answered_by_sheet,
                unwrites=writes.unanswer,
            ),
            Move(
                name="ask",
                label=_("Enter the satisfaction"),
                leaves=("answered",),
                to="",
                who=OFFICE,
                needs=rules.unasked,
                sets=_today("replies.asked_on"),
                asks=("replies.satisfaction", "replies.asked_on"),
                offers=("replies.not_obtained_reason", "replies.dissatisfied_because"),
                writes=writes.note_satisfaction,
                back=_("Take back the satisfaction"),
                back_needs=rules.asked,
                unwrites=writes.unask,
            ),
            Move(
                name="handle_again",
                label=_("Have it handled a second time"),
                leaves=("answered",),
                to="to_assign",
                who=OFFICE,
                needs=rules.displeased,
                given=writes.again,
                sets=_today("assignments.assigned_on"),
                asks=("replies.dissatisfied_because", *_SHEET),
                offers=_BESIDES,
                writes=writes.draw_up,
            ),
            Move(
                name="close",
                label=_("Close the matter"),
                leaves=("answered",),
                to="closed",
                who=OFFICE,
                needs=rules.closable,
                sets=_today("closed_on"),
                back=_("Open it again"),
            ),
            Move(
                name="file",
                label=_("File"),
                leaves=("closed",),
                to="filed",
                who=FILERS,
                sets=_today("filed_on"),
                page="/filing/record/opinions/{id}",
                back=_("Take it out of the files"),
            ),
            Move(
                name="refer",
                label=_("Lawsuit: refer to the organ in charge"),
                leaves=OPEN,
                to="assigned",
                who=OFFICE,
                needs=rules.nothing_done,
                sets=_is("law_related", True) | _today("referred_on"),
                asks=("referred_to", "referred_on"),
                back=_("Take back the referral"),
                back_needs=rules.is_referred,
            ),
            Move(
                name="suggest",
                label=_("Make it a suggestion"),
                leaves=OPEN,
                to="assigned",
                who=OFFICE,
                needs=rules.no_sheet,
                given=writes.as_spoken,
                sets=_is("handling", "to_assign") | _is("suggestions.level", "county") | _today("suggestions.submitted_on") | _DECIDED,
                asks=("suggestions.title", "suggestions.deputy", "suggestions.content", "suggestions.submitted_on", "suggestions.level"),
                offers=("suggestions.co_signers", "suggestions.organ"),
                writes=writes.suggest,
                back=_("Leave the suggestion"),
                back_needs=rules.is_suggested,
                unwrites=writes.unsuggest,
            ),
        ),
    )
)
