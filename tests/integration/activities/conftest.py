"""The office of this area's tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import scoped_session

from app.core import clock

from .door import Door, open_door
from .scene import TODAY, Office, build


@pytest.fixture
def office(session: scoped_session[Any]) -> Iterator[Office]:
    with clock.clock_at(TODAY):
        yield build(session())


@pytest.fixture
def door(app: Flask) -> Door:
    return open_door(app)
