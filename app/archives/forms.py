"""A deputy's card of the year (履职登记卡, S10, S11-2): who it is, the offices held, and what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.core.dictionary.ledger import LEDGERS
from app.core.lists.listing import Row
from app.core.paperwork.papers import Form, Reading, Sheet, Slot
from app.core.records.confirming import CONFIRMED
from app.paper import month_of_birth, short_date

PERSON = ("name", "sex", "nation", "birth", "party", "education", "phone", "address", "unit", "group")
OFFICES = ("term", "constituency", "certificate", "elected_on", "state")
MARKS = ("activity.start", "activity.type", "activity.title", "state")
OTHER_WORK = {
    "visits": ("deputy", "visited_on", "place", _("Visits and receptions")),
    "opinions": ("deputy", "heard_on", "number", _("Opinions and suggestions")),
    "suggestions": ("deputy", "submitted_on", "title", _("Opinions and suggestions")),
    "motions": ("lead.deputy", "submitted_on", "title", _("Opinions and suggestions")),
    "good_deeds": ("deputy", "done_on", "deed", _("Deeds for the people")),
    "duty_reports": ("mandate.deputy", "submitted_on", "form", _("Reporting on duties")),
}
"""Ledger -> how it leads to the deputy, when it happened, what tells it best, and under which heading of S11-2 it stands."""
KINDS = {
    "reception_day": _("Visits and receptions"),
    "visit": _("Visits and receptions"),
    "inspection": _("Inspections, research and checks"),
    "research": _("Inspections, research and checks"),
    "enforcement": _("Inspections, research and checks"),
    "review": _("Reporting on duties"),
}
CAME = ("present", "late")
FEWEST_LINES = 8


def duty_card(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    sheets = []
    for row in reading.rows("deputies", ids, PERSON):
        head = reading.letterhead("deputies", row.id)
        marks = [mark for mark in reading.under("attendance", "deputy", row.id, MARKS) if _in_year(mark, "activity.start", reading.year)]
        work = [*_attended(marks), *_other_work(reading, row.id)]
        offices = reading.under("mandates", "deputy", row.id, OFFICES)
        facts = card_facts(row, offices, marks, work, reading.year)
        name = f"{row.texts['name']}{gettext('Duty card')}{reading.year}"
        sheets.append(Sheet(name, head.station_id, {**facts, "station": head.station, "office": head.office}))
    return sheets


def _in_year(row: Row, path: str, year: int) -> bool:
    return row.values[path] is not None and row.values[path].year == year


def _attended(marks: Iterable[Row]) -> Iterable[dict[str, Any]]:
    """What the deputy took part in, under the headings of the archive."""
    for mark in marks:
        if mark.values["state"] in CAME:
            yield {
                "day": mark.values["activity.start"].date(),
                "kind": str(KINDS.get(mark.values["activity.type"], _("Other work"))),
                "what": mark.texts["activity.title"],
            }


def _other_work(reading: Reading, deputy_id: int) -> Iterable[dict[str, Any]]:
    for key, (path, day, what, kind) in OTHER_WORK.items():
        waits = [CONFIRMED] if CONFIRMED in LEDGERS[key].fields else []
        for row in reading.under(key, path, deputy_id, (day, what, *waits)):
            if _in_year(row, day, reading.year) and all(row.values[each] for each in waits):
                yield {"day": row.values[day], "kind": str(kind), "what": _told(key, row.texts[what])}


def _told(key: str, what: str) -> str:
    """What of a ledger does not speak for itself."""
    match key:
        case "visits":
            return gettext("Visited people in %(place)s", place=what)
        case "opinions":
            return gettext("Passed on the opinion %(number)s", number=what)
        case "duty_reports":
            return gettext("Duty report: %(form)s", form=what)
        case _:
            return what


def card_facts(
    person: Row, offices: Iterable[Row], marks: Sequence[Row], work: Iterable[Mapping[str, Any]], year: int
) -> dict[str, Any]:
    """The card's values. Lines stand by day; an empty card has lines to write on."""
    states = Counter(mark.values["state"] for mark in marks)
    lines = [
        {"no": str(number), "day": short_date(each["day"]), "kind": each["kind"], "what": each["what"]}
        for number, each in enumerate(sorted(work, key=lambda each: (each["day"], each["kind"], each["what"])), start=1)
    ]
    lines += [{"no": "", "day": "", "kind": "", "what": ""}] * (FEWEST_LINES - len(lines))
    held = [
        {
            "term": office.texts["term"],
            "constituency": office.texts["constituency"],
            "certificate": office.texts["certificate"],
            "elected_on": short_date(office.values["elected_on"]),
            "state": office.texts["state"],
        }
        for office in offices
    ]
    return {
        **{name: person.texts[name] for name in PERSON},
        "birth": month_of_birth(person.values["birth"]),
        "year": str(year),
        "mandates": held or [dict.fromkeys(("term", "constituency", "certificate", "elected_on", "state"), "")],
        "work": lines,
        "invited": str(len(marks)),
        "came": str(sum(states[state] for state in CAME)),
        "leave": str(states["leave"]),
        "absent": str(states["absent"]),
    }


FORMS = (
    Form(
        "duty_card",
        _("Duty card"),
        "deputies",
        (
            Slot("station", _("Station"), "青石镇人大代表联络站"),
            Slot("office", _("In whose name it goes out"), "青石镇人大主席团"),
            Slot("year", _("Year"), "2026"),
            Slot("name", _("Name"), "石春"),
            Slot("sex", _("Sex"), "男"),
            Slot("nation", _("Ethnic group"), "汉族"),
            Slot("birth", _("Month of birth"), "1975.03"),
            Slot("party", _("Political affiliation"), "中共党员"),
            Slot("education", _("Education"), "大专"),
            Slot("phone", _("Phone"), "13800000000"),
            Slot("address", _("Address"), "青石镇东街1号"),
            Slot("unit", _("Work unit and post"), "青石村党支部书记"),
            Slot("group", _("Group"), "第一代表小组"),
            Slot(
                "mandates",
                _("A line for each mandate"),
                line=(
                    Slot("term", _("Term"), "县 第十六届"),
                    Slot("constituency", _("Constituency"), "第5选区 青石村"),
                    Slot("certificate", _("Certificate no."), "0501"),
                    Slot("elected_on", _("Elected on"), "2022.01.10"),
                    Slot("state", _("State"), "在任"),
                ),
            ),
            Slot(
                "work",
                _("A line for all that was done in the year"),
                line=(
                    Slot("no", _("Running number"), "1"),
                    Slot("day", _("Day"), "2026.03.03"),
                    Slot("kind", _("Heading of the archive"), "走访联系接待群众"),
                    Slot("what", _("What was done"), "三月代表接待选民日"),
                ),
            ),
            Slot("invited", _("Activities invited to"), "12"),
            Slot("came", _("Activities attended"), "10"),
            Slot("leave", _("Activities on leave from"), "1"),
            Slot("absent", _("Activities missed"), "1"),
        ),
        duty_card,
        yearly=True,
        reads=("attendance", "mandates", *OTHER_WORK),
    ),
)
