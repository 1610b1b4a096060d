"""Questions of many rows answered together: what the rows to come name is read once, and follows what is written meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import and_, column, select, values
from sqlalchemy.orm import Session

from ..access.actor import Actor
from ..dictionary import several
from ..dictionary.entry import Scope
from ..dictionary.fields import Kind
from ..dictionary.ledger import Ledger
from ..dictionary.roles import Reach, Verb
from ..dictionary.titles import titles_of
from .store import Store, keyed_by_station

Key = tuple[Any, ...]
_READ_AT_ONCE = 500


@dataclass
class Named:
    """What the rows to come name: by this it is known what to read together."""

    ids: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Keys by ledger."""
    keys: dict[type[Ledger], set[Key]] = field(default_factory=lambda: defaultdict(set))
    """Natural keys, their station first, by ledger."""
    values: dict[tuple[type[Ledger], str], set[Any]] = field(default_factory=lambda: defaultdict(set))
    """Parts of natural keys, by ledger and field."""
    rows: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """How many new rows of each ledger."""


@dataclass
class _Index:
    """A station's rows by the values of some columns, for those values of the leading one that were asked for."""

    model: type[Ledger]
    station_id: int | None
    columns: list[str]
    lead: str
    loaded: set[Any] = field(default_factory=set)
    rows: dict[Key, dict[Ledger, None]] = field(default_factory=lambda: defaultdict(dict))
    places: dict[Ledger, Key] = field(default_factory=dict)

    def put(self, row: Ledger) -> None:
        place = tuple(getattr(row, name) for name in self.columns)
        before = self.places.get(row)
        if before == place:
            return
        if before is not None:
            del self.rows[before][row]
            del self.places[row]
        if getattr(row, self.lead) in self.loaded and getattr(row, "station_id", None) == self.station_id:
            self.rows[place][row] = None
            self.places[row] = place


@dataclass
class _Twins:
    """Rows by their natural key, and back."""

    rows: dict[Key, int] = field(default_factory=dict)
    keys: dict[int, Key] = field(default_factory=dict)

    def put(self, row_id: int, key: Key) -> None:
        before = self.keys.get(row_id)
        if before is not None and before != key:
            self.rows.pop(before, None)
        self.rows[key] = row_id
        self.keys[row_id] = key


class ReadAhead(Store):
    """Answers out of what it read together; asks the database for what nobody named before."""

    def __init__(self, session: Session, named: Named) -> None:
        super().__init__(session)
        self.named = named
        self._held: dict[tuple[str, int], Ledger] = {}
        self._open: dict[tuple[str, int | None, bool], tuple[set[int], set[int]]] = {}
        self._twins: dict[type[Ledger], _Twins] = {}
        self._titles: dict[tuple[str, int], str] = {}
        self._indexes: dict[Key, _Index] = {}
        self._targets: dict[tuple[type[Ledger], str], dict[int, list[int]]] = {}
        self._naming: dict[tuple[type[Ledger], str], dict[int, list[int]]] = {}

    # ---------------------------------------------------------------- rows

    def get(self, model: type[Ledger], row_id: int) -> Ledger | None:
        key = model.__tablename__
        if (key, row_id) not in self._held:
            wanted = {row_id, *self.named.ids[key], *self._named_by_held(key)}
            for part in _parts(wanted - {known for ledger, known in self._held if ledger == key}):
                for row in self.session.scalars(select(model).where(model.id.in_(part))):
                    self._held[key, row.id] = row
        return self._held.get((key, row_id))

    def _named_by_held(self, key: str) -> Iterator[int]:
        """Rows one step further: the activity of a reception that an opinion names."""
        for row in list(self._held.values()):
            for item in row.fields.values():
                if item.kind is Kind.REFERENCE and item.target == key and (row_id := getattr(row, item.column)) is not None:
                    yield row_id

    def open_ids(self, actor: Actor, target: str, ids: Collection[int], station_id: int | None, by_program: bool) -> set[int]:
        if not by_program and not _sees_whole_station(actor, target, station_id):
            return super().open_ids(actor, target, ids, station_id, by_program)
        asked, found = self._open.setdefault((target, station_id, by_program), (set(), set()))
        if not asked.issuperset(ids):
            new = {*ids, *self.named.ids[target]} - asked
            for part in _parts(new):
                found |= super().open_ids(actor, target, part, station_id, by_program)
            asked |= new
        return found.intersection(ids)

    def rows(self, model: type[Ledger], station_id: int | None, **same: Any) -> list[Any]:
        lead = next((name for name, value in same.items() if value is not None), "")
        if not lead:
            return super().rows(model, station_id, **same)
        place = (model, station_id, lead, *same)
        index = self._indexes.get(place)
        if index is None:
            columns = [model.fields[name].column for name in same]
            index = self._indexes[place] = _Index(model, station_id, columns, model.fields[lead].column)
        if same[lead] not in index.loaded:
            target = model.fields[lead].target
            self._load(index, {same[lead], *(self.named.ids[target] if target else self.named.values[model, lead])})
        return sorted(index.rows.get(tuple(same.values()), ()), key=lambda row: row.id)

    def _load(self, index: _Index, values: set[Any]) -> None:
        wanted = values - index.loaded
        model = index.model
        own = model.station_id == index.station_id
        found: list[Ledger] = []
        for part in _parts(wanted):
            found += self.session.scalars(select(model).where(own, getattr(model, index.lead).in_(part)))
        index.loaded |= wanted
        for row in found:
            index.put(row)

    def targets(self, row: Ledger, name: str) -> list[int]:
        model = type(row)
        known = self._targets.setdefault((model, name), {})
        if row.id not in known:
            peers = {row, *(held for (key, _id), held in self._held.items() if key == model.__tablename__)}
            unknown = [each for each in peers if each.id not in known]
            for part in _parts(unknown):
                found = several.targets(self.session, several.link(model, model.fields[name]), part)
                known |= {each.id: found.get(each.id, []) for each in part}
        return list(known[row.id])

    def named_by(self, model: type[Ledger], name: str, target_id: int) -> list[int]:
        known = self._naming.setdefault((model, name), {})
        if target_id not in known:
            item = model.fields[name]
            for part in _parts({target_id, *self.named.ids[item.target]} - known.keys()):
                found = several.named_by(self.session, several.link(model, item), part)
                known |= {each: found.get(each, []) for each in part}
        return known[target_id]

    # ---------------------------------------------------------------- natural keys

    def twin(self, model: type[Ledger], key: Mapping[str, Any], station_id: int | None, row_id: int | None) -> int | None:
        """A key that nobody foresaw is taken for free: if it is not, the table's UNIQUE says so, and the rows go one by one."""
        if model not in self._twins:
            self._twins[model] = self._read_twins(model)
        found = self._twins[model].rows.get((station_id if keyed_by_station(model) else None, *key.values()))
        return found if found != row_id else None

    def _read_twins(self, model: type[Ledger]) -> _Twins:
        twins = _Twins()
        columns = [getattr(model, model.fields[name].column) for name in key_names(model)]
        for with_station in (False, True):
            wanted = {key for key in self.named.keys[model] if (key[0] is not None) is with_station}
            for part in _parts(wanted):
                for row_id, *key in self._having(model, columns, part, with_station):
                    twins.put(row_id, tuple(key) if with_station else (None, *key))
        return twins

    def _having(self, model: type[Ledger], columns: list[Any], keys: Iterable[Key], with_station: bool) -> Iterable[Any]:
        columns = [model.station_id, *columns] if with_station else columns
        sought = values(*(column(f"k{place}", each.type) for place, each in enumerate(columns)), name="sought")
        given = sought.data([key if with_station else key[1:] for key in keys]).cte("sought_keys")
        same = and_(*(each == given.c[f"k{place}"] for place, each in enumerate(columns)))
        statement = select(model.id, *columns).join(given, same)
        if keyed_by_station(model) and not with_station:
            statement = statement.where(model.station_id.is_(None))
        return self.session.execute(statement)

    def title(self, model: type[Ledger], row_id: int) -> str:
        key = model.__tablename__
        if (key, row_id) not in self._titles:
            twins = self._twins[model].keys if model in self._twins else ()
            self._titles |= titles_of(self.session, [(key, each) for each in {row_id, *twins}])
        return self._titles.get((key, row_id), "")

    # ---------------------------------------------------------------- what is written meanwhile

    def created(self, row: Ledger) -> None:
        """A new row may be referred to like any other of its station."""
        key, model = row.__tablename__, type(row)
        self._held[key, row.id] = row
        for (target, station_id, _by_program), (asked, found) in self._open.items():
            if target == key and model.scope is Scope.STATION and getattr(row, "station_id", None) == station_id:
                asked.add(row.id)
                found.add(row.id)
        for (owner, _name), known in self._targets.items():
            if owner is model:
                known[row.id] = []

    def follow(self, row: Ledger) -> None:
        """What was read together says what was written."""
        model = type(row)
        self._titles.clear()
        for index in self._indexes.values():
            if index.model is model:
                index.put(row)
        if model in self._twins:
            parts = [getattr(row, model.fields[name].column) for name in key_names(model)]
            if None not in parts:
                self._twins[model].put(row.id, (row.station_id if keyed_by_station(model) else None, *parts))
        for (owner, name), known in self._targets.items():
            item = owner.fields[name]
            if item.through == model.__tablename__:
                known.clear()

    def referred(self, row: Ledger, name: str, targets: Collection[int]) -> None:
        """A field of several references holds these now."""
        held = self._targets.setdefault((type(row), name), {})
        naming = self._naming.get((type(row), name), {})
        if row.id not in held:
            naming.clear()
        for target_id in set(held.get(row.id, ())) ^ set(targets):
            if (namers := naming.get(target_id)) is not None:
                naming[target_id] = sorted(set(namers) ^ {row.id})
        held[row.id] = sorted(targets)

    def forget_answers(self) -> None:
        """Everything is to be read anew."""
        for known in (self._held, self._open, self._twins, self._titles, self._indexes, self._targets, self._naming):
            known.clear()


def key_names(model: type[Ledger]) -> list[str]:
    """The parts of the natural key that the row itself holds."""
    return [name for name in model.entry.key if "." not in name]


def _sees_whole_station(actor: Actor, target: str, station_id: int | None) -> bool:
    """Whether what this actor sees of the target follows from the station alone."""
    reach = actor.reach(target, Verb.LIST)
    if actor.station_id is None:
        return reach is Reach.ALL
    return reach in (Reach.ALL, Reach.STATION) and station_id in (None, actor.station_id)


def _parts(wanted: Iterable[Any]) -> Iterator[list[Any]]:
    """So many at once that one statement can name them."""
    rest = iter(wanted)
    while part := list(islice(rest, _READ_AT_ONCE)):
        yield part
