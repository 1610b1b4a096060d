"""Roles and what each may do, as data; tested as a matrix role x ledger x verb."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from .masks import Sight


class Verb(StrEnum):
    LIST = "list"
    SHOW = "show"
    ADD = "add"
    EDIT = "edit"
    DELETE = "delete"
    EXPORT = "export"


class Reach(StrEnum):
    """Whose rows a role works with."""

    ALL = "all"
    STATION = "station"
    GROUP = "group"
    SELF = "self"


@dataclass(frozen=True)
class Role:
    name: str
    label: Any
    reach: Reach
    officials: Sight
    """What it sees of deputies', staff's and organs' personal data."""
    voters: Sight
    """What it sees of voters' names, phones and addresses."""


ROLES: Mapping[str, Role] = {
    role.name: role
    for role in (
        Role("admin", _("Administrator"), Reach.ALL, Sight.MASKED, Sight.HIDDEN),
        Role("county", _("County committee"), Reach.ALL, Sight.MASKED, Sight.MASKED),
        Role("head", _("Head of station"), Reach.STATION, Sight.CLEAR, Sight.CLEAR),
        Role("liaison", _("Liaison officer"), Reach.STATION, Sight.CLEAR, Sight.CLEAR),
        Role("archivist", _("Archivist"), Reach.STATION, Sight.MASKED, Sight.MASKED),
        Role("presidium", _("Presidium"), Reach.STATION, Sight.MASKED, Sight.MASKED),
        Role("convenor", _("Group convenor"), Reach.GROUP, Sight.MASKED, Sight.HIDDEN),
        Role("deputy", _("Deputy"), Reach.SELF, Sight.CLEAR, Sight.HIDDEN),
    )
}

NONE: frozenset[Verb] = frozenset()
READ = frozenset({Verb.LIST, Verb.SHOW})
TAKE = READ | {Verb.EXPORT}
ENTER = READ | {Verb.ADD, Verb.EDIT}
ALL = frozenset(Verb)


@dataclass(frozen=True, kw_only=True)
class Access:
    """What each role may do in a ledger; a role not named may do nothing there."""

    admin: frozenset[Verb] = NONE
    county: frozenset[Verb] = TAKE
    head: frozenset[Verb] = ALL
    liaison: frozenset[Verb] = ALL
    archivist: frozenset[Verb] = TAKE
    presidium: frozenset[Verb] = TAKE
    convenor: frozenset[Verb] = NONE
    deputy: frozenset[Verb] = NONE

    def of(self, role: str) -> frozenset[Verb]:
        return frozenset(getattr(self, role, NONE))


OFFICE = Access()
"""Day-to-day ledgers of the office."""
STATIONS = Access(admin=ALL, county=ALL, head=TAKE | {Verb.EDIT}, liaison=TAKE, convenor=READ, deputy=READ)
"""The county adds stations; a station's head keeps its own address and phone."""
COUNTY_KEPT = Access(admin=ALL, county=ALL, head=TAKE, liaison=TAKE, convenor=READ, deputy=READ)
"""Kept by the county, read by all."""
COUNTY_OR_STATION = Access(admin=ALL, county=ALL, head=ALL, liaison=ALL, convenor=READ, deputy=READ)
"""The county's rows, and the station's own beside them."""
PEOPLE = Access(admin=READ, convenor=READ, deputy=READ)
"""Deputies and what belongs to them: the deputy sees the own row, the administrator names (to give them accounts)."""
OWN_RECORD = Access(deputy=READ)
"""Kept by the office about a deputy, who reads the own rows."""
DEPUTY_ENTERED = Access(deputy=ENTER)
"""Entered by the office or by the deputy."""
PROGRAMME = Access(convenor=READ, deputy=READ)
"""What goes on at the station: every deputy may know."""
PLANNING = Access(liaison=ENTER | {Verb.EXPORT})
"""Drafted by the liaison officer, approved by the head."""
SIGNED = Access(presidium=TAKE | {Verb.EDIT})
"""Drafted by the liaison officer, signed and supervised by the presidium."""
DECIDED = Access(presidium=TAKE | {Verb.EDIT}, deputy=ENTER)
"""Asked for by the deputy, decided by the presidium or the organiser."""
SUPERVISED = Access(presidium=ALL)
"""Kept by the office and by the presidium alike."""
REVIEWS = Access(convenor=ENTER, presidium=TAKE)
"""Run by the group's convenor together with the office."""
VOICED = Access(convenor=ENTER, deputy=READ)
"""What was said of a deputy at a review: entered by the office or the group's convenor; the deputy reads the own."""
RESULTS = Access(convenor=READ, deputy=READ)
"""What a vote gave: kept by the office; the deputy reads the own result, the administrator none."""
REPORTS = Access(convenor=ENTER, deputy=ENTER)
"""Handed in by the deputy, gathered by the convenor."""
ARCHIVES = Access(archivist=ALL, convenor=NONE)
"""The archivist's own ledgers."""
SETTINGS = Access(admin=ALL, county=ALL, head=ALL, liaison=TAKE)
"""The county's numbers; a station may differ where that is allowed."""
