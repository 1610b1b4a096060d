"""Plans and parameters as they are written: who approves, who may differ, what holds for a station."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from app.core.access.actor import Actor, program
from app.core.dictionary.ledger import LEDGERS
from app.core.records.writing import change_set, erase, write
from app.core.refusals import Refused
from app.work.services import seed_settings, setting
from app.work.settings import DEFAULTS, MonthDay

pytestmark = pytest.mark.both_databases
Act = Callable[[str], Actor]


@pytest.fixture
def stations(session: scoped_session[Any]) -> tuple[int, int]:
    with change_set(program(None, "test")) as writing:
        first, second = (writing.save("stations", {"name": name, "kind": "township"}, by_program=True).id for name in ("青石镇", "白水镇"))
        seed_settings(writing)
    return first, second


@pytest.fixture
def acting(stations: tuple[int, int]) -> Act:
    return lambda role: Actor(role, (role,), station_id=None if role in ("county", "admin") else stations[0])


@pytest.fixture
def change(session: scoped_session[Any]) -> Callable[..., None]:
    def changing(actor: Actor, key: str, row_id: int, **values: Any) -> None:
        session.rollback()
        session.expire_all()
        version = str(session.get_one(LEDGERS[key], row_id).version)
        session.rollback()
        write(actor, key, values, row_id=row_id, version=version)
    return changing


@contextmanager
def refused(*expected: tuple[str, str | None]) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert [(each.code, each.field) for each in caught.value.refusals] == list(expected)


def test_the_liaison_officer_drafts_and_the_head_approves(acting: Act, change: Callable[..., None]) -> None:
    plan = write(acting("liaison"), "plans", {"year": 2026, "period": "year", "content": "全年计划"})
    with refused(("head_approves", "approved_on")):
        change(acting("liaison"), "plans", plan, approved_on="2026-01-08")
    change(acting("head"), "plans", plan, approved_on="2026-01-08")
    with refused(("plan_approved", "content")):
        change(acting("liaison"), "plans", plan, content="改")
    change(acting("liaison"), "plans", plan, summary="全年总结", summarised_on="2026-12-30")


def test_items_stay_within_their_plan(acting: Act, change: Callable[..., None]) -> None:
    liaison = acting("liaison")
    plan = write(liaison, "plans", {"year": 2026, "period": "q2"})
    with refused(("outside_plan", "planned_for")):
        write(liaison, "plan_items", {"plan": plan, "title": "视察", "planned_for": "2026-07-01"})
    item = write(liaison, "plan_items", {"plan": plan, "title": "视察", "planned_for": "2026-06-01", "activity_type": "inspection"})
    with refused(("outside_plan", "planned_for")):
        change(liaison, "plan_items", item, planned_for="2025-06-01")
    with refused(("items_outside", "period")):
        change(liaison, "plans", plan, period="q3")
    change(liaison, "plans", plan, period="year")


def test_a_station_differs_where_the_regulations_leave_the_number_open(
    acting: Act, stations: tuple[int, int], session: scoped_session[Any],
) -> None:
    own, other = stations
    head = acting("head")
    with refused(("county_only", "name")):
        write(head, "settings", {"name": "voter_representatives", "value": "20"})
    with refused(("wrong_station", "station")):
        write(head, "settings", {"name": "annual_plan_by", "value": "02-15", "station": ""})
    write(head, "settings", {"name": "annual_plan_by", "value": "2月15日"})
    assert setting(session(), own, "annual_plan_by") == MonthDay(2, 15)
    assert setting(session(), other, "annual_plan_by") == MonthDay(1, 31)


def test_the_countys_number_holds_for_all_and_the_default_where_there_is_none(
    acting: Act, stations: tuple[int, int], session: scoped_session[Any], change: Callable[..., None],
) -> None:
    settings: Any = LEDGERS["settings"]
    row = session.query(settings).filter(settings.name == "voter_representatives").one()
    change(acting("county"), "settings", row.id, value="40")
    assert [setting(session(), station, "voter_representatives") for station in (*stations, None)] == [40, 40, 40]
    session.rollback()
    erase(acting("county"), "settings", row.id)
    assert setting(session(), None, "voter_representatives") == 30


def test_seeding_writes_each_parameter_once(stations: tuple[int, int], session: scoped_session[Any]) -> None:
    session.rollback()
    with change_set(program(None, "test")) as writing:
        seed_settings(writing)
    assert session.query(LEDGERS["settings"]).count() == len(DEFAULTS)
