"""What the congress's ledgers do besides being written."""

from __future__ import annotations

from app.core.dictionary.ledger import LEDGERS
from app.core.records.hooks import Saving, before_saving
from app.core.records.saving import Writing
from app.core.refusals import refuse_any

from . import rules


@before_saving("congress_attendance", "congress_speeches", "motions")
def of_the_same_congress(saving: Saving) -> None:
    """A county deputy is no member of the township's congress: compared by level and term, as the county and a station
    may each have entered the same term."""
    field = "lead" if "lead" in saving.values else "mandate"
    if not saving.changed("session", field):
        return
    of_session = _term(saving.writing, "congress_sessions", saving.values["session"])
    refuse_any(rules.same_congress(of_session, _term(saving.writing, "mandates", saving.values[field]), field))


def _term(writing: Writing, key: str, row_id: int) -> tuple[str, int]:
    term = writing.get(LEDGERS["terms"], writing.get(LEDGERS[key], row_id).term_id)
    return term.level, term.ordinal
