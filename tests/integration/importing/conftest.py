"""A station with nothing in it, and its liaison officer at the door with a workbook."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from app.core.access.actor import Actor, program
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.records.writing import write
from tests.support.databases import Scene


def _station(app: Flask) -> None:
    with app.app_context():
        write(program(None, "test"), "stations", {"name": "青石镇人大代表联络站", "kind": "township"})


@pytest.fixture
def scene() -> Scene:
    return Scene("one empty station", _station)


@pytest.fixture
def liaison(app: Flask) -> Iterator[Actor]:
    """The liaison officer of the only station, at work."""
    with app.app_context(), force_locale("zh"):
        station_id = db.session.scalar(select(LEDGERS["stations"].id))
        yield Actor("联络员", ("liaison",), station_id=station_id, home_id=station_id)
