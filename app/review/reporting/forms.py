"""The duty report, the minutes of a review meeting, and the report on it, as Word documents (S9-3, S9-5, S9-6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.core.dictionary.ledger import LEDGERS
from app.core.lists.listing import Row
from app.core.paperwork.paperpictures import PHOTOS, in_pairs, pictures_of
from app.core.paperwork.papers import TEXT, Form, Letterhead, Reading, Sheet, Slot
from app.paper import long_date, paragraphs

from . import rules
from .known import MEETING, known_of
from .wording import Meeting, as_facts, minutes, upward

REPORT = (
    "mandate.deputy", "mandate.term", "mandate.deputy.group", "mandate.constituency", "year", "form", "submitted_on", "received_on",
    *rules.HEADINGS,
)
NUMERALS = "一二三四五六七"
_sent: Any = LEDGERS["activity_reports"]


def duty_report(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    sheets = []
    for row in reading.rows("duty_reports", ids, REPORT):
        head = reading.letterhead("duty_reports", row.id)
        name = f"{row.texts['mandate.deputy']}{row.texts['year']}{gettext('Duty report')}"
        sheets.append(Sheet(name, head.station_id, report_facts(row, head)))
    return sheets


def report_facts(row: Row, head: Letterhead) -> dict[str, Any]:
    """The report's values; its text by paragraphs under the seven headings, an empty one with room to write."""
    told: list[dict[str, str]] = []
    for numeral, name in zip(NUMERALS, rules.HEADINGS, strict=True):
        label = str(LEDGERS["duty_reports"].fields[name].label).partition(". ")[2]
        told.append({"text": f"{numeral}、{label}", "heading": "1"})
        told += [{**each, "heading": ""} for each in paragraphs(row.texts[name])] or [{"text": "", "heading": ""}]
    texts = row.texts
    return {
        "station": head.station,
        "name": texts["mandate.deputy"],
        "term": texts["mandate.term"],
        "group": texts["mandate.deputy.group"],
        "constituency": texts["mandate.constituency"],
        "year": texts["year"],
        "form": texts["form"],
        "submitted_on": long_date(row.values["submitted_on"]),
        "received_on": long_date(row.values["received_on"]),
        "paragraphs": told,
    }


def review_minutes(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    sheets = []
    for row in reading.rows("review_meetings", ids, MEETING):
        head, known = reading.letterhead("review_meetings", row.id), known_of(reading, row)
        name = f"{known.title}{gettext('Minutes')}"
        sheets.append(Sheet(name, head.station_id, {**_of_meeting(known, head), **_people(known), "paragraphs": paragraphs(
            known.record or minutes(known))}))
    return sheets


def review_report(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    sheets = []
    for row in reading.rows("review_meetings", ids, MEETING):
        head, known = reading.letterhead("review_meetings", row.id), known_of(reading, row)
        report = _report_of(reading, row.values["activity"])
        facts = {
            **_of_meeting(known, head),
            "addressee": report.addressee if report is not None else LEDGERS["activity_reports"].fields["addressee"].default,
            "sent_on": long_date(report.sent_on if report is not None else None),
            "paragraphs": paragraphs((report.content if report is not None else "") or upward(known)),
            "photos": in_pairs(pictures_of(reading, "activities", row.values["activity"])),
        }
        sheets.append(Sheet(f"{known.title}{gettext('Report on a review')}", head.station_id, facts))
    return sheets


def _report_of(reading: Reading, activity_id: int) -> Any:
    """What was sent last, else the draft."""
    found = select(_sent).where(_sent.activity_id == activity_id).order_by(_sent.sent_on.is_(None), _sent.sent_on.desc(), _sent.id)
    return reading.session.scalars(found.limit(1)).first()


def _of_meeting(known: Meeting, head: Letterhead) -> dict[str, Any]:
    return {
        "station": head.station, "title": known.title, "start": known.start, "place": known.place,
        "reporters": gettext(", ").join(known.reporters), "counts": as_facts(known.counts),
    }


def _people(known: Meeting) -> dict[str, str]:
    return {
        "group": known.group, "audience": known.audience, "chair": known.chair, "scrutineers": known.scrutineers, "tellers": known.tellers,
        "representatives": str(known.representatives or ""), "signed_in": str(known.signed_in or ""),
    }


COUNTS = Slot(
    "counts",
    _("What the vote gave"),
    line=(
        Slot("no", _("No."), "1"), Slot("name", _("Deputy"), "叶雪"), Slot("issued", _("Ballots issued"), "34"),
        Slot("returned", _("Ballots returned"), "33"), Slot("valid", _("Valid ballots"), "32"), Slot("invalid", _("Invalid ballots"), "1"),
        Slot("satisfied", _("Votes: satisfied"), "25"), Slot("basically", _("Votes: basically satisfied"), "5"),
        Slot("dissatisfied", _("Votes: dissatisfied"), "1"), Slot("abstained", _("Votes: abstained"), "1"),
        Slot("share", _("Share of satisfied votes"), "78.1%"), Slot("seal", _("Seal of the count"), "3861207495516043"),
    ),
)
HELD = (
    Slot("station", _("Station"), "青石镇人大代表联络站"),
    Slot("title", _("Title of the meeting"), "第一代表小组述职评议会"),
    Slot("start", _("Start"), "2026年3月17日9:00"),
    Slot("place", _("Place"), "青石镇政府三楼会议室"),
    Slot("reporters", _("Deputies reporting"), "叶雪、宋斌振"),
    COUNTS,
    TEXT,
)
FORMS = (
    Form(
        "duty_report",
        _("Duty report"),
        "duty_reports",
        (
            Slot("station", _("Station"), "青石镇人大代表联络站"),
            Slot("name", _("Deputy"), "叶雪"),
            Slot("term", _("Term"), "县 第十六届"),
            Slot("group", _("Deputy group"), "第一代表小组"),
            Slot("constituency", _("Constituency"), "3 柳河选区"),
            Slot("year", _("Year"), "2026"),
            Slot("form", _("Form of report"), "书面"),
            Slot("submitted_on", _("Report submitted on"), "2026年12月10日"),
            Slot("received_on", _("Received by the group on"), "2026年12月11日"),
            TEXT,
        ),
        duty_report,
    ),
    Form(
        "review_minutes",
        _("Minutes of the review meeting"),
        "review_meetings",
        (
            *HELD,
            Slot("group", _("Deputy group"), "第一代表小组"),
            Slot("audience", _("Audience"), "选民"),
            Slot("chair", _("Chair"), "周国梁"),
            Slot("scrutineers", _("Scrutineers"), "张秀英、李大山"),
            Slot("tellers", _("Tellers"), "王建国、赵小兰"),
            Slot("representatives", _("Voters' representatives asked to come"), "34"),
            Slot("signed_in", _("Signed in"), "33"),
        ),
        review_minutes,
        reads=("review_results",),
    ),
    Form(
        "review_report",
        _("Report on the review of deputies"),
        "review_meetings",
        (
            *HELD,
            Slot("addressee", _("Addressee"), "县人大常委会代表联络工委"),
            Slot("sent_on", _("Sent on"), "2026年3月24日"),
            PHOTOS,
        ),
        review_report,
        reads=("review_results", "activity_reports"),
    ),
)
