"""Where closed records come from: closed rows of a ledger and sealed dossiers answer the same questions."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from flask_babel import gettext
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import titles_of
from app.core.files.attaching import Taken
from app.core.paperwork.papers import FORMS, Reading
from app.core.records.saving import Writing
from app.core.refusals import NotThere, Refusal, Refused

from ..dossier.copies import sealed_of
from ..dossier.models import SealedDossier
from ..dossier.services import may_read, readable
from ..models import ArchiveFile
from . import keeping, rules
from .kinds import KINDS, Kind, Proposal, closed_day, waiting

SEALED = SealedDossier.__tablename__
_files: Any = ArchiveFile
_sealed: Any = SealedDossier
_deputies: Any = LEDGERS["deputies"]


@dataclass(frozen=True)
class Closed:
    """A record that waits to be filed, whose it is, and what its item would say."""

    id: int
    station_id: int
    proposal: Proposal
    closed_on: date


@dataclass(frozen=True)
class Named:
    """What a record is called, and its page."""

    title: str
    url: str


class Queue(Protocol):
    """What waits, the longest closed first."""

    def ids(self, offset: int, limit: int) -> list[int]: ...

    def count(self) -> int: ...


class Source(Protocol):
    """Records of one sort that are filed."""

    @property
    def key(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def closed_on(self) -> str:
        """What the day is called on which such a record is closed."""

    def queue(self, session: Session, actor: Actor) -> Queue:
        """The records that wait."""

    def waits(self, session: Session, actor: Actor, row_id: int) -> bool:
        """Whether this one is closed and not filed."""

    def closed(self, session: Session, actor: Actor, ids: Sequence[int]) -> list[Closed]:
        """Records of the queue, in the order of the ids."""

    def look_up(self, session: Session, actor: Actor, row_id: int) -> None:
        """Raises NotThere, or Refused, where the actor may not see the record."""

    def named(self, session: Session, ids: Sequence[int]) -> dict[int, Named]:
        """Those of the records that are there."""

    def open_to(self, actor: Actor) -> bool:
        """Whether the actor reads such records."""

    def papers(self, reading: Reading, row_id: int) -> AbstractContextManager[tuple[list[Taken], set[str]]]:
        """What is kept with the item, waiting in the store while it is written."""

    def foreseen(self, reading: Reading, row_id: int) -> tuple[list[str], int]:
        """What would be kept: the forms' labels, and how many files."""


@dataclass(frozen=True)
class ClosedRows:
    """The closed rows of a ledger."""

    kind: Kind

    @property
    def key(self) -> str:
        return self.kind.key

    @property
    def label(self) -> str:
        return self.kind.label

    @property
    def closed_on(self) -> str:
        return self.kind.closed

    def queue(self, session: Session, actor: Actor) -> Queue:
        return waiting(session, actor, self.kind)

    def waits(self, session: Session, actor: Actor, row_id: int) -> bool:
        listing = waiting(session, actor, self.kind)
        listing.predicates.append(LEDGERS[self.key].id == row_id)
        return bool(listing.ids(0, 1))

    def closed(self, session: Session, actor: Actor, ids: Sequence[int]) -> list[Closed]:
        model: Any = LEDGERS[self.key]
        asked = select(model.id, model.station_id).where(model.id.in_(ids))
        stations = {row_id: int(station) for row_id, station in session.execute(asked)}
        days = [(row, closed_day(self.kind, row)) for row in waiting(session, actor, self.kind).rows(ids)]
        return [Closed(row.id, stations[row.id], self.kind.propose(row, day), day) for row, day in days]

    def look_up(self, session: Session, actor: Actor, row_id: int) -> None:
        Writing(session, actor).existing(self.key, row_id, Verb.SHOW)

    def named(self, session: Session, ids: Sequence[int]) -> dict[int, Named]:
        titles = titles_of(session, [(self.key, row_id) for row_id in ids])
        return {row_id: Named(title, f"/{self.key}/show/{row_id}") for (_key, row_id), title in titles.items()}

    def open_to(self, actor: Actor) -> bool:
        return actor.may(self.key, Verb.SHOW)

    def papers(self, reading: Reading, row_id: int) -> AbstractContextManager[tuple[list[Taken], set[str]]]:
        return keeping.papers_of_record(reading, self.kind, row_id)

    def foreseen(self, reading: Reading, row_id: int) -> tuple[list[str], int]:
        return keeping.foreseen(reading, self.kind, row_id)


@dataclass(frozen=True)
class SealedQueue:
    """Sealed dossiers that this actor reads and that are in no file yet."""

    session: Session
    actor: Actor

    def ids(self, offset: int, limit: int) -> list[int]:
        asked = select(_sealed.id).order_by(_sealed.signed_on, _sealed.year, _sealed.id).offset(offset).limit(limit)
        return list(self.session.scalars(asked.where(*self.conditions())))

    def count(self) -> int:
        return self.session.scalar(select(func.count(_sealed.id)).where(*self.conditions())) or 0

    def conditions(self) -> list[Any]:
        filed = exists().where(_files.source_ledger == SEALED, _files.source_row == _sealed.id)
        return [*_read_by(self.actor), ~filed]


class SealedDossiers:
    """The deputies' years that were sealed: each is closed from the day on which it was signed."""

    key = SEALED

    @property
    def label(self) -> str:
        return gettext("Sealed performance archives")

    @property
    def closed_on(self) -> str:
        return gettext("Day of signing")

    def queue(self, session: Session, actor: Actor) -> SealedQueue:
        return SealedQueue(session, actor)

    def waits(self, session: Session, actor: Actor, row_id: int) -> bool:
        return session.scalar(select(_sealed.id).where(_sealed.id == row_id, *self.queue(session, actor).conditions())) is not None

    def closed(self, session: Session, actor: Actor, ids: Sequence[int]) -> list[Closed]:
        asked = select(_sealed.id, _sealed.station_id, _sealed.year, _sealed.signed_on).where(_sealed.id.in_(ids), *_read_by(actor))
        rows, names = {row.id: row for row in session.execute(asked)}, self.named(session, ids)
        return [
            Closed(row.id, row.station_id, Proposal(names[row.id].title, row.signed_on, rules.DOSSIERS, year=row.year), row.signed_on)
            for row in (rows[row_id] for row_id in ids if row_id in rows)
        ]

    def look_up(self, session: Session, actor: Actor, row_id: int) -> None:
        """A copy that no longer fits its seal is not what was signed."""
        row = session.scalar(select(_sealed).where(_sealed.id == row_id, *_read_by(actor)))
        if row is None:
            raise NotThere(SEALED)
        if not sealed_of(session, row.year, [row.deputy_id])[row.deputy_id].intact:
            raise Refused(Refusal("dossier_seal_broken"))

    def named(self, session: Session, ids: Sequence[int]) -> dict[int, Named]:
        asked = select(_sealed.id, _sealed.deputy_id, _sealed.year, _deputies.name).join(_deputies, _deputies.id == _sealed.deputy_id)
        return {
            row_id: Named(gettext("%(name)s: performance archive of %(year)s", name=name, year=year), f"/dossiers/{deputy_id}/{year}")
            for row_id, deputy_id, year, name in session.execute(asked.where(_sealed.id.in_(ids)))
        }

    def open_to(self, actor: Actor) -> bool:
        return may_read(actor)

    def papers(self, reading: Reading, row_id: int) -> AbstractContextManager[tuple[list[Taken], set[str]]]:
        """The dossier in Word, as whoever reads dossiers may have it: nothing in it is masked for a reader of the files."""
        row = reading.session.get_one(SealedDossier, row_id)
        return keeping.form_alone(FORMS["dossier"], replace(reading, year=row.year), row.deputy_id)

    def foreseen(self, reading: Reading, row_id: int) -> tuple[list[str], int]:
        return [str(FORMS["dossier"].label)], 0


def _read_by(actor: Actor) -> list[Any]:
    """Conditions on sealed dossiers; none meets them for who reads no dossiers."""
    try:
        return [_sealed.deputy_id.in_(select(_deputies.id).where(*readable(actor)))]
    except NotThere:
        return [_sealed.id.is_(None)]


SOURCES: dict[str, Source] = {**{key: ClosedRows(kind) for key, kind in KINDS.items()}, SEALED: SealedDossiers()}
"""In the order of the page of what waits."""
