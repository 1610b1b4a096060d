"""The rooms in which archives lie: what is inspected month by month."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from app.core.dictionary.columns import day, long_text, reference, text, yes_no
from app.core.dictionary.entry import Entry
from app.core.dictionary.ledger import StationLedger
from app.core.dictionary.roles import ARCHIVES


class ArchiveRoom(StationLedger):
    """档案库房 (S11-4). Checks name their room by its name, so that a sheet from elsewhere fits; a new name carries them along."""

    __tablename__ = "archive_rooms"
    entry = Entry(
        label=_("Archive rooms"), one=_("archive room"), articles=("S11-4",), access=ARCHIVES,
        key=("name",), title=("name",), newest_first=False, ordered=(("since", "given_up_on"),),
    )
    name = text(_("Name of the room"), 40, required=True)
    place = text(_("Where it is"), 80, width=20)
    keeper = reference(_("Keeper of the room"), "station_staff", hint=_("Is given the faults found there, unless someone else is named"))
    meter = yes_no(_("Has a thermometer and hygrometer"), default=True)
    since = day(_("In use since"), hint=_("Months before it are not asked for"))
    given_up_on = day(_("Given up on"))
    note = long_text(_("Note"))
