"""Letters of activities: the notice to deputies, and the letter to a deputy's work unit (S5-4, S6-6)."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.core.paperwork.papers import Form, Reading, Sheet, Slot
from app.paper import long_date

from .lettering import CONTACT, HEAD, MADE_ON, PARTICULARS, UP, common, not_called_off, particulars

UNIT = ("deputy", "deputy.unit", "activity", "activity.title", "activity.start", "activity.place", "activity.cancelled_on")


def activity_notice(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    sheets = []
    for row in reading.rows("activities", ids, UP):
        head = reading.letterhead("activities", row.id)
        not_called_off(row, "")
        invited = str(len(reading.under("attendance", "activity", row.id, ("deputy",))))
        facts = {
            **common(reading, head, row, ""),
            "content": row.texts["content"],
            "invited": invited,
            "sentence": gettext("%(station)s holds “%(title)s”. The particulars:", station=head.station, title=row.texts["title"]),
            "particulars": particulars(
                (gettext("Time"), long_date(row.values["start"])),
                (gettext("Place"), row.texts["place"]),
                (gettext("Content"), row.texts["content"]),
                (gettext("Form of it"), row.texts["form"]),
                (gettext("Who takes part"), gettext("%(count)s deputies are invited", count=invited) if invited != "0" else ""),
            ),
        }
        sheets.append(Sheet(f"{row.texts['title']}{gettext('Notice of an activity')}", head.station_id, facts))
    return sheets


def work_unit_letter(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """To where a deputy works, so that the deputy is given the time (S6-6). Unit and post stand in one field, so the letter
    goes to the deputy's unit and says in its text which one that is."""
    sheets = []
    for row in reading.rows("attendance", ids, UNIT):
        not_called_off(row, "activity.")
        head, texts = reading.letterhead("attendance", row.id), row.texts
        told = {
            "deputy": texts["deputy"],
            "title": texts["activity.title"],
            "start": long_date(row.values["activity.start"]),
            "place": texts["activity.place"],
        }
        named = {**told, "deputy": told["deputy"] + (gettext(" (%(words)s)", words=texts["deputy.unit"]) if texts["deputy.unit"] else "")}
        sentence = (
            gettext("Deputy %(deputy)s of your unit is to take part in “%(title)s” on %(start)s at %(place)s.", **named)
            if told["place"]
            else gettext("Deputy %(deputy)s of your unit is to take part in “%(title)s” on %(start)s.", **named)
        )
        facts = {
            "station": head.station,
            "office": head.office,
            "unit": texts["deputy.unit"],
            "addressee": gettext("The work unit of %(deputy)s", deputy=told["deputy"]),
            **told,
            "sentence": sentence,
            "made_on": long_date(reading.today),
        }
        sheets.append(Sheet(f"{texts['deputy']}{gettext('Letter to the work unit')}", head.station_id, facts))
    return sheets


FORMS = (
    Form(
        "activity_notice",
        _("Notice of an activity"),
        "activities",
        (
            *HEAD,
            *CONTACT,
            PARTICULARS,
            Slot("content", _("Content"), "察看食堂和台账"),
            Slot("invited", _("Number of deputies invited"), "12"),
        ),
        activity_notice,
        offered=lambda activity: activity.cancelled_on is None,
    ),
    Form(
        "work_unit_letter",
        _("Letter to the work unit"),
        "attendance",
        (
            *HEAD,
            MADE_ON,
            Slot("addressee", _("Addressee"), "石春同志所在单位"),
            Slot("unit", _("Work unit and post"), "青石村党支部书记"),
            Slot("deputy", _("Deputy"), "石春"),
        ),
        work_unit_letter,
        offered=lambda mark: mark.activity.cancelled_on is None,
    ),
)
