"""Role x ledger x verb, by pages and by REST: what a role may do it can, what it may not is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.database import db
from app.core.dictionary.fields import Kind
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.roles import ROLES as ROLES_OF_THE_PORTAL
from tests.contract.expected import ABOUT_PERSONS, NOT_ALONE, ROLES, allowed, listed_ledgers
from tests.support.actors import At
from tests.support.pages import as_posted, form_of
from tests.support.scene import COUNTY_ROLES, Place, World

EACH_LEDGER = pytest.mark.parametrize("key", list(LEDGERS))
Accounts = Callable[[str], At]


@dataclass(frozen=True)
class Case:
    """One role in one ledger: the account, its verbs, whose rows are its own, which rows it must not meet."""

    app: Flask
    key: str
    who: At
    may: frozenset[str]
    own: Place
    unseen: dict[str, int]

    @property
    def model(self) -> type[Ledger]:
        return LEDGERS[self.key]

    def count(self) -> int:
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(self.model)) or 0

    def value(self, row_id: int) -> Any:
        with self.app.app_context():
            return getattr(db.session.get_one(self.model, row_id), self.edited[0])

    def version(self, row_id: int) -> str:
        answer = self.who.call("GET", f"{self.key}/{row_id}")
        return str(answer.get_json()["result"]["version"]) if answer.status_code == 200 else "1"

    @property
    def edited(self) -> tuple[str, Any]:
        """A column whose change means nothing else."""
        return edited_column(self.model)


def edited_column(model: type[Ledger]) -> tuple[str, Any]:
    if model.__tablename__ == "settings":
        return "note", "改过的话"
    fields = [
        item for item in model.fields.values() if not item.written_by_program and item.personal is None and item.name not in model.entry.key
    ]
    for kind in (Kind.LONG, Kind.TEXT):
        for item in fields:
            if item.kind is kind and item.name not in ("returned_reason", "covert_reason", "state_reason", "summary"):
                return item.name, "改过的话"
    for item in fields:
        if item.kind is Kind.DATE:
            return item.name, "2029-12-30"
    for item in fields:
        if item.kind is Kind.DATETIME:
            return item.name, "2029-12-30 10:00:00"
    return next(item.name for item in fields if item.kind is Kind.BOOLEAN), "1"


def case_of(app: Flask, world: World, at: Accounts, key: str, role: str) -> Case:
    number = "" if role in COUNTY_ROLES else "1"
    personal = role in ("convenor", "deputy") and key in ABOUT_PERSONS
    shared = LEDGERS[key].scope == "shared" or (role in COUNTY_ROLES and LEDGERS[key].scope == "either")
    own = world.mine if personal else world.county if shared else world.here
    unseen = {}
    if role not in COUNTY_ROLES and LEDGERS[key].scope != "shared":
        unseen["another station's"] = world.there.rows[key]
    if personal:
        unseen["another deputy's"] = world.here.rows[key]
    unseen["a missing"] = 999_999
    return Case(app, key, at(role + number), allowed(key, role), own, unseen)


def fresh_of(case: Case, world: World) -> dict[str, Any]:
    """Values of a row still to be written, by whoever may not write one as well."""
    place = case.own if case.key in case.own.fresh else world.here
    return place.fresh[case.key]


def reading(case: Case) -> Iterator[str]:
    """What is wrong with lists, pages and exports."""
    key, who, may, row = case.key, case.who, case.may, case.own.rows[case.key]
    pages = {
        "list": f"/{key}/list/",
        "show": f"/{key}/show/{row}",
        "add": f"/{key}/add",
        "edit": f"/{key}/edit/{row}",
        "delete": f"/{key}/delete/{row}",
        "export": f"/{key}/export",
    }
    for verb, path in pages.items():
        yield from expect(f"page {verb}", who.get(path).status_code, 200 if verb in may else 403)
    yield from expect("lookup", who.get(f"/lookup/{key}").status_code, 200 if "list" in may else 404)
    for verb, path in {"list": f"{key}/", "show": f"{key}/{row}"}.items():
        yield from expect(f"REST {verb}", who.call("GET", path).status_code, 200 if verb in may else 403)
    yield from expect("REST info", who.call("GET", f"{key}/_info").status_code, 200 if "list" in may else 403)


def of_others(case: Case) -> Iterator[str]:
    """What is wrong with rows that do not exist for this account."""
    key, who, may = case.key, case.who, case.may
    for whose, row in case.unseen.items():
        for verb, method in (("show", "get"), ("edit", "get"), ("edit", "post"), ("delete", "get"), ("delete", "post")):
            path = f"/{key}/{verb}/{row}"
            status = (who.get(path) if method == "get" else who.post(path, {"version": "1"})).status_code
            yield from expect(f"{method} page {verb} of {whose} row", status, 404 if verb in may else 403)
        for verb, method in (("show", "GET"), ("edit", "PUT"), ("delete", "DELETE")):
            status = who.call(method, f"{key}/{row}", {"version": "1"} if method == "PUT" else None).status_code
            yield from expect(f"REST {method} of {whose} row", status, 404 if verb in may else 403)
    if "list" not in may:
        return
    unseen = set(case.unseen.values())
    page = who.get(f"/{key}/list/?size=200").text
    shown = {int(found) for found in re.findall(rf"/{key}/show/(\d+)", page)}
    rest = set(who.listed(key).get_json()["ids"])
    found = {each["id"] for each in who.get(f"/lookup/{key}").get_json()["results"]}
    for where, ids in (("list", shown), ("REST list", rest), ("lookup", found)):
        if ids & unseen:
            yield f"the {where} shows a row that is not there for it: {ids & unseen}"
    if case.own.rows[key] not in rest:
        yield "the REST list lacks the own row"
    if shown != rest:
        yield f"page and REST list different rows: {shown ^ rest}"


def writing(case: Case, fresh: dict[str, Any], by_rest: bool) -> Iterator[str]:
    """What is wrong with adding, changing and deleting."""
    key, who, may, own, way = case.key, case.who, case.may, case.own, "REST" if by_rest else "page"
    row, spare = own.rows[key], own.spare[key]
    before = case.count()
    if by_rest:
        answer = who.call("POST", f"{key}/", fresh)
        yield from expect(f"{way} add", answer.status_code, 201 if "add" in may else 403, answer.text)
    else:
        answer = who.post(f"/{key}/add", as_posted(fresh))
        yield from expect(f"{way} add", answer.status_code, 302 if "add" in may else 403, wrong_of(answer.text))
    yield from expect(f"rows after {way} add", case.count() - before, 1 if "add" in may else 0)
    name, value = case.edited
    old, version = case.value(row), case.version(row)
    if by_rest:
        answer = who.call("PUT", f"{key}/{row}", {name: value, "version": version})
        yield from expect(f"{way} edit", answer.status_code, 200 if "edit" in may else 403, answer.text)
    else:
        typed = form_of(who.get(f"/{key}/edit/{row}").text)
        typed[name] = value
        answer = who.post(f"/{key}/edit/{row}", typed)
        yield from expect(f"{way} edit", answer.status_code, 302 if "edit" in may else 403, wrong_of(answer.text))
    if (case.value(row) != old) != ("edit" in may):
        yield f"{way} edit: the value is {case.value(row)!r}"
    before, deleted = case.count(), 1 if "delete" in may and key not in NOT_ALONE else 0
    if by_rest:
        answer = who.call("DELETE", f"{key}/{spare}")
        yield from expect(f"{way} delete", answer.status_code, 200 if deleted else 422 if "delete" in may else 403, answer.text)
    else:
        answer = who.post(f"/{key}/delete/{spare}", {})
        yield from expect(f"{way} delete", answer.status_code, 302 if "delete" in may else 403)
    yield from expect(f"rows after {way} delete", before - case.count(), deleted)


def expect(what: str, found: int, wanted: int, more: str = "") -> Iterator[str]:
    if found != wanted:
        yield f"{what}: {found}, not {wanted} {more[:600] if wanted < 400 else ''}"


def wrong_of(page: str) -> str:
    """The sentences beside the fields of a form's page."""
    return " ".join(
        re.findall(r'wrong-text" id="([^"]*">[^<]*)', page) + re.findall(r"<li>(.*?)</li>", page.partition("form-errors")[2][:500])
    )


def test_the_table_of_roles_names_every_ledger_and_every_role() -> None:
    assert listed_ledgers() == sorted(LEDGERS)
    assert set(ROLES) == set(ROLES_OF_THE_PORTAL)


@EACH_LEDGER
def test_the_dictionary_says_of_each_role_what_the_table_says(key: str) -> None:
    access = LEDGERS[key].entry.access
    assert {role: set(access.of(role)) for role in ROLES} == {role: set(allowed(key, role)) for role in ROLES}


@EACH_LEDGER
def test_pages_and_rest_open_for_the_roles_that_may(app: Flask, world: World, at: Accounts, key: str) -> None:
    faults = [f"{role}: {fault}" for role in ROLES for fault in reading(case_of(app, world, at, key, role))]
    assert not faults, "\n".join(faults)


@EACH_LEDGER
@pytest.mark.both_databases
def test_rows_of_another_station_or_person_do_not_exist(app: Flask, world: World, at: Accounts, key: str) -> None:
    faults = [f"{role}: {fault}" for role in ROLES for fault in of_others(case_of(app, world, at, key, role))]
    assert not faults, "\n".join(faults)


@EACH_LEDGER
def test_rows_are_written_by_the_roles_that_may(app: Flask, world: World, at: Accounts, again: Callable[[], None], key: str) -> None:
    faults = []
    for role in ROLES:
        case = case_of(app, world, at, key, role)
        for by_rest in (False, True):
            faults += [f"{role}: {fault}" for fault in writing(case, fresh_of(case, world), by_rest)]
            if case.may & {"add", "edit", "delete"}:
                again()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("key", [key for key, model in LEDGERS.items() if model.scope == "either"])
def test_the_countys_rows_are_read_and_not_changed_by_a_station(app: Flask, world: World, at: Accounts, key: str) -> None:
    row, faults = world.county.rows[key], []
    for role in ("head", "liaison", "archivist", "presidium", "convenor", "deputy"):
        who, may = at(f"{role}1"), allowed(key, role)
        faults += [
            f"{role}: {fault}"
            for what, status, wanted in (
                ("show", who.get(f"/{key}/show/{row}").status_code, 200 if "show" in may else 403),
                ("edit", who.post(f"/{key}/edit/{row}", {"version": "1"}).status_code, 403),
                ("delete", who.post(f"/{key}/delete/{row}", {}).status_code, 403),
                ("REST edit", who.call("PUT", f"{key}/{row}", {"version": "1"}).status_code, 403),
                ("REST delete", who.call("DELETE", f"{key}/{row}").status_code, 403),
            )
            for fault in expect(what, status, wanted)
        ]
    assert not faults, "\n".join(faults)


@EACH_LEDGER
def test_who_is_not_signed_in_is_led_to_sign_in(app: Flask, world: World, at: Accounts, key: str) -> None:
    nobody, faults = at("nobody"), []
    row = world.here.rows.get(key, 1)
    for path in ("list/", f"show/{row}", "add", f"edit/{row}", f"delete/{row}", "export"):
        answers = [nobody.get(f"/{key}/{path}")] + ([nobody.post(f"/{key}/{path}", {})] if path[0] in "aed" and path != "export" else [])
        faults += [
            f"{path}: {each.status_code} {each.location}"
            for each in answers
            if each.status_code != 302 or "/login/" not in (each.location or "")
        ]
    faults += [f"lookup: {nobody.get(f'/lookup/{key}').status_code}"] * ("/login/" not in (nobody.get(f"/lookup/{key}").location or ""))
    for method, path in (("GET", ""), ("GET", "_info"), ("GET", f"{row}"), ("POST", ""), ("PUT", f"{row}"), ("DELETE", f"{row}")):
        status = nobody.call(method, f"{key}/{path}", {} if method in ("POST", "PUT") else None).status_code
        faults += [f"REST {method} {path}: {status}"] * (status != 401)
    assert not faults, "\n".join(faults)
