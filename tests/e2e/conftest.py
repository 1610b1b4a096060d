"""The portal as the office meets it: the real server with all its guards on, a real browser before it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.office import Office, setting
from tests.support.server import serving


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """Forms need their token here, as at work."""
    with setting(app, WTF_CSRF_ENABLED=True), serving(app) as address:
        yield address


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(app)
