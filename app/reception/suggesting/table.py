"""The table of a suggestion's way (S8-3, S2-6): handed over, returned by an organ that is not competent and handed over anew, answered,
judged by its deputy, and handled once more. An organ that has answered is competent: it returns nothing in the second handling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from app.core.dictionary.ledger import Ledger
from app.core.records.saving import Writing
from app.core.records.store import Store
from app.core.workflows.stepping import save_beside
from app.core.workflows.workflow import Hand, Move, Workflow, register

from ..outcomes import Suggestion
from . import rules

OFFICE = frozenset({"head", "liaison"})
SUPERVISORS = OFFICE | {"presidium"}
WITH_ORGAN = ("handed_over", "second_round")


def _today(name: str) -> dict[str, Callable[[Hand], Any]]:
    return {name: lambda hand: hand.now.date()}


def facts_of(_session: Session, suggestion: Ledger) -> rules.Facts:
    return rules.facts({name: getattr(suggestion, name) for name in rules.Facts.__dataclass_fields__})


def way(found: rules.Facts) -> tuple[tuple[str, ...], str]:
    """The states on this suggestion's own way, and that it is handled a second time."""
    if found.again_on is None:
        returned = found.returned_on is not None and found.handed_over_on is None
        return ("submitted", "handed_over", "answered", "closed"), gettext("Returned: hand it over anew") if returned else ""
    return ("submitted", "handed_over", "second_round", "answered", "closed"), gettext("Handled %(count)s times", count=2)


def with_organ(session: Session, suggestion: Any) -> dict[str, Any]:
    """The organs that were named when it was put forward."""
    return {"organ": suggestion.organ_id, "co_organs": Store(session).targets(suggestion, "co_organs")}


def remind(writing: Writing, suggestion: Any, answers: Mapping[str, Any]) -> None:
    save_beside(writing, "supervision", answers, station_id=suggestion.station_id, suggestion=suggestion.id)


WAY = register(
    Workflow(
        ledger=Suggestion.__tablename__,
        column="status",
        line=("submitted", "handed_over", "answered", "closed"),
        read=facts_of,
        way=way,
        moves=(
            Move(
                name="hand_over",
                label=_("Hand over to the organ"),
                leaves=("submitted",),
                to="handed_over",
                who=OFFICE,
                given=with_organ,
                sets=_today("handed_over_on"),
                asks=("organ", "handed_over_on"),
                offers=("co_organs",),
                back=_("Take back the handing over"),
            ),
            Move(
                name="return",
                label=_("The organ returns it"),
                leaves=("handed_over",),
                to="submitted",
                who=OFFICE,
                sets=_today("returned_on"),
                asks=("returned_reason", "returned_on"),
                puts_aside={"organ": "returned_organ", "handed_over_on": "handed_before_on"},
                back=_("Take back the return"),
                back_needs=rules.came_back,
            ),
            Move(
                name="extend",
                label=_("Give it six months: complex"),
                leaves=WITH_ORGAN,
                to="",
                who=OFFICE,
                needs=rules.not_complex,
                sets={"complex": lambda _hand: True},
                asks=("complex_reason",),
                back=_("Not complex after all"),
                back_needs=rules.is_complex,
            ),
            Move(
                name="remind",
                label=_("Remind the organ"),
                leaves=WITH_ORGAN,
                to="",
                who=SUPERVISORS,
                sets={
                    "supervision.form": lambda _hand: "phone",
                    "supervision.by_whom": lambda hand: hand.name,
                    **_today("supervision.supervised_on"),
                },
                asks=("supervision.form", "supervision.supervised_on", "supervision.by_whom"),
                offers=("supervision.finding",),
                writes=remind,
            ),
            Move(
                name="answer",
                label=_("Enter the organ's answer"),
                leaves=("handed_over",),
                to="answered",
                who=OFFICE,
                sets=_today("answered_on"),
                asks=("answered_on", "result"),
                offers=("answer",),
                back=_("Take back the answer"),
                back_needs=rules.first_answer_bare,
            ),
            Move(
                name="ask",
                label=_("Enter the deputy's verdict"),
                leaves=("answered",),
                to="closed",
                or_to=("answered",),
                who=OFFICE,
                needs=rules.first_unasked,
                sets=_today("asked_on"),
                asks=("verdict", "asked_on"),
                offers=("dissatisfied_because",),
                back=_("Take back the verdict"),
                back_needs=rules.verdict_stands_alone,
            ),
            Move(
                name="handle_again",
                label=_("Have it handled a second time"),
                leaves=("answered",),
                to="second_round",
                who=OFFICE,
                needs=rules.displeased,
                sets=_today("again_on"),
                asks=("again_on",),
                offers=("again_due",),
                back=_("Take back the second handling"),
            ),
            Move(
                name="answer_again",
                label=_("Enter the second answer"),
                leaves=("second_round",),
                to="answered",
                who=OFFICE,
                sets=_today("again_answered_on"),
                asks=("again_answered_on", "again_result"),
                offers=("again_answer",),
                back=_("Take back the second answer"),
                back_needs=rules.second_unasked,
            ),
            Move(
                name="ask_again",
                label=_("Enter the second verdict"),
                leaves=("answered",),
                to="closed",
                who=OFFICE,
                needs=rules.second_unasked,
                sets=_today("again_asked_on"),
                asks=("again_verdict", "again_asked_on"),
                back=_("Take back the second verdict"),
                back_needs=rules.second_verdict,
            ),
        ),
    )
)
