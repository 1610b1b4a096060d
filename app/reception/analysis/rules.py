"""Pure figures of a period's opinions: how many, handled how, how fast, how satisfied, what is overdue.

Nothing here reads a row: facts come as tuples, one for each opinion, and what is made of them is made column by column, so that a
hundred thousand opinions are counted while a page is waited for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

NONE: Final = "-"
"""Stands for what was left empty."""
FIRST_YEAR, LAST_YEAR = 1950, 2100
SATISFIED: Final = ("satisfied", "mostly")
RATED: Final = (*SATISFIED, "dissatisfied")
_DAY: Final = timedelta(days=1)


class Fact(NamedTuple):
    """What is counted of one opinion. The sheet that counts is the last one that did not come back; the answer that counts is the
    last one to it, or where there is no sheet the last one given without."""

    month: str
    category: str
    organ: int
    """Of the sheet that counts; 0 where there is none."""
    village: str
    station: int
    handling: str
    closed: bool
    satisfaction: str
    overdue: str
    """`assign`: not signed within its working days; `answer`: not answered by the day on its sheet; empty: neither."""
    ended: date
    """Last day of the reception, or the day it was heard (R09)."""
    first_signed: date | None
    """The first signing stops the clock, whatever came back later (R09)."""
    signed: date | None
    """When the sheet that counts was signed."""
    answered: date | None
    """The first answer to it."""


DIMENSIONS: Final = ("month", "category", "organ", "village", "station")


@dataclass(frozen=True)
class Spread:
    """Working days of some opinions: of how many, and the middle one."""

    count: int = 0
    median: float | None = None


@dataclass(frozen=True)
class Tally:
    """What some opinions come to. Each mapping's figures sum to `received`."""

    received: int = 0
    handling: Mapping[str, int] = field(default_factory=dict)
    closed: int = 0
    satisfaction: Mapping[str, int] = field(default_factory=dict)
    overdue: Mapping[str, int] = field(default_factory=dict)
    to_sign: Spread = Spread()
    to_answer: Spread = Spread()

    @property
    def content(self) -> int:
        return sum(self.satisfaction.get(each, 0) for each in SATISFIED)

    @property
    def rated(self) -> int:
        return sum(self.satisfaction.get(each, 0) for each in RATED)

    @property
    def late(self) -> int:
        return sum(count for kind, count in self.overdue.items() if kind)

    def figure(self, which: str) -> int:
        """The figure behind a measure's code, as the list's filter has it."""
        kind, _dash, value = which.partition("-")
        match kind:
            case "handling" | "satisfaction":
                counts: Mapping[str, int] = getattr(self, kind)
                return counts.get(value, 0)
            case "overdue":
                return self.overdue.get(value, 0) if value else self.late
            case "closed" | "content" | "rated":
                return int(getattr(self, kind))
            case "open":
                return self.received - self.closed
            case "signed":
                return self.to_sign.count
            case "answered":
                return self.to_answer.count
        return self.received


@dataclass(frozen=True)
class Figures:
    """A whole, and its parts by each dimension."""

    whole: Tally
    parts: Mapping[str, Mapping[Any, Tally]]


def median(counts: Mapping[int, int]) -> float | None:
    """The middle of values given as value -> how often; between the two middle ones where there is no single one."""
    total = sum(counts.values())
    if not total:
        return None
    low, high = (total - 1) // 2, total // 2
    seen = 0
    found: list[int] = []
    for value in sorted(counts):
        seen += counts[value]
        if not found and seen > low:
            found.append(value)
        if seen > high:
            found.append(value)
            break
    return sum(found) / 2


def share(part: int, whole: int) -> float | None:
    """Per cent, to one place; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def working_days(pairs: Iterable[tuple[date | None, date | None]], is_workday: Callable[[date], bool]) -> list[int | None]:
    """Working days after the first day up to and with the second; 0 where that came first, None where one is missing."""
    wanted = list(pairs)
    days = {day for pair in wanted if None not in pair for day in pair if day is not None}
    if not days:
        return [None] * len(wanted)
    upto, worked = {}, 0
    day, last = min(days), max(days)
    while day <= last:
        worked += is_workday(day)
        upto[day] = worked
        day += _DAY
    return [None if start is None or end is None else max(0, upto[end] - upto[start]) for start, end in wanted]


def figures(facts: Sequence[Fact], is_workday: Callable[[date], bool]) -> Figures:
    """Everything that is said of these opinions."""
    if not facts:
        return Figures(Tally(), {name: {} for name in DIMENSIONS})
    columns = dict(zip(Fact._fields, zip(*facts, strict=True), strict=True))
    to_sign = working_days(zip(columns["ended"], columns["first_signed"], strict=True), is_workday)
    to_answer = working_days(zip(columns["signed"], columns["answered"], strict=True), is_workday)
    told = [columns[name] for name in ("handling", "closed", "satisfaction", "overdue")]
    parts = {name: _parts(columns[name], told, to_sign, to_answer) for name in DIMENSIONS}
    everything = [""] * len(facts)
    return Figures(_parts(everything, told, to_sign, to_answer)[""], parts)


def _parts(
    keys: Sequence[Any], told: Sequence[Sequence[Any]], to_sign: Sequence[int | None], to_answer: Sequence[int | None]
) -> dict[Any, Tally]:
    counted: dict[Any, list[Counter[Any]]] = {}
    for (key, *values), count in Counter(zip(keys, *told, strict=True)).items():
        for counter, value in zip(counted.setdefault(key, [Counter() for _each in told]), values, strict=True):
            counter[value] += count
    signing, answering = _spreads(keys, to_sign), _spreads(keys, to_answer)
    return {
        key: Tally(
            received=handling.total(),
            handling=dict(handling),
            closed=closed[True],
            satisfaction=dict(satisfaction),
            overdue=dict(overdue),
            to_sign=signing.get(key, Spread()),
            to_answer=answering.get(key, Spread()),
        )
        for key, (handling, closed, satisfaction, overdue) in counted.items()
    }


def _spreads(keys: Sequence[Any], days: Sequence[int | None]) -> dict[Any, Spread]:
    counted: dict[Any, Counter[int]] = {}
    for (key, value), count in Counter(zip(keys, days, strict=True)).items():
        if value is not None:
            counted.setdefault(key, Counter())[value] += count
    return {key: Spread(counter.total(), median(counter)) for key, counter in counted.items()}


class Waiting(NamedTuple):
    """One opinion or suggestion that is overdue now: why, with which organ (0: with the office itself), and the last day it had."""

    overdue: str
    organ: int
    due: date


@dataclass(frozen=True)
class Late:
    """What is overdue with one of those it waits for."""

    overdue: str
    organ: int
    count: int
    oldest: date


def overdue_with(waiting: Iterable[Waiting]) -> list[Late]:
    """By whom it waits for; what waits longest first."""
    found: dict[tuple[str, int], list[date]] = {}
    for each in waiting:
        found.setdefault((each.overdue, each.organ), []).append(each.due)
    late = [Late(overdue, organ, len(days), min(days)) for (overdue, organ), days in found.items()]
    return sorted(late, key=lambda each: (each.oldest, each.overdue, each.organ))


@dataclass(frozen=True)
class Period:
    """The days an opinion may have been heard on; both belong to it."""

    first: date
    last: date

    @property
    def kind(self) -> str:
        """year, quarter or month where it is one whole; else free."""
        after = self.last + _DAY
        if self.first.day != 1 or after.day != 1:
            return "free"
        months = (after.year - self.first.year) * 12 + after.month - self.first.month
        if months == 12 and self.first.month == 1:
            return "year"
        if months == 3 and self.first.month % 3 == 1:
            return "quarter"
        return "month" if months == 1 else "free"

    @property
    def quarter(self) -> int:
        return (self.first.month + 2) // 3

    def months(self) -> list[str]:
        """All its months, those without an opinion too, so that a gap is seen; None are made up for a period without measure."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        start = self.first.year * 12 + self.first.month - 1
        return [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(start, start + count)] if count <= MOST_MONTHS else []

    def moved(self, by: int) -> Period | None:
        """The one before (-1) or after (1) of the same kind; None where a free period has no neighbour or the years run out."""
        lengths = {"year": 12, "quarter": 3, "month": 1}
        if self.kind not in lengths:
            return None
        return _span(self.first.year * 12 + self.first.month - 1 + by * lengths[self.kind], lengths[self.kind])


MOST_MONTHS: Final = 60


def _span(month: int, count: int) -> Period | None:
    """So many months from a month on, months counted from year 0."""
    if not FIRST_YEAR <= month // 12 <= LAST_YEAR - 1:
        return None
    after = month + count
    return Period(date(month // 12, month % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - _DAY)


def whole_year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def periods_about(today: date) -> dict[str, Period]:
    """The year, the quarter and the month of a day."""
    month = today.year * 12 + today.month - 1
    found = {"year": whole_year(today.year), "quarter": _span(month - month % 3, 3), "month": _span(month, 1)}
    return {name: period for name, period in found.items() if period is not None}


def period_of(first: date | None, last: date | None, today: date) -> Period | None:
    """What an address asks for: this year where it says nothing; None where the days are the wrong way round or out of all years."""
    if first is None and last is None:
        return whole_year(today.year)
    first = first or date((last or today).year, 1, 1)
    last = last or date(first.year, 12, 31)
    sensible = first.year >= FIRST_YEAR and last.year <= LAST_YEAR
    return Period(first, last) if first <= last and sensible else None
