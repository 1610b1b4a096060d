"""Templates of official forms: the built-in ones, and those that the county or a station put in their place.

An own template is a file in the instance folder, below the station's number (0: every station without an own one).
"""

from __future__ import annotations

import os
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import current_app

from .. import clock

EVERY_STATION = 0


def built_in(key: str) -> bytes:
    return files("app.paper").joinpath("templates", f"{key}.docx").read_bytes()


def own_path(key: str, station_id: int | None) -> Path:
    """Where the own template of a station is, or would be."""
    return Path(current_app.config["INSTANCE"]) / "templates" / str(station_id or EVERY_STATION) / f"{key}.docx"


def own_since(key: str, station_id: int | None) -> datetime | None:
    """When the own template was put there; None: there is none."""
    path = own_path(key, station_id)
    return datetime.fromtimestamp(path.stat().st_mtime, clock.OFFICE).replace(tzinfo=None) if path.is_file() else None


def template_of(key: str, station_id: int | None) -> bytes:
    """The station's template, else the one for every station, else the built-in one."""
    for place in dict.fromkeys((station_id, None)):
        path = own_path(key, place)
        if path.is_file():
            return path.read_bytes()
    return built_in(key)


def keep_own(key: str, station_id: int | None, data: bytes) -> None:
    """Put a checked template in place; whoever fills in a form at that moment gets the old or the new one, never half of it."""
    path = own_path(key, station_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        part.write(data)
    os.replace(part.name, path)


def drop_own(key: str, station_id: int | None) -> None:
    own_path(key, station_id).unlink(missing_ok=True)
