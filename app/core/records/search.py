"""One search over everything: a table of texts kept in the transaction that writes the row, no triggers.

`title`, `keys` (pinyin and initials of the title) and `text` hold nothing personal; `personal` is searched only for those
who see that ledger's personal data in the clear. Type-ahead reads the same table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_appbuilder import Model
from sqlalchemy import Boolean, Index, Integer, PrimaryKeyConstraint, and_, case, delete, func, insert, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.functions import FunctionElement

from app.names import search_keys

from ..access.actor import Actor
from ..access.scope import visible
from ..dictionary.columns import bytewise
from ..dictionary.fields import Field, Kind
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.masks import Sight
from ..dictionary.paths import Paths
from ..dictionary.roles import Reach, Verb
from ..dictionary.titles import titles_of

MOST_TEXT = 4000
MOST_HITS = 2000


class Searchable(Model):
    """What a row is found by."""

    __tablename__ = "search_index"
    __table_args__ = (
        PrimaryKeyConstraint("ledger", "row_id", name="pk_search_index"),
        Index("ix_search_index_station", "station_id", "ledger"),
    )
    ledger: Mapped[str] = mapped_column(bytewise(40), nullable=False)
    row_id: Mapped[int] = mapped_column(Integer, nullable=False, autoincrement=False)
    station_id: Mapped[int | None] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(bytewise(400), nullable=False)
    keys: Mapped[str] = mapped_column(bytewise(800), nullable=False)
    text: Mapped[str] = mapped_column(bytewise(), nullable=False)
    personal: Mapped[str] = mapped_column(bytewise(), nullable=False)


def index_rows(session: Session, model: type[Ledger], rows: Iterable[Ledger]) -> None:
    """Write the rows' texts anew; rows whose title names one of them follow.

    A row that says nothing of its own (an attendance mark: activity and deputy) is found through the rows that it names:
    a million such would make every search slow and its answer long.
    """
    rows = list(rows)
    key = model.__tablename__
    there = select(Searchable.row_id, Searchable.title).where(Searchable.ledger == key, Searchable.row_id.in_([row.id for row in rows]))
    before = {row.row_id: row.title for row in session.execute(there)}
    titles = titles_of(session, [(key, row.id) for row in rows])
    forget_rows(session, key, list(before))
    found = [_texts(model, row, titles[key, row.id]) for row in rows]
    if _speaks_through_others(model):
        found = [texts for texts in found if texts["text"] or texts["personal"]]
    if found:
        session.execute(insert(Searchable.__table__), found)
    renamed = [row.id for row in rows if row.id in before and before[row.id] != titles[key, row.id]]
    if renamed:
        _follow(session, key, renamed)


def index_ledgers(session: Session, *, missing: bool = False) -> None:
    """Write the texts of all rows anew; or of those alone that have none, as a change of the schema makes them."""
    for model in LEDGERS.values():
        if missing and _speaks_through_others(model):
            continue
        asked = select(model.id)
        if missing:
            asked = asked.where(model.id.not_in(select(Searchable.row_id).where(Searchable.ledger == model.__tablename__)))
        ids = list(session.scalars(asked))
        for start in range(0, len(ids), 500):
            index_rows(session, model, session.scalars(select(model).where(model.id.in_(ids[start : start + 500]))).all())


def _speaks_through_others(model: type[Ledger]) -> bool:
    """An owned ledger whose rows are named by references alone and that nothing refers to."""
    key, entry = model.__tablename__, model.entry
    named_by_others = bool(entry.owned_by) and all(model.fields[name].kind is Kind.REFERENCE for name in entry.title)
    return named_by_others and not any(field.target == key for other in LEDGERS.values() for field in other.fields.values())


def _texts(model: type[Ledger], row: Ledger, title: str) -> dict[str, object]:
    plain: list[str] = []
    personal: list[str] = []
    for field in model.fields.values():
        in_title = field.name in model.entry.title and not field.personal
        if _typed(field) and not in_title and (value := getattr(row, field.name)):
            (personal if field.personal else plain).append(value)
    title = title[:400]
    return {
        "ledger": model.__tablename__,
        "row_id": row.id,
        "station_id": station_of(row),
        "title": title,
        "keys": keys_of(title),
        "text": "\n".join(plain)[:MOST_TEXT],
        "personal": "\n".join(personal)[:MOST_TEXT],
    }


def _typed(field: Field) -> bool:
    return field.kind in (Kind.TEXT, Kind.LONG, Kind.PHONE) and not field.name.endswith("_key")  # sort keys are no words


def found_by(model: type[Ledger], names: Iterable[str]) -> bool:
    """Whether one of these fields is among what a row is found by."""
    return any(name in model.entry.title or _typed(model.fields[name]) for name in names)


def keys_of(title: str) -> str:
    """Pinyin and initials of a title as a whole and of each part: a name inside it keeps its surname's own reading."""
    parts = title.split()
    return " ".join(dict.fromkeys(map(search_keys, [title, *parts] if len(parts) > 1 else [title])))[:800]


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
        session.execute(delete(Searchable.__table__).where(Searchable.ledger == key, Searchable.row_id.in_(ids)))


@dataclass(frozen=True)
class Hit:
    ledger: str
    row_id: int
    title: str
    text: str


class _Like(FunctionElement[bool]):
    """LIKE whatever the case. SQLAlchemy's `ilike` folds both sides on SQLite, whose own LIKE does it three times as fast."""

    name = "like_whatever_the_case"
    type = Boolean()
    inherit_cache = True


@compiles(_Like)
def _ilike(element: _Like, compiler: Any, **options: Any) -> str:
    operator = "LIKE" if compiler.dialect.name == "sqlite" else "ILIKE"
    column, pattern = (compiler.process(each, **options) for each in element.clauses)
    return f"({column} {operator} {pattern} ESCAPE '!')"


def like(column: Any, query: str) -> Any:
    """A substring match in which % and _ stand for themselves; no text holds the character of code 0."""
    escaped = query.replace("\0", "").replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return _Like(column, literal(f"%{escaped}%"))


def find(session: Session, actor: Actor, query: str, keys: Iterable[str] | None = None, most: int = 10) -> list[Hit]:
    """Rows that hold every word of the query, of ledgers that the actor may list; at most `most` of each ledger. One statement,
    and one more for each ledger with hits of which the actor sees only some rows (a deputy, a convenor)."""
    words = query.split()[:6]
    listed = [key for key in (keys if keys is not None else LEDGERS) if actor.may(key, Verb.LIST)]
    if not words or not listed:
        return []
    clear = [key for key in listed if actor.sight(key) is Sight.CLEAR]
    others = [key for key in LEDGERS if key not in listed]
    statement = select(
        Searchable.ledger,
        Searchable.row_id,
        Searchable.title,
        Searchable.text,
        func.row_number().over(partition_by=Searchable.ledger, order_by=Searchable.row_id.desc()).label("place"),
    ).where(Searchable.ledger.not_in(others))  # asked the other way round, the rows would be fetched one by one through an index
    if actor.station_id is not None:
        own = [Searchable.station_id == actor.station_id, Searchable.station_id.is_(None)]
        if "stations" in listed and actor.reach("stations", Verb.LIST) is Reach.ALL:
            own.append(Searchable.ledger == "stations")
        statement = statement.where(or_(*own))
    for word in words:
        columns = (Searchable.title, Searchable.text, Searchable.keys) if word.isascii() else (Searchable.title, Searchable.text)
        found_in = [like(column, word) for column in columns]  # the keys are letters and digits alone
        if clear:
            found_in.append(and_(Searchable.ledger.not_in([key for key in LEDGERS if key not in clear]), like(Searchable.personal, word)))
        statement = statement.where(or_(*found_in))
    partial = {key for key in listed if actor.reach(key, Verb.LIST) in (Reach.SELF, Reach.GROUP)}
    numbered = statement.subquery()
    wanted = [numbered.c.place <= most, *([numbered.c.ledger.in_(partial)] if partial else [])]
    rows = session.execute(select(numbered).where(or_(*wanted)).limit(MOST_HITS)).all()
    there = {
        key: _of_these(session, actor, key, [row.row_id for row in rows if row.ledger == key])
        for key in {row.ledger for row in rows} & partial
    }
    hits = [Hit(row.ledger, row.row_id, row.title, row.text) for row in rows if row.ledger not in there or row.row_id in there[row.ledger]]
    return sorted(hits, key=lambda hit: (listed.index(hit.ledger), -hit.row_id))


def _of_these(session: Session, actor: Actor, key: str, ids: list[int]) -> set[int]:
    model, paths = LEDGERS[key], Paths(LEDGERS[key])
    own = visible(actor, model, paths)  # before the join: it says which relations the predicates need
    return set(session.scalars(paths.join(select(model.id)).where(model.id.in_(ids), *own)))


def choices_for(session: Session, actor: Actor, key: str, query: str, most: int = 20) -> list[tuple[int, str]]:
    """Type-ahead: (id, title) of rows whose title, pinyin or initials hold every word; what begins with the query comes first."""
    model, entry = LEDGERS[key], LEDGERS[key].entry
    paths = Paths(model)
    found: Any = select(Searchable.row_id, Searchable.title).select_from(model)
    found = found.join(Searchable, (Searchable.ledger == key) & (Searchable.row_id == model.id))
    found = found.where(*visible(actor, model, paths))
    words = query.lower().split()[:6]
    for word in words:
        found = found.where(or_(like(Searchable.title, word), like(Searchable.keys, word)))
    latest_first = entry.newest_first and bool(entry.month)
    order: list[Any] = [case((Searchable.title.startswith(words[0], autoescape=True), 0), else_=1)] if words else []
    if entry.order:
        column = paths.sort_column(entry.order)
        order.append(column.desc() if latest_first else column)
    order.append(model.id.desc() if entry.month else model.id)
    return [(row_id, title) for row_id, title in session.execute(paths.join(found).order_by(*order).limit(most))]
