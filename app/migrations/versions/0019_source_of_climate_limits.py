"""Where the limits of temperature and humidity come from is a parameter: an office may name what it goes by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NEW_SETTING, BEFORE = "archive_climate_source", "fonds_number"


def upgrade() -> None:
    """The closed set of parameters as it stands, with the new one where the list has it."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("settings")
    names = next(each for each in checks if each["name"] == "ck_settings_name")["sqltext"].split("'")[1::2]
    at = names.index(BEFORE)
    allowed = ", ".join(f"'{name}'" for name in [*names[:at], NEW_SETTING, *names[at:]])
    with op.batch_alter_table("settings") as settings:
        settings.drop_constraint("ck_settings_name", type_="check")
        settings.create_check_constraint("ck_settings_name", f"name IN ({allowed})")


def downgrade() -> None:
    raise RuntimeError("There is no way back but the copy made before the upgrade.")
