"""The table of an announcement: posted with the day and by whom, and anew where it says something else than what will be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from app.core.dictionary.ledger import Ledger
from app.core.workflows.workflow import Hand, Move, Workflow, register

from ..models import Reception
from . import rules

OFFICE = frozenset({"head", "liaison"})


def _sets(day: str) -> dict[str, Callable[[Hand], Any]]:
    return {day: lambda hand: hand.now.date(), "announced_by": lambda hand: hand.name}


def posted_again(_session: Session, reception: Ledger) -> date | None:
    found: date | None = reception.announced_again_on
    return found


WAY = register(
    Workflow(
        ledger=Reception.__tablename__,
        column="announcement",
        line=("unposted", "posted"),
        read=posted_again,
        moves=(
            Move(
                name="post",
                label=_("Note the announcement as posted"),
                leaves=("unposted",),
                to="posted",
                who=OFFICE,
                sets=_sets("announced_on"),
                asks=("announced_on", "announced_by"),
                back=_("Take back the posting"),
                back_needs=rules.not_posted_anew,
            ),
            Move(name="changed", label=_("Another deputy, time or place"), leaves=("posted",), to="outdated"),
            Move(name="changed_back", label=_("It says what will be again"), leaves=("outdated",), to="posted"),
            Move(
                name="post_anew",
                label=_("Note the new announcement as posted"),
                leaves=("outdated",),
                to="posted",
                who=OFFICE,
                sets=_sets("announced_again_on"),
                asks=("announced_again_on", "announced_by"),
            ),
        ),
    )
)
