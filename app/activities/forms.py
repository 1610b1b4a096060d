"""The report by which a deputy asks for leave (S5-4, S10-3, S10-4), and the sheet on which deputies sign in (S10-2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.core.dictionary.roles import Verb
from app.core.lists.listing import Row
from app.core.paperwork.paperpictures import PHOTOS, Shot, in_pairs, pictures_of
from app.core.paperwork.papers import Form, Letterhead, Reading, Sheet, Slot
from app.paper import boxes, long_date
from app.paper.pictures import specimen

from .models import DECISIONS
from .reporting.rules import is_sign_in

LEAVE = (
    "deputy",
    "deputy.unit",
    "deputy.phone",
    "activity",
    "activity.title",
    "activity.start",
    "activity.place",
    "session",
    "session.starts_on",
    "reason",
    "words",
    "asked_at",
    "timing",
    "decision",
    "decided_by",
    "decided_on",
)
ACTIVITY = ("title", "type", "start", "end", "place", "content", "organiser", "convenor")
MARKS = ("deputy", "deputy.official_order", "deputy.stroke_key", "state", "signed_at")
SPARE_LINES = 3
SCAN_MM = (150, 205)


def leave_report(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    sheets = []
    for row in reading.rows("leave_requests", ids, LEAVE):
        head = reading.letterhead("leave_requests", row.id)
        sheets.append(Sheet(f"{gettext('Leave report')}{row.texts['deputy']}", head.station_id, leave_facts(row, head)))
    return sheets


def leave_facts(row: Row, head: Letterhead) -> dict[str, str]:
    """The report's values; `sentence` is its whole text, for templates that do not put it together themselves."""
    texts, session = row.texts, row.values["session"] is not None
    occasion = texts["session"] if session else texts["activity.title"]
    held_on = long_date(row.values["session.starts_on"] if session else row.values["activity.start"])
    afterwards = row.values["timing"] == "after"
    because = texts["reason"] + (gettext(" (%(words)s)", words=texts["words"]) if texts["words"] else "")
    facts = {"what": occasion, "day": held_on, "why": because}
    sentence = (
        gettext("I could not attend %(what)s on %(day)s: %(why)s.", **facts)
        if afterwards
        else gettext("I cannot attend %(what)s on %(day)s: %(why)s.", **facts)
    )
    return {
        "station": head.station,
        "office": head.office,
        "addressee": gettext("Presidium of the congress session") if session else head.office,
        "deputy": texts["deputy"],
        "unit": texts["deputy.unit"],
        "phone": texts["deputy.phone"],
        "occasion": occasion,
        "held_on": held_on,
        "place": "" if session else texts["activity.place"],
        "reason": texts["reason"],
        "words": texts["words"],
        "sentence": sentence,
        "asked_on": long_date(row.values["asked_at"].date() if row.values["asked_at"] else None),
        "timing": texts["timing"],
        "decision": boxes([(code, label) for code, label in DECISIONS.labels.items() if code != "pending"], row.values["decision"]),
        "decided_by": texts["decided_by"],
        "decided_on": long_date(row.values["decided_on"]),
    }


def sign_in_sheet(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    sheets = []
    for row in reading.rows("activities", ids, ACTIVITY):
        head = reading.letterhead("activities", row.id)
        marks = reading.under("attendance", "activity", row.id, MARKS)
        shots = pictures_of(reading, "activities", row.id)
        sheets.append(Sheet(f"{row.texts['title']}{gettext('Sign-in sheet')}", head.station_id, sign_in_facts(row, marks, head, shots)))
    return sheets


def official_place(mark: Row) -> tuple[bool, int, str, int]:
    """The official order of names: a place set by hand wins, then the strokes."""
    by_hand = mark.values["deputy.official_order"]
    return by_hand is None, by_hand or 0, mark.values["deputy.stroke_key"] or "~", mark.id


def _marked(mark: Row) -> str:
    """How a deputy stands in the attendance ledger; nothing, and room to sign, while that is open."""
    at = mark.values["signed_at"]
    if mark.values["state"] == "pending":
        return ""
    return f"{mark.texts['state']} {at.hour}:{at:%M}" if at is not None else mark.texts["state"]


def sign_in_facts(row: Row, marks: Sequence[Row], head: Letterhead, shots: Sequence[Shot] = ()) -> dict[str, Any]:
    """The sheet's values: two deputies a line, in the official order; whom the ledger has marked need not sign, and stands as there.
    The signed sheet and the photos among the activity's files come after it."""
    signers = [
        {"no": str(number), "name": mark.texts["deputy"], "mark": _marked(mark)}
        for number, mark in enumerate(sorted(marks, key=official_place), start=1)
    ]
    nobody = {"no": "", "name": "", "mark": ""}
    signers += [nobody] * (len(signers) % 2 + 2 * SPARE_LINES)
    return {
        "station": head.station,
        "office": head.office,
        **{name: row.texts[name] for name in ("title", "type", "place", "content", "organiser", "convenor")},
        "start": long_date(row.values["start"]),
        "end": long_date(row.values["end"]),
        "invited": str(len(marks)),
        "pairs": [
            {**{f"{name}_1": text for name, text in left.items()}, **{f"{name}_2": text for name, text in right.items()}}
            for left, right in zip(signers[::2], signers[1::2], strict=True)
        ],
        "annex": "1" if shots else "",
        "scans": [{"scan": shot.on_paper(*SCAN_MM), "note": shot.note} for shot in shots if is_sign_in(shot.name, shot.note)],
        "photos": in_pairs([shot for shot in shots if not is_sign_in(shot.name, shot.note)]),
    }


HEAD = (
    Slot("station", _("Station"), "青石镇人大代表联络站"),
    Slot("office", _("In whose name it goes out"), "青石镇人大主席团"),
)
FORMS = (
    Form(
        "leave_report",
        _("Leave report"),
        "leave_requests",
        (
            *HEAD,
            Slot("addressee", _("Addressee"), "青石镇人大主席团"),
            Slot("deputy", _("Deputy"), "石春"),
            Slot("unit", _("Work unit and post"), "青石村党支部书记"),
            Slot("phone", _("Phone"), "13800000000"),
            Slot("occasion", _("What leave is asked from"), "三月代表接待选民日"),
            Slot("held_on", _("When it is held"), "2026年3月3日9:00"),
            Slot("place", _("Place"), "青石镇联络站"),
            Slot("reason", _("Reason for leave"), "因病"),
            Slot("words", _("Details"), "住院"),
            Slot("sentence", _("The whole sentence"), "本人因病不能参加三月代表接待选民日，特此请假。"),
            Slot("asked_on", _("Asked on"), "2026年3月1日"),
            Slot("timing", _("Beforehand or afterwards"), "事前请假"),
            Slot("decision", _("Decision, with boxes"), "☑准假　□不准"),
            Slot("decided_by", _("Decided by"), "解明"),
            Slot("decided_on", _("Decided on"), "2026年3月2日"),
        ),
        leave_report,
    ),
    Form(
        "sign_in_sheet",
        _("Sign-in sheet"),
        "activities",
        (
            *HEAD,
            Slot("title", _("Activity title"), "三月代表接待选民日"),
            Slot("type", _("Activity type"), "代表接待选民日"),
            Slot("start", _("Start"), "2026年3月3日9:00"),
            Slot("end", _("End"), "2026年3月3日11:30"),
            Slot("place", _("Place"), "青石镇联络站"),
            Slot("content", _("Content"), "听取群众意见"),
            Slot("organiser", _("Organiser"), "联络站"),
            Slot("convenor", _("Convened by"), "周敏"),
            Slot("invited", _("Number of deputies invited"), "2"),
            Slot(
                "pairs",
                _("A line for two deputies each"),
                line=(
                    Slot("no_1", _("Running number"), "1"),
                    Slot("name_1", _("Name"), "丁一"),
                    Slot("mark_1", _("State and time of signing, empty while open"), "请假"),
                    Slot("no_2", _("Running number"), "2"),
                    Slot("name_2", _("Name"), "石春"),
                    Slot("mark_2", _("State and time of signing, empty while open"), "出席 8:55"),
                ),
            ),
            Slot("annex", _("“1” where there are pictures, or empty"), "1"),
            Slot("scans", _("The signed sheets"), line=(Slot("scan", _("Picture"), specimen()), Slot("note", _("Its note"), "签到表原件"))),
            PHOTOS,
        ),
        sign_in_sheet,
        verb=Verb.EXPORT,
    ),
)
