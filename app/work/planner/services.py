"""The year's plan: made in one step, moved, approved, found again by the activities that fulfil it; and the year as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.activities.services import HELD
from app.core import clock
from app.core.access.accounts import staff_of
from app.core.access.actor import Actor
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.lists.listing import Listing, Row
from app.core.records.hooks import Saving, after_saving
from app.core.records.saving import Writing
from app.core.records.writing import change_set, refusal_of, write
from app.core.refusals import Refusal, Refused
from app.work.models import PERIODS, Plan, PlanItem
from app.work.services import office_calendar, settings_of

from . import quarters as quarters  # imported for its hooks
from . import rules
from .rules import Draft, Numbers, Open
from .standing import Held

_plans: Any = Plan
_items: Any = PlanItem
FIRST_YEAR, LAST_YEAR = 1990, 2100
ITEM = ("plan", "planned_for", "activity_type", "title", "activity", "activity.status", "note")
ACTIVITY = ("start", "type", "title", "status", "organiser", "arranged")


@dataclass
class Year:
    """A station's year as the actor sees it."""

    year: int
    plans: dict[str, Any] = field(default_factory=dict)
    items: list[Row] = field(default_factory=list)
    versions: dict[int, int] = field(default_factory=dict)
    activities: list[Row] = field(default_factory=list)

    @property
    def shown(self) -> list[Row]:
        """The annual plan's items, and what only a quarter's plan has."""
        annual = self.plans.get("year")
        titles = {each.values["title"] for each in self.items if annual is not None and each.values["plan"] == annual.id}
        return [
            each for each in self.items if (annual is not None and each.values["plan"] == annual.id) or each.values["title"] not in titles
        ]

    def of_annual(self) -> list[Row]:
        annual = self.plans.get("year")
        return [each for each in self.items if annual is not None and each.values["plan"] == annual.id]


def year_of(session: Session, actor: Actor, year: int) -> Year:
    """Everything of the year, in a handful of statements."""
    plans = select(Plan).where(_plans.station_id == actor.station_id, _plans.year == year)
    found = Year(year, {str(plan.period): plan for plan in session.scalars(plans)})
    items = Listing(session, actor, PlanItem, ITEM, sort="planned_for")
    items.predicates.append(_items.plan_id.in_([plan.id for plan in found.plans.values()]))
    found.items = list(items.stream())
    found.versions = {
        row.id: row.version
        for row in session.execute(select(_items.id, _items.version).where(_items.id.in_([each.id for each in found.items])))
    }
    found.activities = activities_of(session, actor, year)
    return found


def activities_of(session: Session, actor: Actor, year: int) -> list[Row]:
    listing = Listing(session, actor, LEDGERS["activities"], ACTIVITY, sort="start")
    start = listing.paths.column("start")
    listing.predicates += [start >= datetime(year, 1, 1), start < datetime(year + 1, 1, 1)]
    return list(listing.stream())


def as_drafts(items: Iterable[Row]) -> list[Draft]:
    return [Draft(each.values["planned_for"], each.values["activity_type"] or "other", each.values["title"]) for each in items]


def as_held(activities: Iterable[Row]) -> list[Held]:
    """Those that the duties count (R02): held, the station's own, no visit by certificate."""
    return [
        Held(each.values["start"].date(), each.values["type"])
        for each in activities
        if each.values["status"] in HELD and each.values["organiser"] == "station" and each.values["arranged"] == "station"
    ]


def numbers_for(session: Session, station_id: int | None) -> Numbers:
    return rules.numbers_of(settings_of(session, station_id, rules.PARAMETERS.values()))


# ---------------------------------------------------------------- plans in one step


@contextmanager
def _together(actor: Actor) -> Iterator[Writing]:
    """Several rows or none; what another one wrote at the same moment is a refusal."""
    try:
        with change_set(actor) as writing:
            yield writing
    except IntegrityError as error:
        raise Refused(refusal_of(error)) from error
    except StaleDataError as error:
        raise Refused(Refusal("conflict")) from error


def make_plan(actor: Actor, year: int, source: str) -> int:
    """The annual plan from the duties or from last year's, or what the one that is there lacks; gives how many items are new."""
    with _together(actor) as writing:
        session = writing.session
        plan = _plan_of(writing, year, "year")
        calendar, numbers = office_calendar(session), numbers_for(session, actor.station_id)
        there = _drafts_of(session, year, actor.station_id)
        if there:
            wanted = rules.completed(calendar, numbers, year, there)
        elif source == "last_year":
            wanted = rules.from_last_year(calendar, numbers, year, _last_year(session, actor, year))
        else:
            wanted = rules.from_duties(calendar, numbers, year)
        titles = {each.title for each in there}
        return _add_items(writing, plan.id, [each for each in wanted if each.title not in titles])


def draw_quarter(actor: Actor, year: int, period: str) -> int:
    """The quarter's plan from the annual one; gives how many items are new. Raises Refused where there is no annual plan."""
    with _together(actor) as writing:
        session = writing.session
        annual = session.scalars(
            select(Plan).where(_plans.station_id == actor.station_id, _plans.year == year, _plans.period == "year")
        ).first()
        if annual is None:
            raise Refused(Refusal("no_annual_plan"))
        quarter = _plan_of(writing, year, period)
        there = {each.title for each in _drafts_of(session, year, actor.station_id, period)}
        return _add_items(writing, quarter.id, rules.drawn(_drafts_of(session, year, actor.station_id, "year"), period, there))


def _plan_of(writing: Writing, year: int, period: str) -> Any:
    """The plan, made where it is not there yet."""
    actor = writing.actor
    found = writing.session.scalars(
        select(Plan).where(_plans.station_id == actor.station_id, _plans.year == year, _plans.period == period)
    ).first()
    if found is not None:
        return writing.existing("plans", found.id, Verb.EDIT)
    author = staff_of(writing.session, actor, actor.station_id)
    return writing.save("plans", {"year": year, "period": period, "made_on": clock.today(), "author": author})


def _add_items(writing: Writing, plan_id: int, drafts: Iterable[Draft]) -> int:
    count = 0
    for each in drafts:
        values = {"plan": plan_id, "planned_for": each.day, "activity_type": each.type, "title": each.title}
        writing.save("plan_items", values)
        count += 1
    return count


def _drafts_of(session: Session, year: int, station_id: int | None, period: str = "") -> list[Draft]:
    """The items of a plan, or of all plans of the year, each title once."""
    statement = (
        select(_items.planned_for, _items.activity_type, _items.title)
        .join(_plans, _plans.id == _items.plan_id)
        .where(_plans.station_id == station_id, _plans.year == year)
        .order_by(_items.planned_for, _items.id)
    )
    rows = session.execute(statement.where(_plans.period == period) if period else statement)
    return list({title: Draft(day, type_ or "other", title) for day, type_, title in rows}.values())


def _last_year(session: Session, actor: Actor, year: int) -> list[Draft]:
    """Last year's plan; where there was none, what was held."""
    planned = _drafts_of(session, year - 1, actor.station_id, "year")
    if planned:
        return planned
    held = [each for each in activities_of(session, actor, year - 1) if each.values["status"] in HELD]
    return [
        Draft(each.values["start"].date(), each.values["type"], each.values["title"])
        for each in held
        if each.values["arranged"] == "station"
    ]


def has_last_year(session: Session, actor: Actor, year: int) -> bool:
    return bool(_last_year(session, actor, year))


# ---------------------------------------------------------------- moving


def move_item(actor: Actor, item_id: int, to: date | int, version: str | None) -> tuple[str, date]:
    """Move an item to a day, or to a month of its year; a title that the program made from the month goes along. Gives the title
    and the day. Raises NotThere, Refused."""
    session = db.session()
    item: Any = Writing(session, actor).existing("plan_items", item_id, Verb.EDIT)
    calendar, numbers = office_calendar(session), numbers_for(session, item.station_id)
    day = to if isinstance(to, date) else rules.moved_to(calendar, numbers, item.activity_type, item.planned_for, to)
    taken = set(session.scalars(select(_items.title).where(_items.plan_id == item.plan_id)))
    title = rules.retitled(item.activity_type, item.title, item.planned_for.month, day.month, taken)
    write(actor, "plan_items", {"planned_for": day, "title": title}, row_id=item_id, version=version)
    return title, day


def item_of(actor: Actor, item_id: int) -> Any:
    """An item of the actor's. Raises NotThere, Refused."""
    return Writing(db.session(), actor).existing("plan_items", item_id, Verb.SHOW)


# ---------------------------------------------------------------- what fulfils what


@after_saving("activities")
def activity_finds_its_item(saving: Saving) -> None:
    """An activity planned or entered anywhere is found again in the year's plans; one that is called off, or held by a deputy's
    certificate, fulfils none of them."""
    if not saving.changed("title", "type", "start", "status", "arranged", "organiser"):
        return
    values, writing, station_id = saving.values, saving.writing, saving.station_id
    if values["arranged"] != "station" or values["status"] == rules.OFF:
        for item in writing.rows(PlanItem, station_id, activity=saving.row.id) if not saving.is_new else ():
            writing.save("plan_items", {"activity": None}, row=item, by_program=True)
        return
    day = values["start"].date()
    wanted = Open(saving.row.id, day, values["type"] if values["organiser"] == "station" else None, values["title"])
    for plan in writing.rows(Plan, station_id, year=day.year):
        items = writing.rows(PlanItem, station_id, plan=plan.id)
        if any(item.activity_id == saving.row.id for item in items):
            continue
        offered = [Open(item.id, item.planned_for, item.activity_type, item.title) for item in items if item.activity_id is None]
        found = rules.matching(wanted, offered)
        if found is not None:
            item = next(each for each in items if each.id == found)
            writing.save("plan_items", {"activity": saving.row.id}, row=item, by_program=True)


@after_saving("plan_items")
def item_finds_its_activity(saving: Saving) -> None:
    """A plan that is written late finds what was already held."""
    if not saving.is_new or saving.values["activity"] is not None:
        return
    values, session = saving.values, saving.writing.session
    day = values["planned_for"]
    activity: Any = LEDGERS["activities"]
    taken = select(_items.activity_id).where(_items.plan_id == values["plan"], _items.activity_id.is_not(None))
    rows = session.execute(
        select(activity.id, activity.start, activity.type, activity.title, activity.organiser).where(
            activity.station_id == saving.station_id,
            activity.start >= datetime(day.year, 1, 1),
            activity.start < datetime(day.year + 1, 1, 1),
            activity.status != rules.OFF,
            activity.arranged == "station",
            activity.id.not_in(taken),
        )
    ).all()
    offered = [Open(row.id, row.start.date(), row.type if row.organiser == "station" else None, row.title) for row in rows]
    found = rules.matching(Open(saving.row.id, day, values["activity_type"], values["title"]), offered)
    if found is not None:
        saving.writing.save("plan_items", {"activity": found}, row=saving.row, by_program=True)


def station_name(session: Session, station_id: int | None) -> str:
    station: Any = session.get(LEDGERS["stations"], station_id) if station_id is not None else None
    return station.name if station is not None else ""


def plan_title(year: int, period: str) -> str:
    """2026年度工作计划, 2026年第一季度工作计划."""
    if period == "year":
        return _("Work plan of the year %(year)s", year=year)
    return _("Work plan of %(year)s, %(quarter)s", year=year, quarter=PERIODS.label(period))
