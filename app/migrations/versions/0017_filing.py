"""Filing from any closed record: a record is filed once, bound opinions are named, boxes have a thickness, files say what they show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NEW_SETTINGS = ("archive_retention", "archive_loan_days")

def bytewise(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("archive_files") as files:
        files.drop_index("ix_archive_files_source")
        files.create_unique_constraint("uq_archive_files_source", ["source_ledger", "source_row"])
    with op.batch_alter_table("archive_volumes") as volumes:
        volumes.add_column(sa.Column("thickness", bytewise(40), nullable=False, server_default="30"))
    with op.batch_alter_table("archive_volumes") as volumes:
        volumes.alter_column("thickness", existing_type=bytewise(40), existing_nullable=False, server_default=None)
        volumes.create_check_constraint("ck_archive_volumes_thickness", "thickness IN ('20', '30', '40', '50')")
        volumes.create_index("ix_archive_volumes_thickness", ["station_id", "thickness", "id"], unique=False)
    with op.batch_alter_table("attachments") as attachments:
        attachments.add_column(sa.Column("drawn_from", bytewise(400), nullable=True))
    name = "archive_files_opinions"
    op.create_table(
        name,
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["station_id", "row_id"], ["archive_files.station_id", "archive_files.id"], name=f"fk_{name}_row"),
        sa.ForeignKeyConstraint(["station_id", "target_id"], ["opinions.station_id", "opinions.id"], name=f"fk_{name}_target"),
        sa.PrimaryKeyConstraint("row_id", "target_id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_target", name, ["target_id"])
    allow_settings()


def allow_settings() -> None:
    """The closed set of parameters as it stands, with the new ones at its end."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("settings")
    names = next(each for each in checks if each["name"] == "ck_settings_name")["sqltext"].split("'")[1::2]
    allowed = ", ".join(f"'{name}'" for name in [*names, *NEW_SETTINGS])
    with op.batch_alter_table("settings") as settings:
        settings.drop_constraint("ck_settings_name", type_="check")
        settings.create_check_constraint("ck_settings_name", f"name IN ({allowed})")


def downgrade() -> None:
    raise RuntimeError("There is no way back but the copy made before the upgrade.")
