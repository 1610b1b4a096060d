"""What was voiced of each deputy at a review meeting, and the meeting's own column that tells it together (S9-5)."""

from __future__ import annotations

from typing import Any

from app.core.dictionary.ledger import LEDGERS
from app.core.records.hooks import Saving, after_erasing, after_saving, before_restoring, before_saving
from app.core.records.saving import Writing
from app.core.refusals import Refusal, Refused, refuse_any

from .. import rules
from ..models import ReviewMeeting, VoicedOpinion

MOST = 20_000
"""Characters that a meeting's column takes."""


@before_saving("voiced_opinions")
@before_restoring("voiced_opinions")
def voiced_of_who_reported(saving: Saving) -> None:
    """An opinion is about who reports there, or about all; what the meeting's column held before comes first, as said of all."""
    values, writing = saving.values, saving.writing
    meeting = writing.get(ReviewMeeting, values["meeting"])
    refuse_any(rules.reports_at(values["mandate"], writing.targets(meeting, "reporters")))
    known = [each for each in _of_meeting(writing, saving.station_id, meeting.id) if each.id != saving.row.id]
    if any(each.mandate_id == values["mandate"] for each in known):
        raise Refused(Refusal("opinions_twice", "mandate"))
    before = meeting.opinions_voiced
    if known or not saving.is_new or not before:
        return
    if values["mandate"] is None:
        values["text"] = values["text"] if before in values["text"] else f"{before}\n{values['text']}"
    else:
        written = {"meeting": meeting.id, "text": before, "station_id": saving.station_id}
        writing.save("voiced_opinions", written, by_program=True)


@after_saving("voiced_opinions")
@after_erasing("voiced_opinions")
def meeting_tells_them_together(saving: Saving) -> None:
    """The column of the meeting holds what the rows hold, in the official order of names."""
    for meeting_id in {values["meeting"] for values in (saving.values, saving.before) if values}:
        meeting = saving.writing.get(ReviewMeeting, meeting_id)
        told = _told(saving.writing, saving.station_id, meeting_id)
        if told is not None and len(told) > MOST:
            raise Refused(Refusal("too_long", "text", {"most": MOST, "now": len(told)}))
        if told != meeting.opinions_voiced:
            saving.writing.save("review_meetings", {"opinions_voiced": told}, row=meeting, by_program=True)


@before_saving("review_meetings")
def told_by_deputy(saving: Saving) -> None:
    """Where opinions are entered for each deputy the meeting's column follows from them."""
    if saving.is_new or not saving.changed("opinions_voiced"):
        return
    told = _told(saving.writing, saving.station_id, saving.row.id)
    if told is not None and saving.values["opinions_voiced"] != told:
        raise Refused(Refusal("opinions_by_deputy", "opinions_voiced"))


def _of_meeting(writing: Writing, station_id: int | None, meeting_id: int) -> list[Any]:
    return writing.rows(VoicedOpinion, station_id, meeting=meeting_id)


def _told(writing: Writing, station_id: int | None, meeting_id: int) -> str | None:
    rows = _of_meeting(writing, station_id, meeting_id)
    about = []
    for row in rows:
        if row.mandate_id is not None:
            mandate: Any = writing.get(LEDGERS["mandates"], row.mandate_id)
            deputy: Any = writing.get(LEDGERS["deputies"], mandate.deputy_id)
            place = (deputy.official_order is None, deputy.official_order or 0, deputy.stroke_key or "~", row.id)
            about.append((place, deputy.name, row.text))
    general = "\n".join(row.text for row in rows if row.mandate_id is None)
    return rules.told_together(general, [(name, text) for _place, name, text in sorted(about)])
