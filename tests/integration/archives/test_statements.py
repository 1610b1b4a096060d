"""The long lists of the archives take as many statements with many rows as with few: said as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.archives.dossier.sealing import seal
from app.core import clock
from app.core.access.actor import program
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.records.writing import change_set
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office
from tests.support.records import closed, held, sealed

pytestmark = pytest.mark.both_databases
TODAY = datetime(2026, 4, 10, 10)
MORE = 20
BUDGETS = {
    "/filing/?kind=opinions": 16,
    "/filing/?kind=activities": 13,
    "/filing/?kind=sealed_dossiers": 13,
    "/dossiers/?year=2025": 24,
    "/dossiers/?year=2026": 24,
    "/archive_faults/list/?size=100": 6,
    "/archive_files/list/?size=100": 6,
}


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.fixture
def office(app: Flask) -> Iterator[Office]:
    with clock.clock_at(TODAY):
        yield Office(app)


def taken(office: Office) -> dict[str, int]:
    browser, seen, found = office.browser("archivist1"), [], {}

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        for address in BUDGETS:
            seen.clear()
            assert browser.get(address).status_code == 200, address
            found[address] = len(seen)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return found


def add_rows(office: Office, first: int, count: int) -> None:
    """So many closed opinions, activities held, sealed dossiers, faults and items."""
    closed(office, count)
    for number in range(first, first + count):
        held(office, f"第{number}次会议")
    judged = [{"point": point, "ok": False, "words": "返潮"} for point in ("防火", "防潮", "防霉")]
    with office.app.test_request_context(), change_set(program(office.township, "test")) as writing:
        for number in range(first, first + count):
            day = f"2026-{number % 3 + 1:02}-{number // 3 + 1:02}"
            writing.save("archive_checks", {"checked_on": day, "room": "档案室", "checker": "周敏", "points": judged}, by_program=True)
            item = {"title": f"第{number}件", "dated_on": day, "filed_on": "2026-04-01", "pages": 3}
            writing.save("archive_files", item, by_program=True)
        if first:
            terms = writing.rows(LEDGERS["terms"], None)
            for number in range(first, first + count):
                deputy = writing.save("deputies", {"name": f"石春{number:02}", "sex": "male"}, by_program=True)
                mandate = {"deputy": deputy.id, "term": terms[-1].id, "certificate": f"M{number}"}
                writing.save("mandates", mandate, by_program=True)


def test_long_lists_of_the_archives_take_a_fixed_number_of_statements(office: Office) -> None:
    add_rows(office, 0, 1)
    sealed(office)
    few = taken(office)
    add_rows(office, 1, MORE)
    with office.app.test_request_context():
        assert seal(db.session(), office.actor("presidium1"), 2025, None, "周主席", date(2026, 1, 12)) == MORE
    assert taken(office) == few == BUDGETS
