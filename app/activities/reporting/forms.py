"""The report on an activity as a Word document with its photos (S5-5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.core.lists.listing import Row
from app.core.paperwork.paperpictures import PHOTOS, Shot, in_pairs, pictures_of
from app.core.paperwork.papers import TEXT, Form, Letterhead, Reading, Sheet, Slot
from app.paper import long_date, paragraphs

from . import rules

REPORT = ("activity", "activity.title", "activity.start", "activity.place", "subject", "addressee", "content", "sent_on", "sent_by")


def activity_report(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    sheets = []
    for row in reading.rows("activity_reports", ids, REPORT):
        head = reading.letterhead("activity_reports", row.id)
        shots = pictures_of(reading, "activities", row.values["activity"]) if row.values["activity"] is not None else []
        shots += pictures_of(reading, "activity_reports", row.id)
        photos = [each for each in shots if not rules.is_sign_in(each.name, each.note)]
        name = f"{row.texts['activity.title'] or row.texts['subject']}{gettext('Report on an activity')}"
        sheets.append(Sheet(name, head.station_id, report_facts(row, photos, head)))
    return sheets


def report_facts(row: Row, photos: Sequence[Shot], head: Letterhead) -> dict[str, Any]:
    """The report's values: its text by paragraphs, its photos two in a line."""
    what = row.texts["activity.title"] or row.texts["subject"]
    return {
        "station": head.station,
        "office": head.office,
        "title": gettext("Report on “%(title)s”", title=what),
        "addressee": row.texts["addressee"],
        "activity": row.texts["activity.title"],
        "start": long_date(row.values["activity.start"]),
        "place": row.texts["activity.place"],
        "paragraphs": paragraphs(row.texts["content"]),
        "photos": in_pairs(photos),
        "sent_by": row.texts["sent_by"],
        "sent_on": long_date(row.values["sent_on"]),
    }


FORMS = (
    Form(
        "activity_report",
        _("Report on an activity"),
        "activity_reports",
        (
            Slot("station", _("Station"), "青石镇人大代表联络站"),
            Slot("office", _("In whose name it goes out"), "青石镇人大主席团"),
            Slot("title", _("Title of the report"), "关于“3月代表接待选民日”活动情况的汇报"),
            Slot("addressee", _("Addressee"), "县人大常委会代表联络工委"),
            Slot("activity", _("Activity title"), "3月代表接待选民日"),
            Slot("start", _("Start"), "2026年3月3日9:00"),
            Slot("place", _("Place"), "青石镇联络站"),
            TEXT,
            PHOTOS,
            Slot("sent_by", _("Sent by"), "周敏"),
            Slot("sent_on", _("Sent on"), "2026年3月6日"),
        ),
        activity_report,
    ),
)
