"""代表联络站台账: the ledgers of a liaison station of People's Congress deputies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_appbuilder import AppBuilder
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

from app.core.database import db
from config import settings

__version__ = "0.1.0"


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The portal: configuration, extensions, areas. `overrides` replace settings (tests, tools)."""
    from app import commands, errors, hardening, registry
    from app.core import language
    from app.core.access import current
    from app.core.access.security import PortalSecurity
    from app.core.web import layout
    from app.duties.screens import HomeScreen

    app = Flask(__name__)
    app.config.from_mapping(settings(overrides or {}))
    db.init_app(app)
    Migrate(app, db, directory=str(Path(__file__).parent / "migrations"), render_as_batch=True)
    csrf = CSRFProtect(app)
    with app.app_context():
        appbuilder = AppBuilder(app, db.session, indexview=HomeScreen, security_manager_class=PortalSecurity, base_template="layout.html")
        registry.register(appbuilder)
    language.apply(app)
    hardening.apply(app, csrf)
    errors.register(app)
    app.before_request(current.set_words)
    app.context_processor(layout.frame)
    commands.register(app)
    return app
