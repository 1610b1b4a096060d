"""Personal data look alike everywhere: clear, masked or hidden by role, and can neither be filtered, sorted, guessed nor spoilt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from python_calamine import load_workbook

from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from tests.contract.expected import ABOUT_PERSONS, PERSONAL, ROLES, allowed
from tests.support.actors import At
from tests.support.pages import form_of
from tests.support.scene import COUNTY_ROLES, Place, World

pytestmark = pytest.mark.both_databases
EACH = pytest.mark.parametrize(("key", "role"), [(key, role) for key in PERSONAL for role in ROLES if "show" in allowed(key, role)])
NOT_SEEN = pytest.mark.parametrize(
    ("key", "role"),
    [(key, role) for key in PERSONAL for role in ROLES if "show" in allowed(key, role) and PERSONAL[key][0][role] != "clear"],
)
Accounts = Callable[[str], At]


def own_place(world: World, key: str, role: str) -> Place:
    """Where this role may write: who works for all stations keeps the county's rows."""
    if LEDGERS[key].scope == "either" and role in COUNTY_ROLES:
        return world.county
    return world.mine if role in ("convenor", "deputy") and key in ABOUT_PERSONS else world.here


def account_of(role: str) -> str:
    return role if role in COUNTY_ROLES else f"{role}1"


def stored(app: Flask, key: str, row_id: int) -> dict[str, str]:
    """The personal values as they are."""
    with app.app_context():
        row = db.session.get_one(LEDGERS[key], row_id)
        return {name: str(getattr(row, name)) for name in PERSONAL[key][1]}


def masked(value: str) -> str:
    """As an office blackens names, numbers, birthdays and addresses."""
    if value.isdigit():
        return f"{value[:3]}****{value[-4:]}"
    if value[:2] == "19":
        return f"{value[:4]}-**-**"
    return value[0] + "*" if value.startswith("欧阳") else value[:3] + "****"


def surfaces(who: At, key: str, row_id: int, may: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Everything of a ledger that an account can read, as text."""
    yield "list", who.get(f"/{key}/list/?size=200").text
    yield "show", who.get(f"/{key}/show/{row_id}").text
    for tab in ("", "activity_guests-activity", "opinions-deputy", "visits-deputy", "deputies-group"):
        yield f"tab {tab}", who.get(f"/{key}/show/{row_id}?tab={tab}").text
    if "edit" in may:
        yield "form", who.get(f"/{key}/edit/{row_id}").text
    yield "REST list", who.listed(key).get_data(as_text=True)
    yield "REST row", who.call("GET", f"{key}/{row_id}").get_data(as_text=True)
    yield "lookup", who.get(f"/lookup/{key}").get_data(as_text=True)
    if "export" in may:
        yield "Excel", excel_text(who.get(f"/{key}/export").data)


def excel_text(data: bytes) -> str:
    book = load_workbook(BytesIO(data))
    return "\n".join("\t".join(str(cell) for cell in row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())


def unescaped(text: str) -> str:
    return text.encode().decode("unicode_escape", "ignore") if "\\u" in text else text


@EACH
def test_personal_values_look_alike_in_list_page_form_rest_and_excel(app: Flask, world: World, at: Accounts, key: str, role: str) -> None:
    row = own_place(world, key, role).rows[key]
    who, may, sight = at(account_of(role)), allowed(key, role), PERSONAL[key][0][role]
    values, faults = stored(app, key, row), []
    for where, text in surfaces(who, key, row, may):
        text = unescaped(text)
        shown = {name for name, value in values.items() if value in text}
        if sight != "clear" and shown:
            faults.append(f"{where} shows {shown}")
        if where in ("show", "form", "REST row"):
            wanted = {name: value if sight == "clear" else masked(value) for name, value in values.items()}
            faults += [f"{where} lacks {name} {value}" for name, value in wanted.items() if sight != "hidden" and value not in text]
            faults += [
                f"{where} shows the mask of {name}"
                for name, value in wanted.items()
                if sight == "hidden" and value in text and key != "voter_representatives"
            ]
    answer = who.call("GET", f"{key}/{row}").get_json()["result"]
    if sight == "hidden":
        faults += [f"REST names {name}" for name in values if name in answer]
    assert not faults, "\n".join(faults)


@EACH
def test_the_own_search_finds_personal_values_only_in_the_clear(app: Flask, world: World, at: Accounts, key: str, role: str) -> None:
    row = own_place(world, key, role).rows[key]
    who, clear = at(account_of(role)), PERSONAL[key][0][role] == "clear"
    faults = []
    for name, value in stored(app, key, row).items():
        if LEDGERS[key].fields[name].kind == "date":
            continue
        for part in (value, value[1:-1]):
            found = f"/{key}/show/{row}" in who.get(f"/search/?q={part}").text
            if found != clear:
                faults.append(f"search for {name} {part}: {found}")
            results = who.get(f"/lookup/{key}?q={part}").get_json()["results"]
            if not clear and row in [each["id"] for each in results]:
                faults.append(f"lookup for {name} {part}")
    assert not faults, "\n".join(faults)


@NOT_SEEN
def test_lists_are_not_filtered_or_sorted_by_what_is_not_seen(app: Flask, world: World, at: Accounts, key: str, role: str) -> None:
    who = at(account_of(role))
    row = own_place(world, key, role).rows[key]
    everything = who.listed(key).get_json()["ids"]
    faults = []
    for name, value in stored(app, key, row).items():
        for filtered in (value, "不会有的内容", "1999-01-01"):
            page = who.get(f"/{key}/list/?size=200&{name}={filtered}").text
            if f"/{key}/show/{row}" not in page:
                faults.append(f"page filtered by {name}={filtered}")
            answer = who.listed(key, f"(filters:!((col:{name},opr:eq,value:'{filtered}')))")
            if answer.status_code != 400:
                faults.append(f"REST filtered by {name}: {answer.status_code}")
        for direction in ("asc", "desc"):
            answer = who.listed(key, f"(order_column:{name},order_direction:{direction},page_size:200)")
            if answer.status_code != 400:
                faults.append(f"REST sorted by {name}: {answer.status_code}")
        pages = [who.get(f"/{key}/list/?size=200&sort={sign}{name}").text for sign in ("", "-")]
        orders = [[part.split('"')[0] for part in page.split(f"/{key}/show/")[1:]] for page in pages]
        if orders[0] != orders[1]:
            faults.append(f"page sorted by {name}")
    assert not faults, "\n".join(faults)
    assert everything


@EACH
def test_personal_values_of_rows_referred_to_are_no_way_round(app: Flask, world: World, at: Accounts, key: str, role: str) -> None:
    """Order oracle: what stands behind a reference is masked by the ledger it stands in."""
    faults = []
    for other, model in LEDGERS.items():
        if "list" not in allowed(other, role):
            continue
        for name, item in model.fields.items():
            if item.target != key or item.kind != "reference":
                continue
            for personal in PERSONAL[key][1]:
                who = at(account_of(role))
                for question in (
                    f"(order_column:{name}.{personal},order_direction:asc)",
                    f"(filters:!((col:{name}.{personal},opr:eq,value:'1')))",
                ):
                    status = who.listed(other, question).status_code
                    faults += [f"{other} by {name}.{personal}: {status}"] * (status != 400)
    assert not faults, "\n".join(faults)


WRITERS = pytest.mark.parametrize(("key", "role"), [(key, role) for key in PERSONAL for role in ROLES if "edit" in allowed(key, role)])


def writable_row(world: World, key: str, role: str) -> int:
    if role in COUNTY_ROLES and LEDGERS[key].scope == "either":
        return world.county.rows[key]
    return own_place(world, key, role).rows[key]


@WRITERS
def test_a_mask_sent_back_changes_nothing(app: Flask, world: World, at: Accounts, key: str, role: str) -> None:
    who, row = at(account_of(role)), writable_row(world, key, role)
    before, shown = stored(app, key, row), who.call("GET", f"{key}/{row}").get_json()["result"]
    answer = who.call("PUT", f"{key}/{row}", {"version": shown["version"], **{name: shown.get(name, "") for name in before}})
    assert answer.status_code == 200, answer.text
    assert stored(app, key, row) == before
    answer = who.post(f"/{key}/edit/{row}", form_of(who.get(f"/{key}/edit/{row}").text))
    assert answer.status_code == 302, answer.text
    assert stored(app, key, row) == before
    assert who.call("GET", f"{key}/{row}").get_json()["result"]["version"] == shown["version"]


@WRITERS
def test_another_masked_value_is_refused(app: Flask, world: World, at: Accounts, key: str, role: str) -> None:
    who, row = at(account_of(role)), writable_row(world, key, role)
    before, faults = stored(app, key, row), []
    for name in before:
        for wrong in ("139****0000", "李*", "1888-**-**", "别处****"):
            version = who.call("GET", f"{key}/{row}").get_json()["result"]["version"]
            answer = who.call("PUT", f"{key}/{row}", {"version": version, name: wrong})
            if answer.status_code != 422 or list(answer.get_json()["message"]) != [name]:
                faults.append(f"REST {name}={wrong}: {answer.status_code} {answer.text[:200]}")
            typed: Any = form_of(who.get(f"/{key}/edit/{row}").text)
            if name in typed:
                typed[name] = wrong
                answer = who.post(f"/{key}/edit/{row}", typed)
                if answer.status_code != 422 or f'id="{name}-wrong"' not in answer.text:
                    faults.append(f"page {name}={wrong}: {answer.status_code}")
    assert not faults, "\n".join(faults)
    assert stored(app, key, row) == before
