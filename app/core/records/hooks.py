"""What an area does besides when one of its rows is written or erased, in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..dictionary.ledger import Ledger

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from .saving import Writing

Values = dict[str, Any]


@dataclass
class Saving:
    """One row on its way into the ledger, as an area's hooks see it: `values` may be completed before, `row` is there after."""

    writing: Writing
    model: type[Ledger]
    values: Values
    before: Values
    station_id: int | None
    row: Ledger

    @property
    def is_new(self) -> bool:
        return not self.before

    def changed(self, *names: str) -> bool:
        return any(self.values.get(name) != self.before.get(name) for name in names)


Hook = Callable[[Saving], None]
Guard = Callable[["Session", Any], None]
before: dict[str, list[Hook]] = defaultdict(list)
after: dict[str, list[Hook]] = defaultdict(list)
erased: dict[str, list[Hook]] = defaultdict(list)
erasing: dict[str, list[Guard]] = defaultdict(list)
returning: dict[str, list[Hook]] = defaultdict(list)
detaching: dict[str, list[Guard]] = defaultdict(list)


def before_saving(*keys: str) -> Callable[[Hook], Hook]:
    """Register a service that completes or refuses a row before it is written."""

    def register(hook: Hook) -> Hook:
        for key in keys:
            before[key].append(hook)
        return hook

    return register


def after_saving(*keys: str) -> Callable[[Hook], Hook]:
    """Register a service that writes what follows from a row, in the same transaction."""

    def register(hook: Hook) -> Hook:
        for key in keys:
            after[key].append(hook)
        return hook

    return register


def before_erasing(*keys: str) -> Callable[[Guard], Guard]:
    """Register a service that refuses a row's deletion because of what is no ledger and therefore no reference to it; also where the
    row goes along with another one."""

    def register(guard: Guard) -> Guard:
        for key in keys:
            erasing[key].append(guard)
        return guard

    return register


def before_detaching(*keys: str) -> Callable[[Guard], Guard]:
    """Register a service that refuses the removal of one of a row's attachments; it is given the attachment."""

    def register(guard: Guard) -> Guard:
        for key in keys:
            detaching[key].append(guard)
        return guard

    return register


def after_erasing(*keys: str) -> Callable[[Hook], Hook]:
    """Register a service that writes what follows from a row's deletion, in the same transaction; `saving.before` holds its values."""

    def register(hook: Hook) -> Hook:
        for key in keys:
            erased[key].append(hook)
        return hook

    return register


def before_restoring(*keys: str) -> Callable[[Hook], Hook]:
    """Register a service that refuses a row's return from the recycle bin because of what was written meanwhile. It sees the row
    as a new one, its parents are there again, and what it completes is not kept: the row comes back as it was.

    What follows from a row being there (`after_saving`) follows from its return too.
    """

    def register(hook: Hook) -> Hook:
        for key in keys:
            returning[key].append(hook)
        return hook

    return register
