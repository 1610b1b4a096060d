"""The rota of a year on the database: made, changed by hand, made anew, written as receptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import pytest
from sqlalchemy.orm import Session, scoped_session

from app.core import clock
from app.core.access.actor import Actor, program
from app.core.dictionary.ledger import LEDGERS
from app.core.records.saving import version_of
from app.core.records.writing import change_set, write
from app.core.refusals import Refused
from app.reception.rota.services import Hours, Year, change, make, write_receptions, year_of

pytestmark = pytest.mark.both_databases
HOURS = Hours(time(9), time(11, 30), "镇联络站")


@dataclass(frozen=True)
class Desk:
    session: Session
    actor: Actor
    station: int
    deputies: list[int]

    def board(self) -> Year:
        self.session.expire_all()
        return year_of(self.session, self.station, 2026)

    def make(self) -> Year:
        make(self.actor, self.station, 2026)
        return self.board()

    def change(self, action: str, *ticked: tuple[int, int], **more: Any) -> Year:
        change(self.actor, self.station, 2026, action, ticked, **more)
        return self.board()

    def refused(self, action: str, *ticked: tuple[int, int], **more: Any) -> set[str]:
        with pytest.raises(Refused) as caught:
            change(self.actor, self.station, 2026, action, ticked, **more)
        return caught.value.codes

    def write(self, key: str, row_id: int, **changes: Any) -> None:
        row = self.session.get_one(LEDGERS[key], row_id)
        write(self.actor, key, changes, row_id=row_id, version=version_of(self.session, row))


@pytest.fixture
def desk(session: scoped_session[Any]) -> Iterator[Desk]:
    with clock.clock_at(datetime(2026, 2, 20, 9)):
        with change_set(program(None, "test")) as writing:
            station = writing.save("stations", {"name": "青石镇联络站", "kind": "township"}, by_program=True).id
            terms = [writing.save("terms", {"level": level, "ordinal": 16, "starts_on": "2022-01-01"}, by_program=True).id
                     for level in ("county", "township")]  # fmt: skip
            deputies = []
            for number in range(25):
                deputy = writing.save("deputies", {"station": station, "name": f"代表{number}", "sex": "male"}, by_program=True).id
                deputies.append(deputy)
                writing.save("mandates", {
                    "station": station, "deputy": deputy, "term": terms[number % 2], "certificate": f"第{number}号",
                    "elected_on": "2026-11-02" if number == 24 else "2022-01-05"}, by_program=True)
        actor = Actor("周敏", ("liaison",), station_id=station)
        write(actor, "receptions", {
            "activity.title": "1月接待日", "activity.start": "2026-01-06 09:00", "activity.deputies": deputies[:2]})
        yield Desk(session(), actor, station, deputies)


def sizes(board: Year) -> list[int]:
    return [len(board.groups[month]) for month in range(1, 13)]


def test_a_year_is_made_around_what_was_and_what_was_placed_by_hand(desk: Desk) -> None:
    board = desk.make()
    assert sizes(board) == [2, 0, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2]
    assert (board.days[5], board.days[10]) == (date(2026, 5, 6), date(2026, 10, 8))
    assert board.missing == {}
    assert all(desk.deputies[24] not in group for group in board.groups.values())
    one, other = board.groups[3][0], board.groups[12][0]
    board = desk.change("move", (3, one), to=12)
    assert one in board.groups[12]
    assert board.pinned[12] == [one]
    assert desk.refused("move", (3, one), to=4) == {"rota_moved_meanwhile"}
    assert desk.refused("move", (12, one), to=1) == {"rota_day_past"}
    assert desk.refused("add", to=5, deputy=999) == {"no_such_row"}
    board = desk.change("drop", (12, other))
    assert desk.board().missing == {other: "rota_not_placed"}
    assert desk.refused("move", (12, one), (4, other), to=12)
    board = desk.make()
    assert one in board.groups[12]
    assert other not in board.groups[12]
    assert board.missing == {}
    assert max(sizes(board)[2:]) - min(sizes(board)[2:]) <= 1
    first, second = (4, board.groups[4][0]), (6, board.groups[6][0])
    assert desk.refused("swap", first) == {"rota_two_to_swap"}
    board = desk.change("swap", first, second)
    assert second[1] in board.groups[4]
    assert first[1] in board.groups[6]
    before = board.groups
    assert desk.make().groups == before


def test_receptions_are_written_once_and_follow_later_changes(desk: Desk) -> None:
    desk.make()
    assert write_receptions(desk.actor, desk.station, 2026, HOURS) == (10, [])
    assert write_receptions(desk.actor, desk.station, 2026, HOURS) == (0, [])
    board = desk.board()
    assert sorted(board.held) == [1, *range(3, 13)]
    moved = board.groups[5][0]
    board = desk.change("move", (5, moved), to=7)
    assert moved in board.held[7].marks
    assert moved not in board.held[5].marks
    row = board.rows[9]
    desk.write("reception_rota", row.id, day="2026-09-02")
    assert desk.board().held[9].start == datetime(2026, 9, 2, 9)
    ended = board.groups[11][0]
    mandate = next(row for row in desk.session.query(LEDGERS["mandates"]).all() if row.deputy_id == ended)
    desk.write("mandates", mandate.id, state="ended", state_since="2026-06-01", state_reason="辞职")
    assert desk.refused("move", (11, ended), to=12) == {"rota_out_of_office"}
    with pytest.raises(Refused):
        write(desk.actor, "reception_rota", {"month": "2027-03-01", "day": "2027-04-06"})


def test_a_day_that_becomes_free_moves_the_reception_and_one_entered_by_hand_stays(desk: Desk) -> None:
    desk.make()
    write_receptions(desk.actor, desk.station, 2026, HOURS)
    assert (desk.board().days[6], desk.board().days[9]) == (date(2026, 6, 2), date(2026, 9, 1))
    desk.write("reception_rota", desk.board().rows[9].id, day="2026-09-03")
    county = Actor("县", ("county",))
    first = write(county, "workday_overrides", {"date": "2026-06-02", "kind": "holiday", "source": "通知"})
    for day in ("2026-09-03", "2026-09-01"):
        write(county, "workday_overrides", {"date": day, "kind": "holiday", "source": "通知"})
    board = desk.board()
    assert (board.days[6], board.days[9]) == (date(2026, 6, 3), date(2026, 9, 3))
    assert board.held[6].start == datetime(2026, 6, 3, 9)
    row = desk.session.get_one(LEDGERS["workday_overrides"], first)
    write(county, "workday_overrides", {"kind": "workday"}, row_id=first, version=version_of(desk.session, row))
    assert desk.board().days[6] == date(2026, 6, 2)
