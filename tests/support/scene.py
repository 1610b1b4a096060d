"""Two stations and the county, one row of every ledger in each, and an account for every role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from app.core.access.actor import program
from app.core.database import db, write_transaction
from app.core.dictionary.entry import Scope
from app.core.dictionary.ledger import LEDGERS
from app.core.records.writing import write
from app.people.accounts import create_account
from tests.support.databases import Scene
from tests.support.factories import Factory

PASSWORD = "一个口令 for tests"
STATION_ROLES = ("head", "liaison", "archivist", "presidium", "convenor", "deputy")
COUNTY_ROLES = ("admin", "county")
HERE, MINE, THERE, COUNTY = "河东", "清溪", "白土", "全县"
"""Whose a text is: this station's, the deputy's own, the other station's, the county's."""


@dataclass
class Place:
    """Rows of one owner: `rows` are referred to by each other, `spare` by nothing, `fresh` are values still to be written."""

    station_id: int | None
    rows: dict[str, int]
    spare: dict[str, int] = field(default_factory=dict)
    fresh: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class World:
    """What the scene holds. Rows of `here` are about another deputy of the station than those of `mine`, whose account
    `deputy1` is; the account `convenor1` convenes the group of `mine`."""

    here: Place
    mine: Place
    there: Place
    county: Place


_worlds: dict[str, World] = {}


def world_in(app: Flask) -> World:
    return _worlds[str(app.config["SQLALCHEMY_DATABASE_URI"])]


def _fill(app: Flask) -> None:
    with app.app_context(), write_transaction(db.session):
        _worlds[str(app.config["SQLALCHEMY_DATABASE_URI"])] = _build()


def _build() -> World:
    county = Factory(None, COUNTY)
    shared = [key for key, model in LEDGERS.items() if model.scope is not Scope.STATION]
    for key in shared:
        county.row(key)
    stations = [
        write(program(None, "tests"), "stations", {"name": f"{mark}联络站", "kind": kind, "town": town})
        for mark, kind, town in (("青石镇", "township", "青石镇"), (THERE, "street", f"{THERE}街道"))
    ]
    here, there = (
        Factory(station, mark, shared=county.rows, rows={"stations": station}, start=start)
        for station, mark, start in zip(stations, (HERE, THERE), (0, 40), strict=True)
    )
    mine = Factory(stations[0], MINE, shared=county.rows, rows={"stations": stations[0]}, start=20)
    for factory, number in ((there, 2), (mine, 1)):
        _people(factory, number)
    everything = [key for key, model in LEDGERS.items() if model.scope is not Scope.SHARED]
    world = World(_place(here, everything), _place(mine, _personal()), _place(there, everything), _place(county, shared))
    for role in COUNTY_ROLES:
        _account(role, role, None, None)
    for role in ("head", "liaison", "archivist", "presidium"):
        _account(f"{role}1", role, stations[0], None)
    return world


def _people(factory: Factory, number: int) -> None:
    """A group with its convenor and a member, and all accounts of deputies of the station."""
    group = factory.row("deputy_groups")
    convenor = factory.another("deputies")
    factory.rows["deputies"] = factory.another("deputies")
    with_convenor = db.session.get_one(LEDGERS["deputy_groups"], group)
    write(factory.actor, "deputy_groups", {"convenor": convenor}, row_id=group, version=str(with_convenor.version))
    _account(f"convenor{number}", "convenor", factory.station_id, convenor)
    _account(f"deputy{number}", "deputy", factory.station_id, factory.rows["deputies"])
    if number == 2:
        for role in ("head", "liaison", "archivist", "presidium"):
            _account(f"{role}2", role, factory.station_id, None)


def _personal() -> list[str]:
    """Ledgers whose rows are some deputy's or some group's."""
    return [key for key, model in LEDGERS.items() if model.entry.deputy or model.entry.group or key == "deputies"]


def _place(factory: Factory, keys: list[str]) -> Place:
    place = Place(factory.station_id, {key: factory.row(key) for key in keys})
    for key in keys:
        place.spare[key] = factory.another(key)
        place.fresh[key] = factory.values(key)
    place.rows = dict(factory.rows.items())
    return place


def _account(username: str, role: str, station_id: int | None, deputy_id: int | None) -> None:
    values = {"username": username, "name": username, "roles": {role}, "station_id": station_id, "deputy_id": deputy_id}
    create_account(program(None, "tests"), values, PASSWORD)


TWO_STATIONS = Scene("two_stations", _fill)
