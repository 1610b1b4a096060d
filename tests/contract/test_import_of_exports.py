"""What a list gives as Excel can be brought back: nothing changes, masked values included; and what was changed in it, is changed."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from flask_babel import force_locale
from python_calamine import load_workbook
from sqlalchemy import func, select
from xlsxwriter import Workbook

from app.core.access.actor import Actor
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.records.history import Change
from app.importing.outcome import Outcome
from app.importing.services import layouts_for, offer, perform, read
from tests.contract.expected import allowed
from tests.support.actors import At
from tests.support.scene import World

Accounts = Callable[[str], At]
CASES = [
    (key, role)
    for key in LEDGERS
    for role in ("head", "liaison", "archivist", "presidium")
    if {"add", "export"} <= set(allowed(key, role))
]


def actor_of(world: World, role: str) -> Actor:
    return Actor(name=role, roles=(role,), station_id=world.here.station_id, home_id=world.here.station_id)


def brought_back(actor: Actor, content: bytes) -> Outcome:
    offered = offer(db.session(), actor, actor.station_id, read(content, "台账.xlsx"))
    assert [each.match for each in offered if each.match is None] == []
    return perform(actor, actor.station_id, offered, {}, lambda done, total: None, keep=True, reason="导入")


def without_uid(content: bytes) -> bytes:
    """The workbook as somebody copied it: the hidden column is lost."""
    rows = load_workbook(BytesIO(content)).get_sheet_by_index(0).to_python()
    target = BytesIO()
    with Workbook(target, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row[:-1])
    return target.getvalue()


@pytest.mark.parametrize(("key", "role"), CASES)
def test_an_export_comes_back_and_nothing_changes(app: Flask, world: World, at: Accounts, key: str, role: str) -> None:
    content = at(f"{role}1").get(f"/{key}/export").data
    with app.app_context(), force_locale("zh"):
        before = db.session.scalar(select(func.count()).select_from(Change))
        outcome = brought_back(actor_of(world, role), content)
        assert [reason.sentence for sheet in outcome.sheets for line in sheet.refused for reason in line.reasons] == []
        assert set(outcome.counts) <= {"same"}
        assert db.session.scalar(select(func.count()).select_from(Change)) == before


@pytest.mark.parametrize("key", list(LEDGERS))
def test_every_ledger_may_be_imported_by_who_adds_to_it(app: Flask, world: World, key: str) -> None:
    with app.app_context():
        found = {layout.key for layout in layouts_for(actor_of(world, "head"))}
    assert (key in found) == ("add" in allowed(key, "head"))
