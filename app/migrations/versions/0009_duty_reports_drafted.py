"""A duty report may be a draft; what was voiced at a review is kept for each deputy; shares from which a vote has consequences."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NEW_SETTINGS = ("review_commended_from", "review_candidate_from", "review_talk_below")
BEFORE = "missed_sessions_warn"


def bytewise(length: int | None = None) -> sa.types.TypeEngine[str]:
    if length is None:
        return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("duty_reports") as reports:
        reports.alter_column("submitted_on", existing_type=sa.Date(), nullable=True)
        reports.create_check_constraint("ck_duty_reports_received", "received_on IS NULL OR submitted_on IS NOT NULL")
    op.create_table(
        "voiced_opinions",
        sa.Column("text", bytewise(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", bytewise(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_id", bytewise(64), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("text <> ''", name="ck_voiced_opinions_text_filled"),
        sa.ForeignKeyConstraint(
            ["station_id", "mandate_id"], ["mandates.station_id", "mandates.id"], name="fk_voiced_opinions_mandate"
        ),
        sa.ForeignKeyConstraint(
            ["station_id", "meeting_id"], ["review_meetings.station_id", "review_meetings.id"], name="fk_voiced_opinions_meeting"
        ),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name="fk_voiced_opinions_station"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("request_id", name="uq_voiced_opinions_request"),
        sa.UniqueConstraint("station_id", "id", name="uq_voiced_opinions_station"),
        sa.UniqueConstraint("station_id", "meeting_id", "mandate_id", name="uq_voiced_opinions_key"),
        sa.UniqueConstraint("uid", name="uq_voiced_opinions_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_voiced_opinions_meeting_id", "voiced_opinions", ["station_id", "meeting_id", "id"])
    op.create_index("ix_voiced_opinions_mandate_id", "voiced_opinions", ["station_id", "mandate_id", "id"])
    allow_settings()


def allow_settings() -> None:
    """The closed set of parameters as it stands, with the new ones where the list has them."""
    bind = op.get_bind()
    check = next(each for each in sa.inspect(bind).get_check_constraints("settings") if each["name"] == "ck_settings_name")
    names = check["sqltext"].split("'")[1::2]
    at = names.index(BEFORE)
    allowed = ", ".join(f"'{name}'" for name in [*names[:at], *NEW_SETTINGS, *names[at:]])
    with op.batch_alter_table("settings") as settings:
        settings.drop_constraint("ck_settings_name", type_="check")
        settings.create_check_constraint("ck_settings_name", f"name IN ({allowed})")


def downgrade() -> None:
    raise RuntimeError("Drafts of reports would be lost; the way back is the copy made before the upgrade.")
