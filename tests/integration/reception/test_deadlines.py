"""The time for assigning an opinion is kept with it, follows the working days, and stops with the first signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session, scoped_session

from app.calendar import DATA, built_in
from app.core import clock
from app.core.access.actor import Actor, program
from app.core.dictionary.ledger import LEDGERS
from app.core.lists.listing import Listing
from app.core.records.saving import version_of
from app.core.records.writing import change_set, erase, write
from app.core.web.pages import table_rows
from app.reception.deadlines.services import condition, redate_all
from app.work.services import missing_years

pytestmark = pytest.mark.both_databases
UNKNOWN = next(year for year in range(2026, 2100) if not built_in(year))
NOW = datetime(UNKNOWN - 1, 12, 29, 15)


@dataclass(frozen=True)
class Desk:
    session: Session
    actor: Actor
    county: Actor
    organ: int

    def add(self, key: str, **values: Any) -> Any:
        return self.row(key, write(self.actor, key, values))

    def change(self, row: Any, **values: Any) -> Any:
        write(self.actor, row.__tablename__, values, row_id=row.id, version=version_of(self.session, row))
        return self.row(row.__tablename__, row.id)

    def row(self, key: str, row_id: int) -> Any:
        self.session.expire_all()
        return self.session.get_one(LEDGERS[key], row_id)

    def opinion(self, **values: Any) -> Any:
        return self.add("opinions", **{"voter_name": "张桂花", "words": "村口路面破损", "handling": "to_assign", **values})

    def sheet(self, opinion: Any, **values: Any) -> Any:
        return self.add("assignments", opinion=opinion.id, organ=self.organ, **values)

    def off(self, *days: date) -> None:
        for day in days:
            write(self.county, "workday_overrides", {"date": day.isoformat(), "kind": "holiday"})

    def enter_holidays(self, year: int) -> None:
        spans = (((1, 1), 3), ((2, 1), 7), ((4, 3), 3), ((5, 1), 3), ((6, 9), 3), ((10, 1), 7))
        with change_set(self.county) as writing:
            for (month, day), count in spans:
                for each in range(count):
                    off = date(year, month, day) + timedelta(days=each)
                    writing.save("workday_overrides", {"date": off.isoformat(), "kind": "holiday"}, by_program=True)


@pytest.fixture
def desk(session: scoped_session[Any]) -> Iterator[Desk]:
    with clock.clock_at(NOW):
        with change_set(program(None, "test")) as writing:
            station = writing.save("stations", {"name": "青石镇联络站", "kind": "township"}, by_program=True).id
            organ = writing.save("organs", {"station": station, "name": "镇民政所", "level": "township"}, by_program=True).id
        yield Desk(session(), Actor("周敏", ("liaison",), station_id=station), Actor("工委", ("county",)), organ)


def test_the_clock_runs_from_the_end_of_the_reception_and_moves_with_it(desk: Desk) -> None:
    reception = desk.add("receptions", **{
        "activity.title": "接待日", "activity.start": "2026-04-27 09:00", "activity.end": "2026-04-28 11:00"})
    opinion = desk.opinion(reception=reception.id)
    assert (opinion.heard_on, opinion.assign_due, opinion.assign_due_by) == (date(2026, 4, 27), date(2026, 5, 11), DATA)
    desk.change(reception, **{"activity.end": "2026-04-27 17:00"})
    assert desk.row("opinions", opinion.id).assign_due == date(2026, 5, 9)
    assert desk.opinion(heard_on="2026-04-28", handling="explained").assign_due is None


def test_the_first_signature_stops_the_clock_and_a_return_does_not_start_it_again(desk: Desk) -> None:
    opinion = desk.opinion(heard_on="2026-03-03")
    sheet = desk.sheet(opinion, assigned_on="2026-03-05", signed_by="解明", signed_on="2026-03-06")
    assert desk.row("opinions", opinion.id).assign_signed_on == date(2026, 3, 6)
    desk.change(sheet, received_by="仇兰", received_on="2026-03-09", returned_on="2026-03-10", returned_reason="不属本单位职责")
    again = desk.sheet(opinion, assigned_on="2026-04-01", signed_by="解明", signed_on="2026-04-02")
    opinion = desk.row("opinions", opinion.id)
    assert (opinion.assign_signed_on, opinion.status) == (date(2026, 3, 6), "assigned")
    erase(desk.actor, "assignments", again.id)
    erase(desk.actor, "assignments", sheet.id)
    assert desk.row("opinions", opinion.id).assign_signed_on is None


def test_a_day_put_right_moves_open_opinions_and_leaves_closed_ones(desk: Desk) -> None:
    opened = desk.opinion(heard_on="2026-03-03")
    closed = desk.opinion(heard_on="2026-03-03")
    desk.add("replies", opinion=closed.id, replied_on="2026-03-04", form="phone", answer="已修", satisfaction="satisfied")
    desk.change(desk.row("opinions", closed.id), closed_on="2026-03-05")
    desk.off(date(2026, 3, 6))
    found = [desk.row("opinions", each.id) for each in (opened, closed)]
    assert [each.assign_due for each in found] == [date(2026, 3, 13), date(2026, 3, 12)]
    assert [each.assign_due_by for each in found] == [f"{DATA} +1", DATA]
    desk.change(found[1], words="村口路面破损严重")
    assert desk.row("opinions", closed.id).assign_due == date(2026, 3, 12)


def test_a_year_without_holidays_is_provisional_until_they_are_entered(desk: Desk) -> None:
    opinion = desk.opinion(heard_on=NOW.date().isoformat())
    assert (opinion.assign_due_provisional, opinion.assign_due.year) == (True, UNKNOWN)
    before = opinion.assign_due
    assert set(missing_years(desk.session, NOW.date())) == {UNKNOWN}
    assert missing_years(desk.session, date(UNKNOWN - 1, 10, 31)) == {}
    desk.enter_holidays(UNKNOWN)
    opinion = desk.row("opinions", opinion.id)
    assert not opinion.assign_due_provisional
    assert opinion.assign_due >= before
    assert missing_years(desk.session, NOW.date()) == {}
    assert redate_all() == 0


def test_another_parameter_dates_open_opinions_anew(desk: Desk) -> None:
    opinion = desk.opinion(heard_on="2026-03-03")
    write(desk.county, "settings", {"name": "assignment_workdays", "value": "5"})
    assert desk.row("opinions", opinion.id).assign_due == date(2026, 3, 10)


def test_lists_say_how_many_working_days_are_left_and_filter_by_it(desk: Desk) -> None:
    with clock.clock_at(datetime(2026, 5, 7, 9)):
        ids = [desk.opinion(heard_on=day).id for day in ("2026-04-20", "2026-04-28", "2026-05-06")]
        model = LEDGERS["opinions"]
        listing = Listing(desk.session, desk.actor, model, ["number", "assign_due"])
        cells = {row["id"]: row["cells"][1] for row in table_rows(listing, ids)}
        assert [(cells[each]["note"], cells[each]["tone"]) for each in ids] == [
            ("逾期3个工作日", "bad"), ("还剩3个工作日", "warn"), ("还剩6个工作日", "info")]
        found = {}
        for option in ("overdue", "soon", "running", "provisional"):
            listing.predicates = condition(option)
            found[option] = listing.ids(0, 10)
        assert found == {"overdue": ids[:1], "soon": [ids[1]], "running": [ids[2], ids[1]], "provisional": []}
