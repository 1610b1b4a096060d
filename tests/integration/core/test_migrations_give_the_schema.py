"""The migrations, run one after the other, make exactly the tables that the models describe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import Engine, MetaData, create_engine, inspect, text
from sqlalchemy.engine import URL

from app.core.database import db
from app.core.migrating import migration_transaction, upgrade
from tests.support.databases import Kind, Store
from tests.support.schema import schema_differences, statements

pytestmark = pytest.mark.both_databases


@pytest.fixture
def beside(database_kind: Kind, store: Store, tmp_path: Path) -> Iterator[Engine]:
    """A second, empty database of the same kind."""
    if database_kind == "sqlite":
        engine = create_engine(URL.create("sqlite", database=str(tmp_path / "beside.db")))
        yield engine
        engine.dispose()
        return
    name = f"{store.url.database}_beside"
    server = create_engine(store.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
    engine = create_engine(store.url.set(database=name))
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}"'))
    server.dispose()


def test_migrations_give_exactly_the_models_schema(
    empty_database: URL, beside: Engine, application_on: Callable[[URL], Flask]
) -> None:
    app = application_on(empty_database)
    upgrade(app)
    with app.app_context():
        metadata: MetaData = db.metadata
        metadata.create_all(beside)
        try:
            assert schema_differences(db.engine, beside) == []
        finally:
            db.session.remove()
            db.engine.dispose()


def test_a_table_copied_by_a_batch_alter_comes_back_unchanged(app: Flask) -> None:
    """On SQLite any ledger can be altered later: what Alembic reads back of a table is all that the table is."""
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            return
        before = sorted(statements(db.engine))
        with migration_transaction(db.engine) as connection:
            operations = Operations(MigrationContext.configure(connection))
            for table in inspect(connection).get_table_names():
                with operations.batch_alter_table(table, recreate="always"):
                    pass
        assert sorted(statements(db.engine)) == before


def test_a_changed_rule_a_lost_index_and_a_wider_column_are_seen(empty_database: URL, beside: Engine) -> None:
    migrated = create_engine(empty_database)
    tables = "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR({width}) NOT NULL, CONSTRAINT t_a CHECK (a <> '{text}'))"
    index = "CREATE INDEX t_by_a ON t (a) WHERE id > {least}"
    for engine, width, letter, least in ((migrated, 5, "x", 1), (beside, 6, "y", 2)):
        with engine.begin() as connection:
            connection.execute(text(tables.format(width=width, text=letter)))
            connection.execute(text(index.format(least=least)))
    assert schema_differences(migrated, migrated) == []
    differences = "\n".join(schema_differences(migrated, beside))
    migrated.dispose()
    for part in ("column a VARCHAR(6)", "check t_a", "index t_by_a"):
        assert f"missing: t: {part}" in differences
        assert f"too much: t: {part.replace('6', '5')}" in differences
