"""A quarter's plan holds the annual plan's items of its months, and goes along when these are moved, renamed, added or deleted."""

from __future__ import annotations

from typing import Any

from app.core.records.hooks import Saving, after_erasing, after_saving
from app.core.records.saving import Writing
from app.work import rules as plan_rules
from app.work.models import Plan, PlanItem

from . import rules

GOES_ALONG = ("planned_for", "activity_type", "title")


@after_saving("plan_items")
def quarter_goes_along(saving: Saving) -> None:
    """What the annual plan says of an item, the quarter's plan says too; an item of another quarter leaves it."""
    values, before, writing = saving.values, saving.before, saving.writing
    if not plan_rules.amends(values, before):
        return
    annual = writing.get(Plan, values["plan"])
    quarters = _quarters(writing, annual)
    if not quarters:
        return
    now = quarters.get(rules.quarter_of(values["planned_for"]))
    copy = _copy(writing, quarters, str((before or values)["title"]))
    wanted = {name: values[name] for name in GOES_ALONG}
    twin = _named(writing, now, values["title"]) if now is not None else None
    if copy is not None and (now is None or twin not in (None, copy)):
        writing.erase(copy)
    elif now is None:
        return
    elif copy is not None:
        writing.save("plan_items", {"plan": now.id, **wanted}, row=copy, by_program=True)
    elif twin is None and (saving.is_new or _comes_into(values, before)):
        writing.save("plan_items", {"plan": now.id, "station_id": saving.station_id, **wanted}, by_program=True)


@after_erasing("plan_items")
def quarter_lets_go(saving: Saving) -> None:
    """What is no longer planned for the year is not planned for its quarter."""
    annual: Any = saving.writing.store.get(Plan, saving.before["plan"])
    if annual is not None and (copy := _copy(saving.writing, _quarters(saving.writing, annual), saving.before["title"])) is not None:
        saving.writing.erase(copy)


def _quarters(writing: Writing, annual: Any) -> dict[str, Any]:
    """The quarters' plans beside an annual one; of a quarter's plan none."""
    if annual.period != "year":
        return {}
    return {plan.period: plan for plan in writing.rows(Plan, annual.station_id, year=annual.year) if plan.period != "year"}


def _copy(writing: Writing, quarters: dict[str, Any], title: str) -> Any:
    """The item of this title in whichever quarter has it."""
    return next((item for plan in quarters.values() if (item := _named(writing, plan, title)) is not None), None)


def _named(writing: Writing, plan: Any, title: str) -> Any:
    return next(iter(writing.rows(PlanItem, plan.station_id, plan=plan.id, title=title)), None)


def _comes_into(values: dict[str, Any], before: dict[str, Any]) -> bool:
    """Whether the item comes from another quarter: one that the office took out of its quarter's plan stays out when it is moved
    within the quarter."""
    return rules.quarter_of(values["planned_for"]) != rules.quarter_of(before["planned_for"])
