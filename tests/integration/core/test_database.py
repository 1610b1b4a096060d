"""The database keeps every change, on SQLite as on PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, Table, create_engine, insert, select, text, update
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.core.database import write_transaction

pytestmark = pytest.mark.both_databases

TIMES = 100


class Base(DeclarativeBase):
    metadata = MetaData()


class Counter(Base):
    __tablename__ = "counters"
    __table_args__ = (CheckConstraint("value >= 0", name="counters_value_not_negative"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]


marks = Table("marks", Base.metadata, Column("id", Integer, primary_key=True), Column("counter_id", ForeignKey("counters.id")))


@pytest.fixture
def engine(empty_database: URL) -> Iterator[Engine]:
    made = create_engine(empty_database, hide_parameters=True)
    Base.metadata.create_all(made)
    with Session(made) as session, write_transaction(session):
        session.add(Counter(id=1, value=0))
    yield made
    made.dispose()


def value_of(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalars(select(Counter.value).where(Counter.id == 1)).one()


def in_threads(*jobs: Callable[[], None]) -> None:
    with ThreadPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(job) for job in jobs]:
            done.result()


def test_two_clerks_counting_at_once_lose_nothing(engine: Engine) -> None:
    def count() -> None:
        with Session(engine) as session:
            for _ in range(TIMES):
                with write_transaction(session):
                    counter = session.scalars(select(Counter).where(Counter.id == 1).with_for_update()).one()
                    counter.value += 1

    in_threads(count, count)
    assert value_of(engine) == 2 * TIMES


def test_a_session_that_has_read_can_still_write_after_another_one_wrote(engine: Engine) -> None:
    with Session(engine) as early, Session(engine) as late:
        stale = early.scalars(select(Counter)).one()
        with write_transaction(late):
            late.execute(update(Counter).values(value=5))
        with write_transaction(early):
            stale.value += 1
    assert value_of(engine) == 6


def test_readers_are_not_held_up_by_a_writer(engine: Engine) -> None:
    with Session(engine) as writer, write_transaction(writer):
        writer.execute(update(Counter).values(value=7))
        began = time.monotonic()
        assert value_of(engine) == 0
        assert time.monotonic() - began < 2
    assert value_of(engine) == 7


def test_an_exception_takes_everything_back(engine: Engine) -> None:
    with Session(engine) as session:
        with pytest.raises(ZeroDivisionError), write_transaction(session):
            session.execute(update(Counter).values(value=7))
            raise ZeroDivisionError
        assert not session.in_transaction()
    assert value_of(engine) == 0


def test_an_inner_block_fails_alone_and_is_kept_only_with_the_outer_one(engine: Engine) -> None:
    with Session(engine) as session, write_transaction(session):
        session.add(Counter(id=2, value=1))
        with pytest.raises(ZeroDivisionError), write_transaction(session):
            session.add(Counter(id=3, value=1))
            session.flush()
            raise ZeroDivisionError
    with Session(engine) as session, pytest.raises(ZeroDivisionError), write_transaction(session):
        with write_transaction(session):
            session.add(Counter(id=4, value=1))
        raise ZeroDivisionError
    with Session(engine) as session:
        assert session.scalars(select(Counter.id).order_by(Counter.id)).all() == [1, 2]


def test_changes_made_before_the_block_are_refused_rather_than_lost(engine: Engine) -> None:
    for flush in (False, True):
        with Session(engine) as session:
            session.add(Counter(id=9, value=1))
            if flush:
                session.flush()
            with pytest.raises(RuntimeError, match="unsaved"), write_transaction(session):
                pass
    with Session(engine) as session:
        session.execute(insert(marks).values(counter_id=1))
        with pytest.raises(RuntimeError, match="unsaved"), write_transaction(session):
            pass


def test_a_commit_inside_the_block_is_found_out(engine: Engine) -> None:
    with Session(engine) as session, pytest.raises(RuntimeError, match="ended inside"), write_transaction(session):
        session.commit()
    with Session(engine) as session, write_transaction(session):
        session.execute(update(Counter).values(value=3))
    assert value_of(engine) == 3


def test_a_reference_to_nothing_is_refused_by_the_database(engine: Engine) -> None:
    with Session(engine) as session, pytest.raises(IntegrityError), write_transaction(session):
        session.execute(insert(marks).values(counter_id=404))


def test_a_refused_value_is_not_shown_in_the_error(engine: Engine) -> None:
    with Session(engine) as session, pytest.raises(IntegrityError) as refused, write_transaction(session):
        session.execute(insert(Counter).values(id=5, value=-987654))
    if engine.dialect.name == "sqlite":  # PostgreSQL's own message repeats the row: it is never logged as it is
        assert "987654" not in str(refused.value)


def test_a_table_made_in_a_failed_transaction_is_gone(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), engine.begin() as connection:
        connection.execute(text("CREATE TABLE half_made (id INTEGER)"))
        raise ZeroDivisionError
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE half_made (id INTEGER)"))


def test_an_sqlite_connection_is_safe_from_its_first_statement(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("foreign_keys", "journal_mode", "synchronous")}
        assert found == {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 2}
