"""Adding and removing attachments: who may edit the row may do both; each leaves a line in the row's history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from ..access.actor import Actor
from ..database import db
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.roles import Verb
from ..lists.values import opens_files
from ..records import hooks
from ..records.history import Change
from ..records.saving import Writing
from ..records.search import station_of
from ..records.writing import change_set
from ..refusals import NotThere, Refusal, Refused
from .attachments import ATTACH, DETACH, Attachment, attachments_of, file_store
from .filetypes import FileType, detect, proper_name
from .thumbnails import thumbnail

MOST_OF_A_ROW = 200
NOTE_LENGTH = 200


@dataclass
class Upload:
    """What came of several files sent at once: each that could be taken was, each other one has its reason."""

    added: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True)
class Taken:
    """A file that waits in the store for its row."""

    name: str
    kind: FileType
    size: int
    small: bool
    stored: str
    sha256: str
    note: str = ""
    drawn_from: str = ""
    """Ledgers from whose rows it was made."""


def attach(actor: Actor, key: str, row_id: int, files: Iterable[tuple[str, BinaryIO]], note: str = "") -> Upload:
    """Attach files, given by name and content, to a row. Files that are not taken are told with their reason; where storing
    itself fails, nothing of the whole upload is kept. Raises NotThere, Refused."""
    if len(note) > NOTE_LENGTH:
        raise Refused(Refusal("too_long", "note", {"most": NOTE_LENGTH, "now": len(note)}))
    Writing(db.session(), actor).existing(key, row_id, Verb.EDIT)
    upload, taken = Upload(), list[Taken]()
    with in_store(taken) as kept:
        for name, content in files:
            judged = take_in(name, content, note)
            if isinstance(judged, Refusal):
                upload.refusals.append(judged)
            else:
                taken.append(judged)
        if taken:
            kept |= _enter(actor, key, row_id, taken, upload)
    return upload


@contextmanager
def in_store(taken: list[Taken]) -> Iterator[set[str]]:
    """Files that wait in the store while their rows are written: afterwards those whose stored names are in the set that this gives
    stand in their place, and the others are gone."""
    store, kept = file_store(), set[str]()
    try:
        yield kept
    except BaseException:
        for each in taken:
            store.drop(each.stored)
        raise
    for each in taken:
        if each.stored in kept:
            store.settle(each.stored)
        else:
            store.drop(each.stored)


def take_in(name: str, content: BinaryIO, note: str = "", drawn_from: str = "") -> Taken | Refusal:
    """Judge a file and write it to the store."""
    shown = name.replace("\\", "/").rsplit("/", 1)[-1][:120]
    kind = detect(content, shown)
    if isinstance(kind, Refusal):
        return kind
    small = thumbnail(content, shown) if kind.family == "picture" else None
    if isinstance(small, Refusal):
        return small
    size = content.seek(0, 2)
    stored, sha256 = file_store().take(content, small)
    return Taken(proper_name(name, kind), kind, size, small is not None, stored, sha256, note, drawn_from)


def _enter(actor: Actor, key: str, row_id: int, taken: list[Taken], upload: Upload) -> set[str]:
    try:
        with change_set(actor) as writing:
            row = writing.existing(key, row_id, Verb.EDIT)
            if not opens_files(actor, LEDGERS[key]):
                raise Refused(Refusal("not_permitted"))
            return enter(writing, row, taken, upload)
    except IntegrityError as error:
        raise Refused(Refusal("conflict")) from error  # the same file was sent twice at once


def enter(writing: Writing, row: Ledger, taken: Iterable[Taken], upload: Upload) -> set[str]:
    """The entries of files in the store under a row, with their lines of history; gives the stored names that have one now."""
    kept: set[str] = set()
    there = {each.sha256: each.name for each in attachments_of(writing.session, row.__tablename__, row.id)}
    for each in taken:
        if each.sha256 in there:
            upload.refusals.append(Refusal("file_there", None, {"name": each.name}))
            continue
        if len(there) >= MOST_OF_A_ROW:
            upload.refusals.append(Refusal("file_too_many", None, {"name": each.name, "most": MOST_OF_A_ROW}))
            continue
        there[each.sha256] = each.name
        kept.add(each.stored)
        upload.added.append(each.name)
        writing.session.add(_row_of(writing.actor, row, each))
        _record(writing, row, ATTACH, None, each.name)
    writing.session.flush()
    return kept


def _row_of(actor: Actor, row: Ledger, taken: Taken) -> Attachment:
    return Attachment(
        ledger=row.__tablename__,
        row_id=row.id,
        station_id=station_of(row),
        name=taken.name,
        type=taken.kind.code,
        size=taken.size,
        sha256=taken.sha256,
        stored=taken.stored,
        has_thumbnail=taken.small,
        account_id=actor.account_id,
        by=actor.name,
        note=taken.note or None,
        drawn_from=taken.drawn_from or None,
    )


def opens(actor: Actor, found: Attachment) -> bool:
    """Whether the actor may open such a file; of which rows, is asked apart. What was made from other ledgers shows what they hold."""
    sources = (found.drawn_from or "").split()
    return all(opens_files(actor, LEDGERS[key]) for key in (found.ledger, *sources) if key in LEDGERS)


def attachment(actor: Actor, attachment_id: int, verb: Verb = Verb.SHOW) -> Attachment:
    """An attachment of a row to which the actor may do this. Raises NotThere, Refused."""
    found = db.session.get(Attachment, attachment_id)
    if found is None or not opens(actor, found):
        raise NotThere("attachments")
    Writing(db.session(), actor).existing(found.ledger, found.row_id, verb)
    return found


def detach(actor: Actor, attachment_id: int) -> tuple[str, str, int]:
    """Remove an attachment, and its file with it; gives its name, the ledger and the row. Raises NotThere, Refused."""
    with change_set(actor) as writing:
        found = attachment(actor, attachment_id, Verb.EDIT)
        row = writing.existing(found.ledger, found.row_id, Verb.EDIT)
        for guard in hooks.detaching[found.ledger]:
            guard(writing.session, found)
        name, stored = found.name, found.stored
        key, row_id = row.__tablename__, row.id
        writing.session.delete(found)
        _record(writing, row, DETACH, name, None)
    file_store().drop(stored)
    return name, key, row_id


def _record(writing: Writing, row: Ledger, action: str, old: str | None, new: str | None) -> None:
    writing.session.execute(
        insert(Change.__table__),
        {
            "change_set": writing.id,
            "account_id": writing.actor.account_id,
            "by": writing.actor.name,
            "source": writing.actor.source,
            "reason": writing.reason,
            "ledger": row.__tablename__,
            "row_id": row.id,
            "station_id": station_of(row),
            "action": action,
            "data": {},
            "personal": {"attachment": [old, new]},
        },
    )
