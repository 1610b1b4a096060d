"""What happens by itself when receptions, opinions and what becomes of them are written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from app.core import clock
from app.core.access.actor import Actor, program
from app.core.dictionary.ledger import LEDGERS
from app.core.records.saving import version_of
from app.core.records.writing import change_set, erase, write
from app.core.refusals import Refused

pytestmark = pytest.mark.both_databases
TODAY = datetime(2026, 5, 20, 9, 0)


@dataclass(frozen=True)
class Office:
    """One station with a deputy, organs and a reception on 5 May 2026."""

    session: Session
    actor: Actor
    deputy: int
    organ: int
    county_organ: int
    reception: int

    def add(self, key: str, **values: Any) -> Any:
        return self.row(key, write(self.actor, key, values))

    def change(self, row: Any, **values: Any) -> Any:
        write(self.actor, row.__tablename__, values, row_id=row.id, version=version_of(self.session, row))
        return self.row(row.__tablename__, row.id)

    def row(self, key: str, row_id: int) -> Any:
        self.session.expire_all()
        return self.session.get_one(LEDGERS[key], row_id)

    def opinion(self, **values: Any) -> Any:
        return self.add("opinions", **{"reception": self.reception, "voter_name": "张桂花", "words": "村口路面破损", **values})

    def sheet(self, opinion: Any, **values: Any) -> Any:
        return self.add("assignments", **{"opinion": opinion.id, "organ": self.organ, "assigned_on": "2026-05-08", **values})

    def reply(self, opinion: Any, **values: Any) -> Any:
        return self.add("replies", **{"opinion": opinion.id, "replied_on": "2026-05-12", **values})


@pytest.fixture
def office(session: scoped_session[Any]) -> Iterator[Office]:
    with clock.clock_at(TODAY):
        with change_set(program(None, "test")) as writing:
            station = writing.save("stations", {"name": "青石镇联络站", "kind": "township"}, by_program=True).id
            deputy = writing.save("deputies", {"station": station, "name": "石春", "sex": "male"}, by_program=True).id
            organ = writing.save("organs", {"station": station, "name": "镇民政所", "level": "township"}, by_program=True).id
            county = writing.save("organs", {"name": "县水利局", "level": "county"}, by_program=True).id
        actor = Actor("周敏", ("liaison",), station_id=station)
        reception = write(actor, "receptions", {
            "activity.title": "5月选民接待日", "activity.start": "2026-05-05 09:00", "activity.end": "2026-05-05 11:30",
            "voters_received": 3,
        })
        yield Office(session(), actor, deputy, organ, county, reception)


@contextmanager
def refused(*expected: tuple[str, str | None]) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert [(each.code, each.field) for each in caught.value.refusals] == list(expected)


def test_opinions_are_numbered_without_gaps_for_each_year_they_were_heard_in(office: Office) -> None:
    numbers = [office.opinion().number for _each in range(2)]
    with refused(("name_or_anonymous", "voter_name")):
        office.opinion(voter_name="")
    numbers += [office.opinion(reception=None, heard_on="2025-12-30").number, office.opinion().number]
    assert numbers == ["2026-001", "2026-002", "2025-001", "2026-003"]


def test_a_number_from_paper_moves_the_series_on(office: Office) -> None:
    with change_set(office.actor) as writing:
        writing.save("opinions", {"number": "2026-086", "heard_on": "2026-05-06", "anonymous": True, "words": "路灯不亮"}, by_program=True)
    assert office.opinion().number == "2026-087"


def test_nobody_types_a_number(office: Office) -> None:
    with refused(("not_writable", "number")):
        office.opinion(number="2026-500")


def test_a_mistyped_year_is_put_right_with_its_number_until_a_sheet_has_gone_out(office: Office) -> None:
    opinion = office.change(office.opinion(reception=None, heard_on="2025-05-06"), heard_on="2026-05-06")
    assert opinion.number == "2026-001"
    office.sheet(opinion)
    with refused(("number_given_out", None)):
        office.change(office.row("opinions", opinion.id), heard_on="2025-05-06")


def test_an_opinion_takes_its_day_from_the_reception_and_moves_with_it(office: Office) -> None:
    opinion = office.opinion()
    assert opinion.heard_on == date(2026, 5, 5)
    office.change(office.row("receptions", office.reception), **{"activity.start": "2026-05-06 09:00", "activity.end": "2026-05-06 11:30"})
    assert office.row("opinions", opinion.id).heard_on == date(2026, 5, 6)
    with refused(("not_its_day", "heard_on")):
        office.opinion(heard_on="2026-05-07")


def test_an_opinion_takes_its_day_from_the_visit_and_moves_with_it(office: Office) -> None:
    visit = office.add("visits", visited_on="2026-05-11", deputy=office.deputy, place="东村")
    opinion = office.opinion(reception=None, visit=visit.id)
    office.change(visit, visited_on="2026-05-12")
    assert office.row("opinions", opinion.id).heard_on == date(2026, 5, 12)


def test_an_opinion_stands_where_its_sheets_and_answers_put_it(office: Office) -> None:
    opinion = office.opinion(handling="to_assign")
    standings = [opinion.status]

    def then() -> None:
        standings.append(office.row("opinions", opinion.id).status)

    sheet = office.sheet(opinion)
    then()
    sheet = office.change(sheet, signed_by="王主席", signed_on="2026-05-09")
    then()
    office.change(sheet, received_by="李所长", received_on="2026-05-10")
    then()
    office.reply(opinion, assignment=sheet.id, form="written", satisfaction="dissatisfied")
    then()
    again = office.sheet(opinion, assigned_on="2026-05-13", signed_on="2026-05-13")
    then()
    office.reply(opinion, assignment=again.id, form="in_person", satisfaction="satisfied", replied_on="2026-05-18")
    then()
    office.change(office.row("opinions", opinion.id), closed_on="2026-05-19")
    then()
    office.change(office.row("opinions", opinion.id), filed_on="2026-05-20")
    then()
    assert standings == ["to_assign", "to_assign", "assigned", "in_progress", "answered", "second_round", "answered", "closed", "filed"]
    assert (again.number, again.round) == ("2026-002", 2)


def test_an_opinion_that_became_a_suggestion_has_been_passed_on(office: Office) -> None:
    opinion = office.opinion(handling="to_assign")
    suggestion = office.add(
        "suggestions", title="修缮水渠", deputy=office.deputy, submitted_on="2026-05-12", content="水渠年久失修", level="county",
        opinions=[opinion.id])
    assert (suggestion.number, office.row("opinions", opinion.id).status) == ("2026-001", "assigned")
    office.change(suggestion, opinions=[])
    assert office.row("opinions", opinion.id).status == "to_assign"


def test_closing_without_a_whole_answer_is_refused(office: Office) -> None:
    opinion = office.opinion(handling="answered_on_spot")
    with refused(("closed_unanswered", "closed_on")):
        office.change(opinion, closed_on="2026-05-19")
    reply = office.reply(opinion)
    with refused(("closed_without_form", "closed_on"), ("closed_without_satisfaction", "closed_on")):
        office.change(office.row("opinions", opinion.id), closed_on="2026-05-19")
    reply = office.change(reply, form="phone", satisfaction="not_obtained", not_obtained_reason="unreachable")
    assert office.change(office.row("opinions", opinion.id), closed_on="2026-05-19").status == "closed"
    with refused(("closed_without_form", None)):
        office.change(reply, form="")
    with refused(("opinion_closed", "opinion")):
        office.sheet(opinion)


def test_a_new_county_matter_is_not_assigned_and_one_of_the_past_is_marked(office: Office) -> None:
    opinion = office.opinion(reception=None, heard_on="2026-01-06")
    with refused(("county_matter", "organ")):
        office.sheet(opinion, organ=office.county_organ)
    with refused(("county_matter", "co_organs")):
        office.sheet(opinion, co_organs=[office.county_organ])
    past = office.sheet(opinion, organ=office.county_organ, assigned_on="2026-01-20")
    assert past.county_past
    assert office.change(past, due="2026-03-01").county_past
    taken_over = replace(office, actor=replace(office.actor, source="import")).sheet(opinion, organ=office.county_organ)
    assert taken_over.county_past


def test_nothing_is_assigned_or_answered_before_it_was_heard(office: Office) -> None:
    opinion = office.opinion()
    with refused(("before_hearing", "assigned_on")):
        office.sheet(opinion, assigned_on="2026-05-04")
    with refused(("before_hearing", "replied_on")):
        office.reply(opinion, replied_on="2026-05-04")
    office.reply(opinion)
    with refused(("outcome_before", "heard_on")):
        office.change(office.row("opinions", opinion.id), reception=None, heard_on="2026-05-13")


def test_a_reply_answers_a_sheet_of_its_own_opinion(office: Office) -> None:
    sheet = office.sheet(office.opinion())
    with refused(("other_opinion", "assignment")):
        office.reply(office.opinion(), assignment=sheet.id)
    with refused(("parent_fixed", "opinion")):
        office.change(sheet, opinion=office.opinion().id)


def test_an_opinion_stands_anew_when_its_sheet_is_withdrawn(office: Office) -> None:
    opinion = office.opinion(handling="to_assign")
    waiting = opinion.status
    sheet = office.sheet(opinion, signed_by="王主席", signed_on="2026-05-09")
    assert office.row("opinions", opinion.id).status != waiting
    erase(replace(office.actor, roles=("head",)), "assignments", sheet.id)
    assert office.row("opinions", opinion.id).status == waiting


def test_the_only_answer_of_a_closed_opinion_cannot_be_withdrawn(office: Office) -> None:
    opinion = office.opinion(handling="answered_on_spot")
    reply = office.reply(opinion, replied_on="2026-05-05", form="in_person", answer="当面说明", satisfaction="satisfied")
    office.change(office.row("opinions", opinion.id), closed_on="2026-05-06")
    with pytest.raises(Refused):
        erase(replace(office.actor, roles=("head",)), "replies", reply.id)
    assert office.row("opinions", opinion.id).status == "closed"


def test_a_target_is_supervised_once_a_day(office: Office) -> None:
    sheet = office.sheet(office.opinion())
    record = {"supervised_on": "2026-05-15", "assignment": sheet.id, "by_whom": "主席团", "form": "phone"}
    first = office.add("supervision", **record)
    with refused(("taken", "supervised_on")):
        office.add("supervision", **record)
    assert office.change(first, form="visit").form == "visit"
    with refused(("exactly_one", "assignment")):
        office.add("supervision", **{**record, "assignment": None})


def test_what_the_office_enters_is_confirmed_and_what_a_deputy_enters_waits(office: Office) -> None:
    visit = {"visited_on": "2026-05-11", "deputy": office.deputy, "place": "东村"}
    assert office.add("visits", **visit).confirmed
    own = replace(office, actor=Actor("石春", ("deputy",), station_id=office.actor.station_id, deputy_id=office.deputy))
    entered = own.add("visits", **{**visit, "place": "西村"})
    assert not entered.confirmed
    with refused(("office_confirms", "confirmed")):
        own.change(entered, confirmed=True)
    confirmed = office.change(entered, confirmed=True)
    assert not own.change(confirmed, households=5).confirmed


@pytest.mark.parametrize("statement", [
    "UPDATE opinions SET voter_name = NULL",
    "UPDATE opinions SET voter_name = ''",
    "UPDATE opinions SET heard_on = NULL",
    "UPDATE opinions SET visit_id = 1",
    "UPDATE opinions SET explained_reason = 'unlawful'",
    "UPDATE opinions SET handling = 'to_assign', explained_reason = 'unlawful'",
    "UPDATE opinions SET referred_on = '2026-05-06'",
    "UPDATE opinions SET filed_on = '2026-05-06'",
    "UPDATE opinions SET closed_on = '2026-05-04'",
    "UPDATE opinions SET status = 'forgotten'",
    "UPDATE opinions SET co_signers = -1",
    "UPDATE assignments SET signed_by = '王主席'",
    "UPDATE assignments SET received_by = '李所长'",
    "UPDATE assignments SET returned_on = '2026-05-12'",
    "UPDATE assignments SET returned_reason = '不属本单位职责'",
    "UPDATE assignments SET due = '2026-05-07'",
    "UPDATE assignments SET number = '2026-001'",
    "UPDATE replies SET satisfaction = 'not_obtained'",
    "UPDATE replies SET not_obtained_reason = 'declined'",
    "UPDATE replies SET asked_on = '2026-05-11'",
    "UPDATE replies SET assignment_id = (SELECT max(id) FROM assignments)",
    "UPDATE suggestions SET result = 'a'",
    "UPDATE suggestions SET verdict = 'satisfied'",
    "UPDATE suggestions SET due = '2026-05-11'",
    "UPDATE supervision SET assignment_id = NULL",
    "UPDATE supervision SET suggestion_id = (SELECT max(id) FROM suggestions)",
    "UPDATE supervision SET supervised_on = '2026-05-15'",
])
def test_the_database_itself_refuses_what_the_rules_refuse(office: Office, statement: str) -> None:
    opinions = [office.opinion(), office.opinion()]
    sheets = [office.sheet(opinions[0], signed_on="2026-05-09"), office.sheet(opinions[1])]
    office.reply(opinions[0], assignment=sheets[0].id)
    office.add("visits", visited_on="2026-05-11", deputy=office.deputy, place="东村")
    office.add("suggestions", title="修缮水渠", deputy=office.deputy, submitted_on="2026-05-12", content="水渠年久失修")
    for day in ("2026-05-15", "2026-05-16"):
        office.add("supervision", supervised_on=day, assignment=sheets[0].id, by_whom="主席团", form="phone")
    with pytest.raises(IntegrityError):
        office.session.execute(text(statement))
    office.session.rollback()
