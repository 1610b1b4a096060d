"""A change set under way: how one row is read, checked, stored and recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import clock
from ..access.actor import Actor
from ..access.scope import visible
from ..dictionary import several
from ..dictionary.entry import Scope
from ..dictionary.fields import Kind, read_id
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.paths import Paths
from ..dictionary.roles import Reach, Verb
from ..files.attachments import ATTACH, DETACH
from ..refusals import NotThere, Refusal, Refused, refuse_any
from . import hooks
from .checking import check_fields, check_key, check_references, check_row, read_changes
from .erasing import erase_row
from .history import Change, jsonable
from .hooks import Saving, Values
from .search import found_by, index_rows, station_of
from .sharing import parent_changes, save_parent
from .store import Store, narrow

_CHUNK = 400
"""Rows indexed by one statement."""


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
    unindexed: dict[Ledger, None] = field(default_factory=dict)
    """Rows whose search texts are written once, when the change set ends."""
    last: dict[Hashable, Callable[[], None]] = field(default_factory=dict)
    """What is done once when the change set ends, however many rows ask for it."""
    store: Store = field(init=False)
    """Where questions are answered and rows are kept; many rows at once have one of their own."""

    def __post_init__(self) -> None:
        self.store = Store(self.session)

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
        """The row that this request made before. Raises Refused where the id is another station's."""
        model = LEDGERS[key]
        found = self.session.scalars(select(model.id).where(model.request_id == request_id)).first()
        if found is not None and self._find(model, int(found), Verb.SHOW) is None:
            raise Refused(Refusal("conflict"))
        return found

    def check_version(self, row: Ledger, version: str | None) -> None:
        if not version:
            raise Refused(Refusal("version_missing"))
        if version != version_of(self.session, row):
            last = self.last_change(row)
            raise Refused(
                Refusal(
                    "stale",
                    None,
                    {"who": last.by if last else "", "when": clock.to_office(last.at).strftime("%m-%d %H:%M") if last else ""},
                )
            )

    def last_change(self, row: Ledger) -> Change | None:
        """The change that made the row what it is; files come and go without changing it."""
        of_row = (Change.ledger == row.__tablename__, Change.row_id == row.id, Change.action.not_in((ATTACH, DETACH)))
        return self.session.scalars(select(Change).where(*of_row).order_by(Change.id.desc()).limit(1)).first()

    def save(
        self,
        key: str,
        changes: Mapping[str, Any],
        *,
        row: Ledger | None = None,
        request_id: str | None = None,
        by_program: bool = False,
        as_part: bool = False,
    ) -> Ledger:
        """Write one row under all rules. `by_program` is for services: it may fill in what people may not. `as_part`: the row
        is written as part of another whose permission was asked (the activity of a 1:1 detail)."""
        model = LEDGERS[key]
        if not by_program and not as_part and not self.actor.may(key, Verb.EDIT if row is not None else Verb.ADD):
            raise Refused(Refusal("not_permitted"))
        own, of_parent = parent_changes(model, changes)
        before = self.values(row) if row is not None else {}
        given, refusals = read_changes(self.actor, model, own, before, by_program)
        station_id = station_of(row) if row is not None else self._station_for(model, changes, refusals)
        if model.entry.one_to_one is not None:
            save_parent(self, model, row, of_parent, given, station_id, refusals)
        values = {**self._defaults(model), **before, **given}
        touched = list(model.fields) if row is None else list(given)
        failed = {refusal.field for refusal in refusals}
        refusals += [refusal for refusal in check_fields(model, values, touched) if refusal.field not in failed]
        refusals += check_references(self.store, self.actor, model, values, given, station_id, by_program)
        if not failed:
            refusals += check_row(model, values)
        refuse_any(refusals)
        saving = Saving(self, model, values, before, station_id, row if row is not None else model())
        for hook in hooks.before[key]:
            hook(saving)
        if model.entry.derive is not None:
            values.update(model.entry.derive(values))
        if saving.is_new or saving.changed(*(name for name in model.entry.key if name in model.fields)):
            refuse_any(check_key(self.store, model, values, row.id if row is not None else None, station_id))
        self._store(saving, request_id)
        if not by_program and not as_part:
            self._check_reach(model, saving.row, Verb.ADD if row is None else Verb.EDIT)
        for hook in hooks.after[key]:
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
        return self.store.targets(row, name)

    def get(self, model: type[Ledger], row_id: int) -> Any:
        """A row that a checked reference leads to."""
        row = self.store.get(model, row_id)
        if row is None:
            raise NotThere(model.__tablename__)
        return row

    def rows(self, model: type[Ledger], station_id: int | None, **same: Any) -> list[Any]:
        """A station's rows whose fields hold these values, empty ones included."""
        return self.store.rows(model, station_id, **same)

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
        station_id = read_id(chosen)
        known = station_id is not None and (
            self.store.get(LEDGERS["stations"], station_id) is not None if everywhere else station_id == self.actor.station_id
        )
        if not known:
            refusals.append(Refusal("wrong_station", "station"))
        return station_id if known else None

    def _store(self, saving: Saving, request_id: str | None) -> None:
        row, model, values = saving.row, saving.model, saving.values
        new = saving.is_new
        with self.session.no_autoflush:
            for name, item in model.fields.items():
                if item.kind is not Kind.REFERENCES and (new or values[name] != saving.before[name]):
                    setattr(row, item.column, values[name])
            if new:
                row.request_id = request_id
                if "station_id" in model.__table__.c:
                    row.station_id = saving.station_id
        self.store.keep(row, new)
        for name, item in model.fields.items():
            if item.kind is Kind.REFERENCES and saving.changed(name):
                self._store_targets(saving, name)
        differing = {
            name: [jsonable(saving.before.get(name)), jsonable(values[name])]
            for name in model.fields
            if (saving.changed(name) if not new else values[name] not in (None, [], ""))
        }
        if differing:
            if not new and row.version and all(model.fields[name].kind is Kind.REFERENCES for name in differing):
                row.changed_at = clock.utc_now()
                self.store.keep(row, is_new=False)
            self.record(row, "add" if new else "edit", differing)
            if new or found_by(model, differing):
                self.unindexed[row] = None

    def index(self) -> None:
        """Write the search texts of all that was written; what a savepoint or a deletion took back is left out."""
        self.store.settle()
        for do in self.last.values():
            do()
        self.last.clear()
        rows: dict[type[Ledger], list[Ledger]] = defaultdict(list)
        for row in self.unindexed:
            if row in self.session:
                rows[type(row)].append(row)
        self.unindexed.clear()
        for model, found in rows.items():
            for start in range(0, len(found), _CHUNK):
                index_rows(self.session, model, found[start : start + _CHUNK])

    def _store_targets(self, saving: Saving, name: str) -> None:
        row, link = saving.row, several.link(saving.model, saving.model.fields[name])
        wanted, had = set(saving.values[name]), set(saving.before.get(name) or ())
        if link.through is None:
            self.store.refer(link, row, name, saving.station_id, wanted, had)
            return
        for target_id in sorted(wanted - had):
            values = {link.own_field: row.id, link.other_field: target_id, "station_id": saving.station_id}
            self.save(link.through.__tablename__, values, by_program=True)
        if had - wanted:
            gone = select(link.through).where(link.own == row.id, link.other.in_(had - wanted))
            for child in self.session.scalars(gone).all():
                self.erase(child)

    def erase(self, row: Ledger) -> None:
        """Move a row with all it owns to the recycle bin. Raises Refused where others refer to it."""
        erased = Saving(self, type(row), {}, self.values(row), station_of(row), row)
        self.store.settle()
        erase_row(self.session, self.actor, self.id, row, self.reason)
        self.store.erased(row)
        for hook in hooks.erased[row.__tablename__]:
            hook(erased)

    def record(self, row: Ledger, action: str, differing: Mapping[str, Any]) -> None:
        """One line of history; personal values apart, where they can be blanked."""
        personal = {name: pair for name, pair in differing.items() if row.fields[name].personal}
        self.store.record(
            {
                "change_set": self.id,
                "at": clock.utc_now(),
                "account_id": self.actor.account_id,
                "by": self.actor.name,
                "source": self.actor.source,
                "reason": self.reason,
                "ledger": row.__tablename__,
                "row_id": row.id,
                "station_id": station_of(row),
                "action": action,
                "data": {name: pair for name, pair in differing.items() if name not in personal},
                "personal": personal or None,
            },
        )

    def _check_reach(self, model: type[Ledger], row: Ledger, verb: Verb) -> None:
        """A deputy writes about oneself, a convenor about the own group, the county its own rows: what was written lies within reach."""
        asked = model.scope is Scope.EITHER or narrow(self.actor, model.__tablename__, verb)
        if asked and not self.store.within_reach(self.actor, model, row, verb):
            raise Refused(Refusal("not_permitted"))
