"""Databases for tests: one of each kind per worker process, put back to a known state before every test in milliseconds."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy.engine import URL

from tests.support.rewinding import Content, Rewinder

Kind = Literal["sqlite", "postgresql"]


@dataclass(frozen=True)
class Scene:
    """A state of the database that tests start from; `fill` makes it once per worker, on top of the migrated tables."""

    name: str
    fill: Callable[[Flask], None]


class Store(Protocol):
    """One database whose content can be kept under a name and put back."""

    url: URL

    def holds(self, name: str) -> bool: ...
    def save(self, name: str) -> None: ...

    def rewind(self, name: str) -> bool:
        """Puts the content back under whoever is connected. False: it cannot, they must let go and the database be replaced."""

    def restore(self, name: str) -> None: ...
    def clear(self) -> None: ...
    def close(self) -> None: ...


class SQLiteStore:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "ledgers.db"
        self._watch: sqlite3.Connection | None = None
        self._seen: tuple[str, int] | None = None
        self.url = URL.create("sqlite", database=str(self._file))

    def holds(self, name: str) -> bool:
        return self._kept(name).is_file()

    def save(self, name: str) -> None:
        self._kept(name).unlink(missing_ok=True)
        with closing(sqlite3.connect(self._file)) as source, closing(sqlite3.connect(self._kept(name))) as target:
            source.backup(target)

    def rewind(self, name: str) -> bool:
        """Nothing need be done where nobody has written."""
        return self._seen is not None and self._seen == (name, self._version())

    def restore(self, name: str) -> None:
        self.clear()
        shutil.copyfile(self._kept(name), self._file)
        self._watch = sqlite3.connect(self._file)
        self._seen = name, self._version()

    def clear(self) -> None:
        self.close()
        for ending in ("", "-wal", "-shm"):
            self._file.with_name(self._file.name + ending).unlink(missing_ok=True)

    def close(self) -> None:
        if self._watch is not None:
            self._watch.close()
        self._watch = self._seen = None

    def _version(self) -> int:
        """Another number as soon as anybody else has written to the file, from this process or another."""
        return int(self._watch.execute("PRAGMA data_version").fetchone()[0]) if self._watch else 0

    def _kept(self, name: str) -> Path:
        return self._folder / f"{name}.kept.db"


class PostgresStore:
    """A worker's database on the server that all share: copied whole from a template once, then row by row as tests change it."""

    def __init__(self, server: URL, worker: str) -> None:
        self._server = server
        self._live, self._template = f"{worker}_live", f"{worker}_template"
        self._kept: dict[str, Content] = {}
        self._rewinder: Rewinder | None = None
        self.url = server.set(database=self._live)

    def holds(self, name: str) -> bool:
        return name in self._kept

    def save(self, name: str) -> None:
        """The first content saved gives the tables of all others."""
        if not self._kept:
            self._copy(self._live, self._template)
        with self._connect(self._live) as connection:
            self._kept[name] = Content.of(connection)

    def rewind(self, name: str) -> bool:
        return self._rewinder is not None and self._rewinder.put_back(self._kept[name])

    def restore(self, name: str) -> None:
        self._copy(self._template, self._live)
        self._rewinder = Rewinder(self._connect(self._live))
        if not self._rewinder.put_back(self._kept[name]):
            raise RuntimeError("Somebody holds a database that was made a moment ago.")

    def clear(self) -> None:
        self._copy("template0", self._live)

    def close(self) -> None:
        if self._rewinder is not None:
            self._rewinder.connection.close()
        self._rewinder = None

    def _copy(self, source: str, target: str) -> None:
        self.close()
        with self._connect("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(target)))
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(target), sql.Identifier(source))
            )

    def _connect(self, database: str) -> psycopg.Connection[Any]:
        address = self._server.set(drivername="postgresql", database=database).render_as_string(hide_password=False)
        return psycopg.connect(address, autocommit=True)


def put_back(app: Flask, store: Store, name: str) -> None:
    """The database under the application as it was kept under the name."""
    end_session(app)
    if not store.rewind(name):
        let_go(app)
        store.restore(name)


def end_session(app: Flask) -> None:
    from app.core.database import db

    with app.app_context():
        db.session.remove()


def let_go(app: Flask) -> None:
    """Closes every connection, so that the file or the database under them can be replaced."""
    from app.core.database import db

    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def worker_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")
