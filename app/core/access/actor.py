"""Who is doing it: roles, station, deputy, and what follows from them for each ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from ..dictionary.entry import Subject
from ..dictionary.ledger import LEDGERS
from ..dictionary.masks import Sight
from ..dictionary.roles import ROLES, Reach, Verb

_WIDTH = {Reach.SELF: 0, Reach.GROUP: 1, Reach.STATION: 2, Reach.ALL: 3}
_CLARITY = {Sight.HIDDEN: 0, Sight.MASKED: 1, Sight.CLEAR: 2}


@dataclass(frozen=True)
class Actor:
    """An account at work. `station_id` None: all stations; one that belongs to all may look at a single one, `home_id` says
    where it belongs. Permissions follow from the roles, never from a name."""

    name: str
    roles: tuple[str, ...]
    account_id: int | None = None
    station_id: int | None = None
    home_id: int | None = None
    deputy_id: int | None = None
    convened_groups: tuple[int, ...] = ()
    source: str = field(default="web", compare=False)

    def may(self, key: str, verb: Verb | str) -> bool:
        return bool(_granting(self.roles, key, Verb(verb)))

    def reach(self, key: str, verb: Verb) -> Reach | None:
        """The widest reach among the roles that grant the verb; None where none does."""
        return _reach(self.roles, key, verb)

    def sight(self, key: str) -> Sight:
        """How this actor sees the ledger's personal data: what the roles of the widest reach see (a convenor who is a
        deputy too sees the group's phones masked, though the own one would be clear)."""
        return _sight(self.roles, key)

    @property
    def sees_all_stations(self) -> bool:
        return self.station_id is None


@cache
def _granting(roles: tuple[str, ...], key: str, verb: Verb) -> tuple[str, ...]:
    access = LEDGERS[key].entry.access
    return tuple(role for role in roles if verb in access.of(role))


@cache
def _reach(roles: tuple[str, ...], key: str, verb: Verb) -> Reach | None:
    found = [ROLES[role].reach for role in _granting(roles, key, verb)]
    return max(found, key=_WIDTH.__getitem__) if found else None


@cache
def _sight(roles: tuple[str, ...], key: str) -> Sight:
    reach = _reach(roles, key, Verb.LIST)
    voters = LEDGERS[key].entry.subject is Subject.VOTER
    seen = [
        ROLES[role].voters if voters else ROLES[role].officials
        for role in _granting(roles, key, Verb.LIST)
        if ROLES[role].reach is reach
    ]
    return max(seen, key=_CLARITY.__getitem__) if seen else Sight.HIDDEN


def program(station_id: int | None, source: str, name: str = "") -> Actor:
    """The program itself at work for one station (demo, command line)."""
    return Actor(name=name, roles=("admin", "head"), station_id=station_id, home_id=station_id, source=source)
