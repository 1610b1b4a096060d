"""The table of a plan (S2-2): drafted, approved by the head of station, changed since and approved anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.refusals import Refusal
from app.core.workflows.workflow import Move, Workflow, register

from . import rules
from .models import Plan, PlanItem

HEAD = frozenset({"head"})
_items: Any = PlanItem


@dataclass(frozen=True)
class Facts:
    """What there is to approve."""

    items: int
    content: str | None


def _read(session: Session, row: Any) -> Facts:
    return Facts(session.scalar(select(func.count()).where(_items.plan_id == row.id)) or 0, row.content)


def _planned(facts: Facts) -> Iterable[Refusal]:
    return rules.nothing_planned(facts.items, facts.content)


_NOW = {"approved_on": lambda hand: hand.now.date(), "amended_on": lambda _hand: None}

APPROVAL = register(
    Workflow(
        ledger=Plan.__tablename__,
        column="status",
        line=("drafted", "approved"),
        read=_read,
        moves=(
            Move(
                name="approve",
                label=_("Approve the plan"),
                leaves=("drafted",),
                to="approved",
                who=HEAD,
                needs=_planned,
                sets=_NOW,
                back=_("Take back the approval"),
            ),
            Move(name="amend", label=_("The plan or one of its items was changed"), leaves=("approved",), to="amended"),
            Move(
                name="approve_changes",
                label=_("Approve the changed plan"),
                leaves=("amended",),
                to="approved",
                who=HEAD,
                needs=_planned,
                sets=_NOW,
            ),
        ),
    )
)
