"""What the ballot's addresses answer, and what they leave out: no session, no cookie, no referrer, no cache, no log."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import scoped_session

from app.core.database import db
from app.review.ballot import codes
from app.review.ballot.announcing import results_of
from app.review.ballot.models import Vote
from app.review.ballot.services import Prepared, close, open_vote, prepare
from tests.support.databases import Scene
from tests.support.hall import Hall
from tests.support.office import Office, setting
from tests.support.office import fill as fill_office

_made: dict[str, Any] = {}


def fill(app: Flask) -> None:
    """The office, and a hall with an open vote of eight slips."""
    fill_office(app)
    with app.test_request_context():
        _made["hall"] = Hall.with_voters(30, station="南山镇联络站")


@pytest.fixture
def scene() -> object:
    return Scene("ballot pages", fill)


@pytest.fixture(autouse=True)
def _nobody_has_guessed(app: Flask) -> None:
    app.extensions.pop("ballot_gate", None)


@pytest.fixture
def hall(session: scoped_session[Any]) -> Hall:
    return _made["hall"]


@pytest.fixture
def made(hall: Hall) -> Prepared:
    return hall.opened(electronic=8)


def cast(client: FlaskClient, made: Prepared, code: Any, choices: Any, number: str | None = None) -> Any:
    if number is None:
        number = client.get(f"/ballot/{made.ref}/number").get_json()["number"]
    return client.post(f"/ballot/{made.ref}/cast", json={"number": number, "code": code, "choices": choices})


def test_a_ballot_counts_once_and_sent_again_is_answered_neutrally(client: FlaskClient, hall: Hall, made: Prepared) -> None:
    first = cast(client, made, made.codes[0], hall.ballot(0))
    again = cast(client, made, made.codes[0], hall.ballot(2))
    assert (first.status_code, first.get_json()) == (200, {"sentence": "已计入"})
    assert (again.status_code, again.get_json()) == (200, {"sentence": "此票已计入"})
    close(hall.head, made.vote_id)
    vote = db.session.get_one(Vote, made.vote_id)
    assert {each.votes["satisfied"] for each in results_of(vote)} == {1}
    late = client.post(f"/ballot/{made.ref}/cast", json={"number": "x", "code": made.codes[1], "choices": hall.ballot(0)})
    assert late.status_code in (409, 422)
    assert client.get(f"/ballot/{made.ref}/number").get_json()["code"] == "ballot_late"
    assert "投票已经结束" in client.get(f"/ballot/{made.ref}").text


def test_every_bad_ballot_gets_a_sentence(client: FlaskClient, hall: Hall, made: Prepared) -> None:
    ballot, code = hall.ballot(0), made.codes[0]
    for sent, expected in (
        ((codes.draw(), ballot), "没有这个票码"),
        (("A" * 9_000, ballot), "票码输错了"),
        ((code, {**ballot, "99": 1}), "不在名单里"),
        ((code, {**ballot, str(hall.mandates[0]): 9}), "不在票面上"),
        ((code, {}), "还没有选"),
        ((7, ballot), "无法识别"),
    ):
        answer = cast(client, made, *sent)
        assert answer.status_code == 422
        assert expected in answer.get_json()["sentence"]
    for body in ("", "[]", "null", '{"number": 3}', "x" * 20_000):
        answer = client.post(f"/ballot/{made.ref}/cast", data=body, content_type="application/json")
        assert answer.status_code == 422
    used = client.get(f"/ballot/{made.ref}/number").get_json()["number"]
    assert cast(client, made, code, {}, used).status_code == 422
    assert cast(client, made, code, ballot, used).status_code == 409, "a number is good once"
    assert client.get("/ballot/nowhere").status_code == 404
    assert client.get("/ballot/nowhere/number").get_json()["code"] == "ballot_no_vote"
    assert cast(client, made, code, ballot).status_code == 200


def test_a_guesser_waits_while_another_device_votes_at_once(client: FlaskClient, hall: Hall, made: Prepared) -> None:
    guesser = {"REMOTE_ADDR": "10.0.0.66"}
    for _attempt in range(8):
        number = client.get(f"/ballot/{made.ref}/number", environ_overrides=guesser).get_json()["number"]
        client.post(f"/ballot/{made.ref}/cast", json={"number": number, "code": codes.draw(), "choices": {}}, environ_overrides=guesser)
    assert client.get(f"/ballot/{made.ref}/number", environ_overrides=guesser).get_json()["wait"] >= 1
    assert client.get(f"/ballot/{made.ref}/number").get_json()["wait"] == 0
    assert cast(client, made, made.codes[0], hall.ballot(1)).status_code == 200


def test_a_vote_that_is_not_open_says_so_and_waits(client: FlaskClient, hall: Hall) -> None:
    made = prepare(hall.office, hall.meeting, 2, 0)
    page = client.get(f"/ballot/{made.ref}")
    assert "还没有开始" in page.text
    assert 'http-equiv="refresh"' in page.text
    assert client.get("/ballot/").status_code == 200
    open_vote(hall.head, made.vote_id)
    assert client.get("/ballot/").headers["Location"] == f"/ballot/{made.ref}"
    Hall.with_voters(30, station="河西镇联络站").opened(electronic=1)
    assert made.ref in client.get("/ballot/").text


def test_who_is_signed_in_is_nobody_here_and_no_answer_sets_a_cookie(app: Flask, office: Office, hall: Hall, made: Prepared) -> None:
    statements: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    with setting(app, WTF_CSRF_ENABLED=True):
        for browser in (app.test_client(), office.browser("liaison1")):
            event.listen(Engine, "before_cursor_execute", note)
            try:
                answers = [browser.get("/ballot/"), browser.get(f"/ballot/{made.ref}"), browser.get(f"/ballot/{made.ref}/number"),
                           browser.get("/ballot/no/such"), cast(browser, made, made.codes.pop(), hall.ballot(0))]
            finally:
                event.remove(Engine, "before_cursor_execute", note)
            assert [answer.status_code for answer in answers] == [302, 200, 200, 404, 200]
            for answer in answers:
                assert "Set-Cookie" not in answer.headers
                assert "Cookie" not in answer.headers.get("Vary", "")
                assert answer.headers["Cache-Control"] == "no-store"
                assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert "先生" not in answers[1].text
    assert not [statement for statement in statements if "ab_user" in statement or "accounts" in statement]


def test_nothing_is_logged_of_a_ballot_be_it_good_or_bad(
    app: Flask, client: FlaskClient, hall: Hall, made: Prepared, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        for code in (made.codes[0], made.codes[0], codes.draw(), "x"):
            cast(client, made, code, hall.ballot(0))
    assert caplog.records == []
    assert "".join(capsys.readouterr()) == ""
