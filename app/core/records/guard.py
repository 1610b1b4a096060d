"""Ledgers are written by core's one way only: anything else is a fault of the program and stops at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from ..dictionary.ledger import Ledger

_ALLOWED = "writing_ledgers"


@contextmanager
def writing_allowed(session: Session) -> Iterator[None]:
    """Within the block the session may flush ledger rows."""
    outer = session.info.get(_ALLOWED, False)
    session.info[_ALLOWED] = True
    try:
        yield
    finally:
        session.info[_ALLOWED] = outer


@event.listens_for(Session, "before_flush")
def _refuse_unaudited_rows(session: Session, _context: object, _instances: object) -> None:
    if session.info.get(_ALLOWED):
        return
    touched = [row for row in (*session.new, *session.dirty, *session.deleted) if isinstance(row, Ledger)]
    if any(row in session.new or row in session.deleted or session.is_modified(row) for row in touched):
        raise RuntimeError("Ledger rows are written through app.core.records.writing only.")


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk_statements(state: ORMExecuteState) -> None:
    mapper = state.bind_mapper
    if (state.is_update or state.is_delete or state.is_insert) and mapper is not None and issubclass(mapper.class_, Ledger):
        raise RuntimeError("Bulk statements on ledgers leave no history: write through app.core.records.writing.")
