"""The database under every ledger, made to behave the same on SQLite and on PostgreSQL.

SQLite as Python's driver ships it does not enforce foreign keys, opens its transactions late and leaves DDL outside them.
Here every SQLite connection of the process is put right, and `write_transaction` is the one door to writing: it takes the
write lock first and reads afterwards, so that what a rule has read is still true when its row is written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from flask_appbuilder.models.sqla import Model
from flask_appbuilder.models.sqla.base import SQLA
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ORMExecuteState, Session, scoped_session
from sqlalchemy.orm.unitofwork import UOWTransaction

BUSY_TIMEOUT_MS = 10_000
"""How long a clerk's save waits for another one's before it is refused."""

IMMEDIATE = "begin_immediate"
"""Execution option of a SQLite connection: take the write lock when the transaction begins."""

_OPEN_WRITE = "write_transaction"
_UNCOMMITTED = "uncommitted_writes"

db = SQLA(metadata=Model.metadata)


@event.listens_for(Engine, "connect")
def _prepare_sqlite_connection(connection: Any, _record: object) -> None:
    """Sets what SQLite keeps per connection; other databases pass untouched."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin_sqlite` does, for DDL too
    for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        immediate = connection.get_execution_options().get(IMMEDIATE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@event.listens_for(Engine, "handle_error")
def _keep_rows_out_of_errors(context: ExceptionContext) -> None:
    """An error's text goes to the log: without its SQL, and without PostgreSQL's repetition of the values that it refused."""
    shown = context.sqlalchemy_exception
    if isinstance(shown, DBAPIError):
        shown.statement = None
    error = context.original_exception
    if isinstance(error, psycopg.Error):
        first = str(error).split("\n", 1)[0] if isinstance(error, psycopg.IntegrityError) else ""
        error.args = (first or f"{type(error).__name__} {error.sqlstate or ''}".strip(),)
        if isinstance(shown, DBAPIError):
            shown.args = (f"({type(error).__module__}.{type(error).__name__}) {error}",)


@event.listens_for(Session, "after_flush")
def _note_flush(session: Session, _context: UOWTransaction) -> None:
    session.info[_UNCOMMITTED] = True


@event.listens_for(Session, "do_orm_execute")
def _note_statement(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info[_UNCOMMITTED] = True


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_rollback")
def _forget_writes(session: Session) -> None:
    session.info.pop(_UNCOMMITTED, None)


@contextmanager
def write_transaction(session: Session | scoped_session[Any]) -> Iterator[Session]:
    """Runs a block as one transaction that holds the write lock from its start; commits, or rolls back on an exception.

    A transaction that has already read cannot become a writer on SQLite when another writer came between, so a read that is
    under way is ended first; objects loaded before are read anew. Unsaved changes of the session would be lost by that and
    are refused: they belong inside the block. A block inside a block is a savepoint of the outer one: it fails alone,
    and is kept only if the outer block is.
    """
    current: Session = session() if isinstance(session, scoped_session) else session
    if current.info.get(_OPEN_WRITE):
        with current.begin_nested():
            yield current
        return

    _refuse_unsaved_changes(current)
    current.rollback()
    current.info[_OPEN_WRITE] = True
    try:
        current.connection(execution_options={IMMEDIATE: True})
        transaction = current.get_transaction()
        yield current
        if current.get_transaction() is not transaction:
            raise RuntimeError("The write transaction was ended inside its block: only the block's end commits.")
        current.commit()
    except BaseException:
        current.rollback()
        raise
    finally:
        del current.info[_OPEN_WRITE]


def _refuse_unsaved_changes(session: Session) -> None:
    changed = any(session.is_modified(row) for row in session.dirty)
    if session.new or session.deleted or changed or session.info.get(_UNCOMMITTED):
        raise RuntimeError("The session holds unsaved changes: make them inside the write transaction.")
