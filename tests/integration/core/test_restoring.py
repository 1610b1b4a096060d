"""What waits in the recycle bin comes back whole, once, or says what stands in the way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import registry  # noqa: F401 - declares every ledger before the cases are named after them
from app.core.access.actor import program
from app.core.database import db
from app.core.dictionary.entry import Scope
from app.core.dictionary.ledger import LEDGERS
from app.core.records.history import Change, Deleted
from app.core.records.restoring import restore
from app.core.records.writing import erase, write
from app.core.refusals import NotThere, Refused
from tests.contract.expected import NOT_ALONE
from tests.support.databases import Scene
from tests.support.factories import Factory
from tests.support.scene import TWO_STATIONS, world_in

pytestmark = pytest.mark.both_databases
MOVED_ON = {"version", "changed_at"}
"""What a row that is not in the bin may gain when something that it depends on goes and comes back."""

IN_ORDER = ("ledger", "row_id", "target_id", "id", "name")


@pytest.fixture
def scene() -> Scene:
    return TWO_STATIONS


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every table but history and bin: ledgers, associations, counters, accounts and search index."""
    db.session.rollback()
    found = {}
    for table in db.metadata.sorted_tables:
        if table.name not in ("changes", "recycle_bin") and not table.name.startswith("ab_"):
            rows = [dict(row._mapping) for row in db.session.execute(select(table))]
            found[table.name] = sorted(rows, key=lambda row: repr([row.get(name) for name in IN_ORDER]))
    db.session.rollback()
    return found


def differing(before: dict[str, list[dict[str, Any]]], after: dict[str, list[dict[str, Any]]], erased: set[tuple[str, int]]) -> list[str]:
    faults = []
    for table, rows in before.items():
        if len(rows) != len(after[table]):
            faults.append(f"{table}: {len(rows)} rows were {len(after[table])}")
            continue
        for was, now in zip(rows, after[table], strict=True):
            loose = set() if (table, was.get("id")) in erased else MOVED_ON
            changed = [name for name in was if was[name] != now[name] and name not in loose]
            faults += [f"{table}.{name} of {was.get('id')}: {was[name]} is {now[name]}" for name in changed]
    return faults


def last_entry() -> Deleted:
    return db.session.scalars(select(Deleted).order_by(Deleted.id.desc()).limit(1)).one()


@pytest.mark.parametrize("key", [key for key in LEDGERS if key not in NOT_ALONE])
@pytest.mark.parametrize("which", ["spare", "rows"])
def test_a_row_of_every_ledger_comes_back_as_it_was_with_all_it_owned(app: Flask, key: str, which: str) -> None:
    world = world_in(app)
    place = world.county if LEDGERS[key].scope is Scope.SHARED else world.here
    actor = program(place.station_id, "tests", "工厂")
    row_id = getattr(place, which)[key]
    with app.test_request_context():
        before = everything()
        refused = refusals_of_erasing(actor, key, row_id)
        if refused:
            assert (which, refused) == ("rows", {"referred_to"})
            assert everything() == before
            return
        entry = last_entry()
        erased = {(each["ledger"], each["columns"]["id"]) for each in entry.snapshot}
        assert (key, row_id) in erased
        assert restore(actor, entry.id) == (entry.ledger, entry.row_id)
        assert differing(before, everything(), erased) == []
        assert db.session.scalars(select(Deleted)).all() == []
        recorded = db.session.execute(select(Change.ledger, Change.row_id).where(Change.action == "restore")).all()
        assert {tuple(each) for each in recorded} == erased
        assert write(actor, key, place.fresh[key]) > row_id


def test_an_activity_with_its_attendance_notices_and_reception_comes_back(app: Flask) -> None:
    world = world_in(app)
    actor = program(world.here.station_id, "tests", "工厂")
    with app.test_request_context():
        factory = Factory(world.here.station_id, "再来", shared=world.county.rows, rows=dict(world.here.rows), start=300)
        reception = factory.another("receptions", **{"activity.deputies": [world.here.rows["deputies"], world.mine.rows["deputies"]]})
        activity = db.session.get_one(LEDGERS["receptions"], reception).activity_id
        factory.another("activity_notices", activity=activity)
        before = everything()
        erase(actor, "receptions", reception, reason="登错了")
        entry = last_entry()
        assert entry.ledger == "activities"
        assert {each["ledger"] for each in entry.snapshot} == {"activities", "receptions", "attendance", "activity_notices"}
        told = db.session.scalars(select(Change.reason).where(Change.action == "delete")).all()
        assert set(told) == {"登错了"}
        restore(actor, entry.id)
        erased = {(each["ledger"], each["columns"]["id"]) for each in entry.snapshot}
        assert differing(before, everything(), erased) == []


def refusals_of_erasing(actor: Any, key: str, row_id: int) -> set[str]:
    try:
        erase(actor, key, row_id)
    except Refused as refused:
        return refused.codes
    return set()


def refusals_of(actor: Any, entry_id: int) -> dict[str, str]:
    with pytest.raises(Refused) as refused:
        restore(actor, entry_id)
    return {each.code: each.sentence() for each in refused.value.refusals}


def test_a_key_taken_meanwhile_is_named(app: Flask) -> None:
    world = world_in(app)
    actor = program(world.here.station_id, "tests", "工厂")
    with app.test_request_context():
        typed = {"number": "77", "name": "东村", "kind": "constituency"}
        first = write(actor, "constituencies", typed, request_id="first")
        erase(actor, "constituencies", first)
        entry = last_entry().id
        write(actor, "constituencies", {**typed, "name": "西村"})
        before = everything()
        assert "77 西村" in refusals_of(actor, entry)["taken"]
        assert everything() == before
        assert last_entry().id == entry


def test_a_request_sent_again_after_the_deletion_stands_in_the_way(app: Flask) -> None:
    world = world_in(app)
    actor = program(world.here.station_id, "tests", "工厂")
    with app.test_request_context():
        first = write(actor, "constituencies", {"number": "77", "name": "东村", "kind": "constituency"}, request_id="again")
        erase(actor, "constituencies", first)
        write(actor, "constituencies", {"number": "78", "name": "东村", "kind": "constituency"}, request_id="again")
        assert "78 东村" in refusals_of(actor, last_entry().id)["taken"]


def test_what_a_row_refers_to_must_be_there_and_is_named_where_it_waits_too(app: Flask) -> None:
    world = world_in(app)
    actor = program(world.here.station_id, "tests", "工厂")
    with app.test_request_context():
        factory = Factory(world.here.station_id, "再来", shared=world.county.rows, rows=dict(world.here.rows), start=300)
        visited = write(actor, "deputies", {"name": "朴实", "sex": "male"})
        visit = factory.another("visits", deputy=visited)
        erase(actor, "visits", visit)
        lost = last_entry().id
        erase(actor, "deputies", visited)
        deputy = last_entry().id
        assert "朴实" in refusals_of(actor, lost)["target_in_bin"]
        restore(actor, deputy)
        restore(actor, lost)
        assert db.session.get_one(LEDGERS["visits"], visit).deputy_id == visited


def test_a_loan_does_not_come_back_over_another_one(app: Flask) -> None:
    world = world_in(app)
    actor = program(world.here.station_id, "tests", "工厂")
    with app.test_request_context():
        factory = Factory(world.here.station_id, "再来", shared=world.county.rows, rows=dict(world.here.rows), start=300)
        file = factory.another("archive_files")
        first = factory.another("archive_loans", file=file, out_on="2025-05-01", back_on="2025-05-20")
        erase(actor, "archive_loans", first)
        entry = last_entry().id
        factory.another("archive_loans", file=file, out_on="2025-05-10", back_on="2025-05-12")
        before = everything()
        assert refusals_of(actor, entry)
        assert everything() == before


def test_leave_that_comes_back_stands_in_the_attendance_again(app: Flask) -> None:
    world = world_in(app)
    actor = program(world.here.station_id, "tests", "工厂")
    with app.test_request_context():
        factory = Factory(world.here.station_id, "再来", shared=world.county.rows, rows=dict(world.here.rows), start=300)
        deputy = world.here.rows["deputies"]
        activity = factory.another("activities", deputies=[deputy])
        leave = factory.another("leave_requests", activity=activity, deputy=deputy, session=None, decision="approved", decided_by="站长")
        mark: Any = LEDGERS["attendance"]
        state = select(mark.state).where(mark.activity_id == activity)
        assert db.session.scalar(state) == "leave"
        erase(actor, "leave_requests", leave)
        assert db.session.scalar(state) == "pending"
        restore(actor, last_entry().id)
        assert db.session.scalar(state) == "leave"


def test_two_at_once_restore_once(app: Flask) -> None:
    world = world_in(app)
    actor = program(world.here.station_id, "tests", "工厂")
    with app.test_request_context():
        activity = world.here.spare["activities"]
        erase(actor, "activities", activity)
        entry = last_entry().id
        db.session.remove()

    def at_once(_number: int) -> str:
        with app.test_request_context():
            try:
                restore(actor, entry)
            except NotThere:
                return "not there"
            finally:
                db.session.remove()
        return "restored"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(at_once, range(4))) == ["not there"] * 3 + ["restored"]
    with app.test_request_context():
        restored = select(Change.row_id).where(Change.action == "restore", Change.ledger == "activities")
        assert db.session.scalars(restored).all() == [activity]


def test_whose_station_it_is_not_restores_nothing(app: Flask) -> None:
    world = world_in(app)
    with app.test_request_context():
        erase(program(world.here.station_id, "tests"), "organs", world.here.spare["organs"])
        entry = last_entry().id
        with pytest.raises(NotThere):
            restore(program(world.there.station_id, "tests"), entry)
        assert last_entry().id == entry
