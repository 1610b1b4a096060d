"""One opinion of each kind goes its whole way over REST; the steps that a role may not take or the state does not allow are refused,
each with its sentence, and nothing is changed: by REST and by typed address alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from app.core import clock
from app.reception.suggesting.table import WAY as SUGGESTIONS
from app.reception.way.table import WAY as OPINIONS
from tests.support.databases import Scene
from tests.support.office import OFFICE, TOWNSHIP, Office, words_of
from tests.support.ways import ANSWER, ENDS, PLEASED, SHEET, WAYS


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.fixture
def office(app: Flask) -> Iterator[Office]:
    with clock.clock_at(datetime(2026, 11, 20, 9)):
        yield Office(app)


class Rest:
    """The liaison officer at the REST interface."""

    def __init__(self, office: Office, username: str = "liaison1") -> None:
        self.office, self.client, self.headers = office, office.app.test_client(), office.token(username)
        self.organ = office.id_of("organs", f"{TOWNSHIP[:2]}民政所")

    def opinion(self, words: str) -> int:
        return self.office.write("liaison1", "opinions", {"heard_on": "2026-11-02", "voter_name": "张桂花", "words": words})

    def at(self, key: str, row_id: int) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"/api/v1/{key}/{row_id}/steps", headers=self.headers).get_json()
        return found

    def step(self, key: str, row_id: int, name: str, answers: dict[str, Any], version: str | None = None) -> Any:
        given = {asked: self.organ if value == "organ" else value for asked, value in answers.items()}
        body = {**given, "version": version or self.office.version(key, row_id)}
        return self.client.post(f"/api/v1/{key}/{row_id}/steps/{name}", json=body, headers=self.headers)


@pytest.mark.parametrize("kind", WAYS)
def test_an_opinion_of_each_kind_goes_its_whole_way_over_rest(office: Office, kind: str) -> None:
    rest = Rest(office)
    row_id = rest.opinion(kind)
    for name, answers in WAYS[kind]:
        offered = {each["name"]: each for each in rest.at("opinions", row_id)["steps"]}
        assert name in offered, (kind, name, sorted(offered))
        assert offered[name]["in_the_way"] == [], (kind, name)
        answer = rest.step("opinions", row_id, name, answers)
        assert answer.status_code == 200, (kind, name, answer.get_data(as_text=True))
    assert office.row("opinions", row_id).status == "filed"


def test_a_county_matter_becomes_a_suggestion_that_is_handled_twice_over_rest(office: Office) -> None:
    rest, county = Rest(office), office.id_of("organs", "县水利局")
    row_id = rest.opinion("水渠年久失修")
    refused = rest.step("opinions", row_id, "draw_up", {**SHEET, "assignments.organ": county})
    assert refused.status_code == 422
    assert office.rows("assignments") == []
    deputy = office.id_of("deputies", "石春")
    made = rest.step("opinions", row_id, "suggest", {
        "suggestions.title": "修缮水渠", "suggestions.deputy": deputy, "suggestions.content": "水渠年久失修",
        "suggestions.submitted_on": "2026-11-03"})
    assert made.status_code == 200, made.get_data(as_text=True)
    suggestion = office.rows("suggestions")[0]
    for name, answers in (
        ("hand_over", {"organ": county, "handed_over_on": "2026-11-04"}),
        ("extend", {"complex_reason": "跨部门"}),
        ("answer", {"result": "b"}),
        ("ask", {"verdict": "dissatisfied", "dissatisfied_because": "没有说时间"}),
        ("handle_again", {}),
        ("answer_again", {"again_result": "a"}),
        ("ask_again", {"again_verdict": "satisfied"}),
    ):
        answer = rest.step("suggestions", suggestion.id, name, answers)
        assert answer.status_code == 200, (name, answer.get_data(as_text=True))
    closed = office.row("suggestions", suggestion.id)
    assert (closed.status, str(closed.due)) == ("closed", "2027-05-04")
    for name, answers in (ANSWER, PLEASED, *ENDS):
        assert rest.step("opinions", row_id, name, answers).status_code == 200, name
    assert office.row("opinions", row_id).status == "filed"


@pytest.mark.parametrize("workflow", [OPINIONS, SUGGESTIONS], ids=lambda each: each.ledger)
def test_every_step_out_of_turn_is_refused_by_rest_and_by_typed_address(office: Office, workflow: Any) -> None:
    """At the first state: each step of the table that does not leave from there, and each for roles that may not take it."""
    rest, key = Rest(office), workflow.ledger
    if key == "opinions":
        row_id = rest.opinion("路坏了")
    else:
        row_id = office.write("liaison1", key, {
            "title": "修路", "deputy": office.id_of("deputies", "石春"), "submitted_on": "2026-11-02", "content": "路坏了"})
    before = office.version(key, row_id)
    browser = office.browser("liaison1")
    state = rest.at(key, row_id)["state"]
    for step in workflow.steps():
        if state not in step.leaves:
            answer = rest.step(key, row_id, step.name, {})
            assert answer.status_code in (403, 409, 422), step.name
            assert "现在不能" in str(answer.get_json()), answer.get_json()
            assert browser.get(f"/step/{key}/{row_id}/{step.name}").status_code in (302, 405)
            posted = browser.post(f"/step/{key}/{row_id}/{step.name}", data={"version": before}, follow_redirects=True)
            assert "现在不能" in words_of(posted), step.name
    assert office.version(key, row_id) == before
    for role in ("archivist", "presidium", "convenor", "deputy", "head2", "liaison2"):
        username = role if role[-1].isdigit() else f"{role}1"
        other, page = Rest(office, username), office.browser(username)
        for step in workflow.steps():
            if (state in step.leaves and not step.who & {role.rstrip("12")}) or username[-1] == "2":
                assert other.step(key, row_id, step.name, {}, before).status_code in (403, 404, 422), (username, step.name)
                assert page.post(f"/step/{key}/{row_id}/{step.name}", data={"version": before}).status_code in (302, 403, 404)
    assert office.version(key, row_id) == before
