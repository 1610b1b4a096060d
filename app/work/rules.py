"""Pure rules of plans, publicity and parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal, Refused

from .settings import PARAMETERS, parse

_FIRST_MONTH = {"q1": 1, "q2": 4, "q3": 7, "q4": 10}


def plan_row(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """The summary is the year's (S2-2): a quarter has none."""
    if values.get("period") not in (None, "year"):
        for name in ("summary", "summarised_on"):
            if values.get(name) is not None:
                yield Refusal("summary_of_a_quarter", name)


def within_plan(year: int, period: str, day: date) -> bool:
    """Whether a day lies in the plan's year or quarter."""
    first = _FIRST_MONTH.get(period)
    return day.year == year and (first is None or first <= day.month < first + 3)


def approving(values: Mapping[str, Any], before: Mapping[str, Any]) -> Iterable[Refusal]:
    """What only the head of station does to a plan (S2-2): approve it, or change it afterwards."""
    if values.get("approved_on") != before.get("approved_on"):
        yield Refusal("head_approves", "approved_on")
    elif before.get("approved_on") is not None:
        for name in ("year", "period", "content"):
            if values.get(name) != before.get(name):
                yield Refusal("plan_approved", name)


def plan_stands(approved_on: date | None, amended_on: date | None) -> str:
    """Drafted, approved as it is, or changed since."""
    if approved_on is None:
        return "drafted"
    return "approved" if amended_on is None else "amended"


def nothing_planned(items: int, content: str | None) -> Iterable[Refusal]:
    """An empty sheet is not approved."""
    if not items and not content:
        yield Refusal("plan_empty")


def amended_on(values: Mapping[str, Any], before: Mapping[str, Any], today: date) -> date | None:
    """Since when an approved plan is no longer the one that was approved; approving it anew takes that away."""
    if values.get("approved_on") is None or values.get("approved_on") != before.get("approved_on"):
        return None
    if any(values.get(name) != before.get(name) for name in ("year", "period", "content")):
        return today
    return values.get("amended_on")


def amends(values: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a change of an item is one of the plan: its note, and the activity that fulfils it, are not."""
    return any(values.get(name) != before.get(name) for name in ("plan", "planned_for", "activity_type", "title"))


def publicity_row(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """A link leads to a page, and to nothing else."""
    link = values.get("link")
    if link and not link.lower().startswith(("http://", "https://")):
        yield Refusal("not_a_link", "link")


def setting_row(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """A parameter's value is of its kind."""
    parameter = PARAMETERS.get(values.get("name") or "")
    if parameter is not None and values.get("value") is not None:
        try:
            parse(parameter, values["value"])
        except Refused as refused:
            yield from refused.refusals


def setting_facts(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a parameter's name says of it: its article, whether the regulations give it, its place in the list."""
    parameter = PARAMETERS[values["name"]]
    return {
        "article": parameter.article,
        "origin": "given" if parameter.given else "ours",
        "place": list(PARAMETERS).index(parameter.name) + 1,
    }


FESTIVALS: dict[str, Any] = {
    "new_year": _("New Year"),
    "spring": _("Spring Festival"),
    "qingming": _("Qingming"),
    "labour": _("Labour Day"),
    "dragon_boat": _("Dragon Boat Festival"),
    "national": _("National Day"),
}
"""What the public holidays are called."""

SENTENCES: dict[str, Any] = {
    "summary_of_a_quarter": _("Only the annual plan has a summary"),
    "outside_plan": _("This does not lie within the plan's year or quarter"),
    "items_outside": _("Items of this plan would lie outside its year or quarter"),
    "no_annual_plan": _("There is no annual plan yet; make it first"),
    "plan_empty": _("Nothing is planned yet: there is nothing to approve"),
    "head_approves": _("The head of station approves plans"),
    "plan_approved": _("The plan is approved; only the head of station changes it now"),
    "not_a_link": _("A link begins with http:// or https://"),
    "not_a_month_day": _("“%(raw)s” is no day of the year; write it like 03-31"),
    "listed_twice": _("Something is listed twice"),
    "item_too_long": _("Each item has at most %(most)s characters"),
    "wrong_length_of_list": _("List at least %(least)s and at most %(most)s, separated by 、"),
    "not_a_pattern": _("A pattern has the part {item} and besides only, each once: %(parts)s"),
    "not_a_retention": _("“%(raw)s” is not written like 会议=30年; the terms are %(terms)s"),
    "county_only": _("This parameter is the county's; a station may not differ"),
}
refusals.SENTENCES.update(SENTENCES)
