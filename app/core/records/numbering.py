"""Numbers that run without gaps per station, series and year, also under two clerks at once."""

from __future__ import annotations

from flask_appbuilder import Model
from sqlalchemy import Integer, PrimaryKeyConstraint, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from ..dictionary.columns import bytewise


class Counter(Model):
    """The last number given out in a series. Its row is locked until the transaction that took a number ends, so a
    rolled back one leaves no gap and two at once wait for each other."""

    __tablename__ = "counters"
    __table_args__ = (PrimaryKeyConstraint("station_id", "series", "year", name="pk_counters"),)
    station_id: Mapped[int] = mapped_column(Integer, nullable=False, autoincrement=False)
    series: Mapped[str] = mapped_column(bytewise(80), nullable=False)
    year: Mapped[int] = mapped_column(Integer, nullable=False, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer, nullable=False)


def next_number(session: Session, station_id: int, series: str, year: int) -> int:
    """The next number of the series, from 1."""
    row = {"station": station_id, "series": series, "year": year}
    session.execute(
        text("INSERT INTO counters (station_id, series, year, last) VALUES (:station, :series, :year, 0) ON CONFLICT DO NOTHING"), row
    )
    taken = session.execute(
        text("UPDATE counters SET last = last + 1 WHERE station_id = :station AND series = :series AND year = :year RETURNING last"), row
    )
    return int(taken.scalar_one())


def keep_up(session: Session, station_id: int, series: str, year: int, used: int) -> None:
    """A number that came along from paper moves the series on, so that the next one is free."""
    row = {"station": station_id, "series": series, "year": year, "used": used}
    session.execute(
        text(
            "INSERT INTO counters (station_id, series, year, last) VALUES (:station, :series, :year, :used) "
            "ON CONFLICT (station_id, series, year) DO UPDATE SET last = CASE WHEN counters.last < :used THEN :used ELSE counters.last END"
        ),
        row,
    )
