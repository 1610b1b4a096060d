"""Binding (装订装盒): the items of a class that lie loose, and putting them into a box in the order of their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.scope import visible
from app.core.dictionary.paths import Paths
from app.core.dictionary.roles import Verb
from app.core.dictionary.several import link
from app.core.lists.listing import Listing
from app.core.records.bulk import Draft, save_all
from app.core.records.saving import Writing
from app.core.records.writing import change_set
from app.core.refusals import Refusal, Refused

from ..models import RETENTION, ArchiveFile, ArchiveVolume
from ..rules import RETENTION_CODES
from . import rules

MOST = 300
"""Items put into a box at once."""
PLACE = ("title", "room", "cabinet", "shelf", "thickness", "note")
_files: Any = ArchiveFile
_boxes: Any = ArchiveVolume


@dataclass(frozen=True)
class Class:
    """One year and retention, and how many of its items lie loose."""

    year: int
    retention: str
    loose: int


def classes(session: Session, actor: Actor) -> list[Class]:
    """The classes with loose items, the latest year first."""
    paths = Paths(ArchiveFile)
    asked = select(_files.year, _files.retention, func.count()).where(*visible(actor, ArchiveFile, paths), _files.volume_id.is_(None))
    order = list(RETENTION.labels)
    found = [Class(*row) for row in session.execute(paths.join(asked).group_by(_files.year, _files.retention))]
    return sorted(found, key=lambda each: (-each.year, order.index(each.retention)))


def loose(session: Session, actor: Actor, year: int, retention: str) -> Listing:
    """A class's items outside of any box, in the order of their numbers."""
    columns = ("file_no", "title", "responsible", "dated_on", "pages", "filed_on")
    listing = Listing(session, actor, ArchiveFile, columns, sort="file_no")
    listing.predicates += [_files.year == year, _files.retention == retention, _files.volume_id.is_(None)]
    return listing


def boxes_of(session: Session, actor: Actor, year: int, retention: str) -> Listing:
    """The boxes into which items of a class may go."""
    listing = Listing(session, actor, ArchiveVolume, ("number", "title"), sort="number")
    listing.predicates += [_boxes.year == year, _boxes.retention == retention]
    return listing


def bind(actor: Actor, ids: Sequence[int], box_id: int | None, said: Mapping[str, Any]) -> int:
    """Put loose items into a box, a new one where none is named; gives the box. Raises NotThere, Refused."""
    if not ids:
        raise Refused(Refusal("nothing_chosen"))
    with change_set(actor) as writing:
        items: list[Any] = [writing.existing("archive_files", row_id, Verb.EDIT) for row_id in ids[:MOST]]
        for item in items:
            if item.volume_id is not None:
                found = writing.get(ArchiveVolume, item.volume_id)
                raise Refused(Refusal("boxed_already", None, {"file_no": item.file_no, "box": found.number}))
        box: Any = writing.existing("archive_volumes", box_id, Verb.SHOW) if box_id is not None else new_box(writing, items[0], said)
        put(writing, items, box)
        return int(box.id)


def put(writing: Writing, items: Sequence[Any], box: Any) -> None:
    """Items into a box of their class."""
    for outcome in save_all(writing, [Draft("archive_files", {"volume": box.id}, row=item) for item in items]):
        if isinstance(outcome, tuple):
            raise Refused(*outcome)


def new_box(writing: Writing, first: Any, said: Mapping[str, Any]) -> Any:
    """A box of the first item's class, with the next number of the class."""
    given = {name: value for name, value in said.items() if name in PLACE and str(value or "").strip()}
    given.setdefault("title", f"{first.year}年度{RETENTION.label(first.retention)}")
    values = {
        **given,
        "number": _next_number(writing, first),
        "year": first.year,
        "retention": first.retention,
        "bound_on": clock.today(),
        "station_id": first.station_id,
    }
    return writing.save("archive_volumes", values)


def _next_number(writing: Writing, first: Any) -> str:
    """2026-D30-01; a number that an office gave by hand is passed over."""
    code = RETENTION_CODES[first.retention]
    while True:
        number = f"{first.year}-{code}-{writing.store.next_number(first.station_id, f'archive_volumes {code}', first.year):02d}"
        if writing.store.twin(ArchiveVolume, {"number": number}, first.station_id, None) is None:
            return number


def holds_opinions(session: Session, file_id: int) -> bool:
    """Whether opinions are filed in an item."""
    kept = link(ArchiveFile, ArchiveFile.fields["opinions"])
    return session.scalars(select(kept.other).where(kept.own == file_id).limit(1)).first() is not None


def spans(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, str, str]]:
    """How many items each box holds, and the first and last of their numbers; an empty box is not there."""
    asked = select(_files.volume_id, func.count(), func.min(_files.item_no), func.max(_files.item_no)).where(_files.volume_id.in_(ids))
    found = {}
    for box, count, first, last in session.execute(asked.group_by(_files.volume_id)):
        found[box] = (count, *rules.span(number for number in (first, last) if number is not None))
    return found


def fonds_of(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The fonds number that the items of each box bear."""
    asked = select(_files.volume_id, func.min(_files.fonds_no)).where(_files.volume_id.in_(ids)).group_by(_files.volume_id)
    return {box: str(number) for box, number in session.execute(asked)}
