"""The base of every ledger: what all rows have, and how one declaration unfolds into table, constraints and indexes.

A model states its `entry` and its columns (columns.py). From them follow, all named and the same on SQLite and
PostgreSQL: NOT NULL, CHECKs of closed sets, ranges and the order of dates, the natural key's UNIQUE, composite foreign
keys `(station_id, x_id)` that refuse a reference across stations, and indexes for what the list sorts and filters.
"""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

import flask_appbuilder.security.sqla.manager  # noqa: F401 - sets up every mapper there is when first imported: none of ours may be half there
from flask_appbuilder import Model
from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy.orm import foreign, relationship

from .. import clock
from .columns import Reference, bytewise
from .entry import Entry, Scope
from .fields import Field, Kind

LEDGERS: dict[str, type[Ledger]] = {}
"""Every ledger by its key, in the order of declaration."""


class Ledger(Model):
    """A row of a ledger. Integer key for joins, `uid` for bringing offices together, `version` against lost updates."""

    __abstract__ = True
    entry: ClassVar[Entry]
    scope: ClassVar[Scope]
    fields: ClassVar[dict[str, Field]]
    associations: ClassVar[dict[str, Table]]

    def __init_subclass__(cls, **options: Any) -> None:
        if "__tablename__" in cls.__dict__:
            unfold(cls)
            LEDGERS[cls.__tablename__] = cls
        super().__init_subclass__(**options)

    def __repr__(self) -> str:
        return f"<{self.__tablename__} {self.id}>"


class StationLedger(Ledger):
    """Rows of one station (T in the dictionary)."""

    __abstract__ = True
    scope = Scope.STATION


class SharedLedger(Ledger):
    """Kept by the county, read by all (C)."""

    __abstract__ = True
    scope = Scope.SHARED


class EitherLedger(Ledger):
    """The county's rows (no station) and a station's own (T/C)."""

    __abstract__ = True
    scope = Scope.EITHER


def unfold(cls: type[Ledger]) -> None:
    """Turn the declared columns into the mapped table; runs before SQLAlchemy maps the class."""
    table = cls.__tablename__
    cls.fields, cls.associations = {}, {}
    constraints: list[Any] = []
    _base_columns(cls)
    for name, declared in list(cls.__dict__.items()):
        if isinstance(declared, Reference):
            field = declared.field.named(name)
            cls.fields[name] = field
            if field.kind is Kind.REFERENCE:
                _reference(cls, field)
            else:
                delattr(cls, name)
                if not field.through:
                    cls.associations[name] = _association(cls, field)
        elif isinstance(declared, Column) and "field" in declared.info:
            field = declared.info["field"] = declared.info["field"].named(name)
            cls.fields[name] = field
            constraints += _field_checks(table, field)
    constraints += _entry_constraints(cls) + _indexes(cls) + list(cls.__dict__.get("__table_args__", ()))
    cls.__table_args__ = (*constraints, {"sqlite_autoincrement": True})
    cls.__mapper_args__ = {"version_id_col": cls.__dict__["version"], "confirm_deleted_rows": True}


def _base_columns(cls: type[Ledger]) -> None:
    table = cls.__tablename__
    columns: dict[str, Any] = {
        "id": Column(Integer, primary_key=True),
        "uid": Column(bytewise(36), nullable=False, default=lambda: str(uuid4())),
        "version": Column(Integer, nullable=False),
        "request_id": Column(bytewise(64)),
        "created_at": Column(DateTime, nullable=False, default=clock.utc_now),
        "changed_at": Column(DateTime, nullable=False, default=clock.utc_now, onupdate=clock.utc_now),
    }
    if cls.scope is not Scope.SHARED and table != "stations":
        columns["station_id"] = Column(Integer, ForeignKey("stations.id", name=f"fk_{table}_station"), nullable=cls.scope is Scope.EITHER)
    for name, column in columns.items():
        setattr(cls, name, column)


def _reference(cls: type[Ledger], field: Field) -> None:
    """`<name>_id` and a relationship with an explicit single-column join (never a column picked at random)."""
    column, target = field.column, field.target
    setattr(cls, column, Column(Integer, nullable=not field.required, info={"field": field}))
    setattr(
        cls,
        field.name,
        relationship(
            lambda: LEDGERS[target],
            viewonly=True,
            lazy="select",
            primaryjoin=lambda: foreign(getattr(cls, column)) == LEDGERS[target].__table__.c.id,
        ),
    )


def _association(cls: type[Ledger], field: Field) -> Table:
    name = f"{cls.__tablename__}_{field.name}"
    columns = [Column("row_id", Integer, nullable=False), Column("target_id", Integer, nullable=False)]
    if cls.scope is Scope.STATION:
        columns.append(Column("station_id", Integer, nullable=False))
    return Table(
        name,
        Model.metadata,
        *columns,
        PrimaryKeyConstraint("row_id", "target_id", name=f"pk_{name}"),
        Index(f"ix_{name}_target", "target_id"),
    )


def connect_ledgers() -> None:
    """Add the foreign keys, once every ledger is declared: whether one is composite depends on both ends' scope."""
    for cls in LEDGERS.values():
        table = cls.__table__
        for field in cls.fields.values():
            if field.kind is Kind.REFERENCE:
                _connect(cls, table, field.column, field.target, f"fk_{table.name}_{field.name}")
        for name, association in cls.associations.items():
            _connect(cls, association, "row_id", cls.__tablename__, f"fk_{association.name}_row")
            _connect(cls, association, "target_id", cls.fields[name].target, f"fk_{association.name}_target")


def _connect(cls: type[Ledger], table: Table, column: str, target: str, name: str) -> None:
    if cls.scope is Scope.STATION and LEDGERS[target].scope is Scope.STATION and "station_id" in LEDGERS[target].__table__.c:
        columns, targets = ["station_id", column], [f"{target}.station_id", f"{target}.id"]
    else:
        columns, targets = [column], [f"{target}.id"]
    table.append_constraint(ForeignKeyConstraint(columns, targets, name=name, use_alter=_closes_a_ring(cls.__tablename__, target)))


def _closes_a_ring(key: str, target: str) -> bool:
    """Two ledgers that refer to each other: the earlier one's key can only be added once both tables are there."""
    back = any(field.kind is Kind.REFERENCE and field.target == key for field in LEDGERS[target].fields.values())
    keys = list(LEDGERS)
    return back and keys.index(key) < keys.index(target)


def _field_checks(table: str, field: Field) -> list[Any]:
    name, checks = field.name, []
    if field.choices is not None:
        codes = ", ".join(f"'{code}'" for code in field.choices.labels)
        checks.append(CheckConstraint(f"{name} IN ({codes})", name=f"ck_{table}_{name}"))
    bounds = [f"{name} >= {field.minimum}"] * (field.minimum is not None) + [f"{name} <= {field.maximum}"] * (field.maximum is not None)
    if bounds:
        checks.append(CheckConstraint(" AND ".join(bounds), name=f"ck_{table}_{name}_range"))
    if field.required and field.kind in (Kind.TEXT, Kind.LONG, Kind.PHONE):
        checks.append(CheckConstraint(f"{name} <> ''", name=f"ck_{table}_{name}_filled"))
    return checks


def _columns_of(cls: type[Ledger], names: tuple[str, ...]) -> list[str]:
    return [cls.fields[name].column if name in cls.fields else name for name in names]


def _entry_constraints(cls: type[Ledger]) -> list[Any]:
    table, entry = cls.__tablename__, cls.entry
    found: list[Any] = [
        UniqueConstraint("uid", name=f"uq_{table}_uid"),
        UniqueConstraint("request_id", name=f"uq_{table}_request"),
    ]
    own_key = [name for name in _columns_of(cls, entry.key) if "." not in name]
    if cls.scope is Scope.SHARED or table == "stations":
        found.append(UniqueConstraint(*own_key, name=f"uq_{table}_key"))
    else:
        found.append(UniqueConstraint("station_id", *own_key, name=f"uq_{table}_key"))
        if cls.scope is Scope.STATION:
            found.append(UniqueConstraint("station_id", "id", name=f"uq_{table}_station"))
        else:
            where = cls.__dict__["station_id"].is_(None)
            found.append(Index(f"uq_{table}_county_key", *own_key, unique=True, sqlite_where=where, postgresql_where=where))
    if entry.one_to_one:
        found.append(UniqueConstraint(f"{entry.one_to_one.field}_id", name=f"uq_{table}_{entry.one_to_one.field}"))
    for first, second in entry.ordered:
        found.append(CheckConstraint(f"{second} >= {first}", name=f"ck_{table}_{second}_after_{first}"))
    if entry.exactly_one:
        count = " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in _columns_of(cls, entry.exactly_one))
        found.append(CheckConstraint(f"{count} = 1", name=f"ck_{table}_exactly_one"))
    return found


def _indexes(cls: type[Ledger]) -> list[Index]:
    """One index for each column that the list sorts and filters, led by the station where there is one; what the list is
    sorted by of itself also has one of its own, for those who see all stations."""
    table = cls.__tablename__
    lead = ["station_id"] if "station_id" in cls.__dict__ else []
    columns = [field.column for field in cls.fields.values() if _indexed(cls, field)]
    found = [Index(f"ix_{table}_{column}", *lead, column, "id") for column in columns]
    own_order = cls.entry.order or cls.entry.month or cls.entry.key[0]
    if lead and own_order in cls.fields and cls.fields[own_order].kind is not Kind.REFERENCE:
        column = cls.fields[own_order].column
        found.append(Index(f"ix_{table}_{column}_of_all", column, "id"))
    return found


def _indexed(cls: type[Ledger], field: Field) -> bool:
    if field.kind in (Kind.REFERENCE, Kind.CHOICE, Kind.DATE, Kind.DATETIME):
        return True
    return field.name in (*cls.entry.key, *cls.entry.title, cls.entry.order) and field.kind not in (Kind.LONG, Kind.REFERENCES, Kind.POINTS)
