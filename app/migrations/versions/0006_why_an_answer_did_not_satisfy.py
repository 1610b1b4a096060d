"""Why an answer did not satisfy goes along to the second handling."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def bytewise(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("replies") as replies:
        replies.add_column(sa.Column("dissatisfied_because", bytewise(200), nullable=True))


def downgrade() -> None:
    raise RuntimeError("There is no way back but the copy made before the upgrade.")
