"""The small office, where a test of reviews asks for it."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.office import Office


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(app)
