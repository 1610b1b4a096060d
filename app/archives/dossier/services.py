"""Dossiers as an actor may read them, and the records beneath for whoever drafts from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select
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


def reader(session: Session, period: tuple[date, date], station_id: int | None = None, whom: Any = None) -> Reader:
    """Records of a period as the ledgers have them now, whoever asks."""
    return Reader(session, *period, now=clock.now(), station_id=station_id, whom=whom)


def records(
    session: Session, period: tuple[date, date], station_id: int | None, deputies: Collection[int] | None = None
) -> dict[int, Record]:
    """The facts of a period by deputy, in the official order: of these deputies, or of all who held an office in it."""
    whom = None if deputies is None else select(_deputies.id).where(_deputies.id.in_(deputies))
    return reader(session, period, station_id, whom).records(all_of_them=deputies is not None)


def may_read(actor: Actor) -> bool:
    return all(actor.may(key, Verb.LIST) for key in READS)


def readable(actor: Actor, deputy_id: int | None = None) -> list[Any]:
    """Conditions on deputies whose dossiers there are for this actor: the own one, the station's, or all."""
    if not may_read(actor):
        raise NotThere("deputies")
    found = [] if actor.station_id is None else [_deputies.station_id == actor.station_id]
    if any(actor.reach(key, Verb.LIST) is Reach.SELF for key in READS):
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
    peers = select(_deputies.id).where(_deputies.station_id == station_id)
    peers = peers.where((_deputies.group_id == group_id) | (_deputies.id == deputy_id)) if group_id is not None else peers
    read = reader(session, period, station_id, peers).records(all_of_them=True)
    record = read[deputy_id]
    group = [rules.figures(each) for each in read.values() if each.person.group_id == group_id]
    now = replace(_of(session, record), medians=rules.medians(group))
    if year is None:
        return now
    return _as_sealed(now, sealed_of(session, year, [deputy_id]).get(deputy_id))


def dossiers_of(
    session: Session, actor: Actor, year: int, station_id: int | None, deputies: Collection[int] | None = None
) -> list[Dossier]:
    """Everyone's year in the official order, sealed or not. Raises NotThere."""
    conditions = readable(actor)
    whom = select(_deputies.id).where(*conditions, *([] if deputies is None else [_deputies.id.in_(deputies)]))
    read = reader(session, whole_year(year), station_id, whom).records(all_of_them=deputies is not None)
    sealed = sealed_of(session, year, list(read))
    groups: dict[tuple[int, int | None], list[Figures]] = {}
    found = [_of(session, record) for record in read.values()]
    for each in found:
        groups.setdefault((each.record.person.station_id, each.record.person.group_id), []).append(each.figures)
    medians = {group: rules.medians(figures) for group, figures in groups.items()}
    return [
        _as_sealed(
            replace(each, medians=medians[each.record.person.station_id, each.record.person.group_id] if deputies is None else {}),
            sealed.get(each.record.person.deputy_id),
        )
        for each in found
    ]


def _of(session: Session, record: Record) -> Dossier:
    return Dossier(record, rules.figures(record), missed=missed_of(session, record))


def missed_of(session: Session, record: Record) -> list[tuple[Office, Missed]]:
    """Sessions missed without approval, mandate by mandate (R21); of mandates with at least one."""
    missed = {each.mandate_id for each in record.sessions if each.state == "unapproved"}
    if not missed:
        return []
    station_id = record.person.station_id
    limits = [setting(session, station_id, name) for name in ("missed_sessions_warn", "missed_sessions_alarm")]
    return [
        (office, rules.missed_sessions([each.state for each in record.sessions if each.mandate_id == office.mandate_id], *limits))
        for office in record.person.offices
        if office.mandate_id in missed
    ]


def _as_sealed(now: Dossier, sealed: Sealed | None) -> Dossier:
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
        missed=now.missed,
        sealed=sealed,
        addendum=rules.addendum(sealed.record, now.record),
        moved=rules.changed_figures(figures, now.figures),
    )
