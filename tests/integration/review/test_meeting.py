"""A review meeting moves on as it is written about; voters come onto its list and sign in at the door."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from app.core import clock
from app.core.access.actor import Actor
from app.core.database import db
from app.core.devices import operations
from app.core.devices.openscreens import key_of, open_screen, opened_by
from app.core.dictionary.ledger import LEDGERS
from app.core.refusals import Refused
from app.core.workflows.stepping import take
from app.review.meeting import rules, services
from app.review.meeting.screens import LASTING
from app.review.meeting.showing import shown_on
from tests.support.office import OFFICE, TOWNSHIP, Office, words_of

pytestmark = pytest.mark.both_databases
NINE = datetime(2026, 12, 18, 9)
VOTERS = ("李建国", "刘秀英", "张三（石庙村）", "张三（东街）")


@pytest.fixture
def scene() -> object:
    return OFFICE


@dataclass
class Hall:
    """The township's review meeting of 18 December 2026, at which 石春 reports, with a tablet at its door."""

    office: Office
    app: Flask
    meeting: int
    key: str = ""
    drawn: int = 0
    actors: dict[str, Actor] = field(default_factory=dict)

    def at(self, minute: float) -> Any:
        return clock.clock_at(NINE + timedelta(minutes=minute))

    def does(self, verb: Any, *values: Any, minute: float = -30, by: str = "liaison1") -> Any:
        with self.at(minute), self.app.test_request_context():
            try:
                return verb(self.office.actor(by), self.meeting, *values)
            finally:
                db.session.remove()

    def changed(self, **values: Any) -> None:
        version = self.office.version("review_meetings", self.meeting)
        self.office.write("liaison1", "review_meetings", values, row_id=self.meeting, version=version)

    def op(self, kind: str, minute: float, voter: str = "", **facts: Any) -> dict[str, Any]:
        self.drawn += 1
        if voter:
            facts["voter"] = self.voter(voter).id
        made = (NINE + timedelta(minutes=minute)).replace(tzinfo=clock.OFFICE).timestamp() * 1000
        return {"id": f"operation-{self.drawn:08}", "kind": kind, "made": int(made), **facts}

    def send(self, *batch: Any, minute: float) -> list[dict[str, Any]]:
        now = int((NINE + timedelta(minutes=minute)).replace(tzinfo=clock.OFFICE).timestamp() * 1000)
        with self.at(minute), self.app.test_request_context():
            opened = opened_by(self.key, services.SCREEN)
            try:
                return operations.run(opened, now, batch, services.handler_of(opened))
            finally:
                db.session.remove()

    def voter(self, name: str) -> Any:
        model: Any = LEDGERS["voter_representatives"]
        return next(iter(self.office.rows("voter_representatives", model.meeting_id == self.meeting, model.name == name)), None)

    def signed(self) -> list[str]:
        return [row.name for row in self.office.rows("voter_representatives") if row.signed_in]

    @property
    def stage(self) -> str:
        return str(self.office.row("review_meetings", self.meeting).stage)


@pytest.fixture
def hall(app: Flask) -> Hall:
    office = Office(app)
    with clock.clock_at(NINE - timedelta(days=5)):
        deputy, term = office.id_of("deputies", "石春"), office.rows("terms")[0].id
        mandate = office.write("liaison1", "mandates", {"deputy": deputy, "term": term, "certificate": "1"})
        group = office.id_of("deputy_groups", "第1组")
        meeting = office.write("liaison1", "review_meetings", {
            "activity.title": "述职评议会", "activity.start": NINE, "reporters": [mandate], "group": group})
    hall = Hall(office, app, meeting)
    hall.does(services.enter_voters, VOTERS)
    with hall.at(-20), app.test_request_context():
        hall.key = key_of(open_screen(office.actor("liaison1"), services.SCREEN, "review_meetings", meeting, LASTING))
        db.session.remove()
    return hall


def test_the_meeting_moves_on_with_its_facts_and_back(hall: Hall) -> None:
    assert hall.stage == "preparing"
    assert [each["ok"] for each in hall.send(hall.op("present", -9, "李建国"), minute=-8)] == [True]
    assert hall.stage == "signing_in"
    hall.send(hall.op("undo", -7, "李建国"), minute=-6)
    assert hall.stage == "preparing"
    with hall.at(5), hall.app.test_request_context():
        version = hall.office.version("review_meetings", hall.meeting)
        take(hall.office.actor("convenor1"), "review_meetings", hall.meeting, "begin_reports", {}, version=version)
        db.session.remove()
    assert hall.stage == "reporting"
    with hall.at(90):
        mandate = hall.office.rows("mandates")[0].id
        hall.office.write("liaison1", "review_results", {"meeting": hall.meeting, "mandate": mandate, "satisfied": 30, "dissatisfied": 0,
                                                         "basically_satisfied": 1, "issued": 31, "published_at": NINE + timedelta(hours=1)})
        assert hall.stage == "announced"
        hall.changed(opinions_voiced="选民希望多到组里走走", record="会议记录")
        assert hall.stage == "minuted"
        hall.changed(reported_on="2026-12-18")
    assert hall.stage == "reported"


def test_a_list_is_pasted_once_and_leaves_out_who_reports(hall: Hall) -> None:
    entered = hall.does(services.enter_voters, rules.voters_named("李建国 王玉兰\n石 春、张三（东街）"))
    assert (entered.added, entered.there, entered.reporting) == (1, ("李建国", "张三（东街）"), ("石春",))
    with pytest.raises(Refused, match="voters_none_read"):
        hall.does(services.enter_voters, [])
    with pytest.raises(Refused, match="not_permitted"):
        hall.does(services.enter_voters, ["钱多多"], by="convenor1")
    hall.changed(audience="standing_committee")
    with pytest.raises(Refused, match="no_voters_here"):
        hall.does(services.enter_voters, ["钱多多"])


def test_voters_sign_in_by_touch_in_the_order_in_which_they_were_touched(hall: Hall) -> None:
    batch = [hall.op("present", -9, "李建国"), hall.op("present", -8, "张三（东街）"), hall.op("walkin", -7, name="赵 六")]
    assert hall.send(*batch, minute=-6) == hall.send(*batch, minute=-5)
    assert hall.signed() == ["李建国", "张三（东街）", "赵 六"]
    late, undone = hall.op("present", -9.5, "刘秀英"), hall.op("undo", -4, "刘秀英")
    hall.send(undone, minute=-3)
    hall.send(late, minute=-2)
    assert "刘秀英" not in hall.signed()
    hall.send(hall.op("walkin", -1, name="刘秀英"), minute=0)
    assert hall.signed().count("刘秀英") == 1
    with hall.app.test_request_context():
        shown = shown_on(db.session(), opened_by(hall.key, services.SCREEN))
        assert (shown["required"], len(shown["people"]), sum(each["signed"] for each in shown["people"])) == (30, 5, 4)
        assert next(each for each in shown["people"] if each["name"] == "李建国")["pinyin"] == "li jian guo"
        db.session.remove()


def test_who_reports_cannot_be_signed_in_nor_a_signed_in_voter_report(hall: Hall) -> None:
    [answer] = hall.send(hall.op("walkin", -9, name="石 春"), minute=-8)
    assert (answer["ok"], answer["code"]) == (False, "reporter_no_voter")
    hall.office.write("liaison1", "voter_representatives", {"meeting": hall.meeting, "name": "石春"})
    [answer] = hall.send(hall.op("present", -7, "石春"), minute=-6)
    assert answer["code"] == "reporter_no_voter"
    assert hall.signed() == []
    hall.send(hall.op("walkin", -5, name="解明"), minute=-4)
    mandate = hall.office.write("liaison1", "mandates", {
        "deputy": hall.office.id_of("deputies", "解明"), "term": hall.office.rows("terms")[0].id, "certificate": "2"})
    with pytest.raises(Refused, match="reporter_signed_in"):
        hall.changed(reporters=[mandate])


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": "present", "voter": "李建国", "minute": -24 * 60}, "voters_too_early"),
        ({"kind": "erase", "voter": "李建国"}, "voters_unknown_touch"),
        ({"kind": "present"}, "voter_unknown"),
        ({"kind": "walkin", "name": ""}, "required"),
        ({"kind": "walkin", "name": "长" * 41}, "too_long"),
        ({"kind": "walkin", "name": ["李"]}, "required"),
    ],
)
def test_what_cannot_be_is_refused_with_its_sentence(hall: Hall, facts: dict[str, Any], code: str) -> None:
    minute = facts.get("minute", -9)
    more = {name: value for name, value in facts.items() if name == "name"}
    [answer] = hall.send(hall.op(facts["kind"], minute, facts.get("voter", ""), **more), minute=minute + 1)
    assert (answer["ok"], answer["code"]) == (False, code)
    assert answer["sentence"]


def test_another_stations_voter_cannot_be_touched(hall: Hall) -> None:
    meeting = hall.office.write("liaison2", "review_meetings", {"activity.title": "评议会", "activity.start": NINE})
    other = hall.office.write("liaison2", "voter_representatives", {"meeting": meeting, "name": "外乡人"})
    [answer] = hall.send({**hall.op("present", -9), "voter": other}, minute=-8)
    assert answer["code"] == "voter_unknown"
    assert hall.signed() == []


def test_the_page_is_the_meetings_keepers_and_its_list_the_offices(hall: Hall) -> None:
    address = f"/meeting/of/{hall.meeting}"
    for name, status in (("head1", 200), ("liaison1", 200), ("convenor1", 200), ("archivist1", 403), ("deputy1", 404), ("liaison2", 404)):
        assert hall.office.browser(name).get(address).status_code == status, name
    assert hall.office.browser("convenor1").post(f"{address}/voters", data={"names": "钱多多"}).status_code == 403
    words = words_of(hall.office.browser("liaison1").post(f"{address}/voters", data={"names": "钱多多、石春"}, follow_redirects=True))
    assert "钱多多" not in words
    assert "石春" in words
    assert hall.voter("钱多多") is not None
    assert hall.office.browser("liaison1").post(f"{address}/no_such", data={}).status_code == 404
    assert TOWNSHIP not in hall.office.app.test_client().get("/voters/").text


def test_a_file_of_names_puts_them_on_the_list_and_one_without_names_is_refused_with_its_reason(hall: Hall) -> None:
    address = f"/meeting/of/{hall.meeting}/voters_file"

    def brought(name: str, text: str) -> Any:
        file = (BytesIO(text.encode("gb18030")), name)
        return hall.office.browser("liaison1").post(address, data={"file": file}, content_type="multipart/form-data", follow_redirects=True)

    listed = "姓名,村\n钱多多,东街\n张三,东街\n张三,南街\n石春,东街\n"
    assert "石春" in words_of(brought("名单.csv", listed))
    assert hall.voter("钱多多") is not None
    assert hall.voter("张三（南街）") is not None
    with hall.at(0):
        listed_now = [each for each in hall.office.rows("voter_representatives") if each.meeting_id == hall.meeting]
    assert len(listed_now) == len(VOTERS) + 2  # 张三（东街） was there
    again = words_of(brought("名单.csv", listed))
    assert "名单上已有" in again
    assert "已登记选民代表" not in again  # nobody was entered
    for name, text, sentence in (("名单.csv", "村,电话\n东街,1\n", "文件里没有姓名列"), ("名单.pdf", "%PDF-1.4", "不是表格文件")):
        refused = brought(name, text)
        assert refused.status_code == 422
        assert sentence in words_of(refused), name
