"""Whether the days off that were entered for a year are its public holidays in full.

Each year's holidays are announced as days off and weekends worked in exchange. Which days they are follows no rule; that each festival
brings some days off around its season does.
"""

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple


class Festival(NamedTuple):
    """Between which days its days off lie in every year, and how many they are at least."""

    name: str
    first: tuple[int, int]
    last: tuple[int, int]
    least: int


FESTIVALS: Final = (
    Festival("new_year", (1, 1), (1, 4), 1),
    Festival("spring", (1, 21), (2, 28), 3),
    Festival("qingming", (4, 2), (4, 7), 1),
    Festival("labour", (4, 28), (5, 6), 1),
    Festival("dragon_boat", (5, 28), (6, 28), 1),
    Festival("national", (9, 28), (10, 9), 3),
)


def missing_festivals(year: int, days_off: Collection[date]) -> list[str]:
    """The festivals of a year for which these are too few days off."""
    return [
        each.name
        for each in FESTIVALS
        if sum(date(year, *each.first) <= day <= date(year, *each.last) for day in days_off) < each.least
    ]
