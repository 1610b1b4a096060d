"""Each posting of an announcement stands once in the ledger of notices, as told to the public (S7-3); what was taken back does not."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _

from app.core import clock
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.titles import titles_of
from app.core.records.hooks import Saving, after_saving
from app.core.records.saving import Writing

from ..numbers import imported
from . import rules

TO_PUBLIC = {"whom": "public", "channel": "announcement"}


@after_saving("receptions")
def note_posting(saving: Saving) -> None:
    """A workbook brings its own notices along."""
    if imported(saving.writing) or not saving.changed("announced_on", "announced_again_on"):
        return
    before = [saving.before.get(name) for name in ("announced_on", "announced_again_on")]
    now = [saving.values[name] for name in ("announced_on", "announced_again_on")]
    posted, withdrawn = rules.postings(before, now, outdated=saving.before.get("announcement") == "outdated")
    writing, activity = saving.writing, saving.writing.get(LEDGERS["activities"], saving.values["activity"])
    noted = [row for row in writing.rows(LEDGERS["activity_notices"], saving.station_id, activity=activity.id) if row.whom == "public"]
    for row in noted:
        if row.told_at.date() in withdrawn and row.channel == TO_PUBLIC["channel"]:
            writing.erase(row)
    for day in sorted(posted - {row.told_at.date() for row in noted}):
        values = {"activity": activity.id, "told_at": _moment(day), "told_by": _staff(saving), "words": _words(writing, activity, saving)}
        writing.save("activity_notices", {"station_id": saving.station_id, **TO_PUBLIC, **values}, by_program=True)


def _moment(day: date) -> datetime:
    """Of an earlier day nobody knows the hour."""
    now = clock.now()
    return now.replace(second=0) if day == now.date() else datetime.combine(day, time())


def _staff(saving: Saving) -> int | None:
    name = saving.values["announced_by"]
    found = saving.writing.rows(LEDGERS["station_staff"], saving.station_id, name=name) if name else []
    return found[0].id if found else None


def _words(writing: Writing, activity: Any, saving: Saving) -> str:
    """What was announced: time, place and deputies."""
    names = titles_of(writing.session, [("deputies", each) for each in saving.values["announced_deputies"]]).values()
    said = (f"{activity.start:%Y-%m-%d %H:%M}", activity.place, "、".join(names))
    return _("Announcement posted: %(what)s", what="；".join(part for part in said if part))
