"""What is counted of opinions, read from the database; the filters of their list put the very same conditions on its rows.

One statement gives a fact for each opinion, by the same columns that a filter compares: a figure and the list behind it cannot
disagree. Its agreement with the rules that say where an opinion stands (`app.reception.rules`) is held by a test.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, String, and_, case, cast, func, select
from sqlalchemy.orm import aliased

from app.core.dictionary.ledger import LEDGERS
from app.reception.deadlines.rules import WAITING
from app.reception.models import Opinion, Reception
from app.reception.outcomes import Assignment, Reply

from .rules import NONE, RATED, SATISFIED

_opinions: Any = Opinion
_assignments: Any = Assignment
_replies: Any = Reply
CLOSED = ("closed", "filed")


class Standing:
    """The joins from opinions to the sheet and the answer that count, and what is told of them."""

    def __init__(self, today: date, opinions: Any = _opinions, station_id: int | None = None) -> None:
        self.opinions = opinions
        self._sheets = self._of_sheets(station_id)
        self._said = self._of_replies(station_id)
        self._live: Any = aliased(Assignment)
        self._deciding: Any = aliased(Reply)
        self._reception: Any = aliased(Reception)
        self._activity: Any = aliased(LEDGERS["activities"])
        held = func.coalesce(self._activity.end, self._activity.start)
        self.month = func.substr(cast(opinions.heard_on, String), 1, 7)
        self.category = func.coalesce(opinions.category, NONE)
        self.organ = func.coalesce(self._live.organ_id, 0)
        self.village = func.coalesce(func.nullif(opinions.village, ""), NONE)
        self.handling = func.coalesce(opinions.handling, NONE)
        self.closed = opinions.status.in_(CLOSED)
        self.satisfaction = func.coalesce(self._deciding.satisfaction, NONE)
        self.ended = func.coalesce(func.date(held, type_=Date), opinions.heard_on, type_=Date)
        self.first_signed = self._sheets.c.first_signed
        self.signed = self._live.signed_on
        self.answered = self._said.c.first_day
        unanswered = and_(self._live.due < today, self.answered.is_(None), ~self.closed)
        unsigned = and_(opinions.assign_due < today, opinions.assign_signed_on.is_(None), opinions.status.in_(WAITING))
        self.overdue = case((unanswered, "answer"), (unsigned, "assign"), else_="")
        self.due = case((unanswered, self._live.due), else_=opinions.assign_due)

    @staticmethod
    def _of_sheets(station_id: int | None) -> Any:
        open_round = case((_assignments.returned_on.is_(None), _assignments.round))
        columns = (func.min(_assignments.signed_on).label("first_signed"), func.max(open_round).label("live_round"))
        statement = select(_assignments.opinion_id, *columns).group_by(_assignments.opinion_id)
        return (statement if station_id is None else statement.where(_assignments.station_id == station_id)).subquery()

    @staticmethod
    def _of_replies(station_id: int | None) -> Any:
        sheet = func.coalesce(_replies.assignment_id, 0)
        columns = (sheet.label("sheet"), func.max(_replies.round).label("last_round"), func.min(_replies.replied_on).label("first_day"))
        statement = select(_replies.opinion_id, *columns).group_by(_replies.opinion_id, sheet)
        return (statement if station_id is None else statement.where(_replies.station_id == station_id)).subquery()

    def join(self, statement: Any) -> Any:
        """The statement over opinions with everything that the columns above read."""
        opinions, sheets, live, said, deciding = self.opinions, self._sheets, self._live, self._said, self._deciding
        return (
            statement.outerjoin(sheets, sheets.c.opinion_id == opinions.id)
            .outerjoin(live, and_(live.opinion_id == sheets.c.opinion_id, live.round == sheets.c.live_round))
            .outerjoin(said, and_(said.c.opinion_id == opinions.id, said.c.sheet == func.coalesce(live.id, 0)))
            .outerjoin(deciding, and_(deciding.opinion_id == said.c.opinion_id, deciding.round == said.c.last_round))
            .outerjoin(self._reception, self._reception.id == opinions.reception_id)
            .outerjoin(self._activity, self._activity.id == self._reception.activity_id)
        )

    def facts(self) -> tuple[Any, ...]:
        """The columns of a `rules.Fact`, in its order."""
        return (
            self.month, self.category, self.organ, self.village, self.opinions.station_id, self.handling, self.closed, self.satisfaction,
            self.overdue, self.ended, self.first_signed, self.signed, self.answered,
        )

    def measure(self, code: str) -> Any:
        """The condition of a measure's code; None where there is no such measure."""
        kind, _dash, value = code.partition("-")
        values = {"handling": self.handling, "satisfaction": self.satisfaction, "overdue": self.overdue}
        if value and kind in values:
            return values[kind] == value
        if value:
            return None
        conditions = {
            "closed": self.closed,
            "open": ~self.closed,
            "content": self.satisfaction.in_(SATISFIED),
            "rated": self.satisfaction.in_(RATED),
            "overdue": self.overdue != "",
            "signed": self.first_signed.is_not(None),
            "answered": and_(self.signed.is_not(None), self.answered.is_not(None)),
        }
        return conditions.get(kind)

    def part(self, code: str) -> Any:
        """The condition of one part, written `organ:12`; None where there is no such part."""
        name, _colon, value = code.partition(":")
        if name in ("organ", "station"):
            whole = value.isdecimal() and len(value) < 10
            return ({"organ": self.organ, "station": self.opinions.station_id}[name] == int(value)) if whole else None
        column = {"month": self.month, "category": self.category, "village": self.village}.get(name)
        return None if column is None or not value else column == value[:100]


def behind(today: date, part: str = "", measure: str = "") -> Any:
    """A predicate over opinions: those that a figure counts. None where the codes make no sense."""
    opinions: Any = aliased(Opinion)
    standing = Standing(today, opinions)
    wanted = [standing.part(part)] if part else []
    wanted += [standing.measure(measure)] if measure else []
    if any(each is None for each in wanted):
        return None
    return _opinions.id.in_(standing.join(select(opinions.id).select_from(opinions)).where(*wanted))
