"""The year's board: twelve months with what is planned and what was held, quarters summed up, the duties beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext as _

from app.activities.services import HELD
from app.core.access.actor import Actor
from app.core.dictionary.articles import cite
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.lists.listing import Row
from app.work.models import PERIODS

from . import rules
from .services import Year, as_drafts, as_held
from .standing import Duty, duties

NOON = "T09:00"


def board(actor: Actor, found: Year, standing: list[Duty], today: date) -> dict[str, Any]:
    """Everything that parts/planner_board.html shows."""
    may_edit, may_add = actor.may("plan_items", Verb.EDIT), actor.may("activities", Verb.ADD)
    linked = {each.values["activity"]: each for each in found.shown if each.values["activity"] is not None}
    activities = {each.id: each for each in found.activities}
    months = {month: _month(month, found.year, today) for month in rules.MONTHS}
    for item in found.shown:
        shown = _item(item, found, activities, today, may_edit, may_add)
        months[item.values["planned_for"].month]["items"].append(shown)
    for each in found.activities:
        if each.id not in linked and each.values["status"] != rules.OFF:
            months[each.values["start"].month]["others"].append(_other(each))
    held = [each for each in found.activities if each.values["status"] in HELD]
    return {
        "year": found.year,
        "duties": [_duty(each) for each in standing],
        "quarters": [_quarter(actor, found, number, months, held) for number in range(1, 5)],
        "empty": not found.items and not found.activities,
        "months": [(month, _("Month %(month)s", month=month)) for month in rules.MONTHS],
    }


def _month(month: int, year: int, today: date) -> dict[str, Any]:
    return {
        "month": month,
        "label": _("Month %(month)s", month=month),
        "now": (today.year, today.month) == (year, month),
        "items": [],
        "others": [],
    }


def _item(item: Row, found: Year, activities: Mapping[int, Row], today: date, may_edit: bool, may_add: bool) -> dict[str, Any]:
    day, activity_id = item.values["planned_for"], item.values["activity"]
    activity = activities.get(activity_id) if activity_id is not None else None
    status = item.values["activity.status"]
    if status in HELD:
        tone, state = "ok", _("Held")
    elif activity_id is not None:
        tone, state = "info", _("Arranged")
    elif day < today:
        tone, state = "bad", _("Not held")
    else:
        tone, state = "", ""
    annual = found.plans.get("year")
    return {
        "id": item.id,
        "version": found.versions.get(item.id, 0),
        "day": _("Day %(day)s", day=day.day),
        "date": _("%(month)s-%(day)s", month=day.month, day=day.day),
        "month": day.month,
        "title": item.texts["title"],
        "type": item.texts["activity_type"],
        "tone": tone,
        "state": state,
        "on": activity.values["start"].day if activity is not None else None,
        "activity_url": f"/activities/show/{activity_id}" if activity_id is not None else None,
        "add_url": form_address(item) if may_add and activity_id is None else None,
        "movable": may_edit and status not in HELD,
        "of_quarter": annual is None or item.values["plan"] != annual.id,
        "url": f"/plan_items/show/{item.id}",
    }


def _other(each: Row) -> dict[str, Any]:
    held = each.values["status"] in HELD
    return {
        "day": _("Day %(day)s", day=each.values["start"].day),
        "title": each.texts["title"],
        "url": f"/activities/show/{each.id}",
        "tone": "ok" if held else "info",
        "state": _("Held") if held else each.texts["status"],
    }


def form_address(item: Row) -> str:
    """The add form of what the item is to become, filled in: an activity, or the ledger that shares its life with one."""
    kind, day = item.values["activity_type"] or "other", item.values["planned_for"]
    values = {"title": item.values["title"], "start": f"{day.isoformat()}{NOON}"}
    for key, model in LEDGERS.items():
        one = model.entry.one_to_one
        if one is not None and kind in one.fixed.get("type", ()):
            prefixed = {f"{one.field}.{name}": value for name, value in ({"type": kind} | values).items() if name in one.shown}
            return f"/{key}/add?{urlencode(prefixed)}"
    return f"/activities/add?{urlencode({'type': kind, **values})}"


def _duty(each: Duty) -> dict[str, Any]:
    names = (
        [_("Month %(month)s", month=month) for month in rules.MONTHS]
        if len(each.ticks) == 12
        else [_("First half-year"), _("Second half-year")]
    )
    words = {"ok": _("held"), "warn": _("held on another day"), "bad": _("missed"), "plan": _("planned"), "": _("not planned")}
    signs = {"ok": "✓", "warn": "!", "bad": "✕", "plan": "…", "": "·"}
    return {
        "code": each.code,
        "label": each.label,
        "article": cite(each.article),
        "needed": each.needed,
        "planned": each.planned,
        "held": each.held,
        "tone": each.tone,
        "word": each.word,
        "ticks": [
            {"tone": tone, "sign": signs[tone], "short": str(index) if len(each.ticks) == 12 else name, "title": f"{name}：{words[tone]}"}
            for index, (tone, name) in enumerate(zip(each.ticks, names, strict=False), start=1)
        ],
    }


def _quarter(actor: Actor, found: Year, number: int, months: Mapping[int, dict[str, Any]], held: list[Row]) -> dict[str, Any]:
    period = f"q{number}"
    own = [months[month] for month in rules.months_of(period)]
    items = [item for month in own for item in month["items"]]
    plan = found.plans.get(period)
    in_annual = any(each.values["planned_for"].month in rules.months_of(period) for each in found.of_annual())
    return {
        "period": period,
        "label": PERIODS.label(period),
        "months": own,
        "planned": len(items),
        "done": sum(item["tone"] == "ok" for item in items),
        "held": sum(rules.quarter_of(each.values["start"]) == period for each in held),
        "plan": plan_state(plan) if plan is not None else None,
        "draw": plan is None and in_annual and actor.may("plans", Verb.ADD),
    }


def plan_state(plan: Any) -> dict[str, str]:
    """How far a plan is: drafted, approved, changed since."""
    url = f"/plans/show/{plan.id}"
    if plan.status == "drafted":
        return {"url": url, "tone": "warn", "word": _("Not approved yet")}
    if plan.status == "amended":
        return {"url": url, "tone": "bad", "word": _("Changed on %(day)s, after its approval", day=plan.amended_on.isoformat())}
    return {"url": url, "tone": "ok", "word": _("Approved on %(day)s", day=plan.approved_on.isoformat())}


def duties_of(found: Year, calendar: Any, numbers: rules.Numbers, today: date) -> list[Duty]:
    return duties(calendar, numbers, found.year, today, as_drafts(found.shown), as_held(found.activities))
