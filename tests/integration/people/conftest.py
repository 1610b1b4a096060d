"""The small office that the tests of accounts begin with."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.databases import Scene
from tests.support.office import OFFICE, Office


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(app)
