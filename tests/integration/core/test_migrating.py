"""Migration of a filled database: no row, rule, trigger or number is lost on the way."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import Migrate
from sqlalchemy import inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.core.database import db
from app.core.migrating import KEPT_BACKUPS, BrokenReferences, save_copy, upgrade

pytestmark = pytest.mark.both_databases

MIGRATIONS = Path(__file__).parents[3] / "app" / "migrations"

FIRST = """
    op.create_table("parents",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(5), nullable=False),
        sa.CheckConstraint("kind IN ('a', 'b')", name="parents_kind_known"),
        sa.UniqueConstraint("name", name="parents_name_once"),
        sqlite_autoincrement=True)
    op.create_index("parents_kind_a", "parents", ["kind"], unique=False,
        sqlite_where=sa.text("kind = 'a'"), postgresql_where=sa.text("kind = 'a'"))
    op.create_table("children",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("parent_id", sa.Integer(), sa.ForeignKey("parents.id", name="children_parent", ondelete="CASCADE"), nullable=False),
        sqlite_autoincrement=True)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE TABLE renamed (old TEXT, new TEXT)")
        op.execute("CREATE TRIGGER parents_renamed AFTER UPDATE OF name ON parents "
                   "BEGIN INSERT INTO renamed VALUES (old.name, new.name); END")
"""
SECOND = """
    with op.batch_alter_table("parents") as batch:
        batch.add_column(sa.Column("weight", sa.Integer(), nullable=False, server_default="1"))
        batch.alter_column("name", existing_type=sa.String(20), type_=sa.String(80), existing_nullable=False)
        batch.create_check_constraint("parents_weight_positive", "weight > 0")
"""
FAILING = """
    with op.batch_alter_table("parents") as batch:
        batch.add_column(sa.Column("doomed", sa.Integer()))
    op.execute("DELETE FROM children")
    op.execute("INSERT INTO no_such_table VALUES (1)")
"""
ORPHANING = """
    op.execute("DELETE FROM parents")
"""

Revise = Callable[[str, str | None, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's migration environment without its revisions."""
    return Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations", ignore=shutil.ignore_patterns("*_*.py", "__pycache__")))


@pytest.fixture
def revise(folder: Path) -> Revise:
    """Adds a revision whose upgrade is the text given."""

    def add(name: str, after: str | None, body: str) -> None:
        head = f'import sqlalchemy as sa\nfrom alembic import op\nrevision = "{name}"\ndown_revision = {after!r}\n\n\ndef upgrade():'
        (folder / "versions" / f"{name}.py").write_text(head + body, encoding="utf-8")

    return add


@pytest.fixture
def office(empty_database: URL, folder: Path) -> Iterator[Flask]:
    """An application of nothing but a database and its migrations."""
    app = Flask("office")
    app.config["SQLALCHEMY_DATABASE_URI"] = empty_database
    db.init_app(app)
    Migrate(app, db, directory=str(folder))
    if empty_database.database:
        shutil.rmtree(Path(empty_database.database).parent / "backups", ignore_errors=True)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def filled(office: Flask, revise: Revise) -> Flask:
    """One parent (and a deleted, later one) with five children, at the first revision."""
    revise("first", None, FIRST)
    assert upgrade(office) == ["first"]
    run(office, "INSERT INTO parents (name, kind) VALUES ('one', 'a'), ('two', 'b')", "DELETE FROM parents WHERE name = 'two'")
    run(office, *["INSERT INTO children (parent_id) VALUES (1)"] * 5)
    return office


def run(app: Flask, *statements: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def ask(app: Flask, question: str) -> list[tuple[object, ...]]:
    with app.app_context(), db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(question))]


def is_sqlite(app: Flask) -> bool:
    with app.app_context():
        return db.engine.dialect.name == "sqlite"


def whole_content(app: Flask) -> list[object]:
    content: list[object] = [ask(app, f"SELECT * FROM {table} ORDER BY 1") for table in ("parents", "children", "alembic_version")]
    if is_sqlite(app):
        content.append(ask(app, "SELECT name, sql FROM sqlite_master ORDER BY 1"))
    with app.app_context():
        content.append(str(inspect(db.engine).get_columns("parents")))
    return content


def test_altering_a_parent_keeps_its_children(filled: Flask, revise: Revise) -> None:
    revise("second", "first", SECOND)
    assert upgrade(filled) == ["second"]
    assert ask(filled, "SELECT count(*) FROM children") == [(5,)]
    assert ask(filled, "SELECT name, weight FROM parents") == [("one", 1)]


def test_altering_a_parent_keeps_its_rules_and_indexes(filled: Flask, revise: Revise) -> None:
    revise("second", "first", SECOND)
    upgrade(filled)
    with filled.app_context():
        inspector = inspect(db.engine)
        assert {check["name"] for check in inspector.get_check_constraints("parents")} == {"parents_kind_known", "parents_weight_positive"}
        assert [unique["name"] for unique in inspector.get_unique_constraints("parents")] == ["parents_name_once"]
        (index,) = [index for index in inspector.get_indexes("parents") if index["name"] == "parents_kind_a"]
        (condition,) = [value for name, value in index["dialect_options"].items() if name.endswith("_where")]
        assert "kind" in str(condition)
    for wrong in ("INSERT INTO parents (name, kind) VALUES ('x', 'c')", "INSERT INTO children (parent_id) VALUES (404)"):
        with pytest.raises(IntegrityError):
            run(filled, wrong)


def test_a_deleted_rows_number_is_not_given_again_after_an_alter(filled: Flask, revise: Revise) -> None:
    revise("second", "first", SECOND)
    upgrade(filled)
    run(filled, "INSERT INTO parents (name, kind) VALUES ('three', 'b')")
    assert ask(filled, "SELECT id FROM parents WHERE name = 'three'") == [(3,)]
    if is_sqlite(filled):
        assert "AUTOINCREMENT" in str(ask(filled, "SELECT sql FROM sqlite_master WHERE name = 'parents'"))


def test_triggers_survive_an_alter(filled: Flask, revise: Revise) -> None:
    if not is_sqlite(filled):
        return  # PostgreSQL alters in place
    revise("second", "first", SECOND)
    upgrade(filled)
    run(filled, "UPDATE parents SET name = 'uno'")
    assert ask(filled, "SELECT old, new FROM renamed") == [("one", "uno")]


def test_a_failing_migration_leaves_everything_as_it_was(filled: Flask, revise: Revise) -> None:
    before = whole_content(filled)
    revise("second", "first", SECOND)
    revise("failing", "second", FAILING)
    with pytest.raises(DBAPIError):
        upgrade(filled)
    assert whole_content(filled) == before


def test_a_migration_that_leaves_orphans_is_taken_back(filled: Flask, revise: Revise) -> None:
    if not is_sqlite(filled):
        return  # PostgreSQL enforces references during the migration too
    before = whole_content(filled)
    revise("orphaning", "first", ORPHANING)
    with pytest.raises(BrokenReferences, match="5 rows refer to nothing: children -> parents"):
        upgrade(filled)
    assert whole_content(filled) == before


def test_a_database_that_is_up_to_date_is_left_alone(filled: Flask) -> None:
    assert upgrade(filled) == []


def test_references_are_enforced_again_after_migrating(filled: Flask, revise: Revise) -> None:
    revise("second", "first", SECOND)
    upgrade(filled)
    if is_sqlite(filled):
        assert ask(filled, "PRAGMA foreign_keys") == [(1,)]
        assert ask(filled, "PRAGMA busy_timeout") == [(10_000,)]


def test_a_copy_of_the_file_is_made_before_an_upgrade(filled: Flask, revise: Revise, empty_database: URL) -> None:
    if not is_sqlite(filled):
        return
    folder = Path(str(empty_database.database)).parent / "backups"
    assert not folder.exists()  # nothing was lost by not copying an empty database
    revise("second", "first", SECOND)
    upgrade(filled)
    (copy,) = folder.iterdir()
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM children").fetchone() == (5,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("first",)


def test_only_the_last_copies_are_kept(filled: Flask) -> None:
    if not is_sqlite(filled):
        return
    with filled.app_context():
        copies = [save_copy(db.engine) for _ in range(KEPT_BACKUPS + 3)]
    newest = copies[-1]
    assert newest is not None
    assert sorted(newest.parent.iterdir()) == sorted(copy for copy in copies[3:] if copy)


def test_two_programs_that_start_at_once_migrate_once(filled: Flask, revise: Revise, folder: Path, empty_database: URL) -> None:
    revise("second", "first", SECOND)
    program = f"""
from flask import Flask
from flask_migrate import Migrate
from app.core.database import db
from app.core.migrating import upgrade
app = Flask("office")
app.config["SQLALCHEMY_DATABASE_URI"] = {empty_database.render_as_string(hide_password=False)!r}
db.init_app(app)
Migrate(app, db, directory={str(folder)!r})
upgrade(app)
"""
    command = [sys.executable, "-c", program]
    root = MIGRATIONS.parents[1]
    started = [subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    results = [(process.communicate()[1], process.returncode) for process in started]
    assert [code for _, code in results] == [0, 0], results
    assert ask(filled, "SELECT version_num FROM alembic_version") == [("second",)]
    assert ask(filled, "SELECT count(*) FROM children") == [(5,)]
