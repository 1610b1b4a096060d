"""The inspection round as it comes in from a phone: it counts once, says clearly why not, and its faults are followed until re-checked."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import event

from app.archives.round import services, showing
from app.archives.round.screens import LASTING
from app.archives.round.services import SCREEN
from app.core import clock
from app.core.database import db
from app.core.devices import operations
from app.core.devices.openscreens import key_of, open_screen, opened_by, withdraw
from app.core.files.attachments import attachments_of
from app.core.records.saving import version_of
from app.core.refusals import NotThere, Refused
from app.core.workflows.stepping import take
from tests.support.office import OFFICE, Office

pytestmark = pytest.mark.both_databases
NINE = datetime(2026, 3, 10, 9)
ROUND = "round-00000000001"
POINTS = ["防火", "防盗", "防虫", "防潮", "防霉", "防晒"]


@pytest.fixture
def scene() -> object:
    return OFFICE


@dataclass
class Phone:
    """The archive room on 10 March 2026, nine o'clock, with a phone in the archivist's hand."""

    office: Office
    app: Flask
    room: int
    key: str
    drawn: int = 0

    def round(self, uid: str = "", minute: float = 0, **facts: Any) -> dict[str, Any]:
        self.drawn += 1
        made = {"id": uid or f"round-operation-{self.drawn:06}", "kind": "round", "made": stamp(NINE + timedelta(minutes=minute))}
        return {**made, "round": ROUND, "points": points(), "checker": "周敏", "temperature": "19.5", "humidity": "52", **facts}

    def send(self, *batch: Any, minute: float = 0) -> list[dict[str, Any]]:
        with clock.clock_at(NINE + timedelta(minutes=minute)), self.app.test_request_context():
            opened = opened_by(self.key, SCREEN)
            try:
                return operations.run(opened, stamp(clock.now()), batch, services.handler_of(opened))
            finally:
                db.session.remove()

    def shown(self) -> dict[str, Any]:
        with clock.clock_at(NINE), self.app.test_request_context():
            try:
                return showing.shown_on(db.session(), opened_by(self.key, SCREEN))
            finally:
                db.session.remove()

    @property
    def checks(self) -> list[Any]:
        return self.office.rows("archive_checks")

    @property
    def faults(self) -> list[Any]:
        return self.office.rows("archive_faults")


def points(*faulty: str, words: str = "墙角返潮") -> list[dict[str, Any]]:
    return [{"point": each, "ok": each not in faulty, "words": words if each in faulty else ""} for each in POINTS]


def stamp(moment: datetime) -> int:
    return int(moment.replace(tzinfo=clock.OFFICE).timestamp() * 1000)


@pytest.fixture
def phone(app: Flask) -> Phone:
    office = Office(app)
    with clock.clock_at(NINE - timedelta(hours=1)):
        staff = office.rows("station_staff")[0].id
        room = office.write("archivist1", "archive_rooms", {"name": "档案室", "keeper": staff, "since": "2026-01-01"})
        with app.test_request_context():
            key = key_of(open_screen(office.actor("archivist1"), SCREEN, "archive_rooms", room, LASTING))
            db.session.remove()
    return Phone(office, app, room, key)


def test_a_round_arrives_once_however_often_it_was_sent(phone: Phone) -> None:
    given = phone.round("round-operation-once")
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda: answers.append(phone.send(given, minute=30))) for _each in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 3
    assert all(answer == answers[0] and answer[0]["ok"] for answer in answers)
    assert phone.send(phone.round(minute=31), minute=32)[0] == {**answers[0][0], "id": "round-operation-000002"}
    [check] = phone.checks
    assert (check.checked_on, check.room, check.checker, check.state) == (date(2026, 3, 10), "档案室", "周敏", "in_order")
    assert (check.humidity, phone.faults) == (52, [])


def test_each_fault_is_given_to_somebody_until_a_day_and_followed_until_re_checked(phone: Phone) -> None:
    found = points("防潮", "防火")
    found[0] |= {"responsible": "水电工", "due": "2026-03-12"}
    assert phone.send(phone.round(points=found))[0]["ok"]
    assert phone.checks[0].state == "fault"
    fire, damp = phone.faults
    assert (fire.point, fire.state, fire.responsible, fire.due_on) == ("防火", "fault", "水电工", date(2026, 3, 12))
    assert (damp.point, damp.state, damp.responsible, damp.due_on) == ("防潮", "fault", "周敏1", date(2026, 3, 17))
    shown = phone.shown()["faults"]
    assert [(each["standing"], each["days"]) for each in shown] == [("running", 2), ("running", 7)]
    assert [each["faults"][0]["point"] for each in shown] == ["防火", "防潮"]

    def step(name: str, fault: Any = damp, **answers: Any) -> str:
        with phone.app.test_request_context(), clock.clock_at(NINE + timedelta(days=3)):
            row = db.session.get_one(type(fault), fault.id)
            version = version_of(db.session(), row)
            try:
                take(phone.office.actor("archivist1"), "archive_faults", fault.id, name, answers, version=version)
            finally:
                db.session.remove()
        return str(next(each.state for each in phone.faults if each.id == fault.id))

    with pytest.raises(Refused) as refused:
        step("recheck")
    assert refused.value.codes == {"step_not_from"}
    assert step("give", responsible="水电工", due_on="2026-03-20") == "fault"
    assert phone.faults[1].responsible == "水电工"
    assert step("put_right", remedy="换了除湿机") == "put_right"
    assert [each["standing"] for each in phone.shown()["faults"]] == ["running", "to_recheck"]
    assert phone.checks[0].state == "fault"
    with pytest.raises(Refused) as refused:
        step("put_right", remedy="再修一次")
    assert "复查" in refused.value.refusals[0].sentence()
    assert step("back_put_right") == "fault"
    assert step("put_right", remedy="又修一次", put_right_by="周敏1") == "put_right"
    assert step("recheck") == "rechecked"
    assert phone.faults[1].rechecked_on == date(2026, 3, 13)
    assert [each["faults"][0]["point"] for each in phone.shown()["faults"]] == ["防火"]
    assert step("put_right", fire, remedy="换了灭火器") == "put_right"
    assert phone.checks[0].state == "put_right"
    assert step("recheck", fire) == "rechecked"
    assert (phone.shown()["faults"], phone.checks[0].state) == ([], "rechecked")


def test_a_round_kept_by_a_screen_of_before_gives_all_its_faults_to_one_and_counts_once(phone: Phone) -> None:
    given = phone.round("round-operation-kept", points=points("防潮", "防霉"), responsible="水电工", due="2026-03-14")
    assert phone.send(given)[0]["ok"]
    assert phone.send(given)[0]["ok"]
    assert [(each.point, each.responsible, each.due_on) for each in phone.faults] == [
        (each, "水电工", date(2026, 3, 14)) for each in ("防潮", "防霉")
    ]


@pytest.mark.parametrize(
    ("facts", "code", "words"),
    [
        ({"humidity": "120"}, "of_field", "100"),
        ({"temperature": "185"}, "of_field", "60"),
        ({"temperature": "很热"}, "of_field", "很热"),
        ({"day": "2026-03-11"}, "of_field", "2026-03-10"),
        ({"day": "三月"}, "of_field", "三月"),
        ({"points": [*points(), {"point": "防鼠", "ok": True, "words": ""}]}, "of_field", "防鼠"),
        ({"points": points("防潮", words=" ")}, "of_field", "防潮"),
        ({"points": points("防潮", words="潮" * 10_000)}, "of_field", "200"),
        ({"points": points()[1:]}, "point_left_out", "防火"),
        ({"points": [{**each, "ok": None} for each in points()]}, "of_field", "防火"),
        ({"points": "x"}, "point_left_out", "防火"),
        ({"checker": ""}, "of_field", ""),
        ({"due": "2026-03-01", "points": points("防潮")}, "of_field", ""),
        ({"round": "short"}, "round_unknown", ""),
        ({"kind": "burn"}, "round_unknown", ""),
    ],
)
def test_what_cannot_be_is_refused_with_its_sentence(phone: Phone, facts: dict[str, Any], code: str, words: str) -> None:
    [answer] = phone.send(phone.round(**facts))
    assert (answer["ok"], answer["code"]) == (False, code)
    assert words in answer["sentence"]
    assert phone.checks == []


def test_a_second_round_of_a_room_on_a_day_is_said_to_be_there_already(phone: Phone) -> None:
    assert phone.send(phone.round())[0]["ok"]
    assert phone.send(phone.round(round="round-00000000002"))[0]["code"] == "round_made"
    assert phone.send(phone.round(round="round-00000000003", day="2026-03-09"))[0]["ok"]
    assert len(phone.checks) == 2


def test_a_round_made_offline_keeps_its_day_and_a_wrong_clock_does_not_make_it_of_tomorrow(phone: Phone) -> None:
    phone.send(phone.round(minute=-24 * 60), minute=60)
    phone.send({**phone.round(round="round-00000000002"), "made": stamp(NINE + timedelta(days=400))}, minute=61)
    assert [each.checked_on for each in phone.checks] == [date(2026, 3, 9), date(2026, 3, 10)]


def test_the_screen_ends_with_its_address_and_with_the_room(phone: Phone) -> None:
    with phone.app.test_request_context():
        withdraw(phone.office.actor("archivist1"), SCREEN, "archive_rooms", phone.room)
        db.session.remove()
    with pytest.raises(Refused) as refused:
        phone.send(phone.round())
    assert refused.value.codes == {"screen_withdrawn"}


def test_a_room_given_up_is_not_inspected(phone: Phone) -> None:
    with phone.app.app_context():
        row = phone.office.row("archive_rooms", phone.room)
        version = version_of(db.session(), row)
    phone.office.write("archivist1", "archive_rooms", {"given_up_on": "2026-03-01"}, row_id=phone.room, version=version)
    assert phone.send(phone.round())[0]["code"] == "room_given_up"


def test_a_photo_follows_its_round_and_the_key_opens_nothing_else(phone: Phone) -> None:
    phone.send(phone.round(points=points("防潮")))
    picture = BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "JPEG")
    client, headers = phone.app.test_client(), {"X-Screen-Key": phone.key}

    def send(name: str, round_id: str = ROUND, data: bytes = b"") -> Any:
        files = {"files": (BytesIO(data or picture.getvalue()), name)}
        return client.post("/round/photo", query_string={"round": round_id, "point": "防潮"}, data=files, headers=headers)

    with clock.clock_at(NINE):
        assert send("墙角.jpg").get_json()["ok"]
        assert send("墙角.jpg").get_json()["ok"]
        assert not send("墙角.jpg", data=b"MZ no picture").get_json()["ok"]
        assert send("墙角.jpg", "round-99999999999").status_code == 422
        assert client.get("/round/state").status_code == 401
        assert client.get("/desk/state", headers=headers).status_code == 401
        assert client.get("/round/state", headers=headers).get_json()["rounds"][0]["photos"] == 1
    with phone.app.app_context():
        kept = attachments_of(db.session(), "archive_checks", phone.checks[0].id)
        assert [(each.name, each.note) for each in kept] == [("墙角.jpg", "防潮")]


def test_the_screen_costs_the_same_however_many_rounds_there_were(phone: Phone) -> None:
    asked: list[str] = []
    with phone.app.app_context():
        engine = db.engine

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        phone.shown()
        few = len(asked)
        for number in range(9):
            phone.send(phone.round(round=f"round-1000000000{number}", day=f"2026-02-0{number + 1}", points=points("防潮")))
        asked.clear()
        assert len(phone.shown()["rounds"]) == 6
        assert len(asked) == few
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_another_stations_room_does_not_exist(phone: Phone, app: Flask) -> None:
    with app.test_request_context(), pytest.raises(NotThere):
        open_screen(phone.office.actor("archivist2"), SCREEN, "archive_rooms", phone.room, LASTING)


def test_a_room_is_listed_with_its_first_check_and_takes_its_checks_along(app: Flask) -> None:
    office = Office(app)
    checked = {"checked_on": "2026-02-03", "room": "二楼库房", "checker": "周敏", "points": points()}
    office.write("archivist1", "archive_checks", checked)
    [room] = office.rows("archive_rooms")
    assert (room.name, room.since) == ("二楼库房", date(2026, 2, 3))
    with app.app_context():
        version = version_of(db.session(), room)
    office.write("archivist1", "archive_rooms", {"name": "档案库房"}, row_id=room.id, version=version)
    assert [each.room for each in office.rows("archive_checks")] == ["档案库房"]
    assert len(office.rows("archive_rooms")) == 1
