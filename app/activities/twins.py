"""Rows that would say the same twice."""

from __future__ import annotations

from app.core.records.hooks import Saving
from app.core.refusals import Refusal, Refused


def refuse_twin(saving: Saving, *names: str) -> None:
    """No second row with the same values, empty ones included (a UNIQUE takes two empty ones for different)."""
    if not saving.is_new and not saving.changed(*names):
        return
    same = saving.writing.rows(saving.model, saving.station_id, **{name: saving.values[name] for name in names})
    found = next((each for each in same if each.station_id == saving.station_id and each.id != saving.row.id), None)
    if found is not None:
        raise Refused(Refusal("taken", names[-1], {"title": saving.writing.store.title(saving.model, found.id)}))
