"""The dictionary's entry for one ledger: what it is, whose rows they are, what makes two rows the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..refusals import Refusal
from .roles import Access


class Scope(StrEnum):
    STATION = "station"
    """Rows of one station; another station's rows do not exist for you."""
    SHARED = "shared"
    """Kept by the county, read by all."""
    EITHER = "either"
    """A station's own rows and, with an empty station, the county's."""


class Subject(StrEnum):
    """Whose personal data a ledger holds; roles differ in what they see of each."""

    OFFICIAL = "official"
    VOTER = "voter"


@dataclass(frozen=True)
class OneToOne:
    """The ledger shares life, date and place with one row of its parent and has none of its own.

    `field` is the reference to the parent, `fixed` what the parent's columns must hold,
    `shown` the parent's columns edited on this ledger's page.
    """

    field: str
    shown: tuple[str, ...]
    fixed: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One ledger of the dictionary; its key is the model's `__tablename__`."""

    label: Any
    one: Any
    """What one row is called: 新增<one>."""
    articles: tuple[str, ...]
    access: Access
    key: tuple[str, ...]
    """Fields that make two rows the same, within the scope."""
    title: tuple[str, ...]
    """Fields that name a row wherever it is referred to; never personal ones unless masked there."""
    month: str = ""
    """Path to the date that puts a row into a month; empty for master data."""
    owned_by: str = ""
    """Reference to the parent with whose life this row's ends."""
    one_to_one: OneToOne | None = None
    deputy: str = ""
    """Path to the deputy the row is about: own rows of a deputy, tabs of a deputy's page."""
    also_under: tuple[str, ...] = ()
    """Paths to rows further up on whose pages these rows stand too: supervision of an assignment under its opinion."""
    group: str = ""
    """Path to the deputy group, where it does not follow from the deputy."""
    subject: Subject = Subject.OFFICIAL
    confidential: str = ""
    """A yes/no field that asks for the person's name to be kept from lists."""
    ordered: tuple[tuple[str, str], ...] = ()
    """Pairs of dates of which the second is never earlier."""
    exactly_one: tuple[str, ...] = ()
    """Fields of which exactly one is filled in."""
    check: Callable[[Mapping[str, Any]], Iterable[Refusal]] | None = None
    """The ledger's own pure rule: column values -> refusals."""
    derive: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    """Columns that follow from other columns: values -> derived values."""
    newest_first: bool = True
    order: str = ""
    """Path the list is sorted by unless asked otherwise; empty: the month's date, else the key."""
