"""Fixtures by meaning: a database in a known state, the application on it, a person's browser in front of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from playwright.sync_api import Browser, Page
from sqlalchemy.engine import URL
from sqlalchemy.orm import scoped_session

from tests.support.browser import opened_page, started_browser
from tests.support.databases import Kind, PostgresStore, Scene, SQLiteStore, Store, end_session, let_go, put_back, worker_name
from tests.support.postgres import start_server

# Two workers share two cores: a slow example says nothing. Where nobody looks on, the same examples every time.
settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("project")

_KINDS: dict[str, tuple[Kind, ...]] = {"both_databases": ("sqlite", "postgresql"), "postgresql": ("postgresql",)}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        marked = [kinds for name, kinds in _KINDS.items() if metafunc.definition.get_closest_marker(name)]
        metafunc.parametrize("database_kind", marked[0] if marked else ("sqlite",), indirect=True)


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> Kind:
    """SQLite, unless the test is marked `both_databases` or `postgresql`."""
    kind: Kind = request.param
    return kind


@pytest.fixture(scope="session")
def store_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Kind], Store]]:
    """The worker's database of a kind, made when first asked for."""
    stores: dict[Kind, Store] = {}

    def store(kind: Kind) -> Store:
        if kind not in stores:
            if kind == "sqlite":
                stores[kind] = SQLiteStore(tmp_path_factory.mktemp("sqlite"))
            else:
                stores[kind] = PostgresStore(start_server(), worker_name())
        return stores[kind]

    yield store
    for each in stores.values():
        each.close()


@pytest.fixture
def store(database_kind: Kind, store_of: Callable[[Kind], Store]) -> Store:
    return store_of(database_kind)


@pytest.fixture
def empty_database(store: Store, applications: dict[URL, Flask]) -> URL:
    """A database without a single table, not opened by any application."""
    if store.url in applications:
        let_go(applications[store.url])
    store.clear()
    return store.url


@pytest.fixture(scope="session")
def applications() -> Iterator[dict[URL, Flask]]:
    """Those built so far, by their database's address. Between tests they keep their connections."""
    built: dict[URL, Flask] = {}
    yield built
    for each in built.values():
        let_go(each)


@pytest.fixture(scope="session")
def application_on(tmp_path_factory: pytest.TempPathFactory, applications: dict[URL, Flask]) -> Callable[[URL], Flask]:
    """One application per database address and worker: building it is the slow part of a test."""
    from app import create_app

    def application(url: URL) -> Flask:
        if url not in applications:
            applications[url] = create_app(
                {
                    "TESTING": True,
                    "SQLALCHEMY_DATABASE_URI": url,
                    "SECRET_KEY": "a key for tests alone, long enough for its signatures",
                    "INSTANCE": tmp_path_factory.mktemp("instance"),
                    "RATELIMIT_ENABLED": False,
                    "AUTH_RATE_LIMITED": False,
                    "WTF_CSRF_ENABLED": False,
                    "FAB_PASSWORD_HASH_METHOD": "pbkdf2:sha256:1",
                }
            )
        return applications[url]

    return application


@pytest.fixture
def scene() -> Scene:
    """What the database holds when the test begins: nothing yet. A module that needs more overrides this fixture."""
    return Scene("migrated", lambda app: None)


@pytest.fixture
def app(store: Store, scene: Scene, application_on: Callable[[URL], Flask]) -> Iterator[Flask]:
    """The application on a database of its own, in the state of `scene`."""
    application = application_on(store.url)
    if not store.holds("migrated"):
        store.clear()
        _migrate(application)
        _keep(application, store, "migrated")
    if not store.holds(scene.name):
        put_back(application, store, "migrated")
        scene.fill(application)
        _keep(application, store, scene.name)
    put_back(application, store, scene.name)
    yield application
    end_session(application)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Any]]:
    """A database session of the application, inside its context."""
    from app.core.database import db

    with app.app_context():
        yield db.session


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address of the real server over `app`."""
    from tests.support.server import serving

    with serving(app) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with started_browser() as started:
        yield started


@pytest.fixture
def page(browser: Browser, live_server: str) -> Iterator[Page]:
    """A page of the office's browser, at the real server, logged out."""
    with opened_page(browser, live_server) as opened:
        yield opened


def _migrate(app: Flask) -> None:
    from app.core.access.security import sync_permissions
    from app.core.migrating import upgrade

    upgrade(app)
    sync_permissions(app)


def _keep(app: Flask, store: Store, name: str) -> None:
    let_go(app)
    store.save(name)
