"""The office of this area's tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from app.core import clock

from .scene import TODAY, Office, build


@pytest.fixture
def office(session: scoped_session[Any]) -> Iterator[Office]:
    with clock.clock_at(TODAY):
        yield build(session())
