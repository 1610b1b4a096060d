"""What a dossier is made of, as plain values: a person with offices, and what the ledgers hold of a period.

Values are kept as codes and days, never as words on a screen: a copy that was sealed stays comparable when labels are worded anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

FORMAT = 1
"""Of the sealed copy; a later shape of records gets the next number."""
CATEGORIES = ("people", "opinions", "deeds", "inspections", "reporting", "other")
"""The six headings of S11-2, in its order."""
MISSED = "missed"
"""Under which activities stand that a deputy was invited to and did not attend: shown and counted, but under none of the six."""


@dataclass(frozen=True)
class Item:
    """One row of a ledger that tells something of the person. `facts` hold what became of it, as codes and numbers."""

    category: str
    kind: str
    ledger: str
    row_id: int
    day: date
    title: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, int]:
        """What makes it the same item in two readings, whether the deputy came or not; a motion led and one signed along are two."""
        return "activity" if self.ledger == "activities" else self.kind, self.ledger, self.row_id


@dataclass(frozen=True)
class Office:
    """A mandate as it stood when read."""

    mandate_id: int
    level: str
    term: str
    constituency: str
    certificate: str
    state: str


@dataclass(frozen=True)
class Person:
    """Who it is. Nothing here is masked for anyone who may read the dossier."""

    deputy_id: int
    station_id: int
    uid: str
    name: str
    sex: str
    nation: str
    unit: str
    group_id: int | None
    group: str
    order: tuple[bool, int, str, int]
    """The place in the official order of names."""
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True)
class Session:
    """A session of the own congress up to the period's end; `state` is empty where nothing is entered."""

    mandate_id: int
    session_id: int
    day: date
    name: str
    state: str


@dataclass(frozen=True)
class Record:
    """A person's period."""

    person: Person
    first: date
    last: date
    items: tuple[Item, ...] = ()
    sessions: tuple[Session, ...] = ()
    waiting: int = 0
    """Own entries that the office has not confirmed: they count nowhere."""

    def under(self, category: str) -> list[Item]:
        return [item for item in self.items if item.category == category]


def packed(record: Record) -> dict[str, Any]:
    """As JSON keeps it."""
    kept = asdict(record)
    for each in (kept, *kept["items"], *kept["sessions"]):
        each.update({name: value.isoformat() for name, value in each.items() if isinstance(value, date)})
    return {"format": FORMAT, **kept}


def unpacked(kept: Mapping[str, Any]) -> Record:
    """The record of a copy. Raises KeyError, TypeError, ValueError where it is none."""
    if kept["format"] != FORMAT:
        raise ValueError(f"format {kept['format']}")
    person = kept["person"]
    offices = tuple(Office(**each) for each in person["offices"])
    return Record(
        person=Person(**{**person, "order": tuple(person["order"]), "offices": offices}),
        first=date.fromisoformat(kept["first"]),
        last=date.fromisoformat(kept["last"]),
        items=tuple(Item(**{**each, "day": date.fromisoformat(each["day"])}) for each in kept["items"]),
        sessions=tuple(Session(**{**each, "day": date.fromisoformat(each["day"])}) for each in kept["sessions"]),
        waiting=kept["waiting"],
    )
