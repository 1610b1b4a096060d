"""The way back from the recycle bin: a row and all it owned return whole, under the same keys, or what stands in the way is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, false, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..access.actor import Actor
from ..access.scope import of_station
from ..dictionary.fields import Kind
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.roles import Reach, Verb
from ..dictionary.titles import join_title, title_of, titles_of
from ..files.attachments import bring_back
from ..refusals import NotThere, Refusal, Refused, refuse_any
from . import hooks
from .checking import check_key
from .history import Deleted, from_json
from .hooks import Saving, Values
from .saving import Writing
from .store import Store
from .writing import change_set, refusal_of


@dataclass(frozen=True)
class Kept:
    """One row of a snapshot, its values as the ledger's columns hold them."""

    model: type[Ledger]
    columns: Mapping[str, Any]
    references: Mapping[str, list[int]]
    files: Sequence[Mapping[str, Any]] = ()
    """Its attachments, whose files have stayed where they were."""

    @property
    def id(self) -> int:
        return int(self.columns["id"])

    @property
    def key(self) -> str:
        return self.model.__tablename__

    @property
    def station_id(self) -> int | None:
        return self.columns.get("station_id")

    def values(self) -> Values:
        """By field name; what a field keeps in another ledger comes back with that ledger's rows."""
        return {
            name: self.references.get(name, []) if item.kind is Kind.REFERENCES else self.columns.get(item.column)
            for name, item in self.model.fields.items()
        }


def kept_rows(deleted: Deleted) -> list[Kept]:
    """The rows of a snapshot, parents before children. What a later version of the program no longer knows is left out."""
    rows = []
    for each in deleted.snapshot:
        model = LEDGERS[each["ledger"]]
        types = {column.key: column.type for column in model.__table__.c}
        columns = {name: from_json(types[name], value) for name, value in each["columns"].items() if name in types}
        known = {name: ids for name, ids in each["references"].items() if name in model.associations}
        rows.append(Kept(model, columns, known, each.get("attachments", ())))
    return rows


def bins_of(actor: Actor) -> list[str]:
    """Ledgers whose deleted rows the actor may look at and bring back: those of which whole stations' rows may be deleted."""
    return [key for key in LEDGERS if actor.reach(key, Verb.DELETE) in (Reach.ALL, Reach.STATION)]


def in_bin(actor: Actor) -> Any:
    """The condition under which an entry of the recycle bin is there for this actor."""
    return or_(false(), *(and_(Deleted.ledger == key, *_of_ledger(actor, key)) for key in bins_of(actor)))


def _of_ledger(actor: Actor, key: str) -> list[Any]:
    reach = actor.reach(key, Verb.DELETE)
    assert reach is not None
    if key == "stations":
        return [] if reach is Reach.ALL or actor.station_id is None else [Deleted.row_id == actor.station_id]
    return of_station(actor, LEDGERS[key], Deleted.station_id, reach, Verb.DELETE)


def restore(actor: Actor, deleted_id: int, reason: str | None = None) -> tuple[str, int]:
    """Bring an entry of the recycle bin back; gives the row's ledger and id. Raises NotThere, also where somebody else was first,
    and Refused with all that stands in the way."""
    try:
        with change_set(actor, reason) as writing:
            entry = writing.session.scalars(select(Deleted).where(Deleted.id == deleted_id, in_bin(actor)).with_for_update()).first()
            if entry is None:
                raise NotThere("recycle_bin")
            rows = kept_rows(entry)
            refuse_any(_in_the_way(writing.session, rows))
            _bring_back(writing, rows)
            writing.session.delete(entry)
            return entry.ledger, entry.row_id
    except IntegrityError as error:
        raise Refused(refusal_of(error)) from error


def _bring_back(writing: Writing, rows: Iterable[Kept]) -> None:
    session, back = writing.session, []
    for kept in rows:
        _ask_services(writing, kept)
        session.execute(insert(kept.model.__table__), dict(kept.columns))
        for name, targets in kept.references.items():
            table = kept.model.associations[name]
            station = {"station_id": kept.station_id} if "station_id" in table.c else {}
            if targets:
                session.execute(insert(table), [{"row_id": kept.id, "target_id": target, **station} for target in targets])
        bring_back(session, kept.key, kept.id, kept.files)
        row = session.get_one(kept.model, kept.id)
        writing.record(row, "restore", {})
        writing.unindexed[row] = None
        back.append(row)
    for row in back:
        saving = Saving(writing, type(row), writing.values(row), {}, getattr(row, "station_id", None), row)
        for hook in hooks.after[row.__tablename__]:
            hook(saving)


def _ask_services(writing: Writing, kept: Kept) -> None:
    saving = Saving(writing, kept.model, kept.values(), {}, kept.station_id, kept.model(id=kept.id))
    for hook in hooks.returning[kept.key]:
        try:
            hook(saving)
        except Refused as refused:
            raise Refused(*(_named(writing.session, kept, each) for each in refused.refusals)) from refused


def _in_the_way(session: Session, rows: list[Kept]) -> Iterator[Refusal]:
    """The station that is gone, keys taken meanwhile, and rows referred to that are no longer there."""
    root, inside = rows[0], {(kept.key, kept.id) for kept in rows}
    station = root.station_id
    if station is not None and session.get(LEDGERS["stations"], station) is None:
        yield Refusal("station_gone")
        return
    for kept in rows:
        found = list(_taken(session, kept)) + list(_gone(session, kept, inside))
        yield from found if kept is root else (_named(session, kept, each) for each in found)


def _taken(session: Session, kept: Kept) -> Iterator[Refusal]:
    found = check_key(Store(session), kept.model, kept.values(), None, kept.station_id)
    yield from found
    if not found:
        model: Any = kept.model
        same = [getattr(model, name) == kept.columns[name] for name in ("id", "uid", "request_id") if kept.columns.get(name) is not None]
        twin = session.scalars(select(model).where(or_(*same)).limit(1)).first()
        if twin is not None:
            yield Refusal("taken", None, {"title": title_of(session, twin)})


def _gone(session: Session, kept: Kept, inside: set[tuple[str, int]]) -> Iterator[Refusal]:
    for name, item in kept.model.fields.items():
        wanted = kept.references.get(name, ()) if item.kind is Kind.REFERENCES else [kept.columns.get(item.column)]
        if item.kind not in (Kind.REFERENCE, Kind.REFERENCES):
            continue
        target: Any = LEDGERS[item.target]
        missing = {row_id for row_id in wanted if row_id is not None and (item.target, row_id) not in inside}
        missing -= set(session.scalars(select(target.id).where(target.id.in_(missing))))
        facts = {"field": item.label, "ledger": target.entry.label}
        for row_id in sorted(missing):
            title = session.scalars(
                select(Deleted.title).where(Deleted.ledger == item.target, Deleted.row_id == row_id).order_by(Deleted.id.desc())
            ).first()
            code = "target_gone" if title is None else "target_in_bin"
            yield Refusal(code, name, facts if title is None else {**facts, "title": title})


def _named(session: Session, kept: Kept, refusal: Refusal) -> Refusal:
    """The refusal, saying which of the rows it concerns."""
    return Refusal(
        "in_the_way",
        None,
        {"ledger": kept.model.entry.label, "title": kept_title(session, kept), "why": refusal.sentence()},
    )


def kept_title(session: Session, kept: Kept) -> str:
    """What the row was called."""
    fields = [kept.model.fields[name] for name in kept.model.entry.title]
    values = [kept.columns.get(item.column) for item in fields]
    wanted = {(item.target, value) for item, value in zip(fields, values, strict=True) if item.kind is Kind.REFERENCE and value}
    return join_title(fields, values, titles_of(session, wanted))
