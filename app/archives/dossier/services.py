"""Dossiers as an actor may read them, and the records beneath for whoever drafts from them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Reach, Verb
from app.core.refusals import NotThere
from app.work.services import setting

from . import rules
from .copies import Sealed, sealed_of
from .facts import Reader
from .record import Office, Record
from .rules import Difference, Figures, Missed

READS = (
    "attendance", "mandates", "visits", "good_deeds", "inspections", "opinions", "suggestions", "motions", "duty_reports",
    "review_results", "voiced_opinions", "congress_attendance", "congress_speeches",
)
"""Ledgers that a dossier draws on: who may not list one of them does not read it."""
_deputies: Any = LEDGERS["deputies"]
_mandates: Any = LEDGERS["mandates"]
_terms: Any = LEDGERS["terms"]
Medians = Mapping[tuple[int, int | None], Mapping[str, float | int]]
Limits = Callable[[], tuple[int, int]]


@dataclass(frozen=True)
class Dossier:
    """What is shown of one person's period: as it was sealed or, where it was not, as the ledgers have it now."""

    record: Record
    figures: Figures
    medians: Mapping[str, float | int] = field(default_factory=dict)
    missed: Sequence[tuple[Office, Missed]] = ()
    sealed: Sealed | None = None
    addendum: Sequence[Difference] = ()
    moved: Sequence[tuple[str, Any, Any]] = ()
    """Figures that changed since the seal, with what they were and are."""


def whole_year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def records(
    session: Session, period: tuple[date, date], station_id: int | None, deputies: Collection[int] | None = None
) -> dict[int, Record]:
    """The facts of a period by deputy, in the official order: of these deputies, or of all who held an office in it. Whoever asks has
    asked before whose they may be."""
    whom = None if deputies is None else select(_deputies.id).where(_deputies.id.in_(deputies))
    return Reader(session, *period, clock.now(), station_id, whom).records(deputies or ())


def may_read(actor: Actor) -> bool:
    return all(actor.may(key, Verb.LIST) for key in READS)


def narrow(actor: Actor) -> bool:
    """Whether there is the own dossier alone for this actor."""
    return any(actor.reach(key, Verb.LIST) is Reach.SELF for key in READS)


def terms_of(session: Session, deputy_id: int) -> list[tuple[int, str]]:
    """The terms of a deputy's mandates, the latest first."""
    asked = select(_terms.id, _terms.level, _terms.name, _terms.starts_on).join(_mandates, _mandates.term_id == _terms.id)
    asked = asked.where(_mandates.deputy_id == deputy_id).order_by(_terms.starts_on.desc(), _terms.id).distinct()
    levels, rows = _terms.fields["level"].choices, session.execute(asked).all()
    return [(row.id, f"{levels.label(row.level)}{row.name or ''}") for row in rows]


def readable(actor: Actor, deputy_id: int | None = None) -> list[Any]:
    """Conditions on deputies whose dossiers there are for this actor: the own one, the station's, or all."""
    if not may_read(actor):
        raise NotThere("deputies")
    found = [] if actor.station_id is None else [_deputies.station_id == actor.station_id]
    if narrow(actor):
        found.append(_deputies.id == (actor.deputy_id or 0))
    elif actor.station_id is None and actor.reach("attendance", Verb.LIST) is not Reach.ALL:
        raise NotThere("deputies")
    return found if deputy_id is None else [*found, _deputies.id == deputy_id]


def dossier_of(session: Session, actor: Actor, deputy_id: int, period: tuple[date, date], year: int | None = None) -> Dossier:
    """One person's period beside the median of the group; of a `year` that is sealed its copy. Raises NotThere."""
    found = session.execute(select(_deputies.station_id, _deputies.group_id).where(*readable(actor, deputy_id))).one_or_none()
    if found is None:
        raise NotThere("deputies")
    station_id, group_id = found
    peers = select(_deputies.id).where(_deputies.station_id == station_id, or_(_deputies.group_id == group_id, _deputies.id == deputy_id))
    read = Reader(session, *period, clock.now(), station_id, peers if group_id is not None else None).records([deputy_id])
    medians = _medians({each: rules.figures(record) for each, record in read.items()}, read)
    limits = _limits(session, station_id)
    now = _of(read[deputy_id], medians, limits)
    return now if year is None else _as_sealed(now, sealed_of(session, year, [deputy_id]).get(deputy_id), limits)


def dossiers_of(
    session: Session, actor: Actor, year: int, station_id: int | None, deputies: Collection[int] | None = None
) -> list[Dossier]:
    """The year of everyone whom this actor may read about, or of these deputies, in the official order. Raises NotThere."""
    conditions = readable(actor) if station_id is None else [*readable(actor), _deputies.station_id == station_id]
    conditions += [] if deputies is None else [_deputies.id.in_(deputies)]
    mine = {row.id: row.station_id for row in session.execute(select(_deputies.id, _deputies.station_id).where(*conditions))}
    stations = set(mine.values())
    peers = None if len(stations) == 1 else select(_deputies.id).where(_deputies.station_id.in_(stations))
    of_one = next(iter(stations)) if len(stations) == 1 else None
    read = Reader(session, *whole_year(year), clock.now(), of_one, peers).records(deputies or ())
    medians = _medians({each: rules.figures(record) for each, record in read.items()}, read)
    chosen = [record for deputy_id, record in read.items() if deputy_id in mine]
    sealed = sealed_of(session, year, [each.person.deputy_id for each in chosen])
    limits = {station: _limits(session, station) for station in stations}
    return [
        _as_sealed(_of(each, medians, limits[each.person.station_id]), sealed.get(each.person.deputy_id), limits[each.person.station_id])
        for each in chosen
    ]


def _medians(figures: Mapping[int, Figures], read: Mapping[int, Record]) -> Medians:
    """By station and group; deputies of no group are a group of their own."""
    groups: dict[tuple[int, int | None], list[Figures]] = {}
    for deputy_id, found in figures.items():
        person = read[deputy_id].person
        groups.setdefault((person.station_id, person.group_id), []).append(found)
    return {group: rules.medians(each) for group, each in groups.items()}


def _of(record: Record, medians: Medians, limits: Limits) -> Dossier:
    person = record.person
    return Dossier(record, rules.figures(record), medians.get((person.station_id, person.group_id), {}), missed_of(record, limits))


def missed_of(record: Record, limits: Limits) -> list[tuple[Office, Missed]]:
    """Sessions missed without approval, mandate by mandate (R21); of mandates with at least one."""
    missed = {each.mandate_id for each in record.sessions if each.state == "unapproved"}
    return [
        (office, rules.missed_sessions([each.state for each in record.sessions if each.mandate_id == office.mandate_id], *limits()))
        for office in record.person.offices
        if office.mandate_id in missed
    ]


def _limits(session: Session, station_id: int) -> Limits:
    """From how many missed sessions on is warned and alarmed at the station; asked where somebody missed one."""

    @cache
    def limits() -> tuple[int, int]:
        warn, alarm = (setting(session, station_id, name) for name in ("missed_sessions_warn", "missed_sessions_alarm"))
        return warn, alarm

    return limits


def _as_sealed(now: Dossier, sealed: Sealed | None, limits: Limits) -> Dossier:
    """The copy in place of what the ledgers have now, with what differs; a copy that cannot be read leaves the ledgers' own."""
    if sealed is None:
        return now
    if sealed.record is None:
        return replace(now, sealed=sealed)
    figures = rules.figures(sealed.record)
    return Dossier(
        record=sealed.record,
        figures=figures,
        medians=sealed.medians,
        missed=missed_of(sealed.record, limits),
        sealed=sealed,
        addendum=rules.addendum(sealed.record, now.record),
        moved=rules.changed_figures(figures, now.figures),
    )
