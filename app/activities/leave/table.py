"""The table of a leave request (S10-4): asked, then granted or refused by name, by the organiser or the presidium."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from app.core.refusals import Refusal
from app.core.workflows.workflow import Move, Workflow, register

from ..models import LeaveRequest

DECIDERS = frozenset({"head", "liaison", "presidium"})
"""The office as organiser, and the presidium; where the presidium does not sign in the office enters who decided and when."""


def _written(leave: Any) -> Iterable[Refusal]:
    """Leave from a congress session is granted on a written report only (S10-3)."""
    if leave.session_id is not None and not leave.written:
        yield Refusal("written_report_missing")


def _as_it_is(_session: Session, row: Any) -> Any:
    return row


_BY_NAME = {"decided_by": lambda hand: hand.name, "decided_on": lambda hand: hand.now.date()}

DECISION = register(
    Workflow(
        ledger=LeaveRequest.__tablename__,
        column="decision",
        line=("pending", "approved"),
        read=_as_it_is,
        moves=(
            Move(
                name="approve",
                label=_("Grant leave"),
                leaves=("pending",),
                to="approved",
                who=DECIDERS,
                needs=_written,
                sets={"decision": lambda _hand: "approved", **_BY_NAME},
                asks=("decided_by", "decided_on"),
                back=_("Take back the decision"),
            ),
            Move(
                name="decline",
                label=_("Refuse leave"),
                leaves=("pending",),
                to="declined",
                who=DECIDERS,
                sets={"decision": lambda _hand: "declined", **_BY_NAME},
                asks=("decided_by", "decided_on"),
                back=_("Take back the decision"),
            ),
        ),
    )
)
