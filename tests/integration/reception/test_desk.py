"""The reception desk: entries count once, agree in the end, come in late, and say clearly why not."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import event

from app.core import clock
from app.core.database import db
from app.core.devices import operations
from app.core.devices.openscreens import key_of, open_screen, opened_by, withdraw
from app.core.dictionary.ledger import LEDGERS
from app.core.files.attachments import attachments_of
from app.core.records.history import Change
from app.reception.desk import services, showing
from app.reception.desk.screens import LASTING
from app.reception.desk.services import SCREEN
from tests.support.office import OFFICE, Office

pytestmark = pytest.mark.both_databases
NINE = datetime(2026, 3, 3, 9)
VOTER = "visitor-0000000001"


@pytest.fixture
def scene() -> object:
    return OFFICE


@dataclass
class Desk:
    """The reception of 3 March 2026, nine o'clock, at the township's station, with a tablet before it."""

    office: Office
    app: Flask
    reception: int
    activity: int
    key: str
    drawn: int = 0

    def op(self, kind: str, minute: float, uid: str = "", **facts: Any) -> dict[str, Any]:
        self.drawn += 1
        return {"id": uid or f"desk-operation-{self.drawn:06}", "kind": kind, "made": stamp(NINE + timedelta(minutes=minute)), **facts}

    def voter(self, minute: float, voter: str = VOTER, **facts: Any) -> dict[str, Any]:
        said = {"name": "王桂兰", "phone": "13612345678", "village": "东村", "category": "roads", "words": "村口的路坏了"}
        return self.op("voter", minute, voter=voter, **{**said, **facts})

    def send(self, *batch: Any, minute: float = 0) -> list[dict[str, Any]]:
        with clock.clock_at(NINE + timedelta(minutes=minute)), self.app.test_request_context():
            opened = opened_by(self.key, SCREEN)
            try:
                return operations.run(opened, stamp(clock.now()), batch, services.handler_of(opened))
            finally:
                db.session.remove()

    def opinions(self) -> list[Any]:
        model: Any = LEDGERS["opinions"]
        return self.office.rows("opinions", model.reception_id == self.reception)

    def replies(self) -> list[Any]:
        model: Any = LEDGERS["replies"]
        return self.office.rows("replies", model.station_id == self.office.township)

    @property
    def received(self) -> int | None:
        found: int | None = self.office.row("receptions", self.reception).voters_received
        return found


def stamp(moment: datetime) -> int:
    return int(moment.replace(tzinfo=clock.OFFICE).timestamp() * 1000)


@pytest.fixture
def desk(app: Flask) -> Desk:
    office = Office(app)
    with clock.clock_at(NINE - timedelta(hours=1)):
        deputies = [office.id_of("deputies", "石春")]
        values = {"activity.title": "代表接待选民日", "activity.start": "2026-03-03 09:00", "activity.deputies": deputies}
        reception = office.write("liaison1", "receptions", values)
        activity = int(office.row("receptions", reception).activity_id)
        with app.test_request_context():
            key = key_of(open_screen(office.actor("liaison1"), SCREEN, "activities", activity, LASTING))
            db.session.remove()
    return Desk(office, app, reception, activity, key)


def test_an_entry_counts_once_and_its_latest_state_stands_whatever_comes_in_first(desk: Desk) -> None:
    first, second = desk.voter(1), desk.voter(5, words="村口的路坏了，路灯也不亮", phone="")
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda: answers.append(desk.send(second, minute=6))) for _each in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 3
    assert all(answer == answers[0] and answer[0]["ok"] for answer in answers)
    assert desk.send(first, minute=7)[0]["ok"]
    found = desk.opinions()
    assert [(row.words, row.voter_phone, row.heard_on.isoformat()) for row in found] == [("村口的路坏了，路灯也不亮", None, "2026-03-03")]
    assert found[0].number == answers[0][0]["number"]


def test_an_answer_on_the_spot_is_a_reply_until_the_handling_changes(desk: Desk) -> None:
    answered = {"handling": "answered_on_spot", "answer": "月底前铺好", "form": "in_person", "satisfaction": "satisfied",
                "heardBy": desk.office.id_of("deputies", "石春")}
    assert desk.send(desk.voter(1, **answered), minute=2)[0]["ok"]
    assert [(row.answer, row.answerer, row.satisfaction, row.round) for row in desk.replies()] == [("月底前铺好", "石春", "satisfied", 1)]
    assert desk.opinions()[0].status == "answered"
    answered |= {"answer": "下月铺好", "satisfaction": "not_obtained", "unobtained": "declined"}
    assert desk.send(desk.voter(3, **answered), minute=4)[0]["ok"]
    assert [(row.answer, row.not_obtained_reason) for row in desk.replies()] == [("下月铺好", "declined")]
    explained = {"handling": "explained", "reason": "unlawful", "basis": "土地管理法"}
    assert desk.send(desk.voter(5, **explained), minute=5)[0]["ok"] is False
    assert desk.send(desk.voter(5, **explained, satisfaction="dissatisfied"), minute=6)[0]["ok"]
    told = desk.replies()
    assert [(row.form, row.satisfaction, row.not_obtained_reason, str(row.asked_on)) for row in told] == [
        ("in_person", "dissatisfied", None, "2026-03-03")]
    assert "土地管理法" in told[0].answer
    opinion = desk.opinions()[0]
    assert (opinion.handling, opinion.explained_reason, opinion.status) == ("explained", "unlawful", "answered")
    with clock.clock_at(NINE + timedelta(minutes=7)):
        row = desk.opinions()[0]
        desk.office.write("liaison1", "opinions", {"village": "南村"}, row_id=row.id, version=desk.office.version("opinions", row.id))
    assert desk.send(desk.voter(8), minute=9)[0]["code"] == "desk_changed"
    assert desk.opinions()[0].village == "南村"


def test_closing_counts_and_takes_what_was_written_before(desk: Desk) -> None:
    assert desk.send(desk.op("close", 30), minute=31)[0]["ok"]
    assert desk.received == 0
    late, after = desk.voter(20), desk.voter(40, "visitor-0000000002")
    assert [each.get("code", "ok") for each in desk.send(late, after, minute=50)] == ["ok", "desk_closed"]
    assert desk.received == 1
    with desk.app.test_request_context():
        reasons = [each.reason for each in db.session.query(Change).filter(Change.ledger == "opinions", Change.source == "screen")]
        db.session.remove()
    assert all(reasons)
    desk.send(desk.op("reopen", 55), minute=56)
    assert desk.received is None
    desk.send(desk.voter(58, "visitor-0000000003"), desk.op("close", 60, voters=9), minute=61)
    assert desk.received == 9
    desk.send(desk.voter(57, "visitor-0000000004"), minute=70)
    assert (desk.received, len(desk.opinions())) == (9, 3)


def test_bad_entries_get_their_sentences_and_lose_nothing(desk: Desk) -> None:
    html = "<script>alert(1)</script>&lt;b&gt;"
    answers = desk.send(
        desk.voter(1, words=html),
        desk.voter(1, "visitor-0000000002", words="字" * 10_000, phone="二三四五"),
        desk.voter(1, "visitor-0000000003", name="王" * 10_000),
        desk.voter(1, "visitor-0000000004", heardBy=desk.office.id_of("deputies", "白云")),
        desk.voter(1, "x"),
        desk.voter(-24 * 60 + 1, "visitor-0000000005"),
        desk.voter(1, "visitor-0000000006", name="", words=""),
        desk.voter(1, "visitor-0000000007", category="dance"),
        desk.op("dance", 1),
        desk.op("present", 1, deputy=desk.office.id_of("deputies", "白云")),
        desk.op("present", 1, deputy=desk.office.id_of("deputies", "石春")),
        desk.voter(1, "visitor-0000000008", anonymous=True, name="", lawsuit=True, organ=desk.office.id_of("organs", "县水利局")),
        minute=2,
    )
    assert [each.get("code", "ok") for each in answers] == [
        "ok", "ok", "of_field", "of_field", "desk_unknown", "desk_other_day", "of_field", "of_field", "desk_unknown",
        "checkin_no_deputy", "ok", "ok",
    ]
    assert all(each.get("sentence") for each in answers if not each["ok"])
    first, second, third = desk.opinions()
    assert first.words == html
    assert (len(second.words), second.voter_phone) == (10_000, None)
    assert "二三四五" in second.voter_address
    assert (third.voter_name, third.law_related, third.status) == (None, True, "assigned")


def test_the_tablet_by_http_needs_the_key_and_reads_back_little(desk: Desk) -> None:
    tablet, headers = desk.app.test_client(), {"X-Screen-Key": desk.key}
    entered = desk.send(desk.voter(1), desk.op("present", 1, deputy=desk.office.id_of("deputies", "石春")), minute=2)[0]
    picture = BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "JPEG")
    with clock.clock_at(NINE + timedelta(minutes=5)):
        answer = tablet.get("/desk/state", headers=headers)
        shown = answer.get_json()
        assert [(each["name"], each["voter"]) for each in shown["voters"]] == [("王*", VOTER)]
        assert "13612345678" not in answer.text
        assert "村口的路坏了" not in answer.text
        assert [village["name"] for village in shown["villages"]] == ["东村"]
        assert tablet.get(f"/desk/state?revision={shown['revision']}", headers=headers).status_code == 204
        assert tablet.get(f"/desk/entry?voter={VOTER}", headers=headers).get_json()["phone"] == "13612345678"
        alike = tablet.post("/desk/earlier", json={"name": "张桂花1", "words": "村口路面破损了"}, headers=headers).get_json()["found"]
        assert [(each["person"], each["words"]) for each in alike] == [(True, "青石村口路面破损")]
        assert tablet.post("/desk/earlier", json={"words": "河东村口路面"}, headers=headers).get_json()["found"][0]["words"][:2] == "青石"
        assert tablet.post("/desk/earlier", json=["x"], headers=headers).get_json() == {"found": []}
        for _twice in range(2):
            sent = tablet.post(f"/desk/photo?voter={VOTER}", data={"files": (BytesIO(picture.getvalue()), "路.jpg")}, headers=headers)
            assert sent.get_json() == {"ok": True, "sentence": ""}
        assert tablet.post("/desk/photo?voter=visitor-9999999999", headers=headers).get_json()["code"] == "desk_not_here"
        assert tablet.get(f"/desk/paper?opinion={entered['opinion']}", headers=headers).data[:2] == b"PK"
        for other in (desk.office.opinion_of(desk.office.street), desk.office.opinion_of(desk.office.township), 10**9, "x"):
            assert tablet.get(f"/desk/paper?opinion={other}", headers=headers).get_json()["code"] == "desk_not_here"
        for path in ("/desk/state", f"/desk/entry?voter={VOTER}", f"/desk/paper?opinion={entered['opinion']}"):
            assert tablet.get(path).status_code == 401
            assert tablet.get(path, headers={"X-Screen-Key": "forged" * 2000}).status_code == 401
        assert tablet.post("/desk/operations", json=[], headers=headers).status_code == 400
        desk.send(desk.op("close", 6), minute=7)
        for path in (f"/desk/entry?voter={VOTER}", f"/desk/paper?opinion={entered['opinion']}"):
            assert tablet.get(path, headers=headers).get_json()["code"] == "desk_no_reading_back"
    with desk.app.test_request_context():
        assert len(attachments_of(db.session(), "opinions", entered["opinion"])) == 1
        withdraw(desk.office.actor("liaison1"), SCREEN, "activities", desk.activity)
        db.session.remove()
    with clock.clock_at(NINE):
        assert tablet.get("/desk/state", headers=headers).get_json()["code"] == "screen_withdrawn"


def test_the_office_opens_its_own_desks_only(desk: Desk) -> None:
    own = f"/desk/of/{desk.reception}"
    liaison = desk.office.browser("liaison1")
    assert liaison.get(own).status_code == 200
    assert own in liaison.get(f"/receptions/show/{desk.reception}").text
    assert "/desk/#" in liaison.post(f"{own}/here").headers["Location"]
    assert liaison.post(f"{own}/dance").status_code == 404
    for username, code in (("liaison2", 404), ("archivist1", 403), ("deputy1", 403), ("presidium1", 403)):
        assert desk.office.browser(username).get(own).status_code == code, username
        assert desk.office.browser(username).post(f"{own}/open").status_code == code
    assert desk.app.test_client().get(own).status_code == 302


def test_the_desk_asks_a_handful_of_statements_however_many_came(desk: Desk) -> None:
    desk.send(*(desk.voter(1, f"visitor-{number:010}") for number in range(30)), minute=2)
    counted: list[str] = []
    with desk.app.test_request_context(), clock.clock_at(NINE):
        opened = opened_by(desk.key, SCREEN)
        db.session.remove()
        event.listen(db.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
        assert len(showing.shown_on(db.session(), opened)["voters"]) == 30
        db.session.remove()
    assert len(counted) <= 12, counted
