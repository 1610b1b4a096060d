"""A review meeting keeps the stage that follows from its facts, and when the reports began."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STAGES = ("preparing", "signing_in", "reporting", "voting", "counting", "announced", "minuted", "reported")
REPORTERS = "SELECT count(*) FROM review_meetings_reporters n WHERE n.row_id = review_meetings.id"
PUBLISHED = (
    "SELECT count(*) FROM review_meetings_reporters n JOIN review_results r ON r.meeting_id = n.row_id AND r.mandate_id = n.target_id "
    "WHERE n.row_id = review_meetings.id AND r.published_at IS NOT NULL"
)
SIGNED = "SELECT 1 FROM voter_representatives v WHERE v.meeting_id = review_meetings.id AND v.signed_in"
FILL_IN = f"""
UPDATE review_meetings SET stage = CASE
    WHEN reported_on IS NOT NULL THEN 'reported'
    WHEN ({REPORTERS}) > 0 AND ({REPORTERS}) <= ({PUBLISHED})
        THEN CASE WHEN coalesce(opinions_voiced, '') <> '' AND coalesce(record, '') <> '' THEN 'minuted' ELSE 'announced' END
    WHEN EXISTS ({SIGNED}) THEN 'signing_in'
    ELSE 'preparing' END
"""


def upgrade() -> None:
    with op.batch_alter_table("review_meetings") as meetings:
        meetings.add_column(sa.Column("stage", sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql"), nullable=True))
        meetings.add_column(sa.Column("reports_begun_at", sa.DateTime(), nullable=True))
    op.execute(FILL_IN)
    codes = ", ".join(f"'{stage}'" for stage in STAGES)
    with op.batch_alter_table("review_meetings") as meetings:
        meetings.alter_column("stage", existing_type=sa.String(40), nullable=False)
        meetings.create_check_constraint("ck_review_meetings_stage", f"stage IN ({codes})")
        for name in ("stage", "reports_begun_at"):
            meetings.create_index(f"ix_review_meetings_{name}", ["station_id", name, "id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("There is no way back but the copy made before the upgrade.")
