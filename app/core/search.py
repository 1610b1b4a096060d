"""One search over everything: a table of texts kept in the transaction that writes the row, no triggers.

`title`, `keys` (pinyin and initials of the title) and `text` hold nothing personal; `personal` is searched only for those
who see that ledger's personal data in the clear. Type-ahead reads the same table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_appbuilder import Model
from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, and_, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from app.names import search_keys

from .actor import Actor
from .columns import bytewise
from .fields import Kind
from .ledger import LEDGERS, Ledger
from .masks import Sight
from .paths import Paths
from .roles import Reach, Verb
from .scope import visible
from .titles import titles_of

MOST_TEXT = 4000
MOST_HITS = 2000


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
    """Rows that hold every word of the query, of ledgers that the actor may list; at most `most` of each ledger. One statement,
    and one more for each ledger with hits of which the actor sees only some rows (a deputy, a convenor)."""
    words = query.split()[:6]
    listed = [key for key in (keys if keys is not None else LEDGERS) if actor.may(key, Verb.LIST)]
    if not words or not listed:
        return []
    clear = [key for key in listed if actor.sight(key) is Sight.CLEAR]
    statement = select(
        Searchable.ledger, Searchable.row_id, Searchable.title, Searchable.text,
        func.row_number().over(partition_by=Searchable.ledger, order_by=Searchable.row_id.desc()).label("place"),
    ).where(Searchable.ledger.in_(listed))
    if actor.station_id is not None:
        own = [Searchable.station_id == actor.station_id, Searchable.station_id.is_(None)]
        everywhere = [key for key in listed if key == "stations" and actor.reach(key, Verb.LIST) is Reach.ALL]
        statement = statement.where(or_(*own, Searchable.ledger.in_(everywhere)))
    for word in words:
        found_in = [like(column, word) for column in (Searchable.title, Searchable.keys, Searchable.text)]
        statement = statement.where(or_(*found_in, and_(Searchable.ledger.in_(clear), like(Searchable.personal, word))))  # type: ignore[arg-type]
    partial = {key for key in listed if actor.reach(key, Verb.LIST) in (Reach.SELF, Reach.GROUP)}
    numbered = statement.subquery()
    rows = session.execute(select(numbered).where(or_(numbered.c.place <= most, numbered.c.ledger.in_(partial))).limit(MOST_HITS)).all()
    there = {key: _of_these(session, actor, key, [row.row_id for row in rows if row.ledger == key]) for key in {row.ledger for row in rows} & partial}
    hits = [Hit(row.ledger, row.row_id, row.title, row.text) for row in rows if row.ledger not in there or row.row_id in there[row.ledger]]
    return sorted(hits, key=lambda hit: (listed.index(hit.ledger), -hit.row_id))


def _of_these(session: Session, actor: Actor, key: str, ids: list[int]) -> set[int]:
    model, paths = LEDGERS[key], Paths(LEDGERS[key])
    return set(session.scalars(paths.join(select(model.id)).where(model.id.in_(ids), *visible(actor, model, paths))))


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
