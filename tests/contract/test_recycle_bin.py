"""The recycle bin: whose it is, what it shows of personal data, and who may bring back what."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.access.actor import program
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.records.history import Deleted
from app.core.records.writing import erase
from tests.contract.expected import NOT_ALONE, PERSONAL, ROLES, allowed
from tests.contract.test_masks import account_of, masked, stored
from tests.support.actors import At
from tests.support.scene import COUNTY_ROLES, HERE, THERE, World

pytestmark = pytest.mark.both_databases
Accounts = Callable[[str], At]


def erased(app: Flask, world: World) -> dict[tuple[str, str], int]:
    """One row of every ledger that nothing refers to goes into the bin, here, there and of the county: its entry."""
    entries = {}
    with app.test_request_context():
        for whose in ("here", "there", "county"):
            place = getattr(world, whose)
            for key, row_id in place.spare.items():
                if key not in NOT_ALONE and db.session.get(LEDGERS[key], row_id) is not None:
                    erase(program(place.station_id, "tests", "工厂"), key, row_id)
                    entries[whose, key] = int(db.session.scalars(select(Deleted.id).order_by(Deleted.id.desc()).limit(1)).one())
    return entries


def whole_list(who: At) -> str:
    return "".join(who.get(f"/recycle_bin/list/?page={page}").text for page in range(1, 7))


def own_entries(role: str, entries: dict[tuple[str, str], int], roots: dict[int, str]) -> set[int]:
    """What lies in the bin of a role: rows that it may delete, its own station's or the county's."""
    owner = {"admin": "county", "county": "county"}.get(role, "here")
    return {
        entry
        for (whose, _key), entry in entries.items()
        if "delete" in allowed(roots[entry], role)
        and (whose == owner or roots[entry] == "stations" or (LEDGERS[roots[entry]].scope == "shared" and whose == "county"))
    }


def test_each_role_has_the_bin_of_what_it_may_delete_and_no_other(app: Flask, world: World, at: Accounts) -> None:
    entries = erased(app, world)
    with app.app_context():
        roots = {entry.id: entry.ledger for entry in db.session.scalars(select(Deleted))}
    for role in ROLES:
        who, wanted = at(account_of(role)), own_entries(role, entries, roots)
        if not wanted:
            assert who.get("/recycle_bin/list/").status_code == 403, role
            assert who.post(f"/recycle_bin/restore/{next(iter(entries.values()))}", {}).status_code == 403, role
            continue
        assert {int(each) for each in re.findall(r"/recycle_bin/show/(\d+)", whole_list(who))} == wanted, role
        for entry in entries.values():
            status = who.get(f"/recycle_bin/show/{entry}").status_code
            assert status == (200 if entry in wanted else 404), (role, roots[entry])
            if entry not in wanted:
                assert who.post(f"/recycle_bin/restore/{entry}", {}).status_code == 302, (role, roots[entry])
        with app.app_context():
            assert set(db.session.scalars(select(Deleted.id))) == set(roots), role


def test_another_stations_bin_does_not_exist(app: Flask, world: World, at: Accounts) -> None:
    erased(app, world)
    who = at("head1")
    assert HERE in whole_list(who)
    assert THERE not in whole_list(who)


@pytest.mark.parametrize(("key", "role"), [(key, role) for key in PERSONAL for role in ROLES if "delete" in allowed(key, role)])
def test_personal_values_look_in_the_bin_as_they_did_in_the_ledger(app: Flask, world: World, at: Accounts, key: str, role: str) -> None:
    place = world.county if role in COUNTY_ROLES else world.here
    values = stored(app, key, place.spare[key])
    with app.test_request_context():
        erase(program(place.station_id, "tests"), key, place.spare[key])
        entry = int(db.session.scalars(select(Deleted.id)).one())
    page = at(account_of(role)).get(f"/recycle_bin/show/{entry}").text
    sight = PERSONAL[key][0][role]
    for value in values.values():
        assert (value in page) == (sight == "clear")
        if sight == "masked":
            assert masked(value) in page


def test_restoring_leads_to_the_row_and_a_second_time_to_the_bin(app: Flask, world: World, at: Accounts) -> None:
    who, row = at("liaison1"), world.here.spare["organs"]
    assert who.post(f"/organs/delete/{row}", {}).status_code == 302
    entry = re.search(r"/recycle_bin/show/(\d+)", whole_list(who))
    assert entry is not None
    assert who.post(f"/recycle_bin/restore/{entry[1]}", {}).location == f"/organs/show/{row}"
    assert who.post(f"/recycle_bin/restore/{entry[1]}", {}).location == "/recycle_bin/list/"
    assert who.get(f"/organs/show/{row}").status_code == 200
