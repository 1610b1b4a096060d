"""What one database's tables are, said so that two databases of a kind can be compared down to the text of their rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import inspect, text
from sqlalchemy.engine import Engine
from sqlalchemy.engine.reflection import Inspector

_KEPT_BY_ALEMBIC = {"alembic_version"}


def schema_differences(migrated: Engine, created: Engine) -> list[str]:
    """What a migrated database lacks or has too much, against one made straight from the models. Empty: they are the same."""
    found, wanted = set(statements(migrated)), set(statements(created))
    return sorted([f"missing: {line}" for line in wanted - found] + [f"too much: {line}" for line in found - wanted])


def statements(engine: Engine) -> Iterator[str]:
    """Every fact of the schema as one line: columns, keys, named rules with their text, indexes with their condition, triggers."""
    inspector = inspect(engine)
    tables = [name for name in inspector.get_table_names() if name not in _KEPT_BY_ALEMBIC]
    for table in tables:
        yield f"{table}: table"
        yield from (f"{table}: {line}" for line in _columns(engine, inspector, table))
        yield from (f"{table}: {line}" for line in _constraints(inspector, table))
        yield from (f"{table}: {line}" for line in _indexes(engine, inspector, table))
    if engine.dialect.name == "sqlite":
        yield from _sqlite_only(engine, tables)
    else:
        yield from (f"sequence {name}" for name in inspector.get_sequence_names())
        yield from (f"trigger {row[0]} on {row[1]}" for row in _rows(engine, "SELECT DISTINCT trigger_name, event_object_table "
                                                                     "FROM information_schema.triggers"))


def _columns(engine: Engine, inspector: Inspector, table: str) -> Iterator[str]:
    for column in inspector.get_columns(table):
        kind = column["type"].compile(engine.dialect)
        default = _words(column.get("default"))
        if default.startswith("nextval("):
            default = ""  # a number from the column's own sequence, whether the column or the program asks for it
        yield f"column {column['name']} {kind} null={column['nullable']} default={default} computed={_words(column.get('computed'))}"


def _constraints(inspector: Inspector, table: str) -> Iterator[str]:
    yield f"primary key {inspector.get_pk_constraint(table)['constrained_columns']}"
    for check in inspector.get_check_constraints(table):
        yield f"check {check['name']}: {_words(check['sqltext'])}"
    for unique in inspector.get_unique_constraints(table):
        yield f"unique {unique['name']}: {unique['column_names']}"
    for key in inspector.get_foreign_keys(table):
        target = f"{key['referred_table']}{key['referred_columns']}"
        yield f"foreign key {key['name']}: {key['constrained_columns']} -> {target} {_sorted(key['options'])}"


def _indexes(engine: Engine, inspector: Inspector, table: str) -> Iterator[str]:
    if engine.dialect.name == "sqlite":  # what Python's inspector leaves out (expressions, directions) stands in the statement
        question = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = :table"
    else:
        question = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = :table"
    for name, definition in _rows(engine, question, table=table):
        yield f"index {name}: {_words(definition)}"


def _sqlite_only(engine: Engine, tables: list[str]) -> Iterator[str]:
    definitions = dict(_rows(engine, "SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    for table in tables:
        definition = _words(definitions[table]).upper()
        collations = sorted(re.findall(r"COLLATE (\w+)", definition))
        yield f"{table}: autoincrement={'AUTOINCREMENT' in definition} collations={collations}"
    for name, definition in _rows(engine, "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"):
        yield f"{name}: {_words(definition)}"


def _rows(engine: Engine, question: str, **values: str) -> list[tuple[Any, Any]]:
    with engine.connect() as connection:
        return [(row[0], row[1]) for row in connection.execute(text(question), values)]


def _words(value: object) -> str:
    """Text without what two writers of the same statement do differently: line breaks, quotes around names, outer brackets."""
    return re.sub(r"\s+", " ", "" if value is None else str(value)).replace('"', "").strip()


def _sorted(options: Mapping[str, Any]) -> str:
    return str(sorted(options.items()))
