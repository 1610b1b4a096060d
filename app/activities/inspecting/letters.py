"""Letters of inspections: to the organs beforehand, to each of them afterwards, and the report (S6-4, S6-5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.core.dictionary.titles import titles_of
from app.core.lists.listing import Row
from app.core.paperwork.papers import Form, Letterhead, Reading, Sheet, Slot
from app.core.refusals import Refusal, Refused
from app.paper import long_date

from ..lettering import CONTACT, HEAD, PARTICULARS, STANDS_FOR_NOTHING, UP, common, not_called_off, particulars, written
from ..life.rules import HELD

INSPECTION = tuple(f"activity.{name}" for name in UP)
OF_INSPECTION = ("activity", "subject", "organs", "openness", "findings", "advice", "report", "reported_on")
OF_ORGAN = ("organ", "findings", "advice", "fed_back_on", "fed_back_by")
FEEDBACK = (
    *OF_ORGAN,
    "inspection.findings",
    "inspection.advice",
    *(f"inspection.activity.{name}" for name in UP),
)


def held(inspection: Any) -> bool:
    """Whether there is something to report on: the inspection's activity was held."""
    return inspection.activity.status in HELD


def _was_held(row: Row, prefix: str) -> None:
    if row.values[f"{prefix}status"] not in HELD:
        raise Refused(Refusal("inspection_not_held"))


def open_to_all(inspection: Any) -> bool:
    """Whether the organs are told of it (S6-4)."""
    return bool(inspection.openness != "covert")


def inspection_notice(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """A letter to each organ; an unannounced visit is announced to nobody (S6-4)."""
    sheets = []
    for row in reading.rows("inspections", ids, (*INSPECTION, *OF_INSPECTION)):
        if row.values["openness"] == "covert":
            raise Refused(Refusal("covert_no_letter"))
        not_called_off(row, "activity.")
        head, texts = reading.letterhead("inspections", row.id), row.texts
        named = titles_of(reading.session, [("organs", each) for each in row.values["organs"]])
        subject = texts["subject"] or texts["activity.content"] or texts["activity.title"]
        for organ in sorted(named.values()) or [""]:
            facts = {
                **common(reading, head, row, "activity."),
                "organ": organ or gettext("The organs concerned"),
                "subject": subject,
                "sentence": gettext(
                    "%(station)s will bring deputies of the people's congress for “%(title)s”. The particulars:",
                    station=head.station,
                    title=texts["activity.title"],
                ),
                "particulars": particulars(
                    (gettext("What is inspected"), subject),
                    (gettext("Time"), long_date(row.values["activity.start"])),
                    (gettext("Place"), texts["activity.place"]),
                    (gettext("Form of it"), texts["activity.form"]),
                ),
            }
            sheets.append(Sheet(f"{organ}{gettext('Letter to the inspected organ')}", head.station_id, facts))
    return sheets


def inspection_report(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """What was seen and advised, as a whole and at each organ, and when each heard of it (S6-5)."""
    sheets = []
    for row in reading.rows("inspections", ids, (*INSPECTION, *OF_INSPECTION)):
        _was_held(row, "activity.")
        head, texts = reading.letterhead("inspections", row.id), row.texts
        marks = reading.under("attendance", "activity", row.values["activity"], ("deputy", "state"))
        there = [mark.texts["deputy"] for mark in marks if mark.values["state"] in ("present", "late")]
        organs = reading.under("inspected_organs", "inspection", row.id, OF_ORGAN, sort="id")
        facts = {
            **common(reading, head, row, "activity."),
            "subject": texts["subject"],
            "organs": texts["organs"],
            "sentence": _visited(row, head, len(there)),
            **{name: written(_by_organ(texts[name], organs, name)) for name in ("findings", "advice")},
            "report": written(texts["report"]),
            "feedback": written("\n".join(_fed_back(each) for each in organs if each.values["fed_back_on"])),
            "deputies": "、".join(there) or STANDS_FOR_NOTHING,
            "reported_on": long_date(row.values["reported_on"] or reading.today),
        }
        sheets.append(Sheet(f"{texts['activity.title']}{gettext('Report of an inspection')}", head.station_id, facts))
    return sheets


def _visited(row: Row, head: Letterhead, there: int) -> str:
    """When, what, where, and how many were there as far as that is in the ledgers."""
    texts = row.texts
    told = {"start": long_date(row.values["activity.start"]), "station": head.station, "title": texts["activity.title"]}
    said = gettext("On %(start)s %(station)s held “%(title)s”", **told)
    where = {"organs": texts["organs"] or texts["activity.place"]}
    if there and where["organs"]:
        said += gettext(": %(count)s deputies visited %(organs)s", count=there, **where)
    elif there:
        said += gettext(": %(count)s deputies took part", count=there)
    elif where["organs"]:
        said += gettext(": %(organs)s was visited", **where)
    return said + gettext(".")


def _by_organ(common: str, organs: Sequence[Row], name: str) -> str:
    """What concerns all, then what was said of each organ."""
    own = (gettext("%(organ)s: %(text)s", organ=each.texts["organ"], text=each.texts[name]) for each in organs if each.texts[name])
    return "\n".join(filter(None, (common, *own)))


def _fed_back(row: Row) -> str:
    facts = {"organ": row.texts["organ"], "day": long_date(row.values["fed_back_on"]), "how": row.texts["fed_back_by"]}
    if facts["how"]:
        return gettext("Fed back to %(organ)s on %(day)s (%(how)s).", **facts)
    return gettext("Fed back to %(organ)s on %(day)s.", **facts)


def inspection_feedback(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """To one organ: what was found there and what the deputies advise; they settle nothing themselves (S6-3, S6-5)."""
    sheets = []
    for row in reading.rows("inspected_organs", ids, FEEDBACK):
        _was_held(row, "inspection.activity.")
        head, texts = reading.letterhead("inspected_organs", row.id), row.texts
        facts = {
            **common(reading, head, row, "inspection.activity."),
            "organ": texts["organ"],
            "sentence": gettext(
                "On %(start)s deputies of the people's congress came to you for “%(title)s” arranged by %(station)s.",
                start=long_date(row.values["inspection.activity.start"]),
                title=texts["inspection.activity.title"],
                station=head.station,
            ),
            **{name: written(texts[name] or texts[f"inspection.{name}"]) for name in ("findings", "advice")},
            "fed_back_on": long_date(row.values["fed_back_on"] or reading.today),
        }
        sheets.append(Sheet(f"{texts['organ']}{gettext('Feedback of an inspection')}", head.station_id, facts))
    return sheets


FORMS = (
    Form(
        "inspection_notice",
        _("Letter to the inspected organ"),
        "inspections",
        (
            *HEAD,
            *CONTACT,
            PARTICULARS,
            Slot("organ", _("Inspected organ"), "青石镇中心学校"),
            Slot("subject", _("Subject inspected"), "食堂食品安全"),
        ),
        inspection_notice,
        offered=open_to_all,
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
        offered=lambda organ: held(organ.inspection),
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
        offered=held,
    ),
)
