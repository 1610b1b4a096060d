"""The work plan, the summary of a year or quarter, and the chronicle as official papers (S2-2, S3, S4-2)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from app.core.access.actor import Actor
from app.core.lists import chronicle
from app.core.lists.chronicle import Happening, Period
from app.core.lists.listing import Row
from app.core.paperwork.papers import TEXT, Form, Letterhead, Reading, Sheet, Slot
from app.paper import long_date, paragraphs

from .models import PERIODS
from .planner.rules import months_of
from .planner.wording import span, summary

PLAN = ("year", "period", "content", "author", "made_on", "approved_on", "amended_on", "summary", "summarised_on")
ITEM = ("planned_for", "activity_type", "title", "note")


def days_of(year: int, period: str) -> tuple[date, date]:
    """First and last day of a plan's year or quarter."""
    months = months_of(period)
    return date(year, months[0], 1), date(year, months[-1], monthrange(year, months[-1])[1])


def when(year: int, period: str) -> str:
    """2026年度, 2026年第一季度."""
    if period == "year":
        return gettext("the year %(year)s", year=year)
    return gettext("%(quarter)s of %(year)s", year=year, quarter=PERIODS.label(period))


def work_plan(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    sheets = []
    for row in reading.rows("plans", ids, PLAN):
        head = reading.letterhead("plans", row.id)
        items = reading.under("plan_items", "plan", row.id, ITEM, sort="planned_for")
        facts = plan_facts(row, items, head)
        sheets.append(Sheet(f"{head.station}{facts['when']}{gettext('Work plan')}", head.station_id, facts))
    return sheets


def plan_facts(row: Row, items: Iterable[Row], head: Letterhead) -> dict[str, Any]:
    """The plan's values: its text by paragraphs, its items by their days."""
    amended = row.values["amended_on"]
    approved = long_date(row.values["approved_on"])
    return {
        "station": head.station,
        "office": head.office,
        "when": when(row.values["year"], row.values["period"]),
        "paragraphs": paragraphs(row.texts["content"]),
        "items": [
            {
                "no": str(number),
                "month": gettext("Month %(month)s", month=each.values["planned_for"].month),
                "day": long_date(each.values["planned_for"]),
                "date": gettext("%(month)s-%(day)s", month=each.values["planned_for"].month, day=each.values["planned_for"].day),
                "type": each.texts["activity_type"],
                "title": each.texts["title"],
                "note": each.texts["note"],
            }
            for number, each in enumerate(items, start=1)
        ],
        "author": row.texts["author"],
        "made_on": long_date(row.values["made_on"]),
        "approved_on": gettext("%(approved)s (changed on %(amended)s)", approved=approved, amended=long_date(amended))
        if amended
        else approved,
    }


def annual_summary(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    sheets = []
    for row in reading.rows("plans", ids, PLAN):
        head = reading.letterhead("plans", row.id)
        year, period = row.values["year"], row.values["period"]
        text = row.texts["summary"] or drafted_summary(reading.session, reading.actor, head, year, period)
        facts = {
            "station": head.station,
            "office": head.office,
            "when": when(year, period),
            "paragraphs": paragraphs(text),
            "written_on": long_date(row.values["summarised_on"] or reading.today),
        }
        sheets.append(Sheet(f"{head.station}{facts['when']}{gettext('Work summary')}", head.station_id, facts))
    return sheets


def drafted_summary(session: Session, actor: Actor, head: Letterhead, year: int, period: str) -> str:
    """The summary as the ledgers alone would have it."""
    figures = chronicle.figures(Period(session, _at(actor, head), *days_of(year, period)))
    return summary(
        {each.code: each.value for each in figures}, {each.code: each.label for each in figures}, head.station, when(year, period)
    )


def chronicle_of_plan(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """The chronicle of the plan's year or quarter."""
    sheets = []
    for row in reading.rows("plans", ids, PLAN):
        head = reading.letterhead("plans", row.id)
        first, last = days_of(row.values["year"], row.values["period"])
        lines = chronicle.happenings(Period(reading.session, _at(reading.actor, head), first, last))
        sheets.append(
            Sheet(f"{head.station}{gettext('Chronicle')}{span(first, last)}", head.station_id, chronicle_facts(lines, head, first, last))
        )
    return sheets


def _at(actor: Actor, head: Letterhead) -> Actor:
    """The actor looking at the paper's station alone."""
    return replace(actor, station_id=head.station_id)


def chronicle_facts(lines: Sequence[Happening], head: Letterhead, first: date, last: date) -> dict[str, Any]:
    """A line for each happening; the day stands where it is another one than above."""
    shown, before = [], None
    for each in lines:
        shown.append({"day": long_date(each.day) if each.day != before else "", "what": each.what})
        before = each.day
    return {"station": head.station, "office": head.office, "when": span(first, last), "count": str(len(lines)), "lines": shown}


HEAD = (
    Slot("station", _("Station"), "青石镇人大代表联络站"),
    Slot("office", _("In whose name it goes out"), "青石镇人大主席团"),
    Slot("when", _("Year or period"), "2026年度"),
)
FORMS = (
    Form(
        "work_plan",
        _("Work plan"),
        "plans",
        (
            *HEAD,
            TEXT,
            Slot(
                "items",
                _("The planned items"),
                line=(
                    Slot("no", _("Running number"), "1"),
                    Slot("month", _("Month"), "3月"),
                    Slot("day", _("Planned for"), "2026年3月3日"),
                    Slot("date", _("Planned for, without the year"), "3月3日"),
                    Slot("type", _("Activity type"), "代表接待选民日"),
                    Slot("title", _("What is planned"), "3月代表接待选民日"),
                    Slot("note", _("Note"), ""),
                ),
            ),
            Slot("author", _("Author"), "周敏"),
            Slot("made_on", _("Drawn up on"), "2026年1月8日"),
            Slot("approved_on", _("Approved on"), "2026年1月12日"),
        ),
        work_plan,
    ),
    Form(
        "annual_summary",
        _("Work summary"),
        "plans",
        (*HEAD, TEXT, Slot("written_on", _("Summary written on"), "2026年12月28日")),
        annual_summary,
    ),
    Form(
        "chronicle",
        _("Chronicle"),
        "plans",
        (
            *HEAD,
            Slot("count", _("Number of lines"), "2"),
            Slot(
                "lines",
                _("A line for each happening"),
                line=(
                    Slot("day", _("Day"), "2026年3月3日"),
                    Slot("what", _("What happened"), "在青石镇联络站举行3月代表接待选民日，6名代表参加"),
                ),
            ),
        ),
        chronicle_of_plan,
    ),
)
