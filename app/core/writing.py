"""The one way to write a ledger: scope, rules, references, version, audit and search index in one transaction.

Web form, REST, import, screens and the demo only adapt to `write` and `erase`. An area adds what its ledger does
besides (numbers, states, rows that come along) with `before_saving` and `after_saving`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from . import clock
from .actor import Actor
from .checking import check_fields, check_key, check_references, check_row, read_changes
from .database import db, write_transaction
from .entry import Scope
from .erasing import erase_row
from .fields import Kind
from .guard import writing_allowed
from .history import Change, jsonable
from .ledger import LEDGERS, Ledger
from .paths import Paths
from .refusals import NotThere, Refusal, Refused, refuse_any
from .roles import Reach, Verb
from .scope import visible
from .search import index_rows, station_of

Values = dict[str, Any]


@dataclass
class Saving:
    """One row on its way into the ledger, as an area's hooks see it: `values` may be completed before, `row` is there after."""

    writing: Writing
    model: type[Ledger]
    values: Values
    before: Values
    station_id: int | None
    row: Ledger

    @property
    def is_new(self) -> bool:
        return not self.before

    def changed(self, *names: str) -> bool:
        return any(self.values.get(name) != self.before.get(name) for name in names)


Hook = Callable[[Saving], None]
_before: dict[str, list[Hook]] = defaultdict(list)
_after: dict[str, list[Hook]] = defaultdict(list)
_erased: dict[str, list[Hook]] = defaultdict(list)


def before_saving(*keys: str) -> Callable[[Hook], Hook]:
    """Register a service that completes or refuses a row before it is written."""
    def register(hook: Hook) -> Hook:
        for key in keys:
            _before[key].append(hook)
        return hook
    return register


def after_saving(*keys: str) -> Callable[[Hook], Hook]:
    """Register a service that writes what follows from a row, in the same transaction."""
    def register(hook: Hook) -> Hook:
        for key in keys:
            _after[key].append(hook)
        return hook
    return register


def after_erasing(*keys: str) -> Callable[[Hook], Hook]:
    """Register a service that writes what follows from a row's deletion, in the same transaction; `saving.before` holds its values."""
    def register(hook: Hook) -> Hook:
        for key in keys:
            _erased[key].append(hook)
        return hook
    return register


def write(
    actor: Actor, key: str, changes: Mapping[str, Any], *, row_id: int | None = None, version: str | None = None,
    request_id: str | None = None, reason: str | None = None,
) -> int:
    """Add a row, or change the row `row_id` as it was in `version`; gives its id.

    `changes` maps field names (of a 1:1 parent: `activity.start`) to values as typed or sent. The same `request_id` again
    gives the row it made. Raises Refused with every reason found, NotThere where the row is not the actor's.
    """
    try:
        with change_set(actor, reason) as writing:
            row = writing.existing(key, row_id, Verb.EDIT) if row_id is not None else None
            if row is None and request_id and (made := writing.made_by(key, request_id)):
                return made
            if row is not None:
                writing.check_version(row, version)
            return writing.save(key, changes, row=row, request_id=request_id).id
    except IntegrityError as error:
        if request_id and row_id is None and "_request" in str(error.orig):
            return _row_of_request(key, request_id)
        raise Refused(refusal_of(error)) from error
    except StaleDataError as error:
        raise Refused(Refusal("conflict")) from error


def erase(actor: Actor, key: str, row_id: int, *, version: str | None = None, reason: str | None = None) -> None:
    """Move a row with its owned children to the recycle bin. Raises Refused where others refer to it, NotThere."""
    with change_set(actor, reason) as writing:
        row = writing.existing(key, row_id, Verb.DELETE)
        if version is not None:
            writing.check_version(row, version)
        try:
            writing.erase(row)
        except IntegrityError as error:
            raise Refused(refusal_of(error)) from error


@contextmanager
def change_set(actor: Actor, reason: str | None = None) -> Any:
    """Several rows written together, or none of them: services work on the Writing that this gives."""
    with write_transaction(db.session) as session, writing_allowed(session):
        yield Writing(session, actor, reason)


def refusal_of(error: IntegrityError) -> Refusal:
    """A database's no as ours, for what slipped between the rules' look and the write."""
    text = str(error.orig).lower()
    if "foreign key" in text:
        return Refusal("no_such_row")
    return Refusal("conflict")


def _row_of_request(key: str, request_id: str) -> int:
    model = LEDGERS[key]
    return int(db.session.scalars(select(model.id).where(model.request_id == request_id)).one())


def version_of(session: Session, row: Ledger) -> str:
    """What a form carries so that a stale one is noticed; a 1:1 detail counts its parent in."""
    parent = _parent_of(session, row)
    return f"{row.version}.{parent.version}" if parent is not None else str(row.version)


def _parent_of(session: Session, row: Ledger) -> Ledger | None:
    one = row.entry.one_to_one
    return session.get(LEDGERS[row.fields[one.field].target], getattr(row, f"{one.field}_id")) if one else None


@dataclass
class Writing:
    """A change set under way: one transaction, one actor."""

    session: Session
    actor: Actor
    reason: str | None = None
    id: str = field(default_factory=lambda: str(uuid4()))

    def existing(self, key: str, row_id: int, verb: Verb) -> Ledger:
        """The row, if the actor may see it; refused if the role may not do this to it. Raises NotThere, Refused."""
        model = LEDGERS[key]
        if self._find(model, row_id, Verb.SHOW) is None:
            raise NotThere(key)
        if not self.actor.may(key, verb) or (row := self._find(model, row_id, verb)) is None:
            raise Refused(Refusal("not_permitted"))
        return row

    def _find(self, model: type[Ledger], row_id: int, verb: Verb) -> Ledger | None:
        paths = Paths(model)
        statement = select(model).where(model.id == row_id, *visible(self.actor, model, paths, verb))
        return self.session.scalars(paths.join(statement)).first()

    def made_by(self, key: str, request_id: str) -> int | None:
        model = LEDGERS[key]
        found = self.session.scalars(select(model.id).where(model.request_id == request_id)).first()
        return int(found) if found is not None else None

    def check_version(self, row: Ledger, version: str | None) -> None:
        if not version:
            raise Refused(Refusal("version_missing"))
        if version != version_of(self.session, row):
            last = self.last_change(row)
            raise Refused(Refusal("stale", None, {
                "who": last.by if last else "", "when": clock.to_office(last.at).strftime("%m-%d %H:%M") if last else ""}))

    def last_change(self, row: Ledger) -> Change | None:
        return self.session.scalars(
            select(Change).where(Change.ledger == row.__tablename__, Change.row_id == row.id).order_by(Change.id.desc()).limit(1)
        ).first()

    def save(
        self, key: str, changes: Mapping[str, Any], *, row: Ledger | None = None, request_id: str | None = None, by_program: bool = False,
        as_part: bool = False,
    ) -> Ledger:
        """Write one row under all rules. `by_program` is for services: it may fill in what people may not. `as_part`: the row
        is written as part of another whose permission was asked (the activity of a 1:1 detail)."""
        model = LEDGERS[key]
        if not by_program and not as_part and not self.actor.may(key, Verb.EDIT if row is not None else Verb.ADD):
            raise Refused(Refusal("not_permitted"))
        own = {name: raw for name, raw in changes.items() if "." not in name and name not in ("station", "station_id")}
        before = self.values(row) if row is not None else {}
        given, refusals = read_changes(self.actor, model, own, before, by_program)
        station_id = station_of(row) if row is not None else self._station_for(model, changes, refusals)
        if model.entry.one_to_one is not None:
            self._save_parent(model, row, changes, given, station_id, refusals)
        values = {**self._defaults(model), **before, **given}
        touched = list(model.fields) if row is None else list(given)
        failed = {refusal.field for refusal in refusals}
        refusals += [refusal for refusal in check_fields(model, values, touched) if refusal.field not in failed]
        refusals += check_references(self.session, self.actor, model, values, given, station_id, by_program)
        if not failed:
            refusals += check_row(model, values)
        refuse_any(refusals)
        saving = Saving(self, model, values, before, station_id, row if row is not None else model())
        for hook in _before[key]:
            hook(saving)
        if model.entry.derive is not None:
            values.update(model.entry.derive(values))
        refuse_any(check_key(self.session, model, values, row.id if row is not None else None, station_id))
        self._store(saving, request_id)
        if not by_program and not as_part:
            self._check_reach(model, saving.row, Verb.ADD if row is None else Verb.EDIT)
        for hook in _after[key]:
            hook(saving)
        return saving.row

    def values(self, row: Ledger) -> Values:
        """The row's values by field name; references as ids."""
        found: Values = {}
        for name, item in row.fields.items():
            found[name] = self.targets(row, name) if item.kind is Kind.REFERENCES else getattr(row, item.column)
        return found

    def targets(self, row: Ledger, name: str) -> list[int]:
        """The ids in a field of several references."""
        item = row.fields[name]
        if item.through:
            through = LEDGERS[item.through]
            own = next(f.column for f in through.fields.values() if f.target == row.__tablename__ and f.kind is Kind.REFERENCE)
            other = next(f.column for f in through.fields.values() if f.target == item.target and f.kind is Kind.REFERENCE)
            statement = select(getattr(through, other)).where(getattr(through, own) == row.id)
        else:
            table = row.associations[name]
            statement = select(table.c.target_id).where(table.c.row_id == row.id)
        return sorted(self.session.scalars(statement))

    @staticmethod
    def _defaults(model: type[Ledger]) -> Values:
        return {name: ([] if item.kind is Kind.REFERENCES else item.default) for name, item in model.fields.items()}

    def _station_for(self, model: type[Ledger], changes: Mapping[str, Any], refusals: list[Refusal]) -> int | None:
        """Whose row a new one is: the actor's station, or the one chosen by who works for all."""
        if model.scope is Scope.SHARED or model.__tablename__ == "stations":
            return None
        chosen = changes.get("station_id", changes.get("station", self.actor.station_id))
        if chosen in (None, ""):
            if model.scope is Scope.STATION or self.actor.reach(model.__tablename__, Verb.ADD) is not Reach.ALL:
                refusals.append(Refusal("wrong_station", "station"))
            return None
        everywhere = self.actor.station_id is None
        if not str(chosen).isdecimal() or (not everywhere and int(chosen) != self.actor.station_id):
            refusals.append(Refusal("wrong_station", "station"))
            return None
        if everywhere and self.session.get(LEDGERS["stations"], int(chosen)) is None:
            refusals.append(Refusal("wrong_station", "station"))
            return None
        return int(chosen)

    def _save_parent(
        self, model: type[Ledger], row: Ledger | None, changes: Mapping[str, Any], given: Values, station_id: int | None, refusals: list[Refusal],
    ) -> None:
        """The activity that a 1:1 detail shares its life with is written first, from the same page."""
        one = model.entry.one_to_one
        assert one is not None
        target = model.fields[one.field].target
        prefix = f"{one.field}."
        wanted = {name.removeprefix(prefix): raw for name, raw in changes.items() if name.startswith(prefix)}
        parent_id = getattr(row, f"{one.field}_id") if row is not None else given.get(one.field)
        parent = self.session.get(LEDGERS[target], parent_id) if parent_id else None
        if parent is not None and station_of(parent) != station_id:
            refusals.append(Refusal("no_such_row", one.field))
            return
        for name, allowed in one.fixed.items():
            if len(allowed) == 1:
                wanted[name] = allowed[0]
            elif wanted.get(name, getattr(parent, name, None)) not in allowed:
                refusals.append(Refusal("required", prefix + name))
        given.pop(one.field, None)
        try:
            if parent is None or wanted:
                station = {"station_id": station_id} if parent is None else {}
                with self.session.begin_nested():
                    parent = self.save(target, {**wanted, **station}, row=parent, as_part=True)
            given[one.field] = parent.id
        except Refused as refused:
            refusals += [Refusal(found.code, f"{prefix}{found.field}" if found.field else None, found.facts) for found in refused.refusals]
            given[one.field] = parent_id or 0

    def _store(self, saving: Saving, request_id: str | None) -> None:
        row, model, values = saving.row, saving.model, saving.values
        new = saving.is_new
        with self.session.no_autoflush:
            for name, item in model.fields.items():
                if item.kind is not Kind.REFERENCES and (new or values[name] != saving.before[name]):
                    setattr(row, item.column, values[name])
            if new:
                row.request_id = request_id
                if "station_id" in model.__table__.c:  # type: ignore[attr-defined]
                    row.station_id = saving.station_id  # type: ignore[attr-defined]
                self.session.add(row)
        self.session.flush()
        for name, item in model.fields.items():
            if item.kind is Kind.REFERENCES and saving.changed(name):
                self._store_targets(saving, name)
        differing = {name: [jsonable(saving.before.get(name)), jsonable(values[name])] for name in model.fields
                     if (saving.changed(name) if not new else values[name] not in (None, [], ""))}
        if differing:
            if not new and row.version and all(model.fields[name].kind is Kind.REFERENCES for name in differing):
                row.changed_at = clock.utc_now()
                self.session.flush()
            self.record(row, "add" if new else "edit", differing)
            index_rows(self.session, model, [row])

    def _store_targets(self, saving: Saving, name: str) -> None:
        row, item = saving.row, saving.model.fields[name]
        wanted, had = set(saving.values[name]), set(saving.before.get(name) or ())
        if item.through:
            self._store_through(row, item.through, item.target, wanted - had, had - wanted)
            return
        table = saving.model.associations[name]
        if had - wanted:
            self.session.execute(delete(table).where(table.c.row_id == row.id, table.c.target_id.in_(had - wanted)))
        if wanted - had:
            station = {"station_id": saving.station_id} if "station_id" in table.c else {}
            self.session.execute(insert(table), [{"row_id": row.id, "target_id": target, **station} for target in sorted(wanted - had)])

    def _store_through(self, row: Ledger, key: str, target: str, added: set[int], removed: set[int]) -> None:
        through = LEDGERS[key]
        own = next(item for item in through.fields.values() if item.target == row.__tablename__ and item.kind is Kind.REFERENCE)
        other = next(item for item in through.fields.values() if item.target == target and item.kind is Kind.REFERENCE)
        for target_id in sorted(added):
            self.save(key, {own.name: row.id, other.name: target_id, "station_id": station_of(row)}, by_program=True)
        gone = select(through).where(getattr(through, own.column) == row.id, getattr(through, other.column).in_(removed))
        for child in self.session.scalars(gone).all():
            self.erase(child)

    def erase(self, row: Ledger) -> None:
        """Move a row with all it owns to the recycle bin. Raises Refused where others refer to it."""
        erased = Saving(self, type(row), {}, self.values(row), station_of(row), row)
        erase_row(self.session, self.actor, self.id, row)
        for hook in _erased[row.__tablename__]:
            hook(erased)

    def record(self, row: Ledger, action: str, differing: Mapping[str, Any]) -> None:
        """One line of history; personal values apart, where they can be blanked."""
        personal = {name: pair for name, pair in differing.items() if row.fields[name].personal}
        self.session.add(Change(
            change_set=self.id, account_id=self.actor.account_id, by=self.actor.name, source=self.actor.source, reason=self.reason,
            ledger=row.__tablename__, row_id=row.id, station_id=station_of(row), action=action,
            data={name: pair for name, pair in differing.items() if name not in personal}, personal=personal or None,
        ))
        self.session.flush()

    def _check_reach(self, model: type[Ledger], row: Ledger, verb: Verb) -> None:
        """A deputy writes about oneself, a convenor about the own group: what was written must lie within reach."""
        if self.actor.reach(model.__tablename__, verb) in (Reach.SELF, Reach.GROUP) and self._find(model, row.id, verb) is None:
            raise Refused(Refusal("not_permitted"))
