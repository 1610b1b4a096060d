"""The vote as the meeting's page leads through it: slips, opening, tellers, announcement, projector, paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.core import clock
from app.core.access.actor import program
from app.core.database import db, write_transaction
from app.core.devices.openscreens import key_of, open_screen
from app.core.dictionary.ledger import LEDGERS
from app.core.records.writing import change_set
from app.core.refusals import Refusal, Refused
from app.review.ballot.models import Vote
from app.review.ballot.services import expire
from app.review.meeting.announcement import SCREEN as WALL
from app.review.meeting.screens import LASTING
from app.review.meeting.votes import last_vote
from tests.support.office import OFFICE, Office, words_of
from tests.support.papers import tables_of, text_of

pytestmark = pytest.mark.both_databases
NINE = datetime(2026, 12, 18, 9)


@pytest.fixture
def scene() -> object:
    return OFFICE


@dataclass
class Page:
    """A meeting with two deputies and three voters who are there; two are enough here."""

    office: Office
    meeting: int
    mandates: list[int]
    wall: str

    def of(self, name: str) -> FlaskClient:
        return self.office.browser(name)

    def post(self, step: str, by: str = "head1", follow_redirects: bool = False, **values: Any) -> TestResponse:
        with clock.clock_at(NINE + timedelta(hours=1)):
            sent = {"vote": str(self.vote.id) if self.vote is not None else "", **values}
            return self.of(by).post(f"/meeting/vote/{self.meeting}/{step}", data=sent, follow_redirects=follow_redirects)

    def said(self, name: str = "head1") -> str:
        with clock.clock_at(NINE + timedelta(hours=1)):
            return words_of(self.of(name).get(f"/meeting/of/{self.meeting}"))

    def count(self, teller: int, **values: Any) -> TestResponse:
        votes = {f"{mandate}_{grade}": str(number) for (mandate, grade), number in values.pop("votes", {}).items()}
        sent = {"vote": str(self.vote.id), **votes, **values}
        return self.of("liaison1").post(f"/meeting/count/{self.meeting}/{teller}", data=sent)

    @property
    def vote(self) -> Any:
        with self.office.app.app_context():
            return last_vote(db.session(), self.meeting)

    @property
    def stage(self) -> str:
        return str(self.office.row("review_meetings", self.meeting).stage)

    def projector(self, revision: str = "") -> Any:
        with clock.clock_at(NINE + timedelta(hours=1)):
            answer = self.office.app.test_client().get(f"/announcement/state?revision={revision}", headers={"X-Screen-Key": self.wall})
        return answer.get_json() if answer.status_code == 200 else answer.status_code

    def prepare_on_paper(self, number: int = 3) -> None:
        assert self.post("prepare", by="liaison1", electronic="", paper=str(number)).status_code == 302


@pytest.fixture
def page(app: Flask) -> Page:
    office = Office(app)
    with clock.clock_at(NINE):
        with app.test_request_context(), change_set(program(None, "test")) as writing:
            term = office.rows("terms")[0].id
            station = office.township
            mandates = [
                writing.save("mandates", {"station": station, "deputy": office.id_of("deputies", name), "term": term, "certificate": name},
                             by_program=True).id
                for name in ("石春", "解明")
            ]
            settings: Any = LEDGERS["settings"]
            least = writing.session.query(settings).filter(settings.name == "voter_representatives").one()
            writing.save("settings", {"value": "2"}, row=least, by_program=True)
            meeting = writing.save("review_meetings", {
                "station": station, "activity.title": "述职评议会", "activity.start": NINE, "reporters": mandates, "chair": "周敏",
                "scrutineers": "单强、白云", "tellers": "仇兰"}, by_program=True).id
            for number in range(3):
                writing.save("voter_representatives", {"station": station, "meeting": meeting, "name": f"选民{number}", "signed_in": True},
                             by_program=True)
        with app.test_request_context():
            wall = key_of(open_screen(office.actor("head1"), WALL, "review_meetings", meeting, LASTING))
            db.session.remove()
    return Page(office, meeting, mandates, wall)


def test_a_vote_on_paper_goes_from_slips_to_the_sealed_result(page: Page) -> None:
    one, other = page.mandates
    assert page.projector()["state"] == "none"
    page.prepare_on_paper()
    assert page.projector()["state"] == "prepared"
    paper = page.of("liaison1").get(f"/review_meetings/paper/ballot_paper/{page.meeting}").data
    assert len(tables_of(paper)) == 3
    assert "基本满意" in text_of(paper)
    assert page.post("open").status_code == 302
    assert (page.stage, page.vote.state) == ("voting", "open")
    shown = page.projector()
    assert (shown["voting"]["dealt"], "lines" in shown) == (3, False)
    assert page.projector(shown["revision"]) == 204
    page.post("close", paper="0", electronic="")
    assert page.stage == "counting"
    votes = {(one, "satisfied"): 3, (other, "satisfied"): 1, (other, "dissatisfied"): 1}
    page.count(1, returned="3", votes=votes)
    page.count(2, sheets="11\n13\n11")
    assert "两名计票人的计数不一致" in page.said("liaison1")
    assert page.post("sign", by="liaison1", name="单强").status_code == 302
    assert page.vote.signed_at is None
    page.count(2, sheets="11\n13\n10")
    assert page.post("sign", by="liaison1", name="路人").status_code == 302
    assert page.vote.signed_at is None
    page.post("sign", by="liaison1", name="单强")
    page.post("announce", by="liaison1")
    assert page.vote.state == "counting"
    page.post("announce")
    assert (page.stage, page.vote.state) == ("announced", "announced")
    shown = page.projector()
    assert [(each["name"], each["votes"], each["invalid"], each["rate"]) for each in shown["lines"]] == [
        ("石春", [3, 0, 0, 0], 0, "100.0%"), ("解明", [1, 0, 1, 0], 1, "50.0%")]
    assert [number for _label, number in shown["numbers"]] == [3, 3, 3, 3]
    sheet = text_of(page.of("head1").get(f"/review_meetings/paper/count_sheet/{page.meeting}").data)
    assert shown["seal"] in sheet
    assert "50.0%" in sheet


def test_what_is_changed_after_the_announcement_is_shown(page: Page) -> None:
    page.prepare_on_paper()
    page.post("open")
    page.post("close", paper="0")
    votes = {(mandate, "satisfied"): 3 for mandate in page.mandates}
    for teller in (1, 2):
        page.count(teller, returned="3", votes=votes)
    page.post("sign", name="白云")
    page.post("announce")
    assert "公布后无改动" in page.said()
    with page.office.app.app_context(), write_transaction(db.session) as session:
        session.execute(update(Vote).values(paper_undealt=1))
    assert "公布后无改动" not in page.said()
    assert page.projector("x")["broken"]


def test_more_ballots_back_than_dealt_void_the_vote_and_it_is_held_once_more_with_a_reason(page: Page) -> None:
    page.prepare_on_paper(2)
    page.post("open")
    page.post("close", paper="0")
    for teller in (1, 2):
        page.count(teller, returned="3", votes={(mandate, "satisfied"): 3 for mandate in page.mandates})
    page.post("sign", name="白云")
    told = words_of(page.post("announce", follow_redirects=True))
    assert "投票作废" in told
    assert "结果已公布" not in told
    assert (page.stage, page.vote.state) == ("signing_in", "void")
    assert page.projector()["void"] == page.vote.void_reason
    page.post("prepare", paper="3")
    assert page.vote.number == 1
    page.post("prepare", paper="3", reason="收回票多于发出票")
    assert (page.vote.number, page.vote.state) == (2, "prepared")


def test_an_announcement_that_was_refused_or_cut_off_on_closing_is_made_by_hand(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without paper the closing announces by itself; the ballots are gone by then, so the counted result must have a way out."""
    def refused(*_given: object) -> None:
        raise Refused(Refusal("vote_state"))

    page.post("prepare", electronic="5", paper="")
    assert "还没有点“开始述职”" in page.said()
    assert "尚未收到述职报告：" in page.said()
    page.post("open")
    with monkeypatch.context() as patched:
        patched.setattr("app.review.ballot.services.announce", refused)
        page.post("close", electronic="0")
    assert "电子票已计完，结果尚未公布" in page.said()
    assert (page.stage, page.vote.state) == ("counting", "counting")
    assert "公布结果" in page.said()
    page.post("announce")
    assert (page.stage, page.vote.state) == ("announced", "announced")


def test_slips_come_once_as_a_document_with_their_codes(page: Page) -> None:
    answer = page.post("prepare", electronic="5", paper="")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert text_of(answer.data).count("述职评议会") == 5
    more = page.post("more", electronic="1", paper="2")
    assert text_of(more.data).count("述职评议会") == 1
    assert (page.vote.electronic_printed, page.vote.paper_printed) == (6, 2)


def test_below_the_number_no_vote_opens_and_voters_are_fixed_with_it(page: Page) -> None:
    page.prepare_on_paper()
    for row in page.office.rows("voter_representatives")[:2]:
        page.office.write("liaison1", "voter_representatives", {"signed_in": False}, row_id=row.id, version="1")
    page.post("open")
    assert page.vote.state == "prepared"
    assert "1" in page.said()


def test_a_vote_that_stayed_open_too_long_does_not_keep_the_meeting_at_it(page: Page) -> None:
    page.prepare_on_paper()
    page.post("open")
    with clock.clock_at(NINE + timedelta(hours=26)), page.office.app.test_request_context():
        assert expire(page.vote.id)
        db.session.remove()
    assert page.stage == "voting"
    assert "24" in page.said()
    assert page.stage == "signing_in"


@pytest.mark.parametrize(
    ("by", "step", "status"),
    [("liaison1", "open", 302), ("convenor1", "prepare", 404), ("archivist1", "prepare", 403), ("head2", "prepare", 404),
     ("head1", "no_such", 404)],
)
def test_who_may_not_decide_changes_nothing(page: Page, by: str, step: str, status: int) -> None:
    page.prepare_on_paper()
    assert page.post(step, by=by, paper="2").status_code == status
    assert (page.vote.number, page.vote.state) == (1, "prepared")


@pytest.mark.parametrize("number", ["-1", "0", "三", "99999", "1001", "9" * 10_000, "²"])
def test_a_number_of_slips_that_cannot_be_gets_a_sentence(page: Page, number: str) -> None:
    answer = page.of("head1").post(f"/meeting/vote/{page.meeting}/prepare", data={"paper": number}, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.get_json()["sentence"]
    assert page.vote is None


@pytest.mark.parametrize("sheets", ["1", "111", "15", "ab", "1 1"])
def test_a_sheet_that_cannot_be_read_is_refused(page: Page, sheets: str) -> None:
    page.prepare_on_paper()
    page.post("open")
    page.post("close", paper="0")
    assert page.count(1, sheets=sheets).status_code == 422
    assert page.count(3, sheets="11").status_code == 404


def test_the_projector_tells_nothing_to_who_has_no_key(page: Page) -> None:
    client = page.office.app.test_client()
    assert client.get("/announcement/state").status_code == 401
    assert client.get("/announcement/state", headers={"X-Screen-Key": page.wall + "x"}).status_code == 401
    page.of("head1").post(f"/meeting/of/{page.meeting}/close_wall")
    assert page.projector() == 401
