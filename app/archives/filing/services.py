"""Filing a closed record, several of them, and the year's opinions as one bound register."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.core import clock
from app.core.access.actor import Actor
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.roles import Verb
from app.core.files.attaching import Taken, Upload, enter
from app.core.paperwork.papers import Reading
from app.core.records.saving import Writing
from app.core.records.writing import change_set, refusal_of
from app.core.refusals import NotThere, Refusal, Refused, refuse_any
from app.work.services import setting

from ..models import ArchiveFile
from . import rules
from .keeping import bound_register
from .kinds import KINDS, OPINIONS, Proposal, item_of, waiting
from .sources import SOURCES, Source

SAID = (
    "title", "retention", "dated_on", "responsible", "document_no", "category", "secrecy", "pages", "filed_on", "volume",
    "organ_code", "note",
)
"""What a person says of an item when filing; the rest follows."""


MOST_BOUND = 200
"""Opinions that one register binds: what is filled in at one time has a measure, and so has a binding."""


@dataclass(frozen=True)
class Found:
    """A record that waits to be filed, and what its item would say."""

    id: int
    station_id: int
    proposal: Proposal
    retention: str
    closed_on: date


@dataclass
class Done:
    """What came of filing several: their items, and for each record that was refused why."""

    filed: list[int] = field(default_factory=list)
    refused: list[tuple[int, str, tuple[Refusal, ...]]] = field(default_factory=list)


def found(session: Session, actor: Actor, source: Source, ids: Sequence[int]) -> list[Found]:
    """Records that wait, in the order of the ids. Who works for all stations sees each by its own table of retention."""
    tables: dict[int, Sequence[str]] = {}
    listed = []
    for record in source.closed(session, actor, ids):
        if record.station_id not in tables:
            tables[record.station_id] = setting(session, record.station_id, "archive_retention")
        retention = rules.proposed(tables[record.station_id], record.proposal.word)
        listed.append(Found(record.id, record.station_id, record.proposal, retention, record.closed_on))
    return listed


def waits(session: Session, actor: Actor, source: Source, row_id: int) -> Found:
    """One record that waits. Raises NotThere, and Refused where it is filed or not closed."""
    source.look_up(session, actor, row_id)
    if not source.waits(session, actor, row_id):
        item = item_of(session, source.key, row_id)  # asked last: between two questions another clerk may have filed it
        raise Refused(Refusal("already_filed", None, {"file_no": item.file_no}) if item is not None else Refusal("not_closed"))
    return found(session, actor, source, [row_id])[0]


def file_record(actor: Actor, key: str, row_id: int, said: Mapping[str, Any], request_id: str | None = None) -> int:
    """File a closed record with its papers; gives the item. Raises NotThere, Refused."""
    source = SOURCES.get(key)
    if source is None:
        raise NotThere(key)
    session = db.session()
    if request_id and (made := Writing(session, actor).made_by("archive_files", request_id)):
        return made
    record = waits(session, actor, source, row_id)
    proposal, station_id = record.proposal, record.station_id
    of = {"opinions": [row_id]} if key == OPINIONS else {"source_ledger": key, "source_row": row_id}
    values = {
        "title": proposal.title[:200],
        "retention": record.retention,
        "dated_on": proposal.dated_on,
        "document_no": proposal.document_no,
        "year": proposal.year,
        **_usual(session, station_id),
        **_only(said),
        **of,
    }
    with source.papers(Reading(session, actor), row_id) as (taken, kept):
        return _enter(actor, values, station_id, taken, kept, request_id, lambda: waits(db.session(), actor, source, row_id))


def file_register(actor: Actor, year: int, said: Mapping[str, Any], request_id: str | None = None) -> int:
    """The year's closed opinions that are not filed, bound as one item with cover and contents (S8-6, R11)."""
    session = db.session()
    if request_id and (made := Writing(session, actor).made_by("archive_files", request_id)):
        return made
    ids = of_year(session, actor, year)[:MOST_BOUND]
    if not ids or actor.station_id is None:
        raise Refused(Refusal("nothing_to_file", None, {"year": year}))
    values = {
        **register_proposal(session, actor.station_id, year),
        **_usual(session, actor.station_id),
        **_only(said),
        "opinions": ids,
    }

    def still_waiting() -> None:
        if not set(ids) <= set(of_year(db.session(), actor, year)):
            raise Refused(Refusal("conflict"))

    with bound_register(Reading(session, actor, year), ids) as (taken, kept):
        return _enter(actor, values, actor.station_id, taken, kept, request_id, still_waiting)


def register_proposal(session: Session, station_id: int, year: int) -> dict[str, Any]:
    """What the item of a year's register says."""
    table = setting(session, station_id, "archive_retention")
    return {
        "title": _("Register of the people's opinions closed in %(year)s", year=year),
        "retention": rules.proposed(table, rules.OPINIONS),
        "dated_on": min(date(year, 12, 31), clock.today()),
        "year": year,
    }


def of_year(session: Session, actor: Actor, year: int) -> list[int]:
    """The opinions closed in a year that wait to be filed, in the order of their numbers."""
    kind = KINDS[OPINIONS]
    listing = waiting(session, actor, kind)
    closed = listing.paths.column(kind.closed_on)
    listing.predicates += [closed >= date(year, 1, 1), closed <= date(year, 12, 31)]
    rows = listing.rows(listing.ids(0, 10_000))
    return [row.id for row in sorted(rows, key=lambda row: (len(row.texts["number"]), row.texts["number"]))]


def file_several(actor: Actor, key: str, ids: Sequence[int], said: Mapping[int, Mapping[str, Any]], shared: Mapping[str, Any]) -> Done:
    """Each record becomes an item of its own; one that is refused leaves the others. Raises NotThere where one is not the actor's."""
    done = Done()
    for row_id in ids:
        try:
            done.filed.append(file_record(actor, key, row_id, {**shared, **said.get(row_id, {})}))
        except Refused as refused:
            db.session.rollback()
            name = SOURCES[key].named(db.session(), [row_id])[row_id]
            done.refused.append((row_id, name.title, refused.refusals))
    return done


def station_name(session: Session, station_id: int) -> str:
    """Whose papers they are: the responsible party, unless somebody says otherwise."""
    station: Any = session.get_one(LEDGERS["stations"], station_id)
    return str(station.name)


def _usual(session: Session, station_id: int) -> dict[str, Any]:
    return {"responsible": station_name(session, station_id), "filed_on": clock.today(), "category": "documents", "secrecy": "public"}


def _only(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said; an empty box says nothing, and pages cannot be left out."""
    given = {name: value for name, value in said.items() if name in SAID and str(value if value is not None else "").strip()}
    pages = ArchiveFile.fields["pages"].read(given.get("pages"))
    refuse_any(rules.pages_given(pages))
    return {**given, "pages": pages}


def _enter(
    actor: Actor,
    values: Mapping[str, Any],
    station_id: int,
    taken: list[Taken],
    kept: set[str],
    request_id: str | None,
    ask: Callable[[], object],
) -> int:
    """The item and its papers, in one transaction that asks once more whether the record waits: of two who file it at once, the second
    is told so."""
    try:
        with change_set(actor) as writing:
            if not actor.may("archive_files", Verb.ADD):
                raise Refused(Refusal("not_permitted"))
            ask()
            item = writing.save("archive_files", {**values, "station_id": station_id}, by_program=True, request_id=request_id)
            upload = Upload()
            entered = enter(writing, item, taken, upload)
            refuse_any(upload.refusals)
            kept |= entered
            return item.id
    except (IntegrityError, StaleDataError) as error:
        db.session.rollback()
        ask()
        raise Refused(refusal_of(error) if isinstance(error, IntegrityError) else Refusal("conflict")) from error


def record_of(row: Ledger) -> tuple[str, int]:
    """The record that a page is about: a detail shares its parent's."""
    one = row.entry.one_to_one
    return (row.fields[one.field].target, getattr(row, f"{one.field}_id")) if one is not None else (row.__tablename__, row.id)
