"""Every state x every step x every role, over REST and by typed address: what the table does not allow is refused with its sentence, and
nothing is written. Read off the tables, so that a new step is tried without a word here. Where role and state both stand in the way, the
service is asked itself: no address leads past it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.refusals import NotThere, Refusal, Refused
from app.core.workflows.stepping import take
from app.core.workflows.workflow import Move, Workflow
from app.reception.suggesting.table import WAY as SUGGESTIONS
from app.reception.way.table import WAY as OPINIONS
from tests.support.databases import Scene
from tests.support.office import OFFICE, STATION_ROLES, TOWNSHIP, Office
from tests.support.ways import ANSWER, DISPLEASED, PLEASED, RECEIVE, SHEET, SIGN

ACCOUNTS = {**{f"{role}1": role for role in STATION_ROLES}, "admin": "admin", "county": "county", "liaison2": "liaison"}
DRAWN, OUT = ("draw_up", SHEET), (("draw_up", SHEET), SIGN)
AGAIN = (*OUT, RECEIVE, ANSWER, DISPLEASED, ("handle_again", {"replies.dissatisfied_because": "没有修好", **SHEET}), SIGN)
OVER = (*OUT, ANSWER, PLEASED, ("close", {}))
HANDED = (("hand_over", {"organ": "organ", "handed_over_on": "2026-11-04"}),)
JUDGED = (*HANDED, ("answer", {"result": "a"}), ("ask", {"verdict": "dissatisfied"}))
STANDING: dict[str, dict[str, tuple[Any, ...]]] = {
    "opinions": {
        "registered": (), "gathering": (("gather", {}),), "to_assign": (DRAWN,), "assigned": OUT, "in_progress": (*OUT, RECEIVE),
        "second_round": AGAIN, "answered": (*OUT, ANSWER), "closed": OVER, "filed": (*OVER, ("file", {})),
    },
    "suggestions": {
        "submitted": (), "handed_over": HANDED, "answered": JUDGED, "second_round": (*JUDGED, ("handle_again", {})),
        "closed": (*HANDED, ("answer", {"result": "a"}), ("ask", {"verdict": "mostly"})),
    },
}  # fmt: skip


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.fixture
def office(app: Flask) -> Iterator[Office]:
    with clock.clock_at(datetime(2026, 11, 20, 9)):
        yield Office(app)


def made(office: Office, key: str) -> dict[str, tuple[int, str]]:
    """A row at each state, with its version."""
    actor, organ = office.actor("liaison1"), office.id_of("organs", f"{TOWNSHIP[:2]}民政所")
    deputy = office.id_of("deputies", "石春")
    values: dict[str, Any] = {"heard_on": "2026-11-02", "voter_name": "张桂花", "words": "路坏了", "deputy": deputy}
    if key == "suggestions":
        values = {"title": "修路", "deputy": deputy, "submitted_on": "2026-11-02", "content": "路坏了"}
    rows = {}
    for state, way in STANDING[key].items():
        row_id = office.write("liaison1", key, values)
        for name, answers in way:
            given = {asked: organ if value == "organ" else value for asked, value in answers.items()}
            with office.app.test_request_context():
                take(actor, key, row_id, name, given, version=office.version(key, row_id))
        assert office.row(key, row_id).status == state
        rows[state] = (row_id, office.version(key, row_id))
    return rows


def everything(office: Office) -> dict[str, list[Any]]:
    """All that the database holds, the history included."""
    with office.app.app_context():
        return {table.name: sorted(map(repr, db.session.execute(select(table)))) for table in db.metadata.sorted_tables}


def sentence(office: Office, workflow: Workflow, step: Move, role: str, state: str) -> str:
    """What is said to a role that may not take the step, and to one that may not take it from there."""
    with office.app.test_request_context():
        if role not in step.who:
            return Refusal("not_permitted").sentence()
        return Refusal("step_not_from", None, {"step": step.label, "state": workflow.label(state)}).sentence()


class Hands:
    """One account at the REST interface, at the pages, and at the service beneath both."""

    def __init__(self, office: Office, username: str, key: str) -> None:
        self.office, self.key, self.actor = office, key, office.actor(username)
        self.rest, self.headers, self.page = office.app.test_client(), office.token(username), office.browser(username)

    def sees(self, row_id: int) -> bool:
        return bool(self.rest.get(f"/api/v1/{self.key}/{row_id}", headers=self.headers).status_code == 200)

    def by_service(self, row_id: int, step: str, version: str) -> str:
        try:
            take(self.actor, self.key, row_id, step, {}, version=version)
        except Refused as refused:
            return str(refused.refusals[0].sentence())
        return "taken"

    def by_rest(self, row_id: int, step: str, version: str) -> tuple[int, str]:
        answer = self.rest.post(f"/api/v1/{self.key}/{row_id}/steps/{step}", json={"version": version}, headers=self.headers)
        return answer.status_code, str(answer.get_json())

    def by_address(self, row_id: int, step: str, version: str) -> tuple[int, list[str]]:
        answer = self.page.post(f"/step/{self.key}/{row_id}/{step}", data={"version": version})
        with self.page.session_transaction() as session:
            return answer.status_code, [said for _tone, said in session.pop("_flashes", [])]


@pytest.mark.parametrize("workflow", [OPINIONS, SUGGESTIONS], ids=lambda each: each.ledger)
def test_what_the_table_does_not_allow_is_refused_everywhere_and_changes_nothing(office: Office, workflow: Workflow) -> None:
    rows = made(office, workflow.ledger)
    assert set(rows) == workflow.states()
    before = everything(office)
    for username, role in ACCOUNTS.items():
        hands = Hands(office, username, workflow.ledger)
        if not hands.sees(rows[workflow.line[0]][0]):
            nothing_is_there(hands, workflow, rows[workflow.line[0]])
            continue
        for state, (row_id, version) in rows.items():
            for step in workflow.steps():
                tried, expected = (username, state, step.name), sentence(office, workflow, step, role, state)
                if role not in step.who and state not in step.leaves:
                    with office.app.test_request_context():
                        assert hands.by_service(row_id, step.name, version) == expected, tried
                elif role not in step.who or state not in step.leaves:
                    status, told = hands.by_rest(row_id, step.name, version)
                    assert (status in (403, 422), expected in told) == (True, True), (tried, status, told)
                    assert hands.by_address(row_id, step.name, version) == (302, [expected]), tried
    assert everything(office) == before


def nothing_is_there(hands: Hands, workflow: Workflow, at: tuple[int, str]) -> None:
    """To whom the row does not exist, no step does."""
    row_id, version = at
    for step in workflow.steps():
        assert hands.by_rest(row_id, step.name, version)[0] in (403, 404), step.name
        assert hands.by_address(row_id, step.name, version)[0] in (403, 404), step.name
        with hands.office.app.test_request_context(), pytest.raises((NotThere, Refused)):
            take(hands.actor, hands.key, row_id, step.name, {}, version=version)
