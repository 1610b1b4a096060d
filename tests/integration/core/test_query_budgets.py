"""How many SQL statements a page takes: said as a number, and the same however many rows there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.support.databases import Scene
from tests.support.office import OFFICE, Office

pytestmark = pytest.mark.both_databases
MORE = 50
"""Rows that each of the ledgers below gets beside the first one."""

BUDGETS = {
    "/opinions/list/?size=100": 8,
    "/opinions/list/?month=2026-03&deputy={deputy}&size=100": 10,
    "/attendance/list/?size=200": 8,
    "/receptions/list/?size=100": 7,
    "/deputies/list/?size=100": 6,
    "/deputies/show/{deputy}": 15,
    "/deputies/show/{deputy}?tab=opinions-deputy": 19,
    "/activities/show/{activity}?tab=attendance-activity": 30,
    "/activities/show/{activity}": 26,
    "/telling/{activity}": 14,
    "/telling/{activity}/calls": 10,
    "/checkin/of/{activity}": 8,
    "/reporting/{activity}": 18,
    "/activities/paper/sign_in_sheet/{activity}": 10,
    "/planner/2026": 10,
    "/opinions/show/{opinion}?tab=attachments": 24,
    "/opinions/add": 3,
    "/opinions/edit/{opinion}": 8,
    "/lookup/deputies?q=sc": 4,
    "/search/?q=石": 4,
    "/month/?month=2026-03": 5,
    "/api/v1/opinions/?q=(page_size:100)": 7,
    "/api/v1/receptions/?q=(page_size:100)": 9,
}
"""Who is signed in takes 3 of them: the user with the roles, the account, its station."""


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL of the block, without what opens and closes transactions."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def taken(office: Office, addresses: dict[str, str]) -> dict[str, int]:
    browser, rest, token = office.browser("liaison1"), office.app.test_client(), office.token("liaison1")
    found = {}
    for name, address in addresses.items():
        with statements() as seen:
            answer = rest.get(address, headers=token) if address.startswith("/api/") else browser.get(address)
        assert answer.status_code == 200, address
        found[name] = len(seen)
    return found


def add_rows(office: Office, first: int, count: int) -> None:
    """So many deputies, opinions, receptions and attendance marks, invitations to one activity and items of one plan."""
    activity, group = office.id_of("activities", "青石学习会"), office.id_of("deputy_groups", "第1组")
    plan = [each.id for each in office.rows("plans")] or [office.write("liaison1", "plans", {"year": 2026, "period": "year"})]
    opinion = {"heard_on": "2026-03-04", "deputy": office.id_of("deputies", "石春"), "words": "石桥路面破损", "village": "东村"}
    for number in range(first, first + count):
        deputy = office.write("liaison1", "deputies", {"name": f"石春{number:02}", "sex": "male", "group": group})
        office.write("liaison1", "attendance", {"activity": activity, "deputy": deputy})
        office.write("liaison1", "plan_items", {"plan": plan[0], "planned_for": f"2026-{number % 12 + 1:02}-15", "title": f"第{number}项"})
        office.write("liaison1", "opinions", {**opinion, "voter_name": f"张桂花{number:02}"})
        office.write("liaison1", "receptions", {
            "activity.title": f"第{number}次接待", "activity.start": f"2026-03-03 {number // 5 % 12 + 8:02}:{number % 5}0",
            "activity.deputies": [office.id_of("deputies", f"石春{number:02}")],
        })


def test_a_page_takes_as_many_statements_with_many_rows_as_with_few(office: Office) -> None:
    add_rows(office, 0, 1)
    ids = {
        "deputy": office.id_of("deputies", "石春"), "activity": office.id_of("activities", "青石学习会"),
        "opinion": office.opinion_of(office.township),
    }
    addresses = {name: name.format(**ids) for name in BUDGETS}
    few = taken(office, addresses)
    add_rows(office, 1, MORE)
    many = taken(office, addresses)
    assert few == BUDGETS
    assert many == BUDGETS
