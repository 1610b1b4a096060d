"""How migrations meet the database. What keeps rows safe is in app.core.migrating; every `flask db` command passes here."""

from __future__ import annotations

from typing import Any

import flask_appbuilder.security.sqla.models  # noqa: F401 - the account tables belong to the schema
from alembic import context
from alembic.operations.ops import MigrationScript
from alembic.runtime.migration import MigrationContext
from flask import current_app

from app.core.migrating import migration_transaction

migrate = current_app.extensions["migrate"]


def leave_out_empty_revision(_context: MigrationContext, _revision: Any, directives: list[MigrationScript]) -> None:
    """`flask db migrate` without a change writes no file."""
    if getattr(context.config.cmd_opts, "autogenerate", False):
        operations = directives[0].upgrade_ops
        if operations is not None and operations.is_empty():
            directives[:] = []


if context.is_offline_mode():
    raise SystemExit("Migrations run against the database itself: --sql would leave out what protects its rows.")

options = {**migrate.configure_args, "render_as_batch": True, "compare_type": True, "compare_server_default": True}
options.setdefault("process_revision_directives", leave_out_empty_revision)

with migration_transaction(migrate.db.engine) as connection:
    context.configure(connection=connection, target_metadata=migrate.db.metadata, **options)
    with context.begin_transaction():
        context.run_migrations()
