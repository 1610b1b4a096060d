"""Settings: safe without any, and one sentence where a given one is wrong."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config import database_url, kept_secret, port_number, settings


def test_without_any_setting_the_portal_is_this_machines_own(tmp_path: Path) -> None:
    found = settings({"INSTANCE": tmp_path}, environ={})
    assert (found["HOST"], found["PORT"]) == ("127.0.0.1", 8080)
    assert found["SQLALCHEMY_DATABASE_URI"].database == str(tmp_path / "ledgers.db")
    assert len(found["SECRET_KEY"]) >= 48


def test_the_environment_is_heard_and_an_override_wins(tmp_path: Path) -> None:
    environ = {"HOST": "0.0.0.0", "PORT": "9000", "SECRET_KEY": "from outside", "DATABASE_URL": "postgres://u:p@h/d"}
    found = settings({"INSTANCE": tmp_path, "PORT": 9001}, environ)
    assert (found["HOST"], found["PORT"], found["SECRET_KEY"]) == ("0.0.0.0", 9001, "from outside")
    assert found["SQLALCHEMY_DATABASE_URI"].drivername == "postgresql+psycopg"
    assert not (tmp_path / "secret.key").exists()


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgres://u@h/d", "postgresql+psycopg"),
        ("postgresql://u@h/d?sslmode=require", "postgresql+psycopg"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg"),
        ("sqlite:///elsewhere.db", "sqlite"),
    ],
)
def test_any_spelling_of_a_database_is_understood(given: str, driver: str, tmp_path: Path) -> None:
    assert database_url(given, tmp_path).drivername == driver


@pytest.mark.parametrize("given", ["eighty", "0", "65536", "-1", "80.5"])
def test_a_mistyped_port_is_a_sentence(given: str) -> None:
    with pytest.raises(SystemExit, match="端口号"):
        port_number(given)


def test_the_key_is_made_once_even_by_many_first_starts(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: kept_secret(path), range(8)))
    assert set(keys) == {path.read_text(encoding="ascii")}
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_cookies_stay_on_this_site_and_out_of_scripts(tmp_path: Path) -> None:
    found = settings({"INSTANCE": tmp_path}, environ={})
    assert (found["SESSION_COOKIE_SAMESITE"], found["SESSION_COOKIE_HTTPONLY"]) == ("Lax", True)
    assert found["PERMANENT_SESSION_LIFETIME"].total_seconds() == 12 * 3600
    assert found["SQLALCHEMY_ENGINE_OPTIONS"]["hide_parameters"] is True
