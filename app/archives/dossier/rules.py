"""What follows from a record: its figures, the median of the group, missed sessions (R21), when a year is sealed (R23), what differs
from a sealed copy. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from app.core.refusals import Refusal

from .record import CATEGORIES, MISSED, Item, Record

CAME = ("present", "late")
FEWEST_PEERS = 3
"""Of a smaller group no median is shown: it would tell what another one did."""
LONGEST_NAME = 60
UNCOUNTED = ("result", "voiced")
CLOSED = ("closed", "filed")
CONTENT = ("satisfied", "mostly")
Figures = Mapping[str, float | int | None]


def figures(record: Record) -> dict[str, float | int | None]:
    """Every figure of a dossier. Each is a count of items, so each can be followed to its rows; only the rate is computed of two."""
    kinds = Counter(item.kind for item in record.items if item.category != MISSED)
    invited = [item for item in record.items if item.facts.get("invited")]
    states = Counter(str(item.facts["state"]) for item in invited)
    came = sum(states[state] for state in CAME)
    opinions = [item for item in record.items if item.kind == "opinion"]
    sessions = Counter(str(item.facts["state"]) for item in record.items if item.kind == "session")
    return {
        "invited": len(invited),
        "came": came,
        "leave": states["leave"],
        "absent": states["absent"],
        "rate": round(100 * came / len(invited), 1) if invited else None,
        "receptions": kinds["reception_day"],
        "visits": kinds["visit_entry"],
        "opinions": len(opinions),
        "closed": sum(item.facts["status"] in CLOSED for item in opinions),
        "content": sum(item.facts["satisfaction"] in CONTENT for item in opinions),
        "suggestions": kinds["suggestion"] + kinds["suggestion_joint"],
        "deeds": kinds["deed"],
        "inspections": len(record.under("inspections")),
        "reports": kinds["report"],
        "sessions": sum(sessions.values()),
        "sessions_attended": sessions["attended"],
        "speeches": kinds["speech"],
        "motions": kinds["motion"] + kinds["motion_joint"],
        **{f"of_{category}": count for category, count in category_counts(record).items()},
        "total": sum(category_counts(record).values()),
    }


def category_counts(record: Record) -> dict[str, int]:
    """Items under each heading of S11-2. What a vote gave and what was said at it belong to the report and are none of their own."""
    counted = Counter(item.category for item in record.items if item.kind not in UNCOUNTED)
    return {category: counted[category] for category in CATEGORIES}


def by_month(record: Record) -> list[dict[str, int]]:
    """The strip of the year: of each month how many items stand under each heading. What lies outside, as a report handed in after
    the year's end, stands at the strip's end nearest to it."""
    strip = [dict.fromkeys(CATEGORIES, 0) for _month in range(12)]
    for item in record.items:
        if item.category != MISSED and item.kind not in UNCOUNTED:
            day = min(max(item.day, record.first), record.last)
            strip[day.month - 1][item.category] += 1
    return strip


def by_year(record: Record) -> dict[int, dict[str, int]]:
    """The strip of a term."""
    strip = {year: dict.fromkeys(CATEGORIES, 0) for year in range(record.first.year, record.last.year + 1)}
    for item in record.items:
        if item.category != MISSED and item.kind not in UNCOUNTED:
            strip[min(max(item.day, record.first), record.last).year][item.category] += 1
    return strip


def medians(peers: Sequence[Figures]) -> dict[str, float | int]:
    """The median of each figure among the group; of whom a figure is not known (nothing to attend) does not count for it."""
    if len(peers) < FEWEST_PEERS:
        return {}
    found: dict[str, float | int] = {}
    for name in peers[0]:
        known = [value for each in peers if (value := each[name]) is not None]
        if known:
            middle = round(median(known), 1)
            found[name] = int(middle) if middle == int(middle) else middle
    return found


@dataclass(frozen=True)
class Missed:
    """Sessions of the own congress missed without approval (R21): in a row, as the regulations count, and in the whole term, as the
    law on deputies does. The program only flags; it decides nothing."""

    in_a_row: int
    in_term: int
    level: str
    """Empty, `warn` or `alarm`, by the higher of the two counts."""


def missed_sessions(states: Iterable[str], warn_from: int, alarm_from: int) -> Missed:
    """`states` are the sessions of one mandate's term in their order, empty where nothing is entered.

    A row of absences ends with a session attended, with one on approved leave, and with one of which nothing is known: what is not
    entered is held against nobody.
    """
    longest = run = whole = 0
    for state in states:
        run = run + 1 if state == "unapproved" else 0
        whole += state == "unapproved"
        longest = max(longest, run)
    most = max(longest, whole)
    return Missed(longest, whole, "alarm" if most >= alarm_from else "warn" if most >= warn_from else "")


def seal_window(year: int, from_: tuple[int, int], until: tuple[int, int]) -> tuple[date, date]:
    """First and last day of sealing a year (R23): from December on, or from January where the setting says so."""
    first = date(year, *from_) if from_ > until else date(year + 1, *from_)
    return first, date(year + 1, *until)


def may_seal(year: int, today: date, window: tuple[date, date]) -> Iterable[Refusal]:
    """Not before the year is at its end. Later than the last day it is late and marked so, never refused."""
    if today < window[0]:
        yield Refusal("seal_too_early", None, {"year": year, "first": window[0].isoformat()})


def signature(name: str, signed_on: date | None, today: date, window: tuple[date, date]) -> Iterable[Refusal]:
    """A seal names who signed, and a day of signing after the year's work was done."""
    if not name:
        yield Refusal("signer_missing", "signed_by")
    elif len(name) > LONGEST_NAME:
        yield Refusal("too_long", "signed_by", {"most": LONGEST_NAME, "now": len(name)})
    if signed_on is not None and not window[0] <= signed_on <= today:
        yield Refusal("signed_outside", "signed_on", {"first": window[0].isoformat()})


def seal_standing(sealed_on: date | None, today: date, window: tuple[date, date], soon_days: int) -> str:
    """Where one dossier of a year stands (R23): `sealed`, `late` (sealed after the last day), `ahead`, `open`, `soon`, `overdue`."""
    first, last = window
    if sealed_on is not None:
        return "sealed" if sealed_on <= last else "late"
    if today > last:
        return "overdue"
    if today < first:
        return "ahead"
    return "soon" if (last - today).days <= soon_days else "open"


@dataclass(frozen=True)
class Difference:
    """One line of an addendum: what was added, what is gone, what became another."""

    what: str
    before: Item | None
    after: Item | None

    @property
    def item(self) -> Item:
        found = self.after or self.before
        assert found is not None
        return found


def addendum(sealed: Record, now: Record) -> list[Difference]:
    """What differs between a sealed record and the ledgers of today, by day."""
    before = {item.key: item for item in sealed.items}
    after = {item.key: item for item in now.items}
    found = [Difference("added", None, item) for key, item in after.items() if key not in before]
    found += [Difference("gone", item, None) for key, item in before.items() if key not in after]
    both = ((before[key], item) for key, item in after.items() if key in before)
    found += [Difference("changed", old, item) for old, item in both if _told(old) != _told(item)]
    return sorted(found, key=lambda each: (each.item.day, each.item.ledger, each.item.row_id, each.item.kind))


def _told(item: Item) -> tuple[Any, ...]:
    return item.category, item.kind, item.day, item.title, dict(item.facts)


def changed_figures(sealed: Figures, now: Figures) -> list[tuple[str, Any, Any]]:
    """Figures that a later change moved, with what they were and are."""
    return [(name, value, now.get(name)) for name, value in sealed.items() if value != now.get(name)]
