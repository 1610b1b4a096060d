"""Letters of activities and inspections: the notice, the letters to inspected organs and to work units, the report (S5-4, S6-4..6)."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.core.dictionary.titles import titles_of
from app.core.lists.listing import Row
from app.core.paperwork.papers import Form, Letterhead, Reading, Sheet, Slot
from app.core.refusals import Refusal, Refused
from app.paper import long_date

ACTIVITY = ("title", "type", "start", "place", "content", "form", "convenor", "convenor.phone", "cancelled_on")
UP = ("title", "type", "start", "place", "content", "form", "convenor", "convenor.phone")
INSPECTION = tuple(f"activity.{name}" for name in UP)
OF_INSPECTION = ("activity", "subject", "organs", "openness", "findings", "advice", "report", "reported_on")
OF_ORGAN = ("organ", "findings", "advice", "fed_back_on", "fed_back_by")
FEEDBACK = (
    *OF_ORGAN,
    "inspection.findings",
    "inspection.advice",
    *(f"inspection.activity.{name}" for name in UP),
)
UNIT = ("deputy", "deputy.unit", "activity", "activity.title", "activity.start", "activity.place")
STANDS_FOR_NOTHING = "——"


def activity_notice(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    sheets = []
    for row in reading.rows("activities", ids, ACTIVITY):
        head = reading.letterhead("activities", row.id)
        if row.values["cancelled_on"] is not None:
            raise Refused(Refusal("cancelled_no_invitation"))
        facts = {
            **_common(reading, head, row, ""),
            "content": row.texts["content"],
            "invited": str(len(reading.under("attendance", "activity", row.id, ("deputy",)))),
            "sentence": gettext("%(station)s holds “%(title)s”. The particulars:", station=head.station, title=row.texts["title"]),
        }
        sheets.append(Sheet(f"{row.texts['title']}{gettext('Notice of an activity')}", head.station_id, facts))
    return sheets


def _common(reading: Reading, head: Letterhead, row: Row, prefix: str) -> dict[str, str]:
    texts = row.texts
    return {
        "station": head.station,
        "office": head.office,
        "title": texts[f"{prefix}title"],
        "type": texts[f"{prefix}type"],
        "start": long_date(row.values[f"{prefix}start"]),
        "place": texts[f"{prefix}place"],
        "form": texts[f"{prefix}form"] or STANDS_FOR_NOTHING,
        "convenor": texts[f"{prefix}convenor"],
        "phone": texts[f"{prefix}convenor.phone"],
        "made_on": long_date(reading.today),
    }


def inspection_notice(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """A letter to each organ; an unannounced visit is announced to nobody (S6-4)."""
    sheets = []
    for row in reading.rows("inspections", ids, (*INSPECTION, *OF_INSPECTION)):
        if row.values["openness"] == "covert":
            raise Refused(Refusal("covert_no_letter"))
        head = reading.letterhead("inspections", row.id)
        named = titles_of(reading.session, [("organs", each) for each in row.values["organs"]])
        for organ in sorted(named.values()) or [""]:
            facts = {
                **_common(reading, head, row, "activity."),
                "organ": organ,
                "subject": row.texts["subject"] or row.texts["activity.content"] or row.texts["activity.title"],
                "sentence": gettext(
                    "%(station)s will bring deputies of the people's congress for “%(title)s”. The particulars:",
                    station=head.station,
                    title=row.texts["activity.title"],
                ),
            }
            sheets.append(Sheet(f"{organ}{gettext('Letter to the inspected organ')}", head.station_id, facts))
    return sheets


def work_unit_letter(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """To where a deputy works, so that the deputy is given the time (S6-6)."""
    sheets = []
    for row in reading.rows("attendance", ids, UNIT):
        head = reading.letterhead("attendance", row.id)
        told = {
            "deputy": row.texts["deputy"],
            "title": row.texts["activity.title"],
            "start": long_date(row.values["activity.start"]),
            "place": row.texts["activity.place"],
        }
        sentence = gettext("Deputy %(deputy)s of your unit is to take part in “%(title)s” on %(start)s at %(place)s.", **told)
        facts = {"station": head.station, "office": head.office, "unit": row.texts["deputy.unit"], **told}
        facts |= {"sentence": sentence, "made_on": long_date(reading.today)}
        sheets.append(Sheet(f"{row.texts['deputy']}{gettext('Letter to the work unit')}", head.station_id, facts))
    return sheets


def inspection_report(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """What was seen and advised, as a whole and at each organ, and when each heard of it (S6-5)."""
    sheets = []
    for row in reading.rows("inspections", ids, (*INSPECTION, *OF_INSPECTION)):
        head, texts = reading.letterhead("inspections", row.id), row.texts
        marks = reading.under("attendance", "activity", row.values["activity"], ("deputy", "state"))
        there = [mark.texts["deputy"] for mark in marks if mark.values["state"] in ("present", "late")]
        organs = reading.under("inspected_organs", "inspection", row.id, OF_ORGAN, sort="id")
        told = {"start": long_date(row.values["activity.start"]), "station": head.station, "title": texts["activity.title"]}
        told |= {"organs": texts["organs"] or texts["activity.place"]}
        facts = {
            **_common(reading, head, row, "activity."),
            "subject": texts["subject"],
            "organs": texts["organs"],
            "sentence": gettext(
                "On %(start)s %(station)s held “%(title)s”: %(count)s deputies visited %(organs)s.", count=len(there), **told
            ),
            **{name: _by_organ(texts[name], organs, name) for name in ("findings", "advice")},
            "report": texts["report"] or STANDS_FOR_NOTHING,
            "feedback": "\n".join(_fed_back(each) for each in organs if each.values["fed_back_on"]) or STANDS_FOR_NOTHING,
            "deputies": "、".join(there) or STANDS_FOR_NOTHING,
            "reported_on": long_date(row.values["reported_on"] or reading.today),
        }
        sheets.append(Sheet(f"{texts['activity.title']}{gettext('Report of an inspection')}", head.station_id, facts))
    return sheets


def _by_organ(common: str, organs: Sequence[Row], name: str) -> str:
    """What concerns all, then what was said of each organ."""
    own = (gettext("%(organ)s: %(text)s", organ=each.texts["organ"], text=each.texts[name]) for each in organs if each.texts[name])
    return "\n".join(filter(None, (common, *own))) or STANDS_FOR_NOTHING


def _fed_back(row: Row) -> str:
    facts = {"organ": row.texts["organ"], "day": long_date(row.values["fed_back_on"]), "how": row.texts["fed_back_by"]}
    if facts["how"]:
        return gettext("Fed back to %(organ)s on %(day)s (%(how)s).", **facts)
    return gettext("Fed back to %(organ)s on %(day)s.", **facts)


def inspection_feedback(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """To one organ: what was found there and what the deputies advise; they settle nothing themselves (S6-3, S6-5)."""
    sheets = []
    for row in reading.rows("inspected_organs", ids, FEEDBACK):
        head, texts = reading.letterhead("inspected_organs", row.id), row.texts
        facts = {
            **_common(reading, head, row, "inspection.activity."),
            "organ": texts["organ"],
            "sentence": gettext(
                "On %(start)s deputies of the people's congress came to you for “%(title)s” arranged by %(station)s.",
                start=long_date(row.values["inspection.activity.start"]),
                title=texts["inspection.activity.title"],
                station=head.station,
            ),
            **{name: texts[name] or texts[f"inspection.{name}"] or STANDS_FOR_NOTHING for name in ("findings", "advice")},
            "fed_back_on": long_date(row.values["fed_back_on"] or reading.today),
        }
        sheets.append(Sheet(f"{texts['organ']}{gettext('Feedback of an inspection')}", head.station_id, facts))
    return sheets


HEAD = (
    Slot("station", _("Station"), "青石镇人大代表联络站"),
    Slot("office", _("In whose name it goes out"), "青石镇人大主席团"),
    Slot("title", _("Activity title"), "春季食堂食品安全视察"),
    Slot("start", _("Start"), "2026年3月12日9:00"),
    Slot("place", _("Place"), "青石镇中心学校"),
    Slot("sentence", _("The whole sentence"), "青石镇人大代表联络站定于近期开展“春季食堂食品安全视察”，有关事项如下："),
)
MADE_ON = Slot("made_on", _("Made on"), "2026年3月9日")
CONTACT = (
    Slot("type", _("Activity type"), "视察"),
    Slot("form", _("Form of the activity"), "实地察看"),
    Slot("convenor", _("Convened by"), "周敏"),
    Slot("phone", _("Phone"), "13800000000"),
    MADE_ON,
)
FORMS = (
    Form(
        "activity_notice",
        _("Notice of an activity"),
        "activities",
        (*HEAD, *CONTACT, Slot("content", _("Content"), "察看食堂和台账"), Slot("invited", _("Number of deputies invited"), "12")),
        activity_notice,
    ),
    Form(
        "inspection_notice",
        _("Letter to the inspected organ"),
        "inspections",
        (*HEAD, *CONTACT, Slot("organ", _("Inspected organ"), "青石镇中心学校"), Slot("subject", _("Subject inspected"), "食堂食品安全")),
        inspection_notice,
    ),
    Form(
        "inspection_feedback",
        _("Feedback of an inspection"),
        "inspected_organs",
        (
            *HEAD,
            *CONTACT,
            Slot("organ", _("Inspected organ"), "青石镇中心学校"),
            Slot("findings", _("Findings"), "台账齐全，个别健康证明过期。"),
            Slot("advice", _("Advice given"), "建议建立到期提醒。"),
            Slot("fed_back_on", _("Fed back on"), "2026年3月20日"),
        ),
        inspection_feedback,
    ),
    Form(
        "work_unit_letter",
        _("Letter to the work unit"),
        "attendance",
        (*HEAD, MADE_ON, Slot("unit", _("Work unit and post"), "青石村党支部书记"), Slot("deputy", _("Deputy"), "石春")),
        work_unit_letter,
    ),
    Form(
        "inspection_report",
        _("Report of an inspection"),
        "inspections",
        (
            *HEAD,
            *CONTACT,
            Slot("subject", _("Subject inspected"), "食堂食品安全"),
            Slot("organs", _("Inspected organs"), "青石镇中心学校"),
            Slot("findings", _("Findings"), "台账齐全，个别健康证明过期。"),
            Slot("advice", _("Advice given"), "建议建立到期提醒。"),
            Slot("report", _("Report"), "总体良好。"),
            Slot("feedback", _("Fed back to"), "已于2026年3月20日向青石镇中心学校反馈（函）。"),
            Slot("deputies", _("Deputies who were there"), "丁一、石春"),
            Slot("reported_on", _("Report written on"), "2026年3月18日"),
        ),
        inspection_report,
    ),
)
