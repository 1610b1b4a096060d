"""The one clock. Business dates are naive Asia/Shanghai, audit is UTC; tests and the demo set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OFFICE = ZoneInfo("Asia/Shanghai")
_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def utc_now() -> datetime:
    """Now, naive UTC, as audit columns keep it."""
    return (_set.get() or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)


def now() -> datetime:
    """Now at the office, naive, to the second."""
    return (_set.get() or datetime.now(UTC)).astimezone(OFFICE).replace(tzinfo=None, microsecond=0)


def today() -> date:
    """Today at the office."""
    return now().date()


def to_office(moment: datetime) -> datetime:
    """A naive UTC moment as the office's wall clock shows it."""
    return moment.replace(tzinfo=UTC).astimezone(OFFICE).replace(tzinfo=None)


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Set the clock to an office time (naive) or to any aware moment."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=OFFICE)
    token = _set.set(aware)
    try:
        yield
    finally:
        _set.reset(token)


def milliseconds(moment: datetime) -> int:
    """A naive UTC moment as a device's clock counts."""
    return int(moment.replace(tzinfo=UTC).timestamp() * 1000)
