"""The scene of the contract: two stations and the county."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app import commands, registry  # noqa: F401 - declares every ledger before the cases are named after them
from tests.support.actors import At, account
from tests.support.databases import Scene, Store, put_back
from tests.support.scene import TWO_STATIONS, World, world_in


@pytest.fixture
def scene() -> Scene:
    return TWO_STATIONS


@pytest.fixture
def world(app: Flask) -> World:
    return world_in(app)


@pytest.fixture
def at(app: Flask) -> Callable[[str], At]:
    """An account by its name, signed in."""
    return lambda name: account(app, name)


@pytest.fixture
def again(app: Flask, store: Store, scene: Scene) -> Callable[[], None]:
    """Puts the scene back as it was, within a test."""
    return lambda: put_back(app, store, scene.name)
