"""The announcement of a reception as a poster: when, where, about what, and which deputies (S7-3)."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import format_date, gettext
from flask_babel import lazy_gettext as _

from app.core.paperwork.papers import Form, Reading, Sheet, Slot
from app.core.refusals import Refusal, Refused
from app.paper import long_date

from ..forms import HEAD
from .services import GONE

RECEPTION = (
    "activity", "activity.start", "activity.end", "activity.place", "activity.content", "activity.convenor", "activity.convenor.phone",
    "activity.cancelled_on",
)
ON_DUTY = ("deputy", "deputy.official_order", "deputy.stroke_key", "state")


def announcement(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    sheets = []
    for row in reading.rows("receptions", ids, RECEPTION):
        if row.values["activity.cancelled_on"] is not None:
            raise Refused(Refusal("cancelled_no_invitation"))
        head, texts = reading.letterhead("receptions", row.id), row.texts
        start, end = row.values["activity.start"], row.values["activity.end"]
        marks = reading.under("attendance", "activity", row.values["activity"], ON_DUTY)
        on_duty = [mark for mark in marks if mark.values["state"] not in GONE]
        on_duty.sort(key=lambda mark: (
            mark.values["deputy.official_order"] is None, mark.values["deputy.official_order"] or 0,
            mark.values["deputy.stroke_key"] or "~", mark.id,
        ))
        contact = "　".join(part for part in (texts["activity.convenor"], texts["activity.convenor.phone"]) if part)
        facts = {
            "station": head.station,
            "office": head.office,
            "day": f"{long_date(start.date())}（{format_date(start, 'EEEE')}）",
            "hours": f"{start:%H:%M}" + (f"—{end:%H:%M}" if end is not None and end.date() == start.date() else ""),
            "place": texts["activity.place"],
            "content": texts["activity.content"],
            "deputies": "　　".join(mark.texts["deputy"] for mark in on_duty),
            "contact": contact,
            "posted_on": long_date(reading.today),
        }
        sheets.append(Sheet(f"{gettext('Announcement of a reception')}{start:%Y%m%d}", head.station_id, facts))
    return sheets


FORMS = (
    Form(
        "reception_announcement",
        _("Announcement of a reception"),
        "receptions",
        (
            *HEAD,
            Slot("day", _("Reception day"), "2026年5月6日（星期三）"),
            Slot("hours", _("Hours"), "09:00—11:30"),
            Slot("place", _("Place"), "青石镇人大代表联络站"),
            Slot("content", _("Content"), "听取选民和群众的意见、建议"),
            Slot("deputies", _("Deputies on duty"), "石春　　解明　　仇兰"),
            Slot("contact", _("Convened by, with phone"), "周敏　0377-60000000"),
            Slot("posted_on", _("Day of posting"), "2026年4月30日"),
        ),
        announcement,
    ),
)
