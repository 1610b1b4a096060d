"""Many rows of a change set under way: read ahead, written behind.

Rows still go through their stages one after the other, and rules and hooks see all that was written before: what waits is
written before any statement reads the database, and who asks through the store needs no statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import count, groupby
from typing import Any

from sqlalchemy import bindparam, delete, event, insert, select, text, update
from sqlalchemy.orm import ORMExecuteState, Session, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_state, set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from .. import clock
from ..access.actor import Actor
from ..access.scope import visible
from ..dictionary.fields import Kind
from ..dictionary.ledger import Ledger
from ..dictionary.paths import Paths
from ..dictionary.roles import Verb
from ..dictionary.several import Link
from ..refusals import Refusal, refuse_any
from .history import Change
from .numbering import Counter, next_number
from .readahead import Named, ReadAhead
from .store import narrow

_KEYS_AT_ONCE = 20
"""Keys reserved for a ledger of which rows come along with others."""
Series = tuple[int, str, int]


class Batch(ReadAhead):
    """As many rows as one savepoint carries."""

    def __init__(self, session: Session, named: Named) -> None:
        super().__init__(session, named)
        self._writes = 0
        self._keys: dict[str, Iterator[int]] = {}
        self._numbers: dict[Series, int] = {}
        self._numbers_kept: dict[Series, int] = {}
        self._given_out: list[tuple[Series, int]] = []
        """Each step of a series, with the number before it."""
        self._inserts: dict[type[Ledger], list[dict[str, Any]]] = {}
        self._created: list[Ledger] = []
        self._refers: list[tuple[Any, bool, dict[str, Any]]] = []
        self._lines: list[Mapping[str, Any]] = []
        self._reaching: dict[tuple[Actor, type[Ledger], Verb], list[int]] = defaultdict(list)
        self._settling = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Within the block, whatever reads the database finds all that was written."""
        event.listen(self.session, "do_orm_execute", self._before_statement)
        event.listen(self.session, "before_flush", self._before_flush)
        try:
            yield
        finally:
            event.remove(self.session, "do_orm_execute", self._before_statement)
            event.remove(self.session, "before_flush", self._before_flush)

    def _before_statement(self, _state: ORMExecuteState) -> None:
        self.settle()

    def _before_flush(self, _session: Session, _context: object, _instances: object) -> None:
        self.settle(flushing=True)

    # ---------------------------------------------------------------- numbers

    def next_number(self, station_id: int, series: str, year: int) -> int:
        number = self._last((station_id, series, year)) + 1
        self._give_out((station_id, series, year), number)
        return number

    def keep_up(self, station_id: int, series: str, year: int, used: int) -> None:
        if used > self._last((station_id, series, year)):
            self._give_out((station_id, series, year), used)

    def _last(self, series: Series) -> int:
        """The last number given out; taking one locks the series until the transaction ends."""
        if series not in self._numbers:
            self._numbers_kept[series] = next_number(self.session, *series)
            self._numbers[series] = self._numbers_kept[series] - 1
        return self._numbers[series]

    def _give_out(self, series: Series, number: int) -> None:
        self._given_out.append((series, self._numbers[series]))
        self._numbers[series] = number

    # ---------------------------------------------------------------- written behind

    def keep(self, row: Ledger, is_new: bool) -> None:
        self._writes += 1
        if is_new:
            self._queue(row)
            self.created(row)
        self.follow(row)

    def _queue(self, row: Ledger) -> None:
        """The row is there for everyone who asks the session; its INSERT waits."""
        model = type(row)
        if model in self._inserts and self._names_later(model):
            self.settle()
        kept = row.__dict__
        kept["id"], kept["version"] = self._next_key(model), 1
        values = {}
        for name, default in _columns(model.__table__):
            value = kept.get(name)
            if value is None and default is not None:
                value = default.arg(None) if default.is_callable else default.arg
            kept[name] = values[name] = value
        make_transient_to_detached(row)
        self.session.add(row)
        self._inserts.setdefault(model, []).append(values)
        self._created.append(row)

    def _names_later(self, model: type[Ledger]) -> bool:
        """Whether the ledger refers to one whose new rows are written after its own."""
        order = [each.__tablename__ for each in self._inserts]
        later = set(order[order.index(model.__tablename__) + 1 :])
        return any(item.kind is Kind.REFERENCE and item.target in later for item in model.fields.values())

    def _next_key(self, model: type[Ledger]) -> int:
        key = model.__tablename__
        found = next(self._keys[key], None) if key in self._keys else None
        if found is None:
            self._keys[key] = _reserve_keys(self.session, key, max(self.named.rows.pop(key, 0), _KEYS_AT_ONCE))
            found = next(self._keys[key])
        return found

    def refer(self, link: Link, row: Ledger, name: str, station_id: int | None, wanted: Collection[int], had: Collection[int]) -> None:
        self._writes += 1
        station = {"station_id": station_id} if "station_id" in link.kept_in.c else {}
        for target in sorted(set(had).difference(wanted)):
            self._refers.append((link.kept_in, False, {"gone_from": row.id, "gone": target}))
        for target in sorted(set(wanted).difference(had)):
            self._refers.append((link.kept_in, True, {"row_id": row.id, "target_id": target, **station}))
        self.referred(row, name, wanted)

    def record(self, line: Mapping[str, Any]) -> None:
        self._lines.append(line)

    def within_reach(self, actor: Actor, model: type[Ledger], row: Ledger, verb: Verb) -> bool:
        """Asked for all rows together in the end, unless it hangs on what other rows say."""
        if narrow(actor, model.__tablename__, verb):
            return super().within_reach(actor, model, row, verb)
        self._reaching[actor, model, verb].append(row.id)
        return True

    def erased(self, row: Ledger) -> None:
        self._writes += 1
        self.forget_answers()

    def settle(self, flushing: bool = False) -> None:
        if self._settling:
            return
        self._settling = True
        try:
            connection = self.session.connection()
            inserts, self._inserts = self._inserts, {}
            for model, rows in inserts.items():
                connection.execute(insert(model.__table__), rows)
            self._update(connection)
            if not flushing:
                self.session.flush()
            refers, self._refers = self._refers, []
            for (table, there), changes in groupby(refers, key=lambda each: each[:2]):
                gone = delete(table).where(table.c.row_id == bindparam("gone_from"), table.c.target_id == bindparam("gone"))
                connection.execute(insert(table) if there else gone, [values for *_what, values in changes])
            self._write_numbers(connection)
            lines, self._lines = self._lines, []
            if lines:
                connection.execute(insert(Change.__table__), lines)
        finally:
            self._settling = False

    def _update(self, connection: Any) -> None:
        """Changed rows by the hundred: a flush would write each with a statement of its own, to count it. Raises StaleDataError."""
        changed: dict[tuple[type[Ledger], frozenset[str]], list[Ledger]] = defaultdict(list)
        for row in self.session.dirty:
            if isinstance(row, Ledger) and (names := _changed_columns(row)):
                changed[type(row), names].append(row)
        for (model, names), rows in changed.items():
            of, now = model.__table__.c, clock.utc_now()
            written = [
                {"of_id": row.id, "of_version": row.version, **{name: getattr(row, name) for name in names}}
                | {"version": row.version + 1, "changed_at": now}
                for row in rows
            ]
            same = (of.id == bindparam("of_id"), of.version == bindparam("of_version"))
            found = connection.execute(update(model.__table__).where(*same), written)
            if found.rowcount != len(written):
                raise StaleDataError(f"{model.__tablename__}: {found.rowcount} of {len(written)} rows are as they were read")
            for row, values in zip(rows, written, strict=True):
                for name in (*names, "version", "changed_at"):
                    set_committed_value(row, name, values[name])

    def _write_numbers(self, connection: Any) -> None:
        moved = {series: number for series, number in self._numbers.items() if self._numbers_kept[series] != number}
        if not moved:
            return
        self._numbers_kept |= moved
        of = Counter.__table__.c
        same = (of.station_id == bindparam("of_station"), of.series == bindparam("of_series"), of.year == bindparam("of_year"))
        rows = [
            {"of_station": station_id, "of_series": series, "of_year": year, "now": number}
            for (station_id, series, year), number in moved.items()
        ]
        connection.execute(update(Counter.__table__).where(*same).values(last=bindparam("now")), rows)

    def finish(self) -> None:
        """Write all that waits. Raises Refused where a row lies beyond its writer's reach."""
        self.settle()
        for (actor, model, verb), ids in self._reaching.items():
            paths = Paths(model)
            own = visible(actor, model, paths, verb)
            within = self.session.scalars(paths.join(select(model.id)).where(model.id.in_(ids), *own))
            refuse_any([Refusal("not_permitted")] if set(ids) - set(within) else [])

    # ---------------------------------------------------------------- refused rows

    def mark(self) -> tuple[int, int]:
        """Where a row begins."""
        return self._writes, len(self._given_out)

    def taken_back(self, mark: tuple[int, int]) -> bool:
        """Forget a refused row's numbers; False where more of it was written, which only the savepoint takes back."""
        writes, steps = mark
        if writes != self._writes:
            return False
        while len(self._given_out) > steps:
            series, before = self._given_out.pop()
            self._numbers[series] = before
        return True

    def forget(self) -> None:
        """The savepoint took everything back: rows that were promised are not there."""
        for row in self._created:
            if row in self.session:
                self.session.expunge(row)


def _changed_columns(row: Ledger) -> frozenset[str]:
    before = instance_state(row).committed_state
    return frozenset(name for name in before if name in row.__table__.c and getattr(row, name) != before[name])


@cache
def _columns(table: Any) -> list[tuple[str, Any]]:
    return [(column.key, column.default) for column in table.c]


def _reserve_keys(session: Session, table: str, most: int) -> Iterator[int]:
    """Keys that no other row gets: SQLite gives none out while we hold the write lock, PostgreSQL takes them out of the sequence."""
    if session.get_bind().dialect.name == "sqlite":
        last = session.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table})
        return count((last or 0) + 1)
    taken = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :most)")
    return iter(session.scalars(taken, {"name": table, "most": most}).all())
