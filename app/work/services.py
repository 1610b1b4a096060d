"""What follows when plans and parameters are written, and what a parameter's value is for a station."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.calendar import Calendar, built_in, missing_festivals
from app.core import clock
from app.core.dictionary.roles import Reach, Verb
from app.core.records.hooks import Saving, after_erasing, after_saving, before_restoring, before_saving
from app.core.records.saving import Writing
from app.core.refusals import Refusal, Refused, refuse_any

from . import rules
from .approval import HEAD
from .models import Plan, PlanItem, Setting, WorkdayOverride
from .past import Past as Past  # what was asked for on a day of the past
from .past import past_of as past_of
from .settings import DEFAULTS, PARAMETERS, parse

_items: Any = PlanItem
_settings: Any = Setting
_overrides: Any = WorkdayOverride


@before_saving("plans")
def plan_is_approved(saving: Saving) -> None:
    """The head of station approves; a plan does not leave the time of its items."""
    if not HEAD & set(saving.writing.actor.roles):
        refuse_any(rules.approving(saving.values, saving.before))
    if not saving.is_new:
        saving.values["amended_on"] = rules.amended_on(saving.values, saving.before, clock.today())
    saving.values["status"] = rules.plan_stands(saving.values["approved_on"], saving.values["amended_on"])
    if not saving.is_new and saving.changed("year", "period"):
        days = saving.writing.session.scalars(select(_items.planned_for).where(_items.plan_id == saving.row.id)).all()
        if not all(rules.within_plan(saving.values["year"], saving.values["period"], day) for day in days):
            raise Refused(Refusal("items_outside", "period"))


@before_saving("plan_items")
@before_restoring("plan_items")
def item_within_plan(saving: Saving) -> None:
    """An item is planned for a month of its plan."""
    if saving.changed("plan", "planned_for"):
        plan: Any = saving.writing.session.get_one(Plan, saving.values["plan"])
        if not rules.within_plan(plan.year, plan.period, saving.values["planned_for"]):
            raise Refused(Refusal("outside_plan", "planned_for"))


@after_saving("plan_items")
@after_erasing("plan_items")
def plan_is_amended(saving: Saving) -> None:
    """An approved plan whose items change says so."""
    values = saving.values or saving.before
    if rules.amends(saving.values, saving.before):
        for plan_id in {values["plan"], saving.before.get("plan", values["plan"])}:
            plan: Any = saving.writing.session.get(Plan, plan_id)
            if plan is not None and plan.approved_on is not None and plan.amended_on != clock.today():
                saving.writing.save("plans", {"amended_on": clock.today()}, row=plan, by_program=True)


@before_saving("settings")
def who_may_differ(saving: Saving) -> None:
    """The county keeps the parameters; a station differs where the regulations leave the number open."""
    actor = saving.writing.actor
    if saving.station_id is None:
        if actor.reach("settings", Verb.ADD if saving.is_new else Verb.EDIT) is not Reach.ALL:
            raise Refused(Refusal("not_permitted"))
    elif not PARAMETERS[saving.values["name"]].station_may_differ:
        raise Refused(Refusal("county_only", "name"))


def setting(session: Session, station_id: int | None, name: str) -> Any:
    """A parameter's value for a station: its own, else the county's, else the default. Its type follows the parameter's sort:
    int, Decimal, MonthDay, bool, tuple of str, str."""
    return settings_of(session, station_id, [name])[name]


def settings_of(session: Session, station_id: int | None, names: Collection[str]) -> dict[str, Any]:
    """Several parameters at once, in one statement."""
    own = _settings.station_id
    rows = session.execute(
        select(_settings.name, _settings.value)
        .where(_settings.name.in_(names), or_(own.is_(None), own == station_id))
        .order_by(own.is_not(None))
    )
    typed: dict[str, str] = {row.name: row.value for row in rows}
    return {name: parse(PARAMETERS[name], typed.get(name, PARAMETERS[name].value)) for name in names}


def office_calendar(session: Session, change_set: str = "") -> Calendar:
    """The working days as the office has them (S8-3): the built-in holidays, put right or carried on by the ledger of adjusted days.
    Within a change set they are read once."""
    kept: tuple[str, Calendar] | None = session.info.get("calendar")
    if change_set and kept is not None and kept[0] == change_set:
        return kept[1]
    overrides = {day: kind == "workday" for day, kind in session.execute(select(_overrides.date, _overrides.kind))}
    years = {day.year for day in overrides if not built_in(day.year)}
    calendar = Calendar(overrides, [year for year in years if not missing_festivals(year, _days_off(overrides))])
    if change_set:
        session.info["calendar"] = (change_set, calendar)
    return calendar


def _days_off(overrides: dict[date, bool]) -> list[date]:
    return [day for day, worked in overrides.items() if not worked]


NEXT_YEAR_FROM = 11
"""The month in which the next year's holidays are announced."""


def missing_years(session: Session, today: date) -> dict[int, list[str]]:
    """Years in which terms run by now and whose holidays are not entered in full, with the festivals that are missing."""
    wanted = [year for year in (today.year, today.year + (today.month >= NEXT_YEAR_FROM)) if not built_in(year)]
    if not wanted:
        return {}
    entered = session.execute(
        select(_overrides.date).where(_overrides.kind == "holiday", _overrides.date >= date(min(wanted), 1, 1))
    ).scalars().all()
    missing = {year: missing_festivals(year, entered) for year in wanted}
    return {year: [str(rules.FESTIVALS[name]) for name in festivals] for year, festivals in missing.items() if festivals}


def seed_settings(writing: Writing) -> None:
    """Write the county's rows that are not there yet, with the defaults."""
    present = set(writing.session.scalars(select(_settings.name).where(_settings.station_id.is_(None))))
    for parameter in DEFAULTS:
        if parameter.name not in present:
            writing.save("settings", {"name": parameter.name, "value": parameter.value, "station_id": None}, by_program=True)
