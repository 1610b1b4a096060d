"""Every list as Excel, and the month's workbook, read back by another reader."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook, load_workbook
from sqlalchemy import func, or_, select

from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from tests.contract.expected import ROLES, allowed
from tests.support.actors import At
from tests.support.scene import COUNTY_ROLES, THERE, World

Accounts = Callable[[str], At]
EXPORTERS = [role for role in ROLES if "export" in allowed("activities", role)]


def book_of(data: bytes) -> CalamineWorkbook:
    assert data[:2] == b"PK"
    return load_workbook(BytesIO(data))


def text_of(book: CalamineWorkbook) -> str:
    return "\n".join(str(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())


@pytest.mark.parametrize("key", list(LEDGERS))
@pytest.mark.both_databases
def test_the_excel_of_a_list_holds_every_row_of_the_station_and_no_other(app: Flask, world: World, at: Accounts, key: str) -> None:
    model = LEDGERS[key]
    with app.app_context():
        statement = select(func.count()).select_from(model)
        if key == "stations":
            statement = statement.where(model.id == world.here.station_id)
        elif hasattr(model, "station_id"):
            mine = model.station_id == world.here.station_id
            statement = statement.where(or_(mine, model.station_id.is_(None)) if model.scope == "either" else mine)
        wanted = db.session.scalar(statement) or 0
    for role in ("head", "liaison", "archivist", "presidium"):
        answer = at(f"{role}1").get(f"/{key}/export")
        assert (role, answer.status_code) == (role, 200)
        book = book_of(answer.data)
        rows = book.get_sheet_by_index(0).to_python()
        heading = next(index for index, row in enumerate(rows) if sum(cell != "" for cell in row) > 1 or index == 1)
        assert (role, len(rows) - heading - 1) == (role, wanted)
        assert THERE not in text_of(book)


@pytest.mark.parametrize("role", EXPORTERS)
@pytest.mark.both_databases
def test_the_month_of_a_role_holds_its_ledgers(world: World, at: Accounts, role: str) -> None:
    who = at(role if role in COUNTY_ROLES else f"{role}1")
    keys = [key for key, model in LEDGERS.items() if model.entry.month and "export" in allowed(key, role)]
    for month in ("2025-03", "2025-04"):  # in the first lie most rows of the one station, in the second those of the other
        book = book_of(who.post("/month/", {"month": month, "ledgers": keys}).data)
        text = text_of(book)
        assert len(book.sheet_names) > 1
        assert THERE not in text or role == "county"
    assert (THERE in text) == (role == "county")


@pytest.mark.parametrize("role", EXPORTERS)
def test_a_month_without_rows_is_a_cover_that_says_so(world: World, at: Accounts, role: str) -> None:
    who = at(role if role in COUNTY_ROLES else f"{role}1")
    answer = who.post("/month/", {"month": "1999-01", "ledgers": list(LEDGERS)})
    assert answer.status_code == 200
    book = book_of(answer.data)
    assert len(book.sheet_names) == 1
    assert "1999" in text_of(book)
    assert len(text_of(book)) > 40


@pytest.mark.parametrize("month", ["2026-13", "x", "", "2026", "0000-01", "9999-12", "2026-1", "%00"])
def test_what_is_no_month_gets_a_sentence(world: World, at: Accounts, month: str) -> None:
    for answer in (at("head1").get(f"/month/?month={month}"), at("head1").post("/month/", {"month": month, "ledgers": "activities"})):
        assert answer.status_code in (200, 422)


@pytest.mark.parametrize("role", sorted(set(ROLES) - set(EXPORTERS)))
def test_the_month_is_closed_to_who_may_take_nothing_along(world: World, at: Accounts, role: str) -> None:
    assert at(role if role in COUNTY_ROLES else f"{role}1").get("/month/").status_code == 403
