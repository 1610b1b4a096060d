"""What the congress's ledgers do besides being written."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.hooks import Saving, before_saving
from app.core.ledger import LEDGERS
from app.core.refusals import refuse_any

from . import rules


@before_saving("congress_attendance", "congress_speeches", "motions")
def of_the_same_congress(saving: Saving) -> None:
    """A county deputy is no member of the township's congress: compared by level and term, as the county and a station
    may each have entered the same term."""
    field = "lead" if "lead" in saving.values else "mandate"
    if not saving.changed("session", field):
        return
    session = saving.writing.session
    refuse_any(rules.same_congress(
        _term(session, "congress_sessions", saving.values["session"]), _term(session, "mandates", saving.values[field]), field))


def _term(session: Session, key: str, row_id: int) -> tuple[str, int] | None:
    model, terms = LEDGERS[key], LEDGERS["terms"]
    found = session.execute(
        select(terms.level, terms.ordinal).join(model, model.term_id == terms.id).where(model.id == row_id)
    ).first()
    return (found.level, found.ordinal) if found else None
