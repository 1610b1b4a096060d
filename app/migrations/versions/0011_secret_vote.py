"""The secret vote: votes, slips' marks, ballots, tellers' entries; and how the satisfaction rate is counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

LIVE = "state IN ('prepared', 'open', 'counting')"

NEW_SETTING = "review_rate_with_basically"
BEFORE = "review_report_workdays"


def bytewise(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    allow_setting()
    op.create_table(
        "votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", bytewise(12), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", bytewise(10), nullable=False),
        sa.Column("electronic_printed", sa.Integer(), nullable=False),
        sa.Column("electronic_undealt", sa.Integer(), nullable=False),
        sa.Column("paper_printed", sa.Integer(), nullable=False),
        sa.Column("paper_undealt", sa.Integer(), nullable=False),
        sa.Column("frozen", sa.JSON(), nullable=True),
        sa.Column("electronic", sa.JSON(), nullable=True),
        sa.Column("totals", sa.JSON(), nullable=True),
        sa.Column("seal", bytewise(64), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(), nullable=False),
        sa.Column("prepared_by", bytewise(64), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("opened_by", bytewise(64), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", bytewise(64), nullable=True),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("signed_by", bytewise(80), nullable=True),
        sa.Column("announced_at", sa.DateTime(), nullable=True),
        sa.Column("announced_by", bytewise(64), nullable=True),
        sa.CheckConstraint("state IN ('prepared', 'open', 'counting', 'announced', 'void')", name="ck_votes_state"),
        sa.CheckConstraint("number = 1 OR reason <> ''", name="ck_votes_reason"),
        sa.CheckConstraint("electronic_undealt BETWEEN 0 AND electronic_printed", name="ck_votes_electronic"),
        sa.CheckConstraint("paper_undealt BETWEEN 0 AND paper_printed", name="ck_votes_paper"),
        sa.CheckConstraint("(state = 'announced') = (seal IS NOT NULL)", name="ck_votes_seal"),
        sa.CheckConstraint("(state = 'void') = (void_reason <> '')", name="ck_votes_void"),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name="fk_votes_station"),
        sa.ForeignKeyConstraint(["station_id", "meeting_id"], ["review_meetings.station_id", "review_meetings.id"], name="fk_votes_meeting"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("ref", name="uq_votes_ref"),
        sa.UniqueConstraint("meeting_id", "number", name="uq_votes_number"),
        sqlite_autoincrement=True,
    )
    live = sa.text(LIVE)
    op.create_index("uq_votes_live", "votes", ["meeting_id"], unique=True, sqlite_where=live, postgresql_where=live)
    op.create_index("ix_votes_state", "votes", ["state"])
    op.create_table(
        "vote_codes",
        sa.Column("vote_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("mark", sa.LargeBinary(32), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name="fk_vote_codes_vote"),
        sa.PrimaryKeyConstraint("vote_id", "mark"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vote_sheets",
        sa.Column("vote_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("place", sa.LargeBinary(16), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name="fk_vote_sheets_vote"),
        sa.PrimaryKeyConstraint("vote_id", "place"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vote_paper_entries",
        sa.Column("vote_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("teller", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("votes", sa.JSON(), nullable=False),
        sa.Column("sheets", sa.JSON(), nullable=True),
        sa.Column("entered_by", bytewise(64), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("teller IN (1, 2)", name="ck_vote_paper_entries_teller"),
        sa.CheckConstraint("returned >= 0", name="ck_vote_paper_entries_returned"),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name="fk_vote_paper_entries_vote"),
        sa.PrimaryKeyConstraint("vote_id", "teller"),
    )


def allow_setting() -> None:
    """The closed set of parameters as it stands, with the new one where the list has it."""
    bind = op.get_bind()
    check = next(each for each in sa.inspect(bind).get_check_constraints("settings") if each["name"] == "ck_settings_name")
    names = check["sqltext"].split("'")[1::2]
    at = names.index(BEFORE)
    allowed = ", ".join(f"'{name}'" for name in [*names[:at], NEW_SETTING, *names[at:]])
    with op.batch_alter_table("settings") as settings:
        settings.drop_constraint("ck_settings_name", type_="check")
        settings.create_check_constraint("ck_settings_name", f"name IN ({allowed})")


def downgrade() -> None:
    raise RuntimeError("Votes would be lost; the way back is the copy made before the upgrade.")
