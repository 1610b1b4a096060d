"""The table of a fault (R24): it is given to somebody until a day, put right by name, and re-checked."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from app.core.workflows.workflow import Move, Workflow, register

from .models import ArchiveFault

OFFICE = frozenset({"head", "liaison", "archivist"})


def _as_it_is(_session: Session, row: Any) -> Any:
    return row


def _as_given(_session: Session, row: Any) -> dict[str, Any]:
    """Who was to do it has most likely done it."""
    return {"put_right_by": row.responsible} if row.responsible else {}


def _given_so_far(_session: Session, row: Any) -> dict[str, Any]:
    return {"responsible": row.responsible, "due_on": row.due_on}


FAULTS = register(
    Workflow(
        ledger=ArchiveFault.__tablename__,
        column="state",
        line=("fault", "put_right", "rechecked"),
        read=_as_it_is,
        moves=(
            Move(
                name="give",
                label=_("Give it to somebody else, or until another day"),
                leaves=("fault",),
                to="",
                who=OFFICE,
                asks=("responsible", "due_on"),
                given=_given_so_far,
            ),
            Move(
                name="put_right",
                label=_("The fault is put right"),
                leaves=("fault",),
                to="put_right",
                who=OFFICE,
                sets={"put_right_by": lambda hand: hand.name, "put_right_on": lambda hand: hand.now.date()},
                asks=("remedy", "put_right_by", "put_right_on"),
                given=_as_given,
                back=_("Still not in order"),
            ),
            Move(
                name="recheck",
                label=_("Re-checked: in order"),
                leaves=("put_right",),
                to="rechecked",
                who=OFFICE,
                sets={"rechecked_by": lambda hand: hand.name, "rechecked_on": lambda hand: hand.now.date()},
                asks=("rechecked_by", "rechecked_on"),
                back=_("Take back the re-check"),
            ),
        ),
    )
)
