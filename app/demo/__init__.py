"""One living county for looking round: three stations and two years of their work, written as people would write it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_appbuilder.security.sqla.models import User
from flask_babel import force_locale
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import program
from app.core.database import db, write_transaction
from app.core.dictionary.ledger import LEDGERS
from app.reception.rota.services import make as make_rota

from .accounts import AccountMade, make_accounts
from .activities import Activities
from .archives import Archives
from .congress import Congress, call_shared_sessions
from .county import County
from .diary import Diary
from .gatherings import Gatherings
from .opinions import Opinions
from .people import FULL_HOUSE, Office
from .places import PLACES
from .reception import Receptions
from .review import Reviews
from .work import Work

__all__ = ["AccountMade", "NotEmpty", "Scale", "fill"]


class NotEmpty(Exception):
    """There is an account or a station: the demo fills an empty database only."""


@dataclass(frozen=True)
class Scale:
    """How much of a county."""

    months: int = 24
    deputies: int = FULL_HOUSE
    stations: int = len(PLACES)


FULL = Scale()


def fill(password: str | None, seed: int = 20261111, scale: Scale = FULL) -> list[AccountMade]:
    """Write the county up to today; the same seed and date give the same rows. Raises NotEmpty. Inside an app context."""
    today = clock.today()
    _refuse_filled(db.session())
    with force_locale("zh"):
        diary = Diary(_months_before(today, scale.months), today)
        county = County(diary, seed)
        offices = [Office(diary, place, county, seed, scale.deputies) for place in PLACES[: scale.stations]]
        diary.at(diary.moment, lambda: county.open(PLACES[: scale.stations]))
        diary.at(diary.moment, lambda: _begin(diary, county, offices))
        diary.play()
        for office in offices:
            station_id = county.stations[office.place.name]
            make_rota(program(station_id, "demo", office.people["head"]), station_id, today.year + 1)
        with write_transaction(db.session) as session:
            return make_accounts(session, offices, password)


def _refuse_filled(session: Session) -> None:
    stations = LEDGERS["stations"]
    if session.scalar(select(func.count()).select_from(User)) or session.scalar(select(func.count()).select_from(stations)):
        raise NotEmpty


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))


def _begin(diary: Diary, county: County, offices: list[Office]) -> None:
    """The first day: people are entered, and all that is to come is put down."""
    county.adjust_workdays()
    months = _months(diary)
    congresses = []
    for office in offices:
        office.open()
        congresses.append(_put_down(office, months))
        office.change_mandates()
    for year in sorted({year for year, _month in months}):
        call_shared_sessions(offices, congresses, year)


def _months(diary: Diary) -> list[tuple[int, int]]:
    """Every month of the span and the one after it, of which some is known already."""
    first, last = diary.begin.year * 12 + diary.begin.month - 1, diary.today.year * 12 + diary.today.month
    return [(number // 12, number % 12 + 1) for number in range(first, last + 1)]


def _put_down(office: Office, months: list[tuple[int, int]]) -> Congress:
    gatherings = Gatherings(office)
    activities, opinions = Activities(office, gatherings), Opinions(office)
    receptions, reviews = Receptions(office, gatherings, opinions), Reviews(office, gatherings)
    archives, work, congress = Archives(office, gatherings), Work(office, gatherings), Congress(office)
    for year in sorted({year for year, _month in months}):
        work.plan_year(year)
        reviews.collect_reports(year)
        for half in (1, 7):
            receptions.plan_visits(date(year, half, 2), date(year, half + 5, 28))
    reviews.prepare_today()
    for year, month in months:
        receptions.plan_month(year, month)
        receptions.plan_deeds(year, month)
        receptions.plan_suggestions(year, month)
        activities.plan_month(year, month)
        reviews.plan_meeting(year, month)
        archives.plan_month(year, month)
        work.plan_month(year, month)
        congress.convene(year, month)
    return congress
