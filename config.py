"""Settings of the portal: what the environment says, and what is fixed for safety.

`DATABASE_URL`, `SECRET_KEY`, `HOST`, `PORT` and `BALLOT_KEYS` are all that an office may set; without them the portal runs on this machine
alone, with an SQLite file and a key of its own in `instance/`.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask_appbuilder.const import AUTH_DB
from sqlalchemy.engine import URL, make_url

ROOT = Path(__file__).resolve().parent


def settings(overrides: Mapping[str, Any] | None = None, environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The configuration of one application; makes the instance folder, and the secret key when none is given.

    `overrides` win over the environment; `INSTANCE` among them is the folder for everything that this machine keeps.
    """
    given = dict(overrides or {})
    instance = Path(given.setdefault("INSTANCE", ROOT / "instance"))
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)  # names, phones and password hashes lie in there
    url = make_url(given.pop("SQLALCHEMY_DATABASE_URI", None) or database_url(environ.get("DATABASE_URL", ""), instance))
    return {
        **FIXED,
        "BALLOT_KEYS": environ.get("BALLOT_KEYS", "").strip() or instance / "ballot-keys",
        "HOST": environ.get("HOST", "").strip() or "127.0.0.1",
        "PORT": port_number(environ.get("PORT", "")),
        "SECRET_KEY": given.pop("SECRET_KEY", None) or environ.get("SECRET_KEY") or kept_secret(instance / "secret.key"),
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True, "pool_pre_ping": url.get_backend_name() != "sqlite"},
        **given,
    }


FIXED: dict[str, Any] = {
    # Accounts. Roles and permissions come from the dictionary, never from FAB's start-up.
    "AUTH_TYPE": AUTH_DB,
    "AUTH_ROLE_ADMIN": "admin",
    "AUTH_ROLE_PUBLIC": "public",
    "AUTH_USER_REGISTRATION": False,
    "AUTH_RATE_LIMITED": True,
    "AUTH_RATE_LIMIT": "10 per 20 second",
    "RATELIMIT_ENABLED": True,
    "RATELIMIT_STORAGE_URI": "memory://",
    "FAB_CREATE_DB": False,
    "FAB_UPDATE_PERMS": False,
    "FAB_API_SWAGGER_UI": False,
    "FAB_API_MAX_PAGE_SIZE": 200,
    "FAB_BASE_TEMPLATE": "layout.html",
    # Sessions: a working day, never readable by a script, not sent along from other sites.
    "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
    "SESSION_COOKIE_NAME": "ledgers",
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_SECURE": False,  # the server sets it when it speaks TLS
    "LAN_ADDRESS": "",  # the server sets it when it serves the office's network
    "MAX_CONTENT_LENGTH": 25 * 1024 * 1024,
    "JWT_ACCESS_TOKEN_EXPIRES": timedelta(hours=1),
    "JWT_REFRESH_TOKEN_EXPIRES": timedelta(hours=12),
    "WTF_CSRF_TIME_LIMIT": None,  # a form left open over lunch is still good: the session's end is the limit
    # Language and time of the office.
    "BABEL_DEFAULT_LOCALE": "zh",
    "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
    "LANGUAGES": {"zh": {"flag": "cn", "name": "中文"}},
}


def database_url(given: str, instance: Path) -> URL:
    """The address of the database; any spelling of PostgreSQL gets the driver that is installed."""
    if not given.strip():
        return URL.create("sqlite", database=str(instance / "ledgers.db"))
    url = make_url(given.strip())
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    return url


def port_number(given: str) -> int:
    """The port as a number; a mistyped one stops the start with a sentence rather than with a stack trace."""
    if not given.strip():
        return 8080
    if not given.strip().isdecimal() or not 0 < int(given) < 65536:
        raise SystemExit(f"端口号 {given!r} 不正确，应为 1 至 65535 之间的数字。")
    return int(given)


def kept_secret(path: Path) -> str:
    """The key kept in a file that only its owner reads, made on first use; two first starts at once agree on one key."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _secret_of_another_start(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


def _secret_of_another_start(path: Path) -> str:
    for _attempt in range(50):
        if key := path.read_text(encoding="ascii").strip():
            return key
        time.sleep(0.1)  # the other start has made the file but not yet filled it
    raise SystemExit(f"密钥文件是空的，请删除后重新启动：{path}")
