"""The secret vote: votes, slips' marks, ballots, tellers' entries; and how the satisfaction rate is counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LIVE = "state IN ('prepared', 'open', 'counting')"

NAMES = (
    "activities_a_month",
    "activities_a_year",
    "reception_week",
    "reception_weekday",
    "reception_moves",
    "inspections_a_year",
    "activity_report_workdays",
    "receptions_of_a_deputy",
    "reception_joined_by",
    "reception_notice_days",
    "assignment_workdays",
    "opinions_bound_by",
    "inspection_notice_days",
    "inspection_report_workdays",
    "duty_report_days",
    "duty_report_by",
    "duty_report_above_county",
    "direct_reports_a_term",
    "voter_representatives",
    "review_grades",
    "review_rate_with_basically",
    "review_report_workdays",
    "missed_sessions_warn",
    "missed_sessions_alarm",
    "dossier_sealed_from",
    "dossier_sealed_by",
    "archive_checks_a_month",
    "archive_check_points",
    "archive_temperature_least",
    "archive_temperature_most",
    "archive_humidity_least",
    "archive_humidity_most",
    "fonds_number",
    "archive_number_pattern",
    "annual_plan_by",
    "quarter_plan_day",
    "annual_summary_by",
    "bulletins_to_deputies",
    "bulletins_to_public",
    "exchanges_a_half_year",
    "own_record_days",
    "visits_a_half_year",
    "due_soon_days",
)
ADDED = "review_rate_with_basically"


def names_allowed(names: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{name}'" for name in names)
    return f"name IN ({listed})"


def bytewise(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("settings") as settings:
        settings.drop_constraint("ck_settings_name", type_="check")
        settings.create_check_constraint("ck_settings_name", names_allowed(NAMES))
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


def downgrade() -> None:
    for name in ("vote_paper_entries", "vote_sheets", "vote_codes", "votes"):
        op.drop_table(name)
    op.execute(sa.text("DELETE FROM settings WHERE name = :name").bindparams(name=ADDED))
    with op.batch_alter_table("settings") as settings:
        settings.drop_constraint("ck_settings_name", type_="check")
        settings.create_check_constraint("ck_settings_name", names_allowed(tuple(name for name in NAMES if name != ADDED)))
