"""How migrations meet the database. What keeps rows safe is in app.core.migrating; every `flask db` command passes here."""

from __future__ import annotations

from typing import Any

import flask_appbuilder.security.sqla.models  # noqa: F401 - the account tables belong to the schema
from alembic import context
from alembic.operations.ops import MigrationScript
from alembic.runtime.migration import MigrationContext, MigrationInfo
from flask import current_app
from flask_babel import force_locale
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.core.migrating import RAN, migration_transaction
from app.core.records.search import Searchable, index_ledgers

migrate = current_app.extensions["migrate"]


def leave_out_empty_revision(_context: MigrationContext, _revision: Any, directives: list[MigrationScript]) -> None:
    """`flask db migrate` without a change writes no file."""
    if getattr(context.config.cmd_opts, "autogenerate", False):
        operations = directives[0].upgrade_ops
        if operations is not None and operations.is_empty():
            directives[:] = []


def note_revision(*, step: MigrationInfo, **_facts: Any) -> None:
    context.config.attributes.setdefault(RAN, []).extend(step.up_revision_ids)


if context.is_offline_mode():
    raise SystemExit("Migrations run against the database itself: --sql would leave out what protects its rows.")

options = {**migrate.configure_args, "compare_type": True, "compare_server_default": True}
options |= {"render_as_batch": True, "on_version_apply": note_revision}
options.setdefault("process_revision_directives", leave_out_empty_revision)

with migration_transaction(migrate.db.engine) as connection:
    context.configure(connection=connection, target_metadata=migrate.db.metadata, **options)
    with context.begin_transaction():
        context.run_migrations()
    at_head = set(context.get_context().get_current_heads()) == set(context.script.get_heads())
    if context.config.attributes.get(RAN) and at_head and inspect(connection).has_table(Searchable.__tablename__):
        with Session(connection) as session, force_locale("zh"):
            index_ledgers(session, missing=True)  # what a revision made is found like what people entered
