"""The demo county: every ledger alive, the same for one seed and date, never over somebody's data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import clock_at
from app.core.database import db
from app.core.dictionary.entry import Scope
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import ROLES
from app.demo import NotEmpty, Scale, fill
from app.demo.county import County
from app.demo.diary import Diary
from app.demo.people import FULL_HOUSE, Office
from app.demo.places import PLACES
from tests.support.databases import Scene, put_back

SMALL = Scale(months=4, deputies=8)
TODAY = datetime(2026, 3, 9, 9)
"""Four months with the turn of the year in them: sessions of both congresses, reports, a review."""


def filled(app: Flask, scale: Scale = SMALL, seed: int = 1) -> None:
    with app.app_context(), clock_at(TODAY):
        fill("password1", seed, scale)


@pytest.fixture
def scene() -> Scene:
    return Scene("small demo", filled)


def rows(key: str) -> list[tuple[Any, ...]]:
    """Every row's columns but those that are new each time."""
    model: Any = LEDGERS[key]
    columns = [column for column in model.__table__.c if column.name not in ("uid", "changed_at")]
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(model.id))]


def test_every_ledger_has_rows_in_every_station(session: Any) -> None:
    stations = set(session.scalars(select(LEDGERS["stations"].id)))
    assert len(stations) == 3
    street = session.scalars(select(LEDGERS["stations"].id).where(LEDGERS["stations"].kind == "street")).one()
    for key, model in LEDGERS.items():
        if model.scope is Scope.SHARED or key == "stations":
            assert rows(key), key
            continue
        found = set(session.scalars(select(model.station_id)))
        wanted = stations - {street} if key in ("terms", "congress_sessions") else stations
        assert wanted <= found, key


def test_nothing_is_dated_after_today_but_what_lies_ahead(session: Any) -> None:
    for key, model in LEDGERS.items():
        assert all(moment.date() <= TODAY.date() for moment in session.scalars(select(model.created_at))), key
    activities: Any = LEDGERS["activities"]
    assert not session.scalars(select(activities.id).where(activities.start > TODAY, activities.status == "held")).all()
    assert session.scalars(select(activities.id).where(activities.start > TODAY, activities.status == "planned")).all()


def test_opinions_stand_in_many_ways(session: Any) -> None:
    opinions: Any = LEDGERS["opinions"]
    assert len(set(session.scalars(select(opinions.status)))) >= 4
    assert len(set(session.scalars(select(opinions.handling)))) >= 4


def test_a_meeting_of_today_waits_to_be_held(session: Any) -> None:
    activities, meetings, voters = (LEDGERS[key] for key in ("activities", "review_meetings", "voter_representatives"))
    found = session.scalars(
        select(meetings.id).join(activities, activities.id == meetings.activity_id).where(activities.start > TODAY,
            activities.start < TODAY.replace(hour=23), meetings.stage == "preparing")).all()
    assert found
    listed = session.scalars(select(voters.signed_in).where(voters.meeting_id == found[0])).all()
    assert (len(listed), any(listed)) == (36, False)


def test_one_deputy_of_each_station_missed_a_session(session: Any) -> None:
    attendance: Any = LEDGERS["congress_attendance"]
    missed = session.scalars(select(attendance.station_id).where(attendance.state == "unapproved")).all()
    assert len(missed) == len(set(missed)) == 3


def test_a_database_in_use_is_refused(session: Any) -> None:
    before = rows("stations")
    with pytest.raises(NotEmpty):
        fill("password1", 1, SMALL)
    assert rows("stations") == before


def test_each_role_has_an_account_that_signs_in(app: Flask) -> None:
    for username in ("admin", "county", *(f"{role}{number}" for role in ROLES if role not in ("admin", "county") for number in (1, 2, 3))):
        client = app.test_client()
        answer = client.post("/login/", data={"username": username, "password": "password1"})
        assert answer.status_code == 302, username
        assert client.get("/").status_code == 200, username


class TestOnAnEmptyDatabase:
    @pytest.fixture
    def scene(self) -> Scene:
        return Scene("migrated", lambda app: None)

    def test_the_same_seed_and_date_give_the_same_rows(self, app: Flask, store: Any) -> None:
        scale = Scale(months=1, deputies=8, stations=1)
        seen = []
        for seed in (7, 7, 8):
            put_back(app, store, "migrated")
            with app.app_context():
                filled(app, scale, seed)
                seen.append({key: rows(key) for key in LEDGERS})
        assert seen[0] == seen[1]
        assert seen[0] != seen[2]

    def test_passwords_are_random_unless_given(self, app: Flask) -> None:
        with app.app_context(), clock_at(TODAY):
            made = fill(None, 1, Scale(months=1, deputies=8, stations=1))
        assert len({account.password for account in made}) == len(made) == 8
        assert all(len(account.password) >= 12 for account in made)

    @pytest.mark.both_databases
    def test_a_month_is_written_without_a_refusal(self, app: Flask) -> None:
        with app.app_context(), clock_at(TODAY):
            fill("password1", 2, Scale(months=1, deputies=10, stations=3))
            assert rows("opinions")

    def test_the_full_house_has_63_mandates_of_the_near_level_and_13_of_the_far(self, app: Flask) -> None:
        diary = Diary(date(2026, 3, 8), TODAY.date())
        county = County(diary, 1)
        diary.at(diary.moment, lambda: county.open(PLACES))
        for place in PLACES:
            diary.at(diary.moment, Office(diary, place, county, 1, FULL_HOUSE).open)
        with app.app_context(), clock_at(TODAY):
            diary.play()
            mandates, terms = LEDGERS["mandates"], LEDGERS["terms"]
            held: dict[tuple[int, str], set[int]] = {}
            for station, level, deputy in db.session.execute(
                select(mandates.station_id, terms.level, mandates.deputy_id).join(terms, terms.id == mandates.term_id)
            ):
                held.setdefault((station, level), set()).add(deputy)
            for station in (1, 2):
                assert (len(held[station, "county"]), len(held[station, "township"]), len(held[station, "city"])) == (13, 63, 2)
                assert len(held[station, "county"] & held[station, "township"]) == 2
            assert (len(held[3, "city"]), len(held[3, "county"]), len(held[3, "province"])) == (13, 63, 2)
            assert len(rows("deputies")) == 3 * FULL_HOUSE


def test_every_month_has_its_rows(session: Any) -> None:
    """Months between have receptions, visits, checks and reports."""
    months = {date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)}
    for key, column in (("opinions", "heard_on"), ("visits", "visited_on"), ("archive_files", "filed_on"), ("bulletins", "sent_on")):
        found = {day.replace(day=1) for day in session.scalars(select(getattr(LEDGERS[key], column)))}
        assert months <= found, key
