"""Which points a round of the past had to look at: those that were set then. A point set in June leaves May's rounds whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.work.services import Past, past_of, setting

POINTS = "archive_check_points"


@dataclass(frozen=True)
class Asked:
    """The points set now, and what was set before."""

    now: tuple[str, ...]
    past: Past

    def whole(self, judged: Collection[str], day: date) -> bool:
        """Every point was looked at that was set on that day, or that is set now: sheets from before the program knew its points."""
        return set(self.now) <= set(judged) or set(self.past.on(day)) <= set(judged)

    def columns(self, last: date, judged: Iterable[str]) -> tuple[str, ...]:
        """The points of the sheet of a month that ends with this day: a point set later stands there only if it was looked at."""
        then = {*self.past.on(last), *judged}
        return tuple(point for point in self.now if point in then) or self.now


def asked_of(session: Session, station_id: int | None) -> Asked:
    return Asked(setting(session, station_id, POINTS), past_of(session, station_id, POINTS))
