"""The register sheet of an opinion (S7, S8-1), and the sheet by which it is assigned (S8-3 to S8-5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.core.lists.listing import Row
from app.core.paperwork.papers import Form, Letterhead, Reading, Sheet, Slot
from app.paper import boxes, long_date, short_date

from .models import CATEGORIES, HANDLING
from .outcomes import SATISFACTION

OPINION = (
    "number",
    "heard_on",
    "reception.activity.place",
    "visit.place",
    "deputy",
    "recorder",
    "voter_name",
    "voter_phone",
    "voter_address",
    "village",
    "co_signers",
    "anonymous",
    "confidential",
    "category",
    "words",
    "handling",
    "legal_basis",
    "referred_to",
    "referred_on",
)
ASSIGNMENT = (
    "number",
    "opinion",
    "assigned_on",
    "organ",
    "co_organs",
    "instruction",
    "due",
    "signed_by",
    "signed_on",
    "received_by",
    "received_on",
    "returned_on",
    "returned_reason",
)
REPLY = ("replied_on", "form", "answered_by", "answerer", "answer", "satisfaction", "not_obtained_reason", "assignment")
FEWEST_REPLIES = 2


def opinion_register(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    sheets = []
    for row in reading.rows("opinions", ids, OPINION):
        head = reading.letterhead("opinions", row.id)
        replies = reading.under("replies", "opinion", row.id, REPLY, sort="replied_on")
        name = f"{gettext('Register sheet of an opinion')}{row.texts['number']}"
        sheets.append(Sheet(name, head.station_id, opinion_facts(row, replies, head)))
    return sheets


def opinion_facts(row: Row, replies: Sequence[Row], head: Letterhead) -> dict[str, str]:
    """The register sheet's values; of several answers the last one says whether the person is satisfied."""
    texts, last = row.texts, replies[-1] if replies else None
    answers = [f"{long_date(each.values['replied_on'])}　{each.texts['form']}\n{each.texts['answer']}".strip() for each in replies]
    if texts["referred_to"]:
        answers.append(gettext("Referred to %(organ)s, %(day)s", organ=texts["referred_to"], day=long_date(row.values["referred_on"])))
    return {
        "station": head.station,
        "office": head.office,
        "number": texts["number"],
        "heard_on": long_date(row.values["heard_on"]),
        "place": texts["reception.activity.place"] or texts["visit.place"],
        "deputy": texts["deputy"],
        "recorder": texts["recorder"],
        "voter_name": texts["voter_name"] or (gettext("Anonymous") if row.values["anonymous"] else ""),
        "voter_phone": texts["voter_phone"],
        "voter_address": texts["voter_address"],
        "village": texts["village"],
        "co_signers": texts["co_signers"],
        "category": texts["category"],
        "categories": boxes(CATEGORIES.labels.items(), row.values["category"], in_a_line=4),
        "words": texts["words"],
        "handling": boxes(HANDLING.labels.items(), row.values["handling"], in_a_line=3),
        "answer": "\n".join(answers),
        "legal_basis": texts["legal_basis"],
        "satisfaction": boxes(SATISFACTION.labels.items(), last.values["satisfaction"] if last else None),
    }


def assignment_sheet(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    sheets = []
    for row in reading.rows("assignments", ids, ASSIGNMENT):
        head = reading.letterhead("assignments", row.id)
        opinion = reading.rows("opinions", [row.values["opinion"]], OPINION)[0]
        replies = reading.under("replies", "assignment", row.id, REPLY, sort="replied_on")
        name = f"{gettext('Assignment sheet of an opinion')}{row.texts['number']}"
        sheets.append(Sheet(name, head.station_id, assignment_facts(row, opinion, replies, head)))
    return sheets


def assignment_facts(row: Row, opinion: Row, replies: Sequence[Row], head: Letterhead) -> dict[str, object]:
    """The sheet's values. It leaves the office: who asked to be kept confidential is not named on it."""
    lines = [_feedback(reply) for reply in replies]
    lines += [dict.fromkeys(("replied_on", "form", "answerer", "answer", "satisfaction"), "")] * (FEWEST_REPLIES - len(lines))
    texts = row.texts
    return {
        "station": head.station,
        "office": head.office,
        "number": texts["number"],
        "assigned_on": long_date(row.values["assigned_on"]),
        "organ": texts["organ"],
        "co_organs": texts["co_organs"],
        "due": long_date(row.values["due"]),
        "opinion_number": opinion.texts["number"],
        "heard_on": long_date(opinion.values["heard_on"]),
        "deputy": opinion.texts["deputy"],
        **_who_asked(opinion),
        "village": opinion.texts["village"],
        "words": opinion.texts["words"],
        "instruction": texts["instruction"],
        "signed_by": texts["signed_by"],
        "signed_on": long_date(row.values["signed_on"]),
        "received_by": texts["received_by"],
        "received_on": long_date(row.values["received_on"]),
        "returned": f"{long_date(row.values['returned_on'])}　{texts['returned_reason']}".strip(),
        "replies": lines,
    }


def _who_asked(opinion: Row) -> Mapping[str, str]:
    names = ("voter_name", "voter_phone", "voter_address")
    if opinion.values["anonymous"]:
        return dict.fromkeys(names, "") | {"voter_name": gettext("Anonymous")}
    if opinion.values["confidential"]:
        return dict.fromkeys(names, "") | {"voter_name": gettext("Kept confidential")}
    return {name: opinion.texts[name] for name in names}


def _feedback(reply: Row) -> dict[str, str]:
    texts = reply.texts
    return {
        "replied_on": short_date(reply.values["replied_on"]),
        "form": texts["form"],
        "answerer": texts["answerer"] or texts["answered_by"],
        "answer": texts["answer"],
        "satisfaction": "\n".join(part for part in (texts["satisfaction"], texts["not_obtained_reason"]) if part),
    }


HEAD = (
    Slot("station", _("Station"), "青石镇人大代表联络站"),
    Slot("office", _("In whose name it goes out"), "青石镇人大主席团"),
)
PERSON = (
    Slot("voter_name", _("Voter's name"), "张桂花"),
    Slot("voter_phone", _("Voter's phone"), "13600000000"),
    Slot("voter_address", _("Voter's address"), "青石镇西街1号"),
    Slot("village", _("Village or community"), "青石村"),
)
FORMS = (
    Form(
        "opinion_register",
        _("Register sheet of an opinion"),
        "opinions",
        (
            *HEAD,
            Slot("number", _("Opinion no."), "2026-001"),
            Slot("heard_on", _("Heard on"), "2026年3月3日"),
            Slot("place", _("Place"), "青石镇联络站"),
            Slot("deputy", _("Deputy"), "石春"),
            Slot("recorder", _("Recorder"), "周敏"),
            *PERSON,
            Slot("co_signers", _("Number of co-signers"), "3"),
            Slot("category", _("Category"), "道路交通"),
            Slot("categories", _("All categories, the right one ticked"), "☑道路交通　□农业农村"),
            Slot("words", _("Opinion as spoken"), "村口路面破损，雨天积水。"),
            Slot("handling", _("All ways of handling, the right one ticked"), "☑当场答复　□转交办"),
            Slot("answer", _("Answers, with day and form"), "2026年3月3日　当面\n已列入计划。"),
            Slot("legal_basis", _("Law or policy it rests on"), "村庄道路养护办法"),
            Slot("satisfaction", _("All degrees of satisfaction, the right one ticked"), "☑满意　□基本满意"),
        ),
        opinion_register,
    ),
    Form(
        "assignment_sheet",
        _("Assignment sheet of an opinion"),
        "assignments",
        (
            *HEAD,
            Slot("number", _("Assignment no."), "2026-001"),
            Slot("assigned_on", _("Assigned on"), "2026年3月9日"),
            Slot("organ", _("Lead organ"), "青石镇村镇建设所"),
            Slot("co_organs", _("Assisting organs"), "青石村委会"),
            Slot("due", _("To be answered by"), "2026年6月9日"),
            Slot("opinion_number", _("Opinion no."), "2026-001"),
            Slot("heard_on", _("Heard on"), "2026年3月3日"),
            Slot("deputy", _("Deputy"), "石春"),
            *PERSON,
            Slot("words", _("Opinion as spoken"), "村口路面破损，雨天积水。"),
            Slot("instruction", _("Assignment text"), "请实地查看，三个月内答复。"),
            Slot("signed_by", _("Signed by"), "解明"),
            Slot("signed_on", _("Signed on"), "2026年3月9日"),
            Slot("received_by", _("Receipt signed by"), "仇兰"),
            Slot("received_on", _("Receipt signed on"), "2026年3月10日"),
            Slot("returned", _("Return: day and reason"), "2026年3月12日　不属本单位职责"),
            Slot(
                "replies",
                _("A line for each reply"),
                line=(
                    Slot("replied_on", _("Replied on"), "2026.04.01"),
                    Slot("form", _("Form of the reply"), "书面"),
                    Slot("answerer", _("Name of who answered"), "仇兰"),
                    Slot("answer", _("Answer"), "路面已修复。"),
                    Slot("satisfaction", _("Satisfaction"), "满意"),
                ),
            ),
        ),
        assignment_sheet,
    ),
)
