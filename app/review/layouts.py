"""The year's list of duty reports: a line is a report and, where it was given in person, what the vote gave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.dictionary.fields import Field, Kind
from app.core.dictionary.ledger import LEDGERS
from app.importing.layout import Column, Layout, Line, Part, Piece, Sheet, Trouble

CHOICE_WORDS: Mapping[str, Mapping[str, str]] = {
    "duty_reports.form": {
        **dict.fromkeys(("直接述职", "当面述职", "现场述职", "会议述职", "口头述职", "直接"), "direct"),
        **dict.fromkeys(("书面述职", "书面", "提交书面报告"), "written"),
    },
}
_DEPUTY = Field(label=_("Deputy"), kind=Kind.REFERENCE, name="deputy", target="deputies")
_HELD_ON = Field(label=_("Reported in person on"), kind=Kind.DATE, name="held_on")
_TITLE = "代表述职评议会"


@dataclass(frozen=True)
class _Facts:
    mandates: Mapping[int, list[tuple[int, str]]]
    reviews: Mapping[date, list[int]]
    year: int


def _facts(sheet: Sheet) -> _Facts:
    """Each deputy's mandates with what they are called, and the station's review activities by day."""
    mandates, terms, activities = LEDGERS["mandates"], LEDGERS["terms"], LEDGERS["activities"]
    found: dict[int, list[tuple[int, str]]] = {}
    held: Any = select(mandates.id, mandates.deputy_id, terms.level, terms.name).join(terms, terms.id == mandates.term_id)
    levels = terms.fields["level"].choices
    for row_id, deputy, level, name in sheet.session.execute(
        held.where(mandates.station_id == sheet.station_id, mandates.state != "ended").order_by(mandates.id)
    ):
        found.setdefault(deputy, []).append((row_id, f"{levels.label(level) if levels else level} {name}"))
    reviews: dict[date, list[int]] = {}
    for row_id, start in sheet.session.execute(
        select(activities.id, activities.start).where(activities.station_id == sheet.station_id, activities.type == "review")
    ):
        reviews.setdefault(start.date(), []).append(row_id)
    return _Facts(found, reviews, sheet.year or clock.today().year)


def _report(line: Line, facts: _Facts) -> Iterable[Piece]:
    deputy = line.get("reports.deputy")
    mandates = facts.mandates.get(deputy, [])
    if not mandates:
        raise Trouble("no_mandate", "reports.deputy")
    mandate = _one_of(mandates, line.chosen.get("reports.deputy"))
    report = line.of("duty_reports")
    held_on = line.get("reports.held_on")
    submitted = report.get("submitted_on")
    if submitted is None:
        raise Trouble("required", "duty_reports.submitted_on")
    report |= {"mandate": mandate, "year": report.get("year") or (submitted or held_on or date(facts.year, 1, 1)).year}
    report["form"] = report.get("form") or ("direct" if held_on is not None else "written")
    votes = line.of("review_results")
    if held_on is None:
        if votes:
            raise Trouble("required", "reports.held_on")
        yield Piece("duty_reports", report)
        return
    known = facts.reviews.get(held_on, [])
    meeting = {"activity": known[0]} if len(known) == 1 else {"activity.start": held_on, "activity.title": _TITLE}
    yield Piece("review_meetings", {**meeting, **line.of("review_meetings"), "reporters": [mandate]})
    yield Piece("duty_reports", report, {"meeting": "review_meetings"} if report["form"] == "direct" else {})
    if votes:
        counted = sum(votes.get(name) or 0 for name in ("satisfied", "basically_satisfied", "dissatisfied", "abstained", "invalid"))
        yield Piece("review_results", {"issued": counted, **votes, "mandate": mandate}, {"meeting": "review_meetings"})


def _one_of(mandates: list[tuple[int, str]], chosen: int | None) -> int:
    """A deputy with two mandates reports on each: which one is to be chosen."""
    if chosen is not None and chosen in [row_id for row_id, _title in mandates]:
        return chosen
    if len(mandates) > 1:
        raise Trouble("which_mandate", "reports.deputy", {}, tuple(mandates))
    return mandates[0][0]


REPORTS = Layout(
    key="report_list",
    label=_("List of duty reports and their review"),
    parts={
        "review_meetings": Part("review_meetings", ("activity.start",), ("activity",)),
        "duty_reports": Part("duty_reports", ("mandate", "year", "form")),
        "review_results": Part("review_results", ("meeting", "mandate")),
    },
    columns=(
        Column("reports.deputy", ("姓名", "代表姓名", "述职代表", "代表"), says=_DEPUTY),
        Column("duty_reports.form", ("述职形式", "述职方式", "形式")),
        Column("duty_reports.year", ("年度", "述职年度")),
        Column("duty_reports.submitted_on", ("报告提交日期", "提交日期", "提交时间", "述职报告提交日期", "报告提交时间")),
        Column("duty_reports.received_on", ("小组收到日期", "收到日期")),
        Column("reports.held_on", ("述职日期", "述职时间", "评议日期", "评议时间", "会议日期"), says=_HELD_ON),
        Column("review_results.issued", ("参评选民代表人数", "参评人数", "参加测评人数", "发出票数", "发票数")),
        Column("review_results.satisfied", ("满意", "满意票", "满意票数")),
        Column("review_results.basically_satisfied", ("基本满意", "基本满意票", "基本满意票数")),
        Column("review_results.dissatisfied", ("不满意", "不满意票", "不满意票数")),
        Column("review_results.abstained", ("弃权", "弃权票", "弃权票数")),
        Column("review_results.invalid", ("无效票", "无效", "无效票数")),
        Column("review_results.returned", ("收回票数", "收回")),
        Column("review_meetings.reported_on", ("上报日期", "上报时间", "上报县人大时间")),
    ),
    needs=(("reports.deputy",), ("duty_reports.submitted_on", "reports.held_on"), ("duty_reports.form", "review_results.satisfied")),
    shape=_report,
    prepare=_facts,
    rank=40,
)
LAYOUTS = (REPORTS,)
