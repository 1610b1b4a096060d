"""What letters of activities have in common: the points, whom to ask, and that nobody is written to about what was called off."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select

from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.masks import is_masked
from app.core.lists.listing import Row
from app.core.paperwork.papers import Letterhead, Reading, Slot
from app.core.refusals import Refusal, Refused
from app.paper import long_date

UP = ("title", "type", "start", "place", "content", "form", "convenor", "convenor.phone", "cancelled_on", "status")
STANDS_FOR_NOTHING = "——"
NUMBERS = "一二三四五六"


def not_called_off(row: Row, prefix: str) -> None:
    if row.values[f"{prefix}cancelled_on"] is not None:
        raise Refused(Refusal("cancelled_no_invitation"))


def written(text: str) -> str:
    """A text as it stands in a letter: each of its lines begins two characters in; a dash where nobody has written anything."""
    return "\n　　".join(line.strip() for line in text.splitlines() if line.strip()) or STANDS_FOR_NOTHING


def particulars(*lines: tuple[str, str]) -> list[dict[str, str]]:
    """The points of a letter, numbered; what nobody has written yet has no line."""
    said = [(label, text) for label, text in lines if text]
    return [
        {"text": gettext("%(number)s. %(label)s: %(text)s", number=NUMBERS[at], label=label, text=text)}
        for at, (label, text) in enumerate(said)
    ]


def common(reading: Reading, head: Letterhead, row: Row, prefix: str) -> dict[str, Any]:
    texts = row.texts
    convenor, phone = _contact(reading, head, texts[f"{prefix}convenor"], texts[f"{prefix}convenor.phone"])
    return {
        "station": head.station,
        "office": head.office,
        "title": texts[f"{prefix}title"],
        "type": texts[f"{prefix}type"],
        "start": long_date(row.values[f"{prefix}start"]),
        "place": texts[f"{prefix}place"],
        "form": texts[f"{prefix}form"] or STANDS_FOR_NOTHING,
        "convenor": convenor,
        "phone": phone,
        "contact": "　　".join(
            gettext("%(label)s: %(text)s", label=label, text=text)
            for label, text in ((gettext("Contact"), convenor), (gettext("Contact's phone"), phone))
            if text
        ),
        "made_on": long_date(reading.today),
    }


def _contact(reading: Reading, head: Letterhead, convenor: str, phone: str) -> tuple[str, str]:
    """Whom to ask: who convenes it, else the station's liaison officer; by the station's phone where no other may be shown."""
    if not convenor:
        convenor, phone = _liaison(reading, head.station_id)
    if not phone or is_masked(phone):
        station: Any = reading.session.get(LEDGERS["stations"], head.station_id) if head.station_id is not None else None
        phone = (station.office_phone if station is not None else "") or ""
    return convenor, phone


def _liaison(reading: Reading, station_id: int | None) -> tuple[str, str]:
    """The name and phone of the liaison officer who is there today."""
    staff: Any = LEDGERS["station_staff"]
    there = reading.session.scalars(
        select(staff.id)
        .where(staff.station_id == station_id, staff.post == "liaison", or_(staff.until.is_(None), staff.until >= reading.today))
        .order_by(staff.id)
        .limit(1)
    ).all()
    return next(((row.texts["name"], row.texts["phone"]) for row in reading.rows("station_staff", there, ("name", "phone"))), ("", ""))


HEAD = (
    Slot("station", _("Station"), "青石镇人大代表联络站"),
    Slot("office", _("In whose name it goes out"), "青石镇人大主席团"),
    Slot("title", _("Activity title"), "春季食堂食品安全视察"),
    Slot("start", _("Start"), "2026年3月12日9:00"),
    Slot("place", _("Place"), "青石镇中心学校"),
    Slot("sentence", _("The whole sentence"), "青石镇人大代表联络站定于近期开展“春季食堂食品安全视察”，有关事项如下："),
)
PARTICULARS = Slot(
    "particulars", _("The points of the letter, numbered"), line=(Slot("text", _("A point"), "一、时间：2026年3月12日9:00"),)
)
MADE_ON = Slot("made_on", _("Made on"), "2026年3月9日")
CONTACT = (
    Slot("type", _("Activity type"), "视察"),
    Slot("form", _("Form of the activity"), "实地察看"),
    Slot("convenor", _("Convened by"), "周敏"),
    Slot("phone", _("Phone"), "13800000000"),
    Slot("contact", _("Contact and phone, as a line"), "联系人：周敏　　联系电话：13800000000"),
    MADE_ON,
)
