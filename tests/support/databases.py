"""Databases for tests: one of each kind per worker process, put back to a known state before every test in milliseconds."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy.engine import URL

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
    def restore(self, name: str) -> None: ...
    def clear(self) -> None: ...


class SQLiteStore:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "ledgers.db"
        self.url = URL.create("sqlite", database=str(self._file))

    def holds(self, name: str) -> bool:
        return self._kept(name).is_file()

    def save(self, name: str) -> None:
        self._kept(name).unlink(missing_ok=True)
        with closing(sqlite3.connect(self._file)) as source, closing(sqlite3.connect(self._kept(name))) as target:
            source.backup(target)

    def restore(self, name: str) -> None:
        self.clear()
        shutil.copyfile(self._kept(name), self._file)

    def clear(self) -> None:
        for ending in ("", "-wal", "-shm"):
            self._file.with_name(self._file.name + ending).unlink(missing_ok=True)

    def _kept(self, name: str) -> Path:
        return self._folder / f"{name}.kept.db"


class PostgresStore:
    """Databases of one server that the worker processes share; a worker's names carry its own prefix."""

    def __init__(self, server: URL, worker: str) -> None:
        self._server = server
        self._live = f"{worker}_live"
        self._prefix = f"{worker}_kept_"
        self.url = server.set(database=self._live)

    def holds(self, name: str) -> bool:
        with self._connect() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (self._prefix + name,))
            return found.fetchone() is not None

    def save(self, name: str) -> None:
        self._copy(self._live, self._prefix + name)

    def restore(self, name: str) -> None:
        self._copy(self._prefix + name, self._live)

    def clear(self) -> None:
        self._copy("template0", self._live)

    def _copy(self, source: str, target: str) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(target)))
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(target), sql.Identifier(source))
            )

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        address = self._server.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
        return psycopg.connect(address, autocommit=True)


def worker_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")
