"""What the people's ledgers do besides being written."""

from __future__ import annotations

from app.core.records.hooks import Saving, before_restoring, before_saving
from app.core.refusals import Refusal, refuse_any

from . import rules
from .models import Deputy, Mandate
from .rules import official_place as official_place  # dossiers stand in the official order of names


@before_saving("mandates")
@before_restoring("mandates")
def certificate_of_one_person(saving: Saving) -> None:
    """Two persons of a station never hold the same certificate number at once, not even from different terms."""
    values, writing = saving.values, saving.writing
    if not rules.holds_certificate(values) or not saving.changed("certificate", "deputy", "state"):
        return
    same = writing.rows(Mandate, saving.station_id, certificate=values["certificate"])
    holder = rules.other_holder(values["deputy"], [(each.deputy_id, each.state) for each in same if each.id != saving.row.id])
    if holder is not None:
        refuse_any([Refusal("taken", "certificate", {"title": writing.store.title(Deputy, holder)})])
