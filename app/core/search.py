"""One search over everything: a table of texts kept in the transaction that writes the row, no triggers.

`title`, `keys` (pinyin and initials of the title) and `text` hold nothing personal; `personal` is searched only for those
who see that ledger's personal data in the clear. Type-ahead reads the same table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_appbuilder import Model
from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, delete, insert, or_, select
from sqlalchemy.orm import Session

from app.names import search_keys

from .actor import Actor
from .columns import bytewise
from .fields import Kind
from .ledger import LEDGERS, Ledger
from .masks import Sight
from .paths import Paths
from .roles import Verb
from .scope import visible
from .titles import titles_of

MOST_TEXT = 4000


class Searchable(Model):
    """What a row is found by."""

    __tablename__ = "search_index"
    __table_args__ = (PrimaryKeyConstraint("ledger", "row_id", name="pk_search_index"), Index("ix_search_index_station", "station_id", "ledger"))
    ledger = Column(bytewise(40), nullable=False)
    row_id = Column(Integer, nullable=False, autoincrement=False)
    station_id = Column(Integer)
    title = Column(bytewise(400), nullable=False)
    keys = Column(bytewise(800), nullable=False)
    text = Column(bytewise(), nullable=False)
    personal = Column(bytewise(), nullable=False)


def index_rows(session: Session, model: type[Ledger], rows: Iterable[Ledger]) -> None:
    """Write the rows' texts anew; rows whose title names one of them follow."""
    rows = list(rows)
    key = model.__tablename__
    before = {row_id: title for row_id, title in session.execute(
        select(Searchable.row_id, Searchable.title).where(Searchable.ledger == key, Searchable.row_id.in_([row.id for row in rows])))}
    titles = titles_of(session, [(key, row.id) for row in rows])
    forget_rows(session, key, list(before))
    if rows:
        session.execute(insert(Searchable.__table__), [_texts(model, row, titles[key, row.id]) for row in rows])  # type: ignore[attr-defined]
    renamed = [row.id for row in rows if row.id in before and before[row.id] != titles[key, row.id]]
    if renamed:
        _follow(session, key, renamed)


def _texts(model: type[Ledger], row: Ledger, title: str) -> dict[str, object]:
    plain, personal = [], []
    for field in model.fields.values():
        if field.kind in (Kind.TEXT, Kind.LONG, Kind.PHONE) and (value := getattr(row, field.name)):
            (personal if field.personal else plain).append(value)
    title = title[:400]
    return {
        "ledger": model.__tablename__, "row_id": row.id, "station_id": station_of(row), "title": title,
        "keys": search_keys(title)[:800], "text": "\n".join(plain)[:MOST_TEXT], "personal": "\n".join(personal)[:MOST_TEXT],
    }


def station_of(row: Ledger) -> int | None:
    """The station whose row it is; a station is its own."""
    return row.id if row.__tablename__ == "stations" else getattr(row, "station_id", None)


def _follow(session: Session, key: str, ids: list[int]) -> None:
    for model in LEDGERS.values():
        for name in model.entry.title:
            field = model.fields[name]
            if field.kind is Kind.REFERENCE and field.target == key:
                named = session.scalars(select(model).where(getattr(model, field.column).in_(ids))).all()
                if named:
                    index_rows(session, model, named)


def forget_rows(session: Session, key: str, ids: list[int]) -> None:
    if ids:
        session.execute(delete(Searchable.__table__).where(Searchable.ledger == key, Searchable.row_id.in_(ids)))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Hit:
    ledger: str
    row_id: int
    title: str
    text: str


def like(column: object, query: str) -> object:
    """A substring match in which % and _ stand for themselves."""
    escaped = query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return column.ilike(f"%{escaped}%", escape="\\")  # type: ignore[attr-defined]


def find(session: Session, actor: Actor, query: str, keys: Iterable[str] | None = None, most: int = 10) -> list[Hit]:
    """Rows that hold every word of the query, of ledgers that the actor may list; at most `most` of each ledger."""
    words = query.split()[:6]
    hits: list[Hit] = []
    for key in keys if keys is not None else LEDGERS:
        model = LEDGERS[key]
        if not words or not actor.may(key, Verb.LIST):
            continue
        paths = Paths(model)
        predicates = visible(actor, model, paths)
        columns = [Searchable.title, Searchable.keys, Searchable.text]
        if actor.sight(key) is Sight.CLEAR:
            columns.append(Searchable.personal)
        statement = select(Searchable.row_id, Searchable.title, Searchable.text).select_from(model).join(
            Searchable, (Searchable.ledger == key) & (Searchable.row_id == model.id))
        statement = paths.join(statement).where(*predicates, *(or_(*(like(column, word) for column in columns)) for word in words))  # type: ignore[arg-type]
        statement = statement.order_by(Searchable.row_id.desc()).limit(most)
        hits += [Hit(key, row_id, title, text) for row_id, title, text in session.execute(statement)]
    return hits


def choices_for(session: Session, actor: Actor, key: str, query: str, station_id: int | None = None, most: int = 20) -> list[tuple[int, str]]:
    """Type-ahead: (id, title) of rows whose title, pinyin or initials hold every word; exact starts first."""
    model = LEDGERS[key]
    paths = Paths(model)
    statement = select(Searchable.row_id, Searchable.title).select_from(model).join(
        Searchable, (Searchable.ledger == key) & (Searchable.row_id == model.id))
    statement = statement.where(*visible(actor, model, paths))
    for word in query.split()[:6]:
        statement = statement.where(or_(like(Searchable.title, word), like(Searchable.keys, word.lower())))  # type: ignore[arg-type]
    if station_id is not None and "station_id" in model.__table__.c:  # type: ignore[attr-defined]
        statement = statement.where(or_(model.station_id == station_id, model.station_id.is_(None)))  # type: ignore[attr-defined]
    order = [paths.sort_column(model.entry.order)] if model.entry.order else []
    statement = paths.join(statement).order_by(*(column.desc() if model.entry.newest_first and model.entry.month else column for column in order), model.id.desc() if model.entry.month else model.id)
    return [(row_id, title) for row_id, title in session.execute(statement.limit(most))]
