"""The numbers of the regulations as data (制度参数), and how their values are read. Pure.

`GIVEN` says whether the regulations give the number; where they do not it is the office's own (本站设定).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _

from app.core.dictionary.fields import Choices, plain
from app.core.refusals import Refusal, Refused


class Sort(StrEnum):
    """What kind of value a parameter has."""

    COUNT = "count"
    DECIMAL = "decimal"
    MONTH_DAY = "month_day"
    YES_NO = "yes_no"
    LIST = "list"
    TEXT = "text"
    PATTERN = "pattern"
    RETENTION = "retention"


class MonthDay(NamedTuple):
    """A day of every year, such as 31 January."""

    month: int
    day: int


Value = int | Decimal | MonthDay | bool | tuple[str, ...] | str


@dataclass(frozen=True)
class Parameter:
    """One number of the regulations: its default as it is typed, and who may change it."""

    name: str
    label: Any
    value: str
    article: str
    sort: Sort = Sort.COUNT
    given: bool = True
    """The regulations give it; else it is ours."""
    station_may_differ: bool = False
    least: int = 0
    most: int = 1000


def _ours(name: str, label: Any, value: str, article: str, sort: Sort = Sort.COUNT, least: int = 0, most: int = 1000) -> Parameter:
    """A number that the regulations leave open: the county proposes it, a station may differ."""
    return Parameter(name, label, value, article, sort, given=False, station_may_differ=True, least=least, most=most)


DEFAULTS: tuple[Parameter, ...] = (
    Parameter("activities_a_month", _("Activities each month (advisory)"), "1", "S5-2"),
    Parameter("activities_a_year", _("Activities a year, at least"), "10", "S5-2"),
    Parameter("reception_week", _("Reception day: which week of the month"), "1", "S5-3(2)", least=1, most=4),
    Parameter("reception_weekday", _("Reception day: day of the week (1 to 7)"), "2", "S5-3(2)", least=1, most=7),
    _ours("reception_moves", _("Reception day on a holiday moves to the next working day"), "是", "S5-3(2)", Sort.YES_NO),
    Parameter("inspections_a_year", _("Inspections and research a year, at least"), "3", "S5-3(3)"),
    _ours("activity_report_workdays", _("Report on an activity: working days"), "5", "S5-5"),
    Parameter("receptions_of_a_deputy", _("Receptions of a deputy a year, at least"), "1", "S7-1"),
    _ours("reception_joined_by", _("Not due for deputies who joined after"), "10-01", "S7-1", Sort.MONTH_DAY),
    Parameter("reception_notice_days", _("Announcement of a reception: calendar days ahead"), "3", "S7-3"),
    Parameter("assignment_workdays", _("Assigning an opinion: working days"), "7", "S8-3"),
    _ours("opinions_bound_by", _("Opinions of a year bound by (next year)"), "03-31", "S8-6", Sort.MONTH_DAY),
    _ours("inspection_notice_days", _("Notice of an inspection: days ahead"), "1", "S6-4"),
    _ours("inspection_report_workdays", _("Inspection report and feedback: working days"), "15", "S6-5"),
    Parameter("duty_report_days", _("Duty report with the group: days before the meeting"), "3", "S9-3"),
    Parameter("duty_report_by", _("Written duty report of the year by"), "12-31", "S9-4", Sort.MONTH_DAY),
    _ours("duty_report_above_county", _("Duty reports of deputies above the county too"), "否", "S9-4", Sort.YES_NO),
    Parameter("direct_reports_a_term", _("Reports in person in a term, at least"), "1", "S9-4"),
    Parameter("voter_representatives", _("Voter representatives at a review, at least"), "30", "S9-4", least=1),
    Parameter("review_grades", _("Grades of the vote"), "满意、基本满意、不满意", "S9-5", Sort.LIST, least=2, most=6),
    _ours("review_rate_with_basically", _("Satisfaction rate counts “basically satisfied” too"), "否", "S9-5", Sort.YES_NO),
    _ours("review_report_workdays", _("Report on a duty review: working days"), "10", "S9-6"),
    _ours("review_commended_from", _("Satisfied votes: commended from (%)"), "90", "S9-5", Sort.DECIMAL, most=100),
    _ours("review_candidate_from", _("Satisfied votes: to stand again from (%)"), "80", "S9-5", Sort.DECIMAL, most=100),
    _ours("review_talk_below", _("Satisfied votes: a talk below (%)"), "60", "S9-5", Sort.DECIMAL, most=100),
    _ours("missed_sessions_warn", _("Missed sessions: warn from"), "1", "S10-3", least=1),
    Parameter("missed_sessions_alarm", _("Missed sessions: alarm from"), "2", "S10-3", least=1),
    _ours("dossier_sealed_from", _("Performance archive sealed from"), "12-20", "S10-5", Sort.MONTH_DAY),
    _ours("dossier_sealed_by", _("Performance archive sealed by (next year)"), "01-31", "S10-5", Sort.MONTH_DAY),
    _ours("archive_checks_a_month", _("Archive checks each month"), "1", "S11-4"),
    Parameter(
        "archive_check_points",
        _("Points of the archive check"),
        "防火、防盗、防虫、防潮、防霉、防晒",
        "S11-4",
        Sort.LIST,
        station_may_differ=True,
        least=1,
        most=20,
    ),
    _ours("archive_fault_days", _("Fault of the archive room put right within: days"), "7", "S11-4", least=1, most=365),
    _ours("archive_temperature_least", _("Archive room: lowest temperature (℃)"), "14", "S11-4", Sort.DECIMAL, least=-20, most=60),
    _ours("archive_temperature_most", _("Archive room: highest temperature (℃)"), "24", "S11-4", Sort.DECIMAL, least=-20, most=60),
    _ours("archive_humidity_least", _("Archive room: lowest humidity (%)"), "45", "S11-4", Sort.DECIMAL, most=100),
    _ours("archive_humidity_most", _("Archive room: highest humidity (%)"), "60", "S11-4", Sort.DECIMAL, most=100),
    _ours("archive_climate_source", _("Archive room: where these limits come from"), "JGJ 25-2010", "S11-4", Sort.TEXT),
    _ours("fonds_number", _("Fonds number"), "0001", "S11-3", Sort.TEXT),
    _ours(
        "archive_number_pattern",
        _("Pattern of archive numbers"),
        "{fonds}-{category}·{year}-{retention}-{unit}-{item}",
        "S11-3",
        Sort.PATTERN,
    ),
    _ours("annual_plan_by", _("Annual plan by"), "01-31", "S2-2", Sort.MONTH_DAY),
    _ours("quarter_plan_day", _("Quarter's plan by its day"), "10", "S2-2", least=1, most=90),
    _ours("annual_summary_by", _("Annual summary by"), "12-31", "S2-2", Sort.MONTH_DAY),
    _ours("bulletins_to_deputies", _("Bulletins to deputies each quarter"), "1", "S4-6"),
    _ours("bulletins_to_public", _("Bulletins to the public each quarter"), "1", "S4-6"),
    _ours("exchanges_a_half_year", _("Exchanges of experience each half-year"), "1", "S5-3(4)"),
    _ours("own_record_days", _("Own records entered by deputies: days"), "10", "S5-3(4)"),
    _ours("visits_a_half_year", _("Visits to voters of a deputy each half-year"), "1", "S1-3"),
    _ours("due_soon_days", _("A duty counts as due soon: days ahead"), "3", "S4-1"),
    _ours(
        "archive_retention",
        _("Retention proposed when filing"),
        "会议=30年、述职评议=30年、视察调研=30年、接待选民=30年、其他活动=10年、群众意见=30年、代表建议=30年、履职档案=永久、年度计划=永久、季度计划=10年",
        "S11-3",
        Sort.RETENTION,
        least=1,
        most=20,
    ),
    _ours("archive_loan_days", _("Loan of a file: days"), "15", "S11-4", least=1, most=365),
)
PARAMETERS: Mapping[str, Parameter] = {parameter.name: parameter for parameter in DEFAULTS}
NAMES = Choices({parameter.name: parameter.label for parameter in DEFAULTS})
RETENTIONS = ("永久", "30年", "10年")
PATTERN_PARTS = frozenset({"fonds", "category", "year", "retention", "unit", "item"})

_YES, _NO = frozenset({"是", "yes", "true", "1"}), frozenset({"否", "no", "false", "0"})
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def parse(parameter: Parameter, typed: str) -> Value:
    """The value of what was typed. Raises Refused with what is wrong about it."""
    text = plain(typed)
    if not text:
        raise Refused(Refusal("required", "value"))
    match parameter.sort:
        case Sort.COUNT | Sort.DECIMAL:
            return _number(parameter, text)
        case Sort.MONTH_DAY:
            return _month_day(text)
        case Sort.YES_NO:
            return _yes_no(text)
        case Sort.LIST:
            return _list(parameter, typed)
        case Sort.RETENTION:
            return _retention(_list(parameter, typed))
        case Sort.PATTERN:
            return _pattern(typed.strip())
        case Sort.TEXT:
            return typed.strip()


def _number(parameter: Parameter, text: str) -> int | Decimal:
    whole = parameter.sort is Sort.COUNT
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or (whole and number != number.to_integral_value()):
        raise Refused(Refusal("not_an_integer" if whole else "not_a_number", "value", {"raw": text[:30]}))
    if number < parameter.least:
        raise Refused(Refusal("too_small", "value", {"least": parameter.least}))
    if number > parameter.most:
        raise Refused(Refusal("too_large", "value", {"most": parameter.most}))
    return int(number) if whole else number


def _month_day(text: str) -> MonthDay:
    found = _MONTH_DAY.fullmatch(text)
    try:
        day = date(2001, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise Refused(Refusal("not_a_month_day", "value", {"raw": text[:30]}))
    return MonthDay(day.month, day.day)


def _yes_no(text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise Refused(Refusal("not_a_boolean", "value", {"raw": text[:30]}))
    return text.lower() in _YES


def _list(parameter: Parameter, typed: str) -> tuple[str, ...]:
    items = tuple(item.strip() for item in re.split(r"[、，,；;\n]", typed) if item.strip())
    if len(set(items)) != len(items):
        raise Refused(Refusal("listed_twice", "value"))
    if any(len(item) > 20 for item in items):
        raise Refused(Refusal("item_too_long", "value", {"most": 20}))
    if not parameter.least <= len(items) <= parameter.most:
        raise Refused(Refusal("wrong_length_of_list", "value", {"least": parameter.least, "most": parameter.most}))
    return items


def _retention(items: tuple[str, ...]) -> tuple[str, ...]:
    """A table written as a list: what is filed = how long it is kept (DA/T 22-2015 knows these three)."""
    for item in items:
        if not re.fullmatch(rf"[^=＝]+[=＝]({'|'.join(RETENTIONS)})", item):
            raise Refused(Refusal("not_a_retention", "value", {"raw": item, "terms": "、".join(RETENTIONS)}))
    return tuple(item.replace("＝", "=") for item in items)


def _pattern(text: str) -> str:
    parts = re.findall(r"\{([^{}]*)\}", text)
    left = re.sub(r"\{[^{}]*\}", "", text)
    if "{" in left or "}" in left or "item" not in parts or len(set(parts)) != len(parts) or not set(parts) <= PATTERN_PARTS:
        raise Refused(Refusal("not_a_pattern", "value", {"parts": "、".join(f"{{{part}}}" for part in sorted(PATTERN_PARTS))}))
    return text
