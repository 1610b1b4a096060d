"""Bringing a database up to this version of the program without losing a row.

A batch ALTER on SQLite copies a table and drops the old one. With foreign keys enforced that drop takes the children along,
silently; and the copy comes back without its triggers, its AUTOINCREMENT and its counter. So foreign keys are off while
migrations run and every reference is checked before the commit, the copy keeps what the table had, and the file is saved
beside itself first. All revisions are one transaction under the write lock: a failing one leaves everything as it was,
and a second process that wants to migrate waits, then finds nothing left to do.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.ddl.sqlite import SQLiteImpl
from alembic.operations.batch import ApplyBatchImpl
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.schema import Table
from sqlalchemy.sql.elements import quoted_name

from app.core.database import IMMEDIATE, db

KEPT_BACKUPS = 10
RAN = "revisions that ran"
"""Where the migration environment notes each revision, among the attributes of Alembic's configuration."""

_LOCK_WAIT_MS = 600_000
_POSTGRES_LOCK = 4_067_201_908
"""Any fixed number: the name of the migration lock among a PostgreSQL server's advisory locks."""


class BrokenReferences(RuntimeError):
    """A migration left rows that refer to nothing; it has been rolled back."""


def upgrade(app: Flask) -> list[str]:
    """Runs the revisions that this database lacks, and says which ran."""
    with app.app_context():
        config = app.extensions["migrate"].migrate.get_config()
        if current_revisions(db.engine) == set(ScriptDirectory.from_config(config).get_heads()):
            return []
        save_copy(db.engine)
        ran: list[str] = config.attributes.setdefault(RAN, [])
        command.upgrade(config, "head")
        return ran


def current_revisions(engine: Engine) -> set[str]:
    """The revisions a database stands at: none for an empty one."""
    with engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads())


@contextmanager
def migration_transaction(engine: Engine) -> Iterator[Connection]:
    """One locked transaction for all revisions (and for every other command that reads the schema)."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": _POSTGRES_LOCK})
                yield connection
            return
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.execute(f"PRAGMA busy_timeout={_LOCK_WAIT_MS}")
        driver.execute("PRAGMA foreign_keys=OFF")  # has no effect once a transaction is open
        try:
            with connection.execution_options(**{IMMEDIATE: True}).begin():
                yield connection
                _check_references(connection)
        finally:
            connection.detach()  # its settings are not those of a working connection: close it instead of pooling it


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        pairs = sorted({f"{row[0]} -> {row[2]}" for row in broken})
        raise BrokenReferences(f"{len(broken)} rows refer to nothing: {', '.join(pairs)}")


def save_copy(engine: Engine) -> Path | None:
    """Copies a filled SQLite file into `backups/` beside it and drops the oldest copies; PostgreSQL has its own tools."""
    source = engine.url.database
    if engine.dialect.name != "sqlite" or not source or source == ":memory:" or not Path(source).is_file():
        return None
    with closing(sqlite3.connect(source)) as original:
        if not original.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return None
        folder = Path(source).parent / "backups"
        folder.mkdir(exist_ok=True)
        stem = Path(source).stem
        target = folder / f"{stem}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.db"
        partial = target.with_suffix(".part")
        with closing(sqlite3.connect(partial)) as copy:
            original.backup(copy)
        partial.replace(target)
    for old in sorted(folder.glob(f"{stem}-*.db"))[:-KEPT_BACKUPS]:
        old.unlink()
    return target


class SafeSQLiteImpl(SQLiteImpl):
    """Alembic's SQLite with batch copies that keep AUTOINCREMENT, its counter and the triggers of the table.

    A counter that starts over would hand a deleted row's number, and with it that row's history, to a new one.
    Alembic takes the class defined last for a dialect.
    """

    __dialect__ = "sqlite"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._triggers: dict[str, list[str]] = {}
        self._counters: dict[str, int] = {}

    def prep_table_for_batch(self, batch_impl: ApplyBatchImpl, table: Table) -> None:
        super().prep_table_for_batch(batch_impl, table)
        name, connection = table.name, self.connection
        if connection is None or batch_impl.new_table is None:
            return
        definitions = connection.exec_driver_sql(
            "SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY rowid", (name,)
        ).all()
        self._triggers[name] = [sql for kind, sql in definitions if kind == "trigger"]
        if any(kind == "table" and re.search(r"\bAUTOINCREMENT\b", sql, re.IGNORECASE) for kind, sql in definitions):
            batch_impl.new_table.dialect_options["sqlite"]["autoincrement"] = True
            counter = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)).scalar()
            self._counters[name] = counter or 0

    def rename_table(self, old_table_name: str, new_table_name: str | quoted_name, schema: str | quoted_name | None = None) -> None:
        super().rename_table(old_table_name, new_table_name, schema)
        name, connection = str(new_table_name), self.connection
        if connection is None:
            return
        for trigger in self._triggers.pop(name, []):
            connection.exec_driver_sql(trigger)
        if counter := self._counters.pop(name, 0):
            connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
            connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, counter))
