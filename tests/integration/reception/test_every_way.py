"""One opinion of each kind goes its whole way over REST, and a county matter its way as a suggestion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from app.core import clock
from tests.support.databases import Scene
from tests.support.office import OFFICE, TOWNSHIP, Office
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
        ("hand_over", {"organ": "organ", "handed_over_on": "2026-11-03"}),
        ("return", {"returned_reason": "水渠归县里管", "returned_on": "2026-11-04"}),
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
