"""What a posted announcement said, and a suggestion's whole way: its term, its verdict, its second handling."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

RESULTS = "('a', 'b', 'c', 'd')"
VERDICTS = "('satisfied', 'mostly', 'dissatisfied')"


def bytewise(length: int | None = None) -> sa.types.TypeEngine[str]:
    if length is None:
        return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    announcements()
    suggestions()


def announcements() -> None:
    with op.batch_alter_table("receptions") as receptions:
        receptions.add_column(sa.Column("announced_by", bytewise(40), nullable=True))
        receptions.add_column(sa.Column("announced_again_on", sa.Date(), nullable=True))
        receptions.add_column(sa.Column("announcement", bytewise(40), nullable=True))
        receptions.add_column(sa.Column("announced_start", sa.DateTime(), nullable=True))
        receptions.add_column(sa.Column("announced_place", bytewise(120), nullable=True))
    op.execute("UPDATE receptions SET announcement = CASE WHEN announced_on IS NULL THEN 'unposted' ELSE 'posted' END")
    with op.batch_alter_table("receptions") as receptions:
        receptions.alter_column("announcement", existing_type=bytewise(40), nullable=False)
        receptions.create_check_constraint("ck_receptions_announcement", "announcement IN ('unposted', 'posted', 'outdated')")
        receptions.create_check_constraint("ck_receptions_announced_again_on_after_announced_on", "announced_again_on >= announced_on")
        receptions.create_index("ix_receptions_announcement", ["station_id", "announcement", "id"])
        for name in ("announced_again_on", "announced_start"):
            receptions.create_index(f"ix_receptions_{name}", ["station_id", name, "id"])
    name = "receptions_announced_deputies"
    op.create_table(
        name,
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["station_id", "row_id"], ["receptions.station_id", "receptions.id"], name=f"fk_{name}_row"),
        sa.ForeignKeyConstraint(["station_id", "target_id"], ["deputies.station_id", "deputies.id"], name=f"fk_{name}_target"),
        sa.PrimaryKeyConstraint("row_id", "target_id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_target", name, ["target_id"])


def suggestions() -> None:
    with op.batch_alter_table("suggestions") as table:
        table.add_column(sa.Column("status", bytewise(40), nullable=True))
        table.add_column(sa.Column("complex", sa.Boolean(), nullable=True))
        for name, type_ in (
            ("complex_reason", bytewise(200)), ("answer", bytewise()), ("asked_on", sa.Date()), ("dissatisfied_because", bytewise(200)),
            ("again_on", sa.Date()), ("again_due", sa.Date()), ("again_answered_on", sa.Date()), ("again_result", bytewise(40)),
            ("again_answer", bytewise()), ("again_verdict", bytewise(40)), ("again_asked_on", sa.Date()),
        ):
            table.add_column(sa.Column(name, type_, nullable=True))
    op.execute(
        "UPDATE suggestions SET status = CASE WHEN verdict IN ('satisfied', 'mostly') THEN 'closed' WHEN answered_on IS NOT NULL "
        "THEN 'answered' WHEN handed_over_on IS NOT NULL THEN 'handed_over' ELSE 'submitted' END"
    )
    op.get_bind().execute(sa.text("UPDATE suggestions SET complex = :no"), {"no": False})
    with op.batch_alter_table("suggestions") as table:
        table.alter_column("status", existing_type=bytewise(40), nullable=False)
        table.alter_column("complex", existing_type=sa.Boolean(), nullable=False)
        for name, text in (
            ("status", "status IN ('submitted', 'handed_over', 'answered', 'second_round', 'closed')"),
            ("again_result", f"again_result IN {RESULTS}"),
            ("again_verdict", f"again_verdict IN {VERDICTS}"),
            ("complex", "complex_reason IS NULL OR complex"),
            ("again", "again_on IS NULL OR (verdict IS NOT NULL AND verdict = 'dissatisfied')"),
            ("again_first", "again_on IS NOT NULL OR (again_due IS NULL AND again_answered_on IS NULL)"),
            ("again_answered", "again_answered_on IS NOT NULL OR (again_result IS NULL AND again_verdict IS NULL)"),
            ("asked_on_after_answered_on", "asked_on >= answered_on"),
            ("again_on_after_answered_on", "again_on >= answered_on"),
            ("again_due_after_again_on", "again_due >= again_on"),
            ("again_answered_on_after_again_on", "again_answered_on >= again_on"),
            ("again_asked_on_after_again_answered_on", "again_asked_on >= again_answered_on"),
        ):
            table.create_check_constraint(f"ck_suggestions_{name}", text)
        for name in ("status", "asked_on", "again_on", "again_due", "again_answered_on", "again_result", "again_verdict", "again_asked_on"):
            table.create_index(f"ix_suggestions_{name}", ["station_id", name, "id"])


def downgrade() -> None:
    raise RuntimeError("There is no way back but the copy made before the upgrade.")
