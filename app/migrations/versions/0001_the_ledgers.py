"""the ledgers."""

from __future__ import annotations

import flask_appbuilder.models.mixins  # noqa: F401
import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The order follows the references between the tables.
    op.create_table('ab_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('label', sa.String(length=150), nullable=True),
    sa.Column('description', sa.String(length=512), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('name')
    )
    op.create_table('ab_permission',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('name')
    )
    op.create_table('ab_register_user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_name', sa.String(length=64), nullable=False),
    sa.Column('last_name', sa.String(length=64), nullable=False),
    sa.Column('username', sa.String(length=128), nullable=False),
    sa.Column('password', sa.String(length=256), nullable=True),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('registration_date', sa.DateTime(), nullable=True),
    sa.Column('registration_hash', sa.String(length=256), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('email'),
    sa.UniqueConstraint('username')
    )
    op.create_table('ab_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('name')
    )
    op.create_table('ab_user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_name', sa.String(length=64), nullable=False),
    sa.Column('last_name', sa.String(length=64), nullable=False),
    sa.Column('username', sa.String(length=128), nullable=False),
    sa.Column('password', sa.String(length=256), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=True),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('last_login', sa.DateTime(), nullable=True),
    sa.Column('login_count', sa.Integer(), nullable=True),
    sa.Column('fail_login_count', sa.Integer(), nullable=True),
    sa.Column('created_on', sa.DateTime(), nullable=True),
    sa.Column('changed_on', sa.DateTime(), nullable=True),
    sa.Column('created_by_fk', sa.Integer(), nullable=True),
    sa.Column('changed_by_fk', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by_fk'], ['ab_user.id'], ),
    sa.ForeignKeyConstraint(['created_by_fk'], ['ab_user.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('email'),
    sa.UniqueConstraint('username')
    )
    op.create_table('ab_view_menu',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=250), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('name')
    )
    op.create_table('changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('change_set', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('by', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('source', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=False),
    sa.Column('reason', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=True),
    sa.Column('ledger', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(length=10).with_variant(sa.String(length=10, collation='C'), 'postgresql'), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('personal', sa.JSON(), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('changes', schema=None) as batch_op:
        batch_op.create_index('ix_changes_row', ['ledger', 'row_id', 'id'], unique=False)
        batch_op.create_index('ix_changes_station', ['station_id', 'id'], unique=False)

    op.create_table('counters',
    sa.Column('station_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('series', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('station_id', 'series', 'year', name='pk_counters')
    )
    op.create_table('recycle_bin',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('change_set', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('ledger', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('snapshot', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('ledger', 'row_id', 'change_set', name='uq_recycle_bin_row'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('recycle_bin', schema=None) as batch_op:
        batch_op.create_index('ix_recycle_bin_station', ['station_id', 'id'], unique=False)

    op.create_table('search_index',
    sa.Column('ledger', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('row_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('keys', sa.String(length=800).with_variant(sa.String(length=800, collation='C'), 'postgresql'), nullable=False),
    sa.Column('text', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('personal', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.PrimaryKeyConstraint('ledger', 'row_id', name='pk_search_index')
    )
    with op.batch_alter_table('search_index', schema=None) as batch_op:
        batch_op.create_index('ix_search_index_station', ['station_id', 'ledger'], unique=False)

    op.create_table('stations',
    sa.Column('name', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=False),
    sa.Column('kind', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('town', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('county', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('address', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=True),
    sa.Column('office_phone', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('township', 'street')", name='ck_stations_kind'),
    sa.CheckConstraint("name <> ''", name='ck_stations_name_filled'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('name', name='uq_stations_key'),
    sa.UniqueConstraint('request_id', name='uq_stations_request'),
    sa.UniqueConstraint('uid', name='uq_stations_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('stations', schema=None) as batch_op:
        batch_op.create_index('ix_stations_kind', ['kind', 'id'], unique=False)
        batch_op.create_index('ix_stations_name', ['name', 'id'], unique=False)

    op.create_table('workday_overrides',
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('source', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('workday', 'holiday')", name='ck_workday_overrides_kind'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('date', name='uq_workday_overrides_key'),
    sa.UniqueConstraint('request_id', name='uq_workday_overrides_request'),
    sa.UniqueConstraint('uid', name='uq_workday_overrides_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('workday_overrides', schema=None) as batch_op:
        batch_op.create_index('ix_workday_overrides_date', ['date', 'id'], unique=False)
        batch_op.create_index('ix_workday_overrides_kind', ['kind', 'id'], unique=False)

    op.create_table('ab_api_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('name', sa.String(length=256), nullable=False),
    sa.Column('key_hash', sa.String(length=256), nullable=False),
    sa.Column('lookup_hash', sa.String(length=256), nullable=True),
    sa.Column('key_prefix', sa.String(length=16), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('scopes', sa.Text(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_on', sa.DateTime(), nullable=True),
    sa.Column('expires_on', sa.DateTime(), nullable=True),
    sa.Column('revoked_on', sa.DateTime(), nullable=True),
    sa.Column('last_used_on', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('lookup_hash'),
    sa.UniqueConstraint('uuid')
    )
    with op.batch_alter_table('ab_api_key', schema=None) as batch_op:
        batch_op.create_index('idx_api_key_lookup_hash', ['lookup_hash'], unique=True)
        batch_op.create_index('idx_api_key_prefix', ['key_prefix'], unique=False)
        batch_op.create_index('idx_api_key_user_id', ['user_id'], unique=False)

    op.create_table('ab_group_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['ab_group.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['role_id'], ['ab_role.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('group_id', 'role_id')
    )
    with op.batch_alter_table('ab_group_role', schema=None) as batch_op:
        batch_op.create_index('idx_group_id', ['group_id'], unique=False)
        batch_op.create_index('idx_group_role_id', ['role_id'], unique=False)

    op.create_table('ab_permission_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('permission_id', sa.Integer(), nullable=False),
    sa.Column('view_menu_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['permission_id'], ['ab_permission.id'], ),
    sa.ForeignKeyConstraint(['view_menu_id'], ['ab_view_menu.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('permission_id', 'view_menu_id')
    )
    with op.batch_alter_table('ab_permission_view', schema=None) as batch_op:
        batch_op.create_index('idx_permission_id', ['permission_id'], unique=False)
        batch_op.create_index('idx_view_menu_id', ['view_menu_id'], unique=False)

    op.create_table('ab_user_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['ab_group.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('user_id', 'group_id')
    )
    with op.batch_alter_table('ab_user_group', schema=None) as batch_op:
        batch_op.create_index('idx_user_group_id', ['group_id'], unique=False)
        batch_op.create_index('idx_user_id', ['user_id'], unique=False)

    op.create_table('ab_user_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['role_id'], ['ab_role.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('user_id', 'role_id')
    )
    op.create_table('archive_checks',
    sa.Column('checked_on', sa.Date(), nullable=False),
    sa.Column('room', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('checker', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('points', sa.JSON(), nullable=False),
    sa.Column('temperature', sa.Numeric(precision=14, scale=2), nullable=True),
    sa.Column('humidity', sa.Numeric(precision=14, scale=2), nullable=True),
    sa.Column('remedy', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('put_right_by', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('put_right_on', sa.Date(), nullable=True),
    sa.Column('rechecked_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state <> 'put_right' OR put_right_on IS NOT NULL) AND (state <> 'rechecked' OR rechecked_on IS NOT NULL)", name='ck_archive_checks_state_holds'),
    sa.CheckConstraint("checker <> ''", name='ck_archive_checks_checker_filled'),
    sa.CheckConstraint("room <> ''", name='ck_archive_checks_room_filled'),
    sa.CheckConstraint("state IN ('in_order', 'fault', 'put_right', 'rechecked')", name='ck_archive_checks_state'),
    sa.CheckConstraint('humidity >= 0 AND humidity <= 100', name='ck_archive_checks_humidity_range'),
    sa.CheckConstraint('put_right_on >= checked_on', name='ck_archive_checks_put_right_on_after_checked_on'),
    sa.CheckConstraint('put_right_on IS NULL OR put_right_by IS NOT NULL', name='ck_archive_checks_put_right_by'),
    sa.CheckConstraint('rechecked_on >= put_right_on', name='ck_archive_checks_rechecked_on_after_put_right_on'),
    sa.CheckConstraint('rechecked_on IS NULL OR put_right_on IS NOT NULL', name='ck_archive_checks_recheck_needs_repair'),
    sa.CheckConstraint('temperature >= -30 AND temperature <= 60', name='ck_archive_checks_temperature_range'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_archive_checks_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_archive_checks_request'),
    sa.UniqueConstraint('station_id', 'checked_on', 'room', name='uq_archive_checks_key'),
    sa.UniqueConstraint('station_id', 'id', name='uq_archive_checks_station'),
    sa.UniqueConstraint('uid', name='uq_archive_checks_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('archive_checks', schema=None) as batch_op:
        batch_op.create_index('ix_archive_checks_checked_on', ['station_id', 'checked_on', 'id'], unique=False)
        batch_op.create_index('ix_archive_checks_checked_on_of_all', ['checked_on', 'id'], unique=False)
        batch_op.create_index('ix_archive_checks_put_right_on', ['station_id', 'put_right_on', 'id'], unique=False)
        batch_op.create_index('ix_archive_checks_rechecked_on', ['station_id', 'rechecked_on', 'id'], unique=False)
        batch_op.create_index('ix_archive_checks_room', ['station_id', 'room', 'id'], unique=False)
        batch_op.create_index('ix_archive_checks_state', ['station_id', 'state', 'id'], unique=False)

    op.create_table('archive_volumes',
    sa.Column('number', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('title', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('contents', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('retention', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('bound_on', sa.Date(), nullable=False),
    sa.Column('room', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('cabinet', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=True),
    sa.Column('shelf', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=True),
    sa.Column('note', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("contents IN ('opinions', 'performance', 'documents', 'other')", name='ck_archive_volumes_contents'),
    sa.CheckConstraint("number <> ''", name='ck_archive_volumes_number_filled'),
    sa.CheckConstraint("retention IN ('permanent', 'years30', 'years10')", name='ck_archive_volumes_retention'),
    sa.CheckConstraint("title <> ''", name='ck_archive_volumes_title_filled'),
    sa.CheckConstraint('year >= 1949 AND year <= 2100', name='ck_archive_volumes_year_range'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_archive_volumes_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_archive_volumes_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_archive_volumes_station'),
    sa.UniqueConstraint('station_id', 'number', name='uq_archive_volumes_key'),
    sa.UniqueConstraint('uid', name='uq_archive_volumes_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('archive_volumes', schema=None) as batch_op:
        batch_op.create_index('ix_archive_volumes_bound_on', ['station_id', 'bound_on', 'id'], unique=False)
        batch_op.create_index('ix_archive_volumes_bound_on_of_all', ['bound_on', 'id'], unique=False)
        batch_op.create_index('ix_archive_volumes_contents', ['station_id', 'contents', 'id'], unique=False)
        batch_op.create_index('ix_archive_volumes_number', ['station_id', 'number', 'id'], unique=False)
        batch_op.create_index('ix_archive_volumes_retention', ['station_id', 'retention', 'id'], unique=False)
        batch_op.create_index('ix_archive_volumes_title', ['station_id', 'title', 'id'], unique=False)

    op.create_table('attachments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ledger', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=False),
    sa.Column('type', sa.String(length=8).with_variant(sa.String(length=8, collation='C'), 'postgresql'), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('stored', sa.String(length=32).with_variant(sa.String(length=32, collation='C'), 'postgresql'), nullable=False),
    sa.Column('has_thumbnail', sa.Boolean(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('by', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('note', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=True),
    sa.CheckConstraint("type IN ('jpg', 'png', 'webp', 'pdf', 'doc', 'wps', 'docx', 'xls', 'et', 'xlsx')", name='ck_attachments_type'),
    sa.CheckConstraint('size > 0', name='ck_attachments_size'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_attachments_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('ledger', 'row_id', 'sha256', name='uq_attachments_content'),
    sa.UniqueConstraint('stored', name='uq_attachments_stored'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('attachments', schema=None) as batch_op:
        batch_op.create_index('ix_attachments_station', ['station_id', 'id'], unique=False)

    op.create_table('bulletins',
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('audience', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('title', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('content', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("audience IN ('deputies', 'public', 'both')", name='ck_bulletins_audience'),
    sa.CheckConstraint("kind IN ('bulletin', 'circulation')", name='ck_bulletins_kind'),
    sa.CheckConstraint("title <> ''", name='ck_bulletins_title_filled'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_bulletins_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_bulletins_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_bulletins_station'),
    sa.UniqueConstraint('station_id', 'title', 'sent_on', name='uq_bulletins_key'),
    sa.UniqueConstraint('uid', name='uq_bulletins_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('bulletins', schema=None) as batch_op:
        batch_op.create_index('ix_bulletins_audience', ['station_id', 'audience', 'id'], unique=False)
        batch_op.create_index('ix_bulletins_kind', ['station_id', 'kind', 'id'], unique=False)
        batch_op.create_index('ix_bulletins_sent_on', ['station_id', 'sent_on', 'id'], unique=False)
        batch_op.create_index('ix_bulletins_sent_on_of_all', ['sent_on', 'id'], unique=False)
        batch_op.create_index('ix_bulletins_title', ['station_id', 'title', 'id'], unique=False)

    op.create_table('constituencies',
    sa.Column('number', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=False),
    sa.Column('kind', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('name', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('constituency', 'electoral_unit')", name='ck_constituencies_kind'),
    sa.CheckConstraint("name <> ''", name='ck_constituencies_name_filled'),
    sa.CheckConstraint("number <> ''", name='ck_constituencies_number_filled'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_constituencies_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_constituencies_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_constituencies_station'),
    sa.UniqueConstraint('station_id', 'number', name='uq_constituencies_key'),
    sa.UniqueConstraint('uid', name='uq_constituencies_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('constituencies', schema=None) as batch_op:
        batch_op.create_index('ix_constituencies_kind', ['station_id', 'kind', 'id'], unique=False)
        batch_op.create_index('ix_constituencies_name', ['station_id', 'name', 'id'], unique=False)
        batch_op.create_index('ix_constituencies_number', ['station_id', 'number', 'id'], unique=False)
        batch_op.create_index('ix_constituencies_number_of_all', ['number', 'id'], unique=False)

    op.create_table('deputy_groups',
    sa.Column('name', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=False),
    sa.Column('note', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('convenor_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("name <> ''", name='ck_deputy_groups_name_filled'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_deputy_groups_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_deputy_groups_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_deputy_groups_station'),
    sa.UniqueConstraint('station_id', 'name', name='uq_deputy_groups_key'),
    sa.UniqueConstraint('uid', name='uq_deputy_groups_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('deputy_groups', schema=None) as batch_op:
        batch_op.create_index('ix_deputy_groups_convenor_id', ['station_id', 'convenor_id', 'id'], unique=False)
        batch_op.create_index('ix_deputy_groups_name', ['station_id', 'name', 'id'], unique=False)
        batch_op.create_index('ix_deputy_groups_name_of_all', ['name', 'id'], unique=False)

    op.create_table('organs',
    sa.Column('name', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=False),
    sa.Column('level', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('contact', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('phone', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('note', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("level IN ('county', 'township')", name='ck_organs_level'),
    sa.CheckConstraint("name <> ''", name='ck_organs_name_filled'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_organs_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_organs_request'),
    sa.UniqueConstraint('station_id', 'name', name='uq_organs_key'),
    sa.UniqueConstraint('uid', name='uq_organs_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('organs', schema=None) as batch_op:
        batch_op.create_index('ix_organs_level', ['station_id', 'level', 'id'], unique=False)
        batch_op.create_index('ix_organs_name', ['station_id', 'name', 'id'], unique=False)
        batch_op.create_index('ix_organs_name_of_all', ['name', 'id'], unique=False)
        batch_op.create_index('uq_organs_county_key', ['name'], unique=True, sqlite_where=sa.text('station_id IS NULL'), postgresql_where=sa.text('station_id IS NULL'))

    op.create_table('settings',
    sa.Column('name', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('value', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('article', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=True),
    sa.Column('origin', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("name IN ('activities_a_month', 'activities_a_year', 'reception_week', 'reception_weekday', 'reception_moves', 'inspections_a_year', 'activity_report_workdays', 'receptions_of_a_deputy', 'reception_joined_by', 'reception_notice_days', 'assignment_workdays', 'opinions_bound_by', 'inspection_notice_days', 'inspection_report_workdays', 'duty_report_days', 'duty_report_by', 'duty_report_above_county', 'direct_reports_a_term', 'voter_representatives', 'review_grades', 'review_report_workdays', 'missed_sessions_warn', 'missed_sessions_alarm', 'dossier_sealed_from', 'dossier_sealed_by', 'archive_checks_a_month', 'archive_check_points', 'archive_temperature_least', 'archive_temperature_most', 'archive_humidity_least', 'archive_humidity_most', 'fonds_number', 'archive_number_pattern', 'annual_plan_by', 'quarter_plan_day', 'annual_summary_by', 'bulletins_to_deputies', 'bulletins_to_public', 'exchanges_a_half_year', 'own_record_days', 'visits_a_half_year', 'due_soon_days')", name='ck_settings_name'),
    sa.CheckConstraint("origin IN ('given', 'ours')", name='ck_settings_origin'),
    sa.CheckConstraint("value <> ''", name='ck_settings_value_filled'),
    sa.CheckConstraint('place >= 0', name='ck_settings_place_range'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_settings_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_settings_request'),
    sa.UniqueConstraint('station_id', 'name', name='uq_settings_key'),
    sa.UniqueConstraint('uid', name='uq_settings_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('settings', schema=None) as batch_op:
        batch_op.create_index('ix_settings_name', ['station_id', 'name', 'id'], unique=False)
        batch_op.create_index('ix_settings_origin', ['station_id', 'origin', 'id'], unique=False)
        batch_op.create_index('ix_settings_place', ['station_id', 'place', 'id'], unique=False)
        batch_op.create_index('ix_settings_place_of_all', ['place', 'id'], unique=False)
        batch_op.create_index('ix_settings_since', ['station_id', 'since', 'id'], unique=False)
        batch_op.create_index('uq_settings_county_key', ['name'], unique=True, sqlite_where=sa.text('station_id IS NULL'), postgresql_where=sa.text('station_id IS NULL'))

    op.create_table('station_staff',
    sa.Column('name', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('post', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('phone', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('note', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('pinyin_key', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("name <> ''", name='ck_station_staff_name_filled'),
    sa.CheckConstraint("post IN ('head', 'deputy_head', 'liaison', 'archivist')", name='ck_station_staff_post'),
    sa.CheckConstraint('until >= since', name='ck_station_staff_until_after_since'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_station_staff_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_station_staff_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_station_staff_station'),
    sa.UniqueConstraint('station_id', 'name', name='uq_station_staff_key'),
    sa.UniqueConstraint('uid', name='uq_station_staff_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('station_staff', schema=None) as batch_op:
        batch_op.create_index('ix_station_staff_name', ['station_id', 'name', 'id'], unique=False)
        batch_op.create_index('ix_station_staff_pinyin_key', ['station_id', 'pinyin_key', 'id'], unique=False)
        batch_op.create_index('ix_station_staff_pinyin_key_of_all', ['pinyin_key', 'id'], unique=False)
        batch_op.create_index('ix_station_staff_post', ['station_id', 'post', 'id'], unique=False)
        batch_op.create_index('ix_station_staff_since', ['station_id', 'since', 'id'], unique=False)
        batch_op.create_index('ix_station_staff_until', ['station_id', 'until', 'id'], unique=False)

    op.create_table('terms',
    sa.Column('level', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("level IN ('county', 'township', 'national', 'province', 'city')", name='ck_terms_level'),
    sa.CheckConstraint('ends_on >= starts_on', name='ck_terms_ends_on_after_starts_on'),
    sa.CheckConstraint('ordinal >= 1 AND ordinal <= 99', name='ck_terms_ordinal_range'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_terms_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_terms_request'),
    sa.UniqueConstraint('station_id', 'level', 'ordinal', name='uq_terms_key'),
    sa.UniqueConstraint('uid', name='uq_terms_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('terms', schema=None) as batch_op:
        batch_op.create_index('ix_terms_ends_on', ['station_id', 'ends_on', 'id'], unique=False)
        batch_op.create_index('ix_terms_level', ['station_id', 'level', 'id'], unique=False)
        batch_op.create_index('ix_terms_name', ['station_id', 'name', 'id'], unique=False)
        batch_op.create_index('ix_terms_ordinal', ['station_id', 'ordinal', 'id'], unique=False)
        batch_op.create_index('ix_terms_starts_on', ['station_id', 'starts_on', 'id'], unique=False)
        batch_op.create_index('ix_terms_starts_on_of_all', ['starts_on', 'id'], unique=False)
        batch_op.create_index('uq_terms_county_key', ['level', 'ordinal'], unique=True, sqlite_where=sa.text('station_id IS NULL'), postgresql_where=sa.text('station_id IS NULL'))

    op.create_table('ab_permission_view_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('permission_view_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['permission_view_id'], ['ab_permission_view.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['role_id'], ['ab_role.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('permission_view_id', 'role_id')
    )
    with op.batch_alter_table('ab_permission_view_role', schema=None) as batch_op:
        batch_op.create_index('idx_permission_view_id', ['permission_view_id'], unique=False)
        batch_op.create_index('idx_role_id', ['role_id'], unique=False)

    op.create_table('activities',
    sa.Column('type', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('title', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('topic', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('status', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('start', sa.DateTime(), nullable=False),
    sa.Column('end', sa.DateTime(), nullable=True),
    sa.Column('place', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=True),
    sa.Column('content', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('form', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=True),
    sa.Column('study_subject', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('speaker', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=True),
    sa.Column('organiser', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('arranged', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('everyone', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('convenor_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("arranged IN ('station', 'certificate')", name='ck_activities_arranged'),
    sa.CheckConstraint("organiser IN ('station', 'county', 'presidium', 'group')", name='ck_activities_organiser'),
    sa.CheckConstraint("status IN ('planned', 'held', 'cancelled')", name='ck_activities_status'),
    sa.CheckConstraint("study_subject IN ('law_policy', 'current_affairs', 'congress_system', 'rights_duties', 'professional')", name='ck_activities_study_subject'),
    sa.CheckConstraint("title <> ''", name='ck_activities_title_filled'),
    sa.CheckConstraint("topic IN ('county_topic', 'group_topic', 'public_concern', 'suggestion_handling', 'congress_topic')", name='ck_activities_topic'),
    sa.CheckConstraint("type IN ('study', 'reception_day', 'inspection', 'research', 'enforcement', 'visit', 'exchange', 'review', 'training', 'meeting', 'policy', 'major_event', 'other')", name='ck_activities_type'),
    sa.CheckConstraint('"end" >= start', name='ck_activities_end_after_start'),
    sa.ForeignKeyConstraint(['station_id', 'convenor_id'], ['station_staff.station_id', 'station_staff.id'], name='fk_activities_convenor'),
    sa.ForeignKeyConstraint(['station_id', 'group_id'], ['deputy_groups.station_id', 'deputy_groups.id'], name='fk_activities_group'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_activities_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_activities_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_activities_station'),
    sa.UniqueConstraint('station_id', 'start', 'type', 'title', name='uq_activities_key'),
    sa.UniqueConstraint('uid', name='uq_activities_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('activities', schema=None) as batch_op:
        batch_op.create_index('ix_activities_arranged', ['station_id', 'arranged', 'id'], unique=False)
        batch_op.create_index('ix_activities_convenor_id', ['station_id', 'convenor_id', 'id'], unique=False)
        batch_op.create_index('ix_activities_end', ['station_id', 'end', 'id'], unique=False)
        batch_op.create_index('ix_activities_group_id', ['station_id', 'group_id', 'id'], unique=False)
        batch_op.create_index('ix_activities_organiser', ['station_id', 'organiser', 'id'], unique=False)
        batch_op.create_index('ix_activities_start', ['station_id', 'start', 'id'], unique=False)
        batch_op.create_index('ix_activities_start_of_all', ['start', 'id'], unique=False)
        batch_op.create_index('ix_activities_status', ['station_id', 'status', 'id'], unique=False)
        batch_op.create_index('ix_activities_study_subject', ['station_id', 'study_subject', 'id'], unique=False)
        batch_op.create_index('ix_activities_title', ['station_id', 'title', 'id'], unique=False)
        batch_op.create_index('ix_activities_topic', ['station_id', 'topic', 'id'], unique=False)
        batch_op.create_index('ix_activities_type', ['station_id', 'type', 'id'], unique=False)

    op.create_table('archive_files',
    sa.Column('file_no', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=True),
    sa.Column('fonds_no', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=True),
    sa.Column('category', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('retention', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('organ_code', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=True),
    sa.Column('item_no', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=False),
    sa.Column('responsible', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=True),
    sa.Column('document_no', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=True),
    sa.Column('dated_on', sa.Date(), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('secrecy', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('filed_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('source_ledger', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('source_row', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('volume_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("category IN ('documents', 'photos', 'recordings', 'videos', 'objects', 'special')", name='ck_archive_files_category'),
    sa.CheckConstraint("file_no IS NOT NULL AND file_no <> ''", name='ck_archive_files_file_no_given'),
    sa.CheckConstraint("retention IN ('permanent', 'years30', 'years10')", name='ck_archive_files_retention'),
    sa.CheckConstraint("secrecy IN ('public', 'internal', 'secret', 'confidential', 'top_secret')", name='ck_archive_files_secrecy'),
    sa.CheckConstraint("title <> ''", name='ck_archive_files_title_filled'),
    sa.CheckConstraint('(source_ledger IS NULL) = (source_row IS NULL)', name='ck_archive_files_source_whole'),
    sa.CheckConstraint('filed_on >= dated_on', name='ck_archive_files_filed_on_after_dated_on'),
    sa.CheckConstraint('item_no >= 1 AND item_no <= 9999', name='ck_archive_files_item_no_range'),
    sa.CheckConstraint('pages >= 1', name='ck_archive_files_pages_range'),
    sa.CheckConstraint('source_row >= 1', name='ck_archive_files_source_row_range'),
    sa.CheckConstraint('year >= 1949 AND year <= 2100', name='ck_archive_files_year_range'),
    sa.CheckConstraint('year IS NOT NULL', name='ck_archive_files_year_given'),
    sa.ForeignKeyConstraint(['station_id', 'volume_id'], ['archive_volumes.station_id', 'archive_volumes.id'], name='fk_archive_files_volume'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_archive_files_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_archive_files_request'),
    sa.UniqueConstraint('station_id', 'file_no', name='uq_archive_files_key'),
    sa.UniqueConstraint('station_id', 'id', name='uq_archive_files_station'),
    sa.UniqueConstraint('uid', name='uq_archive_files_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('archive_files', schema=None) as batch_op:
        batch_op.create_index('ix_archive_files_category', ['station_id', 'category', 'id'], unique=False)
        batch_op.create_index('ix_archive_files_dated_on', ['station_id', 'dated_on', 'id'], unique=False)
        batch_op.create_index('ix_archive_files_file_no', ['station_id', 'file_no', 'id'], unique=False)
        batch_op.create_index('ix_archive_files_filed_on', ['station_id', 'filed_on', 'id'], unique=False)
        batch_op.create_index('ix_archive_files_filed_on_of_all', ['filed_on', 'id'], unique=False)
        batch_op.create_index('ix_archive_files_retention', ['station_id', 'retention', 'id'], unique=False)
        batch_op.create_index('ix_archive_files_secrecy', ['station_id', 'secrecy', 'id'], unique=False)
        batch_op.create_index('ix_archive_files_source', ['source_ledger', 'source_row'], unique=False)
        batch_op.create_index('ix_archive_files_title', ['station_id', 'title', 'id'], unique=False)
        batch_op.create_index('ix_archive_files_volume_id', ['station_id', 'volume_id', 'id'], unique=False)

    op.create_table('assigned_tasks',
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('giver', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('title', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('document', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=True),
    sa.Column('content', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('result', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('handler_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("giver IN ('county', 'party', 'other')", name='ck_assigned_tasks_giver'),
    sa.CheckConstraint("title <> ''", name='ck_assigned_tasks_title_filled'),
    sa.CheckConstraint('done_on >= received_on', name='ck_assigned_tasks_done_on_after_received_on'),
    sa.CheckConstraint('due_on >= received_on', name='ck_assigned_tasks_due_on_after_received_on'),
    sa.ForeignKeyConstraint(['station_id', 'handler_id'], ['station_staff.station_id', 'station_staff.id'], name='fk_assigned_tasks_handler'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_assigned_tasks_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_assigned_tasks_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_assigned_tasks_station'),
    sa.UniqueConstraint('station_id', 'received_on', 'title', name='uq_assigned_tasks_key'),
    sa.UniqueConstraint('uid', name='uq_assigned_tasks_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('assigned_tasks', schema=None) as batch_op:
        batch_op.create_index('ix_assigned_tasks_done_on', ['station_id', 'done_on', 'id'], unique=False)
        batch_op.create_index('ix_assigned_tasks_due_on', ['station_id', 'due_on', 'id'], unique=False)
        batch_op.create_index('ix_assigned_tasks_giver', ['station_id', 'giver', 'id'], unique=False)
        batch_op.create_index('ix_assigned_tasks_handler_id', ['station_id', 'handler_id', 'id'], unique=False)
        batch_op.create_index('ix_assigned_tasks_received_on', ['station_id', 'received_on', 'id'], unique=False)
        batch_op.create_index('ix_assigned_tasks_received_on_of_all', ['received_on', 'id'], unique=False)
        batch_op.create_index('ix_assigned_tasks_title', ['station_id', 'title', 'id'], unique=False)

    op.create_table('congress_sessions',
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=True),
    sa.Column('term_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends_on >= starts_on', name='ck_congress_sessions_ends_on_after_starts_on'),
    sa.CheckConstraint('ordinal >= 1 AND ordinal <= 99', name='ck_congress_sessions_ordinal_range'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_congress_sessions_station'),
    sa.ForeignKeyConstraint(['term_id'], ['terms.id'], name='fk_congress_sessions_term'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_congress_sessions_request'),
    sa.UniqueConstraint('station_id', 'term_id', 'ordinal', name='uq_congress_sessions_key'),
    sa.UniqueConstraint('uid', name='uq_congress_sessions_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('congress_sessions', schema=None) as batch_op:
        batch_op.create_index('ix_congress_sessions_ends_on', ['station_id', 'ends_on', 'id'], unique=False)
        batch_op.create_index('ix_congress_sessions_name', ['station_id', 'name', 'id'], unique=False)
        batch_op.create_index('ix_congress_sessions_ordinal', ['station_id', 'ordinal', 'id'], unique=False)
        batch_op.create_index('ix_congress_sessions_starts_on', ['station_id', 'starts_on', 'id'], unique=False)
        batch_op.create_index('ix_congress_sessions_starts_on_of_all', ['starts_on', 'id'], unique=False)
        batch_op.create_index('ix_congress_sessions_term_id', ['station_id', 'term_id', 'id'], unique=False)
        batch_op.create_index('uq_congress_sessions_county_key', ['term_id', 'ordinal'], unique=True, sqlite_where=sa.text('station_id IS NULL'), postgresql_where=sa.text('station_id IS NULL'))

    op.create_table('deputies',
    sa.Column('name', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('sex', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('nation', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=True),
    sa.Column('birth', sa.Date(), nullable=True),
    sa.Column('party', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('education', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('phone', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('address', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=True),
    sa.Column('occupation', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('unit', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=True),
    sa.Column('official_order', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('pinyin_key', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=True),
    sa.Column('stroke_key', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("education IN ('primary', 'junior', 'senior', 'college', 'bachelor', 'postgraduate')", name='ck_deputies_education'),
    sa.CheckConstraint("name <> ''", name='ck_deputies_name_filled'),
    sa.CheckConstraint("occupation IN ('worker', 'farmer', 'technician', 'cadre', 'entrepreneur', 'soldier', 'other')", name='ck_deputies_occupation'),
    sa.CheckConstraint("party IN ('communist', 'youth_league', 'democratic', 'independent', 'masses')", name='ck_deputies_party'),
    sa.CheckConstraint("sex IN ('male', 'female')", name='ck_deputies_sex'),
    sa.CheckConstraint('official_order >= 1', name='ck_deputies_official_order_range'),
    sa.ForeignKeyConstraint(['station_id', 'group_id'], ['deputy_groups.station_id', 'deputy_groups.id'], name='fk_deputies_group'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_deputies_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_deputies_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_deputies_station'),
    sa.UniqueConstraint('station_id', 'name', 'birth', name='uq_deputies_key'),
    sa.UniqueConstraint('uid', name='uq_deputies_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('deputies', schema=None) as batch_op:
        batch_op.create_index('ix_deputies_birth', ['station_id', 'birth', 'id'], unique=False)
        batch_op.create_index('ix_deputies_education', ['station_id', 'education', 'id'], unique=False)
        batch_op.create_index('ix_deputies_group_id', ['station_id', 'group_id', 'id'], unique=False)
        batch_op.create_index('ix_deputies_name', ['station_id', 'name', 'id'], unique=False)
        batch_op.create_index('ix_deputies_occupation', ['station_id', 'occupation', 'id'], unique=False)
        batch_op.create_index('ix_deputies_party', ['station_id', 'party', 'id'], unique=False)
        batch_op.create_index('ix_deputies_pinyin_key', ['station_id', 'pinyin_key', 'id'], unique=False)
        batch_op.create_index('ix_deputies_pinyin_key_of_all', ['pinyin_key', 'id'], unique=False)
        batch_op.create_index('ix_deputies_sex', ['station_id', 'sex', 'id'], unique=False)

    op.create_table('plans',
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('period', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('content', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('made_on', sa.Date(), nullable=True),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('summary', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('summarised_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("period = 'year' OR (summary IS NULL AND summarised_on IS NULL)", name='ck_plans_summary'),
    sa.CheckConstraint("period IN ('year', 'q1', 'q2', 'q3', 'q4')", name='ck_plans_period'),
    sa.CheckConstraint('approved_on >= made_on', name='ck_plans_approved_on_after_made_on'),
    sa.CheckConstraint('year >= 1990 AND year <= 2100', name='ck_plans_year_range'),
    sa.ForeignKeyConstraint(['station_id', 'author_id'], ['station_staff.station_id', 'station_staff.id'], name='fk_plans_author'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_plans_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_plans_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_plans_station'),
    sa.UniqueConstraint('station_id', 'year', 'period', name='uq_plans_key'),
    sa.UniqueConstraint('uid', name='uq_plans_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('plans', schema=None) as batch_op:
        batch_op.create_index('ix_plans_approved_on', ['station_id', 'approved_on', 'id'], unique=False)
        batch_op.create_index('ix_plans_author_id', ['station_id', 'author_id', 'id'], unique=False)
        batch_op.create_index('ix_plans_made_on', ['station_id', 'made_on', 'id'], unique=False)
        batch_op.create_index('ix_plans_period', ['station_id', 'period', 'id'], unique=False)
        batch_op.create_index('ix_plans_summarised_on', ['station_id', 'summarised_on', 'id'], unique=False)
        batch_op.create_index('ix_plans_year', ['station_id', 'year', 'id'], unique=False)
        batch_op.create_index('ix_plans_year_of_all', ['year', 'id'], unique=False)

    op.create_table('accounts',
    sa.Column('user_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=True),
    sa.Column('deputy_id', sa.Integer(), nullable=True),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('sessions_from', sa.DateTime(), nullable=True),
    sa.Column('locked_until', sa.DateTime(), nullable=True),
    sa.Column('month_choice', sa.String(length=2000).with_variant(sa.String(length=2000, collation='C'), 'postgresql'), nullable=True),
    sa.ForeignKeyConstraint(['deputy_id'], ['deputies.id'], name='fk_accounts_deputy'),
    sa.ForeignKeyConstraint(['staff_id'], ['station_staff.id'], name='fk_accounts_staff'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_accounts_station'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name='fk_accounts_user'),
    sa.PrimaryKeyConstraint('user_id')
    )
    with op.batch_alter_table('accounts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_accounts_deputy_id'), ['deputy_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_accounts_staff_id'), ['staff_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_accounts_station_id'), ['station_id'], unique=False)

    op.create_table('activity_guests',
    sa.Column('kind', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('name', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('unit', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=True),
    sa.Column('post', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=True),
    sa.Column('phone', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('note', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('voter', 'masses', 'unit')", name='ck_activity_guests_kind'),
    sa.CheckConstraint("name <> ''", name='ck_activity_guests_name_filled'),
    sa.ForeignKeyConstraint(['station_id', 'activity_id'], ['activities.station_id', 'activities.id'], name='fk_activity_guests_activity'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_activity_guests_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_activity_guests_request'),
    sa.UniqueConstraint('station_id', 'activity_id', 'name', name='uq_activity_guests_key'),
    sa.UniqueConstraint('station_id', 'id', name='uq_activity_guests_station'),
    sa.UniqueConstraint('uid', name='uq_activity_guests_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('activity_guests', schema=None) as batch_op:
        batch_op.create_index('ix_activity_guests_activity_id', ['station_id', 'activity_id', 'id'], unique=False)
        batch_op.create_index('ix_activity_guests_kind', ['station_id', 'kind', 'id'], unique=False)
        batch_op.create_index('ix_activity_guests_name', ['station_id', 'name', 'id'], unique=False)

    op.create_table('activity_notices',
    sa.Column('whom', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('told_at', sa.DateTime(), nullable=False),
    sa.Column('channel', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('reached', sa.Boolean(), nullable=False),
    sa.Column('words', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('deputy_id', sa.Integer(), nullable=True),
    sa.Column('organ_id', sa.Integer(), nullable=True),
    sa.Column('told_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(whom IN ('deputy', 'work_unit')) = (deputy_id IS NOT NULL) AND (whom = 'organ') = (organ_id IS NOT NULL)", name='ck_activity_notices_recipient'),
    sa.CheckConstraint("channel IN ('phone', 'announcement', 'letter', 'sms')", name='ck_activity_notices_channel'),
    sa.CheckConstraint("whom IN ('all_deputies', 'deputy', 'organ', 'work_unit', 'public')", name='ck_activity_notices_whom'),
    sa.ForeignKeyConstraint(['organ_id'], ['organs.id'], name='fk_activity_notices_organ'),
    sa.ForeignKeyConstraint(['station_id', 'activity_id'], ['activities.station_id', 'activities.id'], name='fk_activity_notices_activity'),
    sa.ForeignKeyConstraint(['station_id', 'deputy_id'], ['deputies.station_id', 'deputies.id'], name='fk_activity_notices_deputy'),
    sa.ForeignKeyConstraint(['station_id', 'told_by_id'], ['station_staff.station_id', 'station_staff.id'], name='fk_activity_notices_told_by'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_activity_notices_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_activity_notices_request'),
    sa.UniqueConstraint('station_id', 'activity_id', 'whom', 'told_at', 'deputy_id', 'organ_id', name='uq_activity_notices_key'),
    sa.UniqueConstraint('station_id', 'activity_id', 'whom', 'told_at', 'deputy_id', name='uq_activity_notices_deputy'),
    sa.UniqueConstraint('station_id', 'activity_id', 'whom', 'told_at', 'organ_id', name='uq_activity_notices_organ'),
    sa.UniqueConstraint('station_id', 'id', name='uq_activity_notices_station'),
    sa.UniqueConstraint('uid', name='uq_activity_notices_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('activity_notices', schema=None) as batch_op:
        batch_op.create_index('ix_activity_notices_activity_id', ['station_id', 'activity_id', 'id'], unique=False)
        batch_op.create_index('ix_activity_notices_channel', ['station_id', 'channel', 'id'], unique=False)
        batch_op.create_index('ix_activity_notices_deputy_id', ['station_id', 'deputy_id', 'id'], unique=False)
        batch_op.create_index('ix_activity_notices_organ_id', ['station_id', 'organ_id', 'id'], unique=False)
        batch_op.create_index('ix_activity_notices_told_at', ['station_id', 'told_at', 'id'], unique=False)
        batch_op.create_index('ix_activity_notices_told_at_of_all', ['told_at', 'id'], unique=False)
        batch_op.create_index('ix_activity_notices_told_by_id', ['station_id', 'told_by_id', 'id'], unique=False)
        batch_op.create_index('ix_activity_notices_whom', ['station_id', 'whom', 'id'], unique=False)
        batch_op.create_index('uq_activity_notices_all', ['station_id', 'activity_id', 'whom', 'told_at'], unique=True, sqlite_where=sa.text('deputy_id IS NULL AND organ_id IS NULL'), postgresql_where=sa.text('deputy_id IS NULL AND organ_id IS NULL'))

    op.create_table('activity_reports',
    sa.Column('subject', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=True),
    sa.Column('addressee', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=True),
    sa.Column('content', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=True),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('activity_id IS NOT NULL OR subject IS NOT NULL', name='ck_activity_reports_subject'),
    sa.ForeignKeyConstraint(['station_id', 'activity_id'], ['activities.station_id', 'activities.id'], name='fk_activity_reports_activity'),
    sa.ForeignKeyConstraint(['station_id', 'sent_by_id'], ['station_staff.station_id', 'station_staff.id'], name='fk_activity_reports_sent_by'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_activity_reports_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_activity_reports_request'),
    sa.UniqueConstraint('station_id', 'activity_id', 'sent_on', 'subject', name='uq_activity_reports_key'),
    sa.UniqueConstraint('station_id', 'activity_id', 'sent_on', name='uq_activity_reports_activity'),
    sa.UniqueConstraint('station_id', 'id', name='uq_activity_reports_station'),
    sa.UniqueConstraint('uid', name='uq_activity_reports_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('activity_reports', schema=None) as batch_op:
        batch_op.create_index('ix_activity_reports_activity_id', ['station_id', 'activity_id', 'id'], unique=False)
        batch_op.create_index('ix_activity_reports_sent_by_id', ['station_id', 'sent_by_id', 'id'], unique=False)
        batch_op.create_index('ix_activity_reports_sent_on', ['station_id', 'sent_on', 'id'], unique=False)
        batch_op.create_index('ix_activity_reports_sent_on_of_all', ['sent_on', 'id'], unique=False)
        batch_op.create_index('ix_activity_reports_subject', ['station_id', 'subject', 'id'], unique=False)
        batch_op.create_index('uq_activity_reports_general', ['station_id', 'sent_on', 'subject'], unique=True, sqlite_where=sa.text('activity_id IS NULL'), postgresql_where=sa.text('activity_id IS NULL'))

    op.create_table('archive_loans',
    sa.Column('borrower', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('unit', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=True),
    sa.Column('purpose', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=True),
    sa.Column('approved_by', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('out_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('back_on', sa.Date(), nullable=True),
    sa.Column('condition', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('state', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('note', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'returned') = (back_on IS NOT NULL)", name='ck_archive_loans_state_holds'),
    sa.CheckConstraint("borrower <> ''", name='ck_archive_loans_borrower_filled'),
    sa.CheckConstraint("condition IN ('intact', 'damaged', 'incomplete')", name='ck_archive_loans_condition'),
    sa.CheckConstraint("state IN ('out', 'returned')", name='ck_archive_loans_state'),
    sa.CheckConstraint('back_on >= out_on', name='ck_archive_loans_back_on_after_out_on'),
    sa.CheckConstraint('condition IS NULL OR back_on IS NOT NULL', name='ck_archive_loans_condition_of_return'),
    sa.CheckConstraint('due_on >= out_on', name='ck_archive_loans_due_on_after_out_on'),
    sa.ForeignKeyConstraint(['station_id', 'file_id'], ['archive_files.station_id', 'archive_files.id'], name='fk_archive_loans_file'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_archive_loans_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_archive_loans_request'),
    sa.UniqueConstraint('station_id', 'file_id', 'out_on', name='uq_archive_loans_key'),
    sa.UniqueConstraint('station_id', 'id', name='uq_archive_loans_station'),
    sa.UniqueConstraint('uid', name='uq_archive_loans_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('archive_loans', schema=None) as batch_op:
        batch_op.create_index('ix_archive_loans_back_on', ['station_id', 'back_on', 'id'], unique=False)
        batch_op.create_index('ix_archive_loans_condition', ['station_id', 'condition', 'id'], unique=False)
        batch_op.create_index('ix_archive_loans_due_on', ['station_id', 'due_on', 'id'], unique=False)
        batch_op.create_index('ix_archive_loans_file_id', ['station_id', 'file_id', 'id'], unique=False)
        batch_op.create_index('ix_archive_loans_out_on', ['station_id', 'out_on', 'id'], unique=False)
        batch_op.create_index('ix_archive_loans_out_on_of_all', ['out_on', 'id'], unique=False)
        batch_op.create_index('ix_archive_loans_state', ['station_id', 'state', 'id'], unique=False)
        batch_op.create_index('uq_archive_loans_out', ['file_id'], unique=True, sqlite_where=sa.text('back_on IS NULL'), postgresql_where=sa.text('back_on IS NULL'))

    op.create_table('attendance',
    sa.Column('state', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('signed_at', sa.DateTime(), nullable=True),
    sa.Column('signed_how', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('note', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('deputy_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("signed_at IS NULL OR state IN ('present', 'late')", name='ck_attendance_signed'),
    sa.CheckConstraint("signed_how IN ('paper', 'scan', 'office')", name='ck_attendance_signed_how'),
    sa.CheckConstraint("state IN ('pending', 'present', 'late', 'leave', 'absent')", name='ck_attendance_state'),
    sa.ForeignKeyConstraint(['station_id', 'activity_id'], ['activities.station_id', 'activities.id'], name='fk_attendance_activity'),
    sa.ForeignKeyConstraint(['station_id', 'deputy_id'], ['deputies.station_id', 'deputies.id'], name='fk_attendance_deputy'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_attendance_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_attendance_request'),
    sa.UniqueConstraint('station_id', 'activity_id', 'deputy_id', name='uq_attendance_key'),
    sa.UniqueConstraint('station_id', 'id', name='uq_attendance_station'),
    sa.UniqueConstraint('uid', name='uq_attendance_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.create_index('ix_attendance_activity_id', ['station_id', 'activity_id', 'id'], unique=False)
        batch_op.create_index('ix_attendance_deputy_id', ['station_id', 'deputy_id', 'id'], unique=False)
        batch_op.create_index('ix_attendance_signed_at', ['station_id', 'signed_at', 'id'], unique=False)
        batch_op.create_index('ix_attendance_signed_how', ['station_id', 'signed_how', 'id'], unique=False)
        batch_op.create_index('ix_attendance_state', ['station_id', 'state', 'id'], unique=False)

    op.create_table('congress_services',
    sa.Column('phase', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('what', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('who', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("phase IN ('before', 'during', 'after')", name='ck_congress_services_phase'),
    sa.CheckConstraint("what <> ''", name='ck_congress_services_what_filled'),
    sa.ForeignKeyConstraint(['session_id'], ['congress_sessions.id'], name='fk_congress_services_session'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_congress_services_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_congress_services_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_congress_services_station'),
    sa.UniqueConstraint('station_id', 'session_id', 'what', name='uq_congress_services_key'),
    sa.UniqueConstraint('uid', name='uq_congress_services_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('congress_services', schema=None) as batch_op:
        batch_op.create_index('ix_congress_services_done_on', ['station_id', 'done_on', 'id'], unique=False)
        batch_op.create_index('ix_congress_services_done_on_of_all', ['done_on', 'id'], unique=False)
        batch_op.create_index('ix_congress_services_phase', ['station_id', 'phase', 'id'], unique=False)
        batch_op.create_index('ix_congress_services_session_id', ['station_id', 'session_id', 'id'], unique=False)
        batch_op.create_index('ix_congress_services_what', ['station_id', 'what', 'id'], unique=False)

    op.create_table('good_deeds',
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('deed', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('for_whom', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=True),
    sa.Column('persons', sa.Integer(), nullable=True),
    sa.Column('value', sa.Numeric(precision=14, scale=2), nullable=True),
    sa.Column('note', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('deputy_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("deed <> ''", name='ck_good_deeds_deed_filled'),
    sa.CheckConstraint('persons >= 0', name='ck_good_deeds_persons_range'),
    sa.CheckConstraint('value >= 0', name='ck_good_deeds_value_range'),
    sa.ForeignKeyConstraint(['station_id', 'deputy_id'], ['deputies.station_id', 'deputies.id'], name='fk_good_deeds_deputy'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_good_deeds_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_good_deeds_request'),
    sa.UniqueConstraint('station_id', 'done_on', 'deputy_id', 'deed', name='uq_good_deeds_key'),
    sa.UniqueConstraint('station_id', 'id', name='uq_good_deeds_station'),
    sa.UniqueConstraint('uid', name='uq_good_deeds_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('good_deeds', schema=None) as batch_op:
        batch_op.create_index('ix_good_deeds_deed', ['station_id', 'deed', 'id'], unique=False)
        batch_op.create_index('ix_good_deeds_deputy_id', ['station_id', 'deputy_id', 'id'], unique=False)
        batch_op.create_index('ix_good_deeds_done_on', ['station_id', 'done_on', 'id'], unique=False)
        batch_op.create_index('ix_good_deeds_done_on_of_all', ['done_on', 'id'], unique=False)

    op.create_table('inspections',
    sa.Column('subject', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=True),
    sa.Column('openness', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('covert_reason', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=True),
    sa.Column('covert_approver', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=True),
    sa.Column('certificate', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('station_told_on', sa.Date(), nullable=True),
    sa.Column('findings', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('advice', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('report', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('reported_on', sa.Date(), nullable=True),
    sa.Column('fed_back_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('holder_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("certificate IN ('alone', 'joint')", name='ck_inspections_certificate'),
    sa.CheckConstraint("openness = 'open' OR (covert_reason IS NOT NULL AND covert_approver IS NOT NULL)", name='ck_inspections_covert'),
    sa.CheckConstraint("openness IN ('open', 'covert')", name='ck_inspections_openness'),
    sa.CheckConstraint('(certificate IS NULL) = (holder_id IS NULL)', name='ck_inspections_holder'),
    sa.ForeignKeyConstraint(['station_id', 'activity_id'], ['activities.station_id', 'activities.id'], name='fk_inspections_activity'),
    sa.ForeignKeyConstraint(['station_id', 'holder_id'], ['deputies.station_id', 'deputies.id'], name='fk_inspections_holder'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_inspections_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('activity_id', name='uq_inspections_activity'),
    sa.UniqueConstraint('request_id', name='uq_inspections_request'),
    sa.UniqueConstraint('station_id', 'activity_id', name='uq_inspections_key'),
    sa.UniqueConstraint('station_id', 'id', name='uq_inspections_station'),
    sa.UniqueConstraint('uid', name='uq_inspections_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('inspections', schema=None) as batch_op:
        batch_op.create_index('ix_inspections_activity_id', ['station_id', 'activity_id', 'id'], unique=False)
        batch_op.create_index('ix_inspections_certificate', ['station_id', 'certificate', 'id'], unique=False)
        batch_op.create_index('ix_inspections_fed_back_on', ['station_id', 'fed_back_on', 'id'], unique=False)
        batch_op.create_index('ix_inspections_holder_id', ['station_id', 'holder_id', 'id'], unique=False)
        batch_op.create_index('ix_inspections_openness', ['station_id', 'openness', 'id'], unique=False)
        batch_op.create_index('ix_inspections_reported_on', ['station_id', 'reported_on', 'id'], unique=False)
        batch_op.create_index('ix_inspections_station_told_on', ['station_id', 'station_told_on', 'id'], unique=False)

    op.create_table('law_supervision',
    sa.Column('supervised_on', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('what', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('place', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=True),
    sa.Column('finding', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('advice', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("kind IN ('law', 'resolution', 'opinion')", name='ck_law_supervision_kind'),
    sa.CheckConstraint("what <> ''", name='ck_law_supervision_what_filled'),
    sa.ForeignKeyConstraint(['station_id', 'activity_id'], ['activities.station_id', 'activities.id'], name='fk_law_supervision_activity'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_law_supervision_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_law_supervision_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_law_supervision_station'),
    sa.UniqueConstraint('station_id', 'supervised_on', 'what', name='uq_law_supervision_key'),
    sa.UniqueConstraint('uid', name='uq_law_supervision_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('law_supervision', schema=None) as batch_op:
        batch_op.create_index('ix_law_supervision_activity_id', ['station_id', 'activity_id', 'id'], unique=False)
        batch_op.create_index('ix_law_supervision_kind', ['station_id', 'kind', 'id'], unique=False)
        batch_op.create_index('ix_law_supervision_supervised_on', ['station_id', 'supervised_on', 'id'], unique=False)
        batch_op.create_index('ix_law_supervision_supervised_on_of_all', ['supervised_on', 'id'], unique=False)
        batch_op.create_index('ix_law_supervision_what', ['station_id', 'what', 'id'], unique=False)

    op.create_table('leave_requests',
    sa.Column('reason', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('words', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=True),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('timing', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('written', sa.Boolean(), nullable=False),
    sa.Column('decision', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('decided_by', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('deputy_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=True),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("decision IN ('pending', 'approved', 'declined')", name='ck_leave_requests_decision'),
    sa.CheckConstraint("reason IN ('private', 'illness', 'work')", name='ck_leave_requests_reason'),
    sa.CheckConstraint("session_id IS NULL OR decision <> 'approved' OR written", name='ck_leave_requests_written'),
    sa.CheckConstraint("timing IN ('before', 'after')", name='ck_leave_requests_timing'),
    sa.CheckConstraint('CASE WHEN activity_id IS NULL THEN 0 ELSE 1 END + CASE WHEN session_id IS NULL THEN 0 ELSE 1 END = 1', name='ck_leave_requests_exactly_one'),
    sa.CheckConstraint('decided_on >= date(asked_at)', name='ck_leave_requests_decided_after_asked'),
    sa.ForeignKeyConstraint(['session_id'], ['congress_sessions.id'], name='fk_leave_requests_session'),
    sa.ForeignKeyConstraint(['station_id', 'activity_id'], ['activities.station_id', 'activities.id'], name='fk_leave_requests_activity'),
    sa.ForeignKeyConstraint(['station_id', 'deputy_id'], ['deputies.station_id', 'deputies.id'], name='fk_leave_requests_deputy'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_leave_requests_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_leave_requests_request'),
    sa.UniqueConstraint('station_id', 'deputy_id', 'activity_id', 'session_id', name='uq_leave_requests_key'),
    sa.UniqueConstraint('station_id', 'deputy_id', 'activity_id', name='uq_leave_requests_activity'),
    sa.UniqueConstraint('station_id', 'deputy_id', 'session_id', name='uq_leave_requests_session'),
    sa.UniqueConstraint('station_id', 'id', name='uq_leave_requests_station'),
    sa.UniqueConstraint('uid', name='uq_leave_requests_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('leave_requests', schema=None) as batch_op:
        batch_op.create_index('ix_leave_requests_activity_id', ['station_id', 'activity_id', 'id'], unique=False)
        batch_op.create_index('ix_leave_requests_asked_at', ['station_id', 'asked_at', 'id'], unique=False)
        batch_op.create_index('ix_leave_requests_asked_at_of_all', ['asked_at', 'id'], unique=False)
        batch_op.create_index('ix_leave_requests_decided_on', ['station_id', 'decided_on', 'id'], unique=False)
        batch_op.create_index('ix_leave_requests_decision', ['station_id', 'decision', 'id'], unique=False)
        batch_op.create_index('ix_leave_requests_deputy_id', ['station_id', 'deputy_id', 'id'], unique=False)
        batch_op.create_index('ix_leave_requests_reason', ['station_id', 'reason', 'id'], unique=False)
        batch_op.create_index('ix_leave_requests_session_id', ['station_id', 'session_id', 'id'], unique=False)
        batch_op.create_index('ix_leave_requests_timing', ['station_id', 'timing', 'id'], unique=False)

    op.create_table('major_events',
    sa.Column('matter', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('advice', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('host_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['host_id'], ['organs.id'], name='fk_major_events_host'),
    sa.ForeignKeyConstraint(['station_id', 'activity_id'], ['activities.station_id', 'activities.id'], name='fk_major_events_activity'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_major_events_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('activity_id', name='uq_major_events_activity'),
    sa.UniqueConstraint('request_id', name='uq_major_events_request'),
    sa.UniqueConstraint('station_id', 'activity_id', name='uq_major_events_key'),
    sa.UniqueConstraint('station_id', 'id', name='uq_major_events_station'),
    sa.UniqueConstraint('uid', name='uq_major_events_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('major_events', schema=None) as batch_op:
        batch_op.create_index('ix_major_events_activity_id', ['station_id', 'activity_id', 'id'], unique=False)
        batch_op.create_index('ix_major_events_host_id', ['station_id', 'host_id', 'id'], unique=False)

    op.create_table('mandates',
    sa.Column('certificate', sa.String(length=30).with_variant(sa.String(length=30, collation='C'), 'postgresql'), nullable=True),
    sa.Column('elected_on', sa.Date(), nullable=True),
    sa.Column('elected', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('state', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('state_since', sa.Date(), nullable=True),
    sa.Column('state_reason', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('deputy_id', sa.Integer(), nullable=False),
    sa.Column('term_id', sa.Integer(), nullable=False),
    sa.Column('constituency_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("elected IN ('elected', 'by_election')", name='ck_mandates_elected'),
    sa.CheckConstraint("state IN ('serving', 'suspended', 'ended')", name='ck_mandates_state'),
    sa.CheckConstraint('state_since >= elected_on', name='ck_mandates_state_since_after_elected_on'),
    sa.ForeignKeyConstraint(['station_id', 'constituency_id'], ['constituencies.station_id', 'constituencies.id'], name='fk_mandates_constituency'),
    sa.ForeignKeyConstraint(['station_id', 'deputy_id'], ['deputies.station_id', 'deputies.id'], name='fk_mandates_deputy'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_mandates_station'),
    sa.ForeignKeyConstraint(['term_id'], ['terms.id'], name='fk_mandates_term'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_mandates_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_mandates_station'),
    sa.UniqueConstraint('station_id', 'term_id', 'certificate', name='uq_mandates_key'),
    sa.UniqueConstraint('uid', name='uq_mandates_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('mandates', schema=None) as batch_op:
        batch_op.create_index('ix_mandates_certificate', ['station_id', 'certificate', 'id'], unique=False)
        batch_op.create_index('ix_mandates_constituency_id', ['station_id', 'constituency_id', 'id'], unique=False)
        batch_op.create_index('ix_mandates_deputy_id', ['station_id', 'deputy_id', 'id'], unique=False)
        batch_op.create_index('ix_mandates_elected', ['station_id', 'elected', 'id'], unique=False)
        batch_op.create_index('ix_mandates_elected_on', ['station_id', 'elected_on', 'id'], unique=False)
        batch_op.create_index('ix_mandates_state', ['station_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_mandates_state_since', ['station_id', 'state_since', 'id'], unique=False)
        batch_op.create_index('ix_mandates_term_id', ['station_id', 'term_id', 'id'], unique=False)

    op.create_table('plan_items',
    sa.Column('planned_for', sa.Date(), nullable=False),
    sa.Column('activity_type', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('title', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('note', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("activity_type IN ('study', 'reception_day', 'inspection', 'research', 'enforcement', 'visit', 'exchange', 'review', 'training', 'meeting', 'policy', 'major_event', 'other')", name='ck_plan_items_activity_type'),
    sa.CheckConstraint("title <> ''", name='ck_plan_items_title_filled'),
    sa.ForeignKeyConstraint(['station_id', 'activity_id'], ['activities.station_id', 'activities.id'], name='fk_plan_items_activity'),
    sa.ForeignKeyConstraint(['station_id', 'plan_id'], ['plans.station_id', 'plans.id'], name='fk_plan_items_plan'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_plan_items_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_plan_items_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_plan_items_station'),
    sa.UniqueConstraint('station_id', 'plan_id', 'title', name='uq_plan_items_key'),
    sa.UniqueConstraint('uid', name='uq_plan_items_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('plan_items', schema=None) as batch_op:
        batch_op.create_index('ix_plan_items_activity_id', ['station_id', 'activity_id', 'id'], unique=False)
        batch_op.create_index('ix_plan_items_activity_type', ['station_id', 'activity_type', 'id'], unique=False)
        batch_op.create_index('ix_plan_items_plan_id', ['station_id', 'plan_id', 'id'], unique=False)
        batch_op.create_index('ix_plan_items_planned_for', ['station_id', 'planned_for', 'id'], unique=False)
        batch_op.create_index('ix_plan_items_planned_for_of_all', ['planned_for', 'id'], unique=False)
        batch_op.create_index('ix_plan_items_title', ['station_id', 'title', 'id'], unique=False)

    op.create_table('publicity',
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.Column('title', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('medium', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('outlet', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=True),
    sa.Column('link', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=True),
    sa.Column('author', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("medium IN ('newspaper', 'broadcast', 'website', 'wechat', 'board', 'other')", name='ck_publicity_medium'),
    sa.CheckConstraint("title <> ''", name='ck_publicity_title_filled'),
    sa.ForeignKeyConstraint(['station_id', 'activity_id'], ['activities.station_id', 'activities.id'], name='fk_publicity_activity'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_publicity_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_publicity_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_publicity_station'),
    sa.UniqueConstraint('station_id', 'title', 'published_on', name='uq_publicity_key'),
    sa.UniqueConstraint('uid', name='uq_publicity_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('publicity', schema=None) as batch_op:
        batch_op.create_index('ix_publicity_activity_id', ['station_id', 'activity_id', 'id'], unique=False)
        batch_op.create_index('ix_publicity_medium', ['station_id', 'medium', 'id'], unique=False)
        batch_op.create_index('ix_publicity_published_on', ['station_id', 'published_on', 'id'], unique=False)
        batch_op.create_index('ix_publicity_published_on_of_all', ['published_on', 'id'], unique=False)
        batch_op.create_index('ix_publicity_title', ['station_id', 'title', 'id'], unique=False)

    op.create_table('receptions',
    sa.Column('announced_on', sa.Date(), nullable=True),
    sa.Column('voters_received', sa.Integer(), nullable=True),
    sa.Column('record', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('recorder_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('voters_received >= 0', name='ck_receptions_voters_received_range'),
    sa.ForeignKeyConstraint(['station_id', 'activity_id'], ['activities.station_id', 'activities.id'], name='fk_receptions_activity'),
    sa.ForeignKeyConstraint(['station_id', 'recorder_id'], ['station_staff.station_id', 'station_staff.id'], name='fk_receptions_recorder'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_receptions_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('activity_id', name='uq_receptions_activity'),
    sa.UniqueConstraint('request_id', name='uq_receptions_request'),
    sa.UniqueConstraint('station_id', 'activity_id', name='uq_receptions_key'),
    sa.UniqueConstraint('station_id', 'id', name='uq_receptions_station'),
    sa.UniqueConstraint('uid', name='uq_receptions_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('receptions', schema=None) as batch_op:
        batch_op.create_index('ix_receptions_activity_id', ['station_id', 'activity_id', 'id'], unique=False)
        batch_op.create_index('ix_receptions_announced_on', ['station_id', 'announced_on', 'id'], unique=False)
        batch_op.create_index('ix_receptions_recorder_id', ['station_id', 'recorder_id', 'id'], unique=False)

    op.create_table('review_meetings',
    sa.Column('audience', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('chair', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('scrutineers', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=True),
    sa.Column('tellers', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=True),
    sa.Column('opinions_voiced', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('record', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('reported_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("audience IN ('voters', 'electoral_unit', 'standing_committee')", name='ck_review_meetings_audience'),
    sa.ForeignKeyConstraint(['station_id', 'activity_id'], ['activities.station_id', 'activities.id'], name='fk_review_meetings_activity'),
    sa.ForeignKeyConstraint(['station_id', 'group_id'], ['deputy_groups.station_id', 'deputy_groups.id'], name='fk_review_meetings_group'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_review_meetings_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('activity_id', name='uq_review_meetings_activity'),
    sa.UniqueConstraint('request_id', name='uq_review_meetings_request'),
    sa.UniqueConstraint('station_id', 'activity_id', name='uq_review_meetings_key'),
    sa.UniqueConstraint('station_id', 'id', name='uq_review_meetings_station'),
    sa.UniqueConstraint('uid', name='uq_review_meetings_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('review_meetings', schema=None) as batch_op:
        batch_op.create_index('ix_review_meetings_activity_id', ['station_id', 'activity_id', 'id'], unique=False)
        batch_op.create_index('ix_review_meetings_audience', ['station_id', 'audience', 'id'], unique=False)
        batch_op.create_index('ix_review_meetings_group_id', ['station_id', 'group_id', 'id'], unique=False)
        batch_op.create_index('ix_review_meetings_reported_on', ['station_id', 'reported_on', 'id'], unique=False)

    op.create_table('suggestions',
    sa.Column('number', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=False),
    sa.Column('title', sa.String(length=100).with_variant(sa.String(length=100, collation='C'), 'postgresql'), nullable=False),
    sa.Column('submitted_on', sa.Date(), nullable=False),
    sa.Column('content', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('level', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('handed_over_on', sa.Date(), nullable=True),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('result', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('verdict', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('deputy_id', sa.Integer(), nullable=False),
    sa.Column('organ_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("content <> ''", name='ck_suggestions_content_filled'),
    sa.CheckConstraint("level IN ('county', 'township')", name='ck_suggestions_level'),
    sa.CheckConstraint("number <> ''", name='ck_suggestions_number_filled'),
    sa.CheckConstraint("result IN ('a', 'b', 'c', 'd')", name='ck_suggestions_result'),
    sa.CheckConstraint("title <> ''", name='ck_suggestions_title_filled'),
    sa.CheckConstraint("verdict IN ('satisfied', 'mostly', 'dissatisfied')", name='ck_suggestions_verdict'),
    sa.CheckConstraint('answered_on >= handed_over_on', name='ck_suggestions_answered_on_after_handed_over_on'),
    sa.CheckConstraint('answered_on >= submitted_on', name='ck_suggestions_answered_on_after_submitted_on'),
    sa.CheckConstraint('answered_on IS NOT NULL OR (result IS NULL AND verdict IS NULL)', name='ck_suggestions_answered'),
    sa.CheckConstraint('due >= handed_over_on', name='ck_suggestions_due_after_handed_over_on'),
    sa.CheckConstraint('due >= submitted_on', name='ck_suggestions_due_after_submitted_on'),
    sa.CheckConstraint('handed_over_on >= submitted_on', name='ck_suggestions_handed_over_on_after_submitted_on'),
    sa.ForeignKeyConstraint(['organ_id'], ['organs.id'], name='fk_suggestions_organ'),
    sa.ForeignKeyConstraint(['station_id', 'deputy_id'], ['deputies.station_id', 'deputies.id'], name='fk_suggestions_deputy'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_suggestions_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_suggestions_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_suggestions_station'),
    sa.UniqueConstraint('station_id', 'number', name='uq_suggestions_key'),
    sa.UniqueConstraint('uid', name='uq_suggestions_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('suggestions', schema=None) as batch_op:
        batch_op.create_index('ix_suggestions_answered_on', ['station_id', 'answered_on', 'id'], unique=False)
        batch_op.create_index('ix_suggestions_deputy_id', ['station_id', 'deputy_id', 'id'], unique=False)
        batch_op.create_index('ix_suggestions_due', ['station_id', 'due', 'id'], unique=False)
        batch_op.create_index('ix_suggestions_handed_over_on', ['station_id', 'handed_over_on', 'id'], unique=False)
        batch_op.create_index('ix_suggestions_level', ['station_id', 'level', 'id'], unique=False)
        batch_op.create_index('ix_suggestions_number', ['station_id', 'number', 'id'], unique=False)
        batch_op.create_index('ix_suggestions_organ_id', ['station_id', 'organ_id', 'id'], unique=False)
        batch_op.create_index('ix_suggestions_result', ['station_id', 'result', 'id'], unique=False)
        batch_op.create_index('ix_suggestions_submitted_on', ['station_id', 'submitted_on', 'id'], unique=False)
        batch_op.create_index('ix_suggestions_submitted_on_of_all', ['submitted_on', 'id'], unique=False)
        batch_op.create_index('ix_suggestions_title', ['station_id', 'title', 'id'], unique=False)
        batch_op.create_index('ix_suggestions_verdict', ['station_id', 'verdict', 'id'], unique=False)

    op.create_table('visits',
    sa.Column('visited_on', sa.Date(), nullable=False),
    sa.Column('place', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=False),
    sa.Column('households', sa.Integer(), nullable=True),
    sa.Column('persons', sa.Integer(), nullable=True),
    sa.Column('persons_visited', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=True),
    sa.Column('heard', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('deputy_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("place <> ''", name='ck_visits_place_filled'),
    sa.CheckConstraint('households >= 0', name='ck_visits_households_range'),
    sa.CheckConstraint('persons >= 0', name='ck_visits_persons_range'),
    sa.ForeignKeyConstraint(['station_id', 'deputy_id'], ['deputies.station_id', 'deputies.id'], name='fk_visits_deputy'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_visits_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_visits_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_visits_station'),
    sa.UniqueConstraint('station_id', 'visited_on', 'deputy_id', 'place', name='uq_visits_key'),
    sa.UniqueConstraint('uid', name='uq_visits_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.create_index('ix_visits_deputy_id', ['station_id', 'deputy_id', 'id'], unique=False)
        batch_op.create_index('ix_visits_place', ['station_id', 'place', 'id'], unique=False)
        batch_op.create_index('ix_visits_visited_on', ['station_id', 'visited_on', 'id'], unique=False)
        batch_op.create_index('ix_visits_visited_on_of_all', ['visited_on', 'id'], unique=False)

    op.create_table('congress_attendance',
    sa.Column('state', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('reason', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('written_leave', sa.Boolean(), nullable=False),
    sa.Column('written_on', sa.Date(), nullable=True),
    sa.Column('note', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('mandate_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("reason IN ('private', 'illness', 'work')", name='ck_congress_attendance_reason'),
    sa.CheckConstraint("state <> 'approved' OR (written_leave AND written_on IS NOT NULL)", name='ck_congress_attendance_written_leave'),
    sa.CheckConstraint("state IN ('attended', 'approved', 'unapproved')", name='ck_congress_attendance_state'),
    sa.CheckConstraint('written_on IS NULL OR written_leave', name='ck_congress_attendance_written_on'),
    sa.ForeignKeyConstraint(['session_id'], ['congress_sessions.id'], name='fk_congress_attendance_session'),
    sa.ForeignKeyConstraint(['station_id', 'mandate_id'], ['mandates.station_id', 'mandates.id'], name='fk_congress_attendance_mandate'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_congress_attendance_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_congress_attendance_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_congress_attendance_station'),
    sa.UniqueConstraint('station_id', 'session_id', 'mandate_id', name='uq_congress_attendance_key'),
    sa.UniqueConstraint('uid', name='uq_congress_attendance_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('congress_attendance', schema=None) as batch_op:
        batch_op.create_index('ix_congress_attendance_mandate_id', ['station_id', 'mandate_id', 'id'], unique=False)
        batch_op.create_index('ix_congress_attendance_reason', ['station_id', 'reason', 'id'], unique=False)
        batch_op.create_index('ix_congress_attendance_session_id', ['station_id', 'session_id', 'id'], unique=False)
        batch_op.create_index('ix_congress_attendance_state', ['station_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_congress_attendance_written_on', ['station_id', 'written_on', 'id'], unique=False)

    op.create_table('congress_speeches',
    sa.Column('spoken_on', sa.Date(), nullable=False),
    sa.Column('title', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('gist', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('mandate_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("title <> ''", name='ck_congress_speeches_title_filled'),
    sa.ForeignKeyConstraint(['session_id'], ['congress_sessions.id'], name='fk_congress_speeches_session'),
    sa.ForeignKeyConstraint(['station_id', 'mandate_id'], ['mandates.station_id', 'mandates.id'], name='fk_congress_speeches_mandate'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_congress_speeches_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_congress_speeches_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_congress_speeches_station'),
    sa.UniqueConstraint('station_id', 'session_id', 'mandate_id', 'title', name='uq_congress_speeches_key'),
    sa.UniqueConstraint('uid', name='uq_congress_speeches_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('congress_speeches', schema=None) as batch_op:
        batch_op.create_index('ix_congress_speeches_mandate_id', ['station_id', 'mandate_id', 'id'], unique=False)
        batch_op.create_index('ix_congress_speeches_session_id', ['station_id', 'session_id', 'id'], unique=False)
        batch_op.create_index('ix_congress_speeches_spoken_on', ['station_id', 'spoken_on', 'id'], unique=False)
        batch_op.create_index('ix_congress_speeches_spoken_on_of_all', ['spoken_on', 'id'], unique=False)
        batch_op.create_index('ix_congress_speeches_title', ['station_id', 'title', 'id'], unique=False)

    op.create_table('duty_reports',
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('submitted_on', sa.Date(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('law_and_policy', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('congress', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('voters', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('group_activities', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('own_post', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('learning', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('shortcomings', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('mandate_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("form IN ('written', 'direct')", name='ck_duty_reports_form'),
    sa.CheckConstraint("meeting_id IS NULL OR form = 'direct'", name='ck_duty_reports_meeting_of_form'),
    sa.CheckConstraint('received_on >= submitted_on', name='ck_duty_reports_received_on_after_submitted_on'),
    sa.CheckConstraint('year >= 1954 AND year <= 2100', name='ck_duty_reports_year_range'),
    sa.ForeignKeyConstraint(['station_id', 'mandate_id'], ['mandates.station_id', 'mandates.id'], name='fk_duty_reports_mandate'),
    sa.ForeignKeyConstraint(['station_id', 'meeting_id'], ['review_meetings.station_id', 'review_meetings.id'], name='fk_duty_reports_meeting'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_duty_reports_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_duty_reports_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_duty_reports_station'),
    sa.UniqueConstraint('station_id', 'mandate_id', 'year', 'form', name='uq_duty_reports_key'),
    sa.UniqueConstraint('uid', name='uq_duty_reports_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('duty_reports', schema=None) as batch_op:
        batch_op.create_index('ix_duty_reports_form', ['station_id', 'form', 'id'], unique=False)
        batch_op.create_index('ix_duty_reports_mandate_id', ['station_id', 'mandate_id', 'id'], unique=False)
        batch_op.create_index('ix_duty_reports_meeting_id', ['station_id', 'meeting_id', 'id'], unique=False)
        batch_op.create_index('ix_duty_reports_received_on', ['station_id', 'received_on', 'id'], unique=False)
        batch_op.create_index('ix_duty_reports_submitted_on', ['station_id', 'submitted_on', 'id'], unique=False)
        batch_op.create_index('ix_duty_reports_submitted_on_of_all', ['submitted_on', 'id'], unique=False)
        batch_op.create_index('ix_duty_reports_year', ['station_id', 'year', 'id'], unique=False)

    op.create_table('inspections_fed_back_to',
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['station_id', 'row_id'], ['inspections.station_id', 'inspections.id'], name='fk_inspections_fed_back_to_row'),
    sa.ForeignKeyConstraint(['target_id'], ['organs.id'], name='fk_inspections_fed_back_to_target'),
    sa.PrimaryKeyConstraint('row_id', 'target_id', name='pk_inspections_fed_back_to')
    )
    with op.batch_alter_table('inspections_fed_back_to', schema=None) as batch_op:
        batch_op.create_index('ix_inspections_fed_back_to_target', ['target_id'], unique=False)

    op.create_table('inspections_organs',
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['station_id', 'row_id'], ['inspections.station_id', 'inspections.id'], name='fk_inspections_organs_row'),
    sa.ForeignKeyConstraint(['target_id'], ['organs.id'], name='fk_inspections_organs_target'),
    sa.PrimaryKeyConstraint('row_id', 'target_id', name='pk_inspections_organs')
    )
    with op.batch_alter_table('inspections_organs', schema=None) as batch_op:
        batch_op.create_index('ix_inspections_organs_target', ['target_id'], unique=False)

    op.create_table('motions',
    sa.Column('kind', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('number', sa.String(length=30).with_variant(sa.String(length=30, collation='C'), 'postgresql'), nullable=True),
    sa.Column('title', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('submitted_on', sa.Date(), nullable=False),
    sa.Column('wording', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('result', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('result_on', sa.Date(), nullable=True),
    sa.Column('reply', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind <> 'suggestion' OR result IS NULL OR result NOT IN ('on_agenda', 'to_committee', 'as_suggestion', 'declined')", name='ck_motions_result_of_kind'),
    sa.CheckConstraint("kind IN ('motion', 'suggestion')", name='ck_motions_kind'),
    sa.CheckConstraint("result IN ('pending', 'on_agenda', 'to_committee', 'as_suggestion', 'declined', 'solved', 'planned', 'later', 'noted')", name='ck_motions_result'),
    sa.CheckConstraint("title <> ''", name='ck_motions_title_filled'),
    sa.CheckConstraint('result_on >= submitted_on', name='ck_motions_result_on_after_submitted_on'),
    sa.ForeignKeyConstraint(['session_id'], ['congress_sessions.id'], name='fk_motions_session'),
    sa.ForeignKeyConstraint(['station_id', 'lead_id'], ['mandates.station_id', 'mandates.id'], name='fk_motions_lead'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_motions_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_motions_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_motions_station'),
    sa.UniqueConstraint('station_id', 'session_id', 'title', name='uq_motions_key'),
    sa.UniqueConstraint('uid', name='uq_motions_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('motions', schema=None) as batch_op:
        batch_op.create_index('ix_motions_kind', ['station_id', 'kind', 'id'], unique=False)
        batch_op.create_index('ix_motions_lead_id', ['station_id', 'lead_id', 'id'], unique=False)
        batch_op.create_index('ix_motions_result', ['station_id', 'result', 'id'], unique=False)
        batch_op.create_index('ix_motions_result_on', ['station_id', 'result_on', 'id'], unique=False)
        batch_op.create_index('ix_motions_session_id', ['station_id', 'session_id', 'id'], unique=False)
        batch_op.create_index('ix_motions_submitted_on', ['station_id', 'submitted_on', 'id'], unique=False)
        batch_op.create_index('ix_motions_submitted_on_of_all', ['submitted_on', 'id'], unique=False)
        batch_op.create_index('ix_motions_title', ['station_id', 'title', 'id'], unique=False)

    op.create_table('opinions',
    sa.Column('number', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=False),
    sa.Column('heard_on', sa.Date(), nullable=True),
    sa.Column('voter_name', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('voter_phone', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('voter_address', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=True),
    sa.Column('village', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('co_signers', sa.Integer(), nullable=True),
    sa.Column('anonymous', sa.Boolean(), nullable=False),
    sa.Column('confidential', sa.Boolean(), nullable=False),
    sa.Column('category', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('law_related', sa.Boolean(), nullable=False),
    sa.Column('words', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('handling', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('explained_reason', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('legal_basis', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('referred_on', sa.Date(), nullable=True),
    sa.Column('status', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('filed_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('reception_id', sa.Integer(), nullable=True),
    sa.Column('visit_id', sa.Integer(), nullable=True),
    sa.Column('deputy_id', sa.Integer(), nullable=True),
    sa.Column('recorder_id', sa.Integer(), nullable=True),
    sa.Column('referred_to_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("anonymous OR (voter_name IS NOT NULL AND voter_name <> '')", name='ck_opinions_name_or_anonymous'),
    sa.CheckConstraint("category IN ('roads', 'farming', 'water', 'environment', 'education_health', 'welfare', 'land', 'village_affairs', 'safety', 'business', 'other')", name='ck_opinions_category'),
    sa.CheckConstraint("explained_reason IN ('unlawful', 'unfeasible')", name='ck_opinions_explained_reason'),
    sa.CheckConstraint("explained_reason IS NULL OR (handling IS NOT NULL AND handling = 'explained')", name='ck_opinions_explained_reason_handling'),
    sa.CheckConstraint("handling IN ('answered_on_spot', 'answered_after_enquiry', 'explained', 'to_gather', 'to_assign')", name='ck_opinions_handling'),
    sa.CheckConstraint("number <> ''", name='ck_opinions_number_filled'),
    sa.CheckConstraint("status IN ('registered', 'gathering', 'to_assign', 'assigned', 'in_progress', 'answered', 'closed', 'second_round', 'filed')", name='ck_opinions_status'),
    sa.CheckConstraint("words <> ''", name='ck_opinions_words_filled'),
    sa.CheckConstraint('closed_on >= heard_on', name='ck_opinions_closed_on_after_heard_on'),
    sa.CheckConstraint('co_signers >= 0', name='ck_opinions_co_signers_range'),
    sa.CheckConstraint('filed_on >= closed_on', name='ck_opinions_filed_on_after_closed_on'),
    sa.CheckConstraint('filed_on IS NULL OR closed_on IS NOT NULL', name='ck_opinions_filed_closed'),
    sa.CheckConstraint('heard_on IS NOT NULL', name='ck_opinions_heard'),
    sa.CheckConstraint('reception_id IS NULL OR visit_id IS NULL', name='ck_opinions_one_source'),
    sa.CheckConstraint('referred_on >= heard_on', name='ck_opinions_referred_on_after_heard_on'),
    sa.CheckConstraint('referred_on IS NULL OR referred_to_id IS NOT NULL', name='ck_opinions_referred_to_filled'),
    sa.ForeignKeyConstraint(['referred_to_id'], ['organs.id'], name='fk_opinions_referred_to'),
    sa.ForeignKeyConstraint(['station_id', 'deputy_id'], ['deputies.station_id', 'deputies.id'], name='fk_opinions_deputy'),
    sa.ForeignKeyConstraint(['station_id', 'reception_id'], ['receptions.station_id', 'receptions.id'], name='fk_opinions_reception'),
    sa.ForeignKeyConstraint(['station_id', 'recorder_id'], ['station_staff.station_id', 'station_staff.id'], name='fk_opinions_recorder'),
    sa.ForeignKeyConstraint(['station_id', 'visit_id'], ['visits.station_id', 'visits.id'], name='fk_opinions_visit'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_opinions_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_opinions_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_opinions_station'),
    sa.UniqueConstraint('station_id', 'number', name='uq_opinions_key'),
    sa.UniqueConstraint('uid', name='uq_opinions_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('opinions', schema=None) as batch_op:
        batch_op.create_index('ix_opinions_category', ['station_id', 'category', 'id'], unique=False)
        batch_op.create_index('ix_opinions_closed_on', ['station_id', 'closed_on', 'id'], unique=False)
        batch_op.create_index('ix_opinions_deputy_id', ['station_id', 'deputy_id', 'id'], unique=False)
        batch_op.create_index('ix_opinions_explained_reason', ['station_id', 'explained_reason', 'id'], unique=False)
        batch_op.create_index('ix_opinions_filed_on', ['station_id', 'filed_on', 'id'], unique=False)
        batch_op.create_index('ix_opinions_handling', ['station_id', 'handling', 'id'], unique=False)
        batch_op.create_index('ix_opinions_heard_on', ['station_id', 'heard_on', 'id'], unique=False)
        batch_op.create_index('ix_opinions_heard_on_of_all', ['heard_on', 'id'], unique=False)
        batch_op.create_index('ix_opinions_number', ['station_id', 'number', 'id'], unique=False)
        batch_op.create_index('ix_opinions_reception_id', ['station_id', 'reception_id', 'id'], unique=False)
        batch_op.create_index('ix_opinions_recorder_id', ['station_id', 'recorder_id', 'id'], unique=False)
        batch_op.create_index('ix_opinions_referred_on', ['station_id', 'referred_on', 'id'], unique=False)
        batch_op.create_index('ix_opinions_referred_to_id', ['station_id', 'referred_to_id', 'id'], unique=False)
        batch_op.create_index('ix_opinions_status', ['station_id', 'status', 'id'], unique=False)
        batch_op.create_index('ix_opinions_village', ['station_id', 'village', 'id'], unique=False)
        batch_op.create_index('ix_opinions_visit_id', ['station_id', 'visit_id', 'id'], unique=False)

    op.create_table('review_meetings_reporters',
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['station_id', 'row_id'], ['review_meetings.station_id', 'review_meetings.id'], name='fk_review_meetings_reporters_row'),
    sa.ForeignKeyConstraint(['station_id', 'target_id'], ['mandates.station_id', 'mandates.id'], name='fk_review_meetings_reporters_target'),
    sa.PrimaryKeyConstraint('row_id', 'target_id', name='pk_review_meetings_reporters')
    )
    with op.batch_alter_table('review_meetings_reporters', schema=None) as batch_op:
        batch_op.create_index('ix_review_meetings_reporters_target', ['target_id'], unique=False)

    op.create_table('review_results',
    sa.Column('satisfied', sa.Integer(), nullable=False),
    sa.Column('basically_satisfied', sa.Integer(), nullable=False),
    sa.Column('dissatisfied', sa.Integer(), nullable=False),
    sa.Column('abstained', sa.Integer(), nullable=False),
    sa.Column('issued', sa.Integer(), nullable=False),
    sa.Column('returned', sa.Integer(), nullable=True),
    sa.Column('valid', sa.Integer(), nullable=True),
    sa.Column('invalid', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.Column('seal', sa.String(length=16).with_variant(sa.String(length=16, collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('mandate_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("source IN ('system', 'paper')", name='ck_review_results_source'),
    sa.CheckConstraint('(published_at IS NULL) = (seal IS NULL)', name='ck_review_results_sealed'),
    sa.CheckConstraint('abstained >= 0', name='ck_review_results_abstained_range'),
    sa.CheckConstraint('basically_satisfied >= 0', name='ck_review_results_basically_satisfied_range'),
    sa.CheckConstraint('dissatisfied >= 0', name='ck_review_results_dissatisfied_range'),
    sa.CheckConstraint('invalid >= 0', name='ck_review_results_invalid_range'),
    sa.CheckConstraint('issued >= 0', name='ck_review_results_issued_range'),
    sa.CheckConstraint('returned <= issued', name='ck_review_results_returned'),
    sa.CheckConstraint('returned >= 0', name='ck_review_results_returned_range'),
    sa.CheckConstraint('returned IS NOT NULL AND valid IS NOT NULL', name='ck_review_results_counted'),
    sa.CheckConstraint('satisfied + basically_satisfied + dissatisfied + abstained = valid', name='ck_review_results_votes'),
    sa.CheckConstraint('satisfied >= 0', name='ck_review_results_satisfied_range'),
    sa.CheckConstraint('valid + invalid = returned', name='ck_review_results_valid'),
    sa.CheckConstraint('valid >= 0', name='ck_review_results_valid_range'),
    sa.ForeignKeyConstraint(['station_id', 'mandate_id'], ['mandates.station_id', 'mandates.id'], name='fk_review_results_mandate'),
    sa.ForeignKeyConstraint(['station_id', 'meeting_id'], ['review_meetings.station_id', 'review_meetings.id'], name='fk_review_results_meeting'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_review_results_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_review_results_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_review_results_station'),
    sa.UniqueConstraint('station_id', 'meeting_id', 'mandate_id', name='uq_review_results_key'),
    sa.UniqueConstraint('uid', name='uq_review_results_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('review_results', schema=None) as batch_op:
        batch_op.create_index('ix_review_results_mandate_id', ['station_id', 'mandate_id', 'id'], unique=False)
        batch_op.create_index('ix_review_results_meeting_id', ['station_id', 'meeting_id', 'id'], unique=False)
        batch_op.create_index('ix_review_results_published_at', ['station_id', 'published_at', 'id'], unique=False)
        batch_op.create_index('ix_review_results_source', ['station_id', 'source', 'id'], unique=False)

    op.create_table('suggestions_co_organs',
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['station_id', 'row_id'], ['suggestions.station_id', 'suggestions.id'], name='fk_suggestions_co_organs_row'),
    sa.ForeignKeyConstraint(['target_id'], ['organs.id'], name='fk_suggestions_co_organs_target'),
    sa.PrimaryKeyConstraint('row_id', 'target_id', name='pk_suggestions_co_organs')
    )
    with op.batch_alter_table('suggestions_co_organs', schema=None) as batch_op:
        batch_op.create_index('ix_suggestions_co_organs_target', ['target_id'], unique=False)

    op.create_table('suggestions_co_signers',
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['station_id', 'row_id'], ['suggestions.station_id', 'suggestions.id'], name='fk_suggestions_co_signers_row'),
    sa.ForeignKeyConstraint(['station_id', 'target_id'], ['deputies.station_id', 'deputies.id'], name='fk_suggestions_co_signers_target'),
    sa.PrimaryKeyConstraint('row_id', 'target_id', name='pk_suggestions_co_signers')
    )
    with op.batch_alter_table('suggestions_co_signers', schema=None) as batch_op:
        batch_op.create_index('ix_suggestions_co_signers_target', ['target_id'], unique=False)

    op.create_table('voter_representatives',
    sa.Column('name', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('signed_in', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("name <> ''", name='ck_voter_representatives_name_filled'),
    sa.ForeignKeyConstraint(['station_id', 'meeting_id'], ['review_meetings.station_id', 'review_meetings.id'], name='fk_voter_representatives_meeting'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_voter_representatives_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_voter_representatives_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_voter_representatives_station'),
    sa.UniqueConstraint('station_id', 'meeting_id', 'name', name='uq_voter_representatives_key'),
    sa.UniqueConstraint('uid', name='uq_voter_representatives_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('voter_representatives', schema=None) as batch_op:
        batch_op.create_index('ix_voter_representatives_meeting_id', ['station_id', 'meeting_id', 'id'], unique=False)
        batch_op.create_index('ix_voter_representatives_name', ['station_id', 'name', 'id'], unique=False)

    op.create_table('assignments',
    sa.Column('number', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('assigned_on', sa.Date(), nullable=False),
    sa.Column('instruction', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('signed_by', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('received_by', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('returned_on', sa.Date(), nullable=True),
    sa.Column('returned_reason', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=True),
    sa.Column('county_past', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('opinion_id', sa.Integer(), nullable=False),
    sa.Column('organ_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("number <> ''", name='ck_assignments_number_filled'),
    sa.CheckConstraint('(returned_on IS NULL AND returned_reason IS NULL) OR (returned_on IS NOT NULL AND returned_reason IS NOT NULL)', name='ck_assignments_returned'),
    sa.CheckConstraint('due >= assigned_on', name='ck_assignments_due_after_assigned_on'),
    sa.CheckConstraint('due >= signed_on', name='ck_assignments_due_after_signed_on'),
    sa.CheckConstraint('received_by IS NULL OR received_on IS NOT NULL', name='ck_assignments_received'),
    sa.CheckConstraint('received_on >= signed_on', name='ck_assignments_received_on_after_signed_on'),
    sa.CheckConstraint('returned_on >= received_on', name='ck_assignments_returned_on_after_received_on'),
    sa.CheckConstraint('returned_on >= signed_on', name='ck_assignments_returned_on_after_signed_on'),
    sa.CheckConstraint('round >= 1', name='ck_assignments_round_range'),
    sa.CheckConstraint('signed_by IS NULL OR signed_on IS NOT NULL', name='ck_assignments_signed'),
    sa.ForeignKeyConstraint(['organ_id'], ['organs.id'], name='fk_assignments_organ'),
    sa.ForeignKeyConstraint(['station_id', 'opinion_id'], ['opinions.station_id', 'opinions.id'], name='fk_assignments_opinion'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_assignments_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('opinion_id', 'id', name='uq_assignments_opinion'),
    sa.UniqueConstraint('request_id', name='uq_assignments_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_assignments_station'),
    sa.UniqueConstraint('station_id', 'number', name='uq_assignments_number'),
    sa.UniqueConstraint('station_id', 'opinion_id', 'round', name='uq_assignments_key'),
    sa.UniqueConstraint('uid', name='uq_assignments_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.create_index('ix_assignments_assigned_on', ['station_id', 'assigned_on', 'id'], unique=False)
        batch_op.create_index('ix_assignments_assigned_on_of_all', ['assigned_on', 'id'], unique=False)
        batch_op.create_index('ix_assignments_due', ['station_id', 'due', 'id'], unique=False)
        batch_op.create_index('ix_assignments_number', ['station_id', 'number', 'id'], unique=False)
        batch_op.create_index('ix_assignments_opinion_id', ['station_id', 'opinion_id', 'id'], unique=False)
        batch_op.create_index('ix_assignments_organ_id', ['station_id', 'organ_id', 'id'], unique=False)
        batch_op.create_index('ix_assignments_received_on', ['station_id', 'received_on', 'id'], unique=False)
        batch_op.create_index('ix_assignments_returned_on', ['station_id', 'returned_on', 'id'], unique=False)
        batch_op.create_index('ix_assignments_round', ['station_id', 'round', 'id'], unique=False)
        batch_op.create_index('ix_assignments_signed_on', ['station_id', 'signed_on', 'id'], unique=False)

    op.create_table('inspections_motions',
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['station_id', 'row_id'], ['inspections.station_id', 'inspections.id'], name='fk_inspections_motions_row'),
    sa.ForeignKeyConstraint(['station_id', 'target_id'], ['motions.station_id', 'motions.id'], name='fk_inspections_motions_target'),
    sa.PrimaryKeyConstraint('row_id', 'target_id', name='pk_inspections_motions')
    )
    with op.batch_alter_table('inspections_motions', schema=None) as batch_op:
        batch_op.create_index('ix_inspections_motions_target', ['target_id'], unique=False)

    op.create_table('motions_co_signers',
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['station_id', 'row_id'], ['motions.station_id', 'motions.id'], name='fk_motions_co_signers_row'),
    sa.ForeignKeyConstraint(['station_id', 'target_id'], ['mandates.station_id', 'mandates.id'], name='fk_motions_co_signers_target'),
    sa.PrimaryKeyConstraint('row_id', 'target_id', name='pk_motions_co_signers')
    )
    with op.batch_alter_table('motions_co_signers', schema=None) as batch_op:
        batch_op.create_index('ix_motions_co_signers_target', ['target_id'], unique=False)

    op.create_table('suggestions_opinions',
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['station_id', 'row_id'], ['suggestions.station_id', 'suggestions.id'], name='fk_suggestions_opinions_row'),
    sa.ForeignKeyConstraint(['station_id', 'target_id'], ['opinions.station_id', 'opinions.id'], name='fk_suggestions_opinions_target'),
    sa.PrimaryKeyConstraint('row_id', 'target_id', name='pk_suggestions_opinions')
    )
    with op.batch_alter_table('suggestions_opinions', schema=None) as batch_op:
        batch_op.create_index('ix_suggestions_opinions_target', ['target_id'], unique=False)

    op.create_table('assignments_co_organs',
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['station_id', 'row_id'], ['assignments.station_id', 'assignments.id'], name='fk_assignments_co_organs_row'),
    sa.ForeignKeyConstraint(['target_id'], ['organs.id'], name='fk_assignments_co_organs_target'),
    sa.PrimaryKeyConstraint('row_id', 'target_id', name='pk_assignments_co_organs')
    )
    with op.batch_alter_table('assignments_co_organs', schema=None) as batch_op:
        batch_op.create_index('ix_assignments_co_organs_target', ['target_id'], unique=False)

    op.create_table('replies',
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('replied_on', sa.Date(), nullable=False),
    sa.Column('form', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('answered_by', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('answerer', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('answer', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('satisfaction', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('not_obtained_reason', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('asked_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('opinion_id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("CASE WHEN satisfaction = 'not_obtained' THEN 1 ELSE 0 END = CASE WHEN not_obtained_reason IS NULL THEN 0 ELSE 1 END", name='ck_replies_not_obtained_because'),
    sa.CheckConstraint("answered_by IN ('deputy', 'organ_head', 'staff')", name='ck_replies_answered_by'),
    sa.CheckConstraint("form IN ('written', 'phone', 'in_person', 'posted')", name='ck_replies_form'),
    sa.CheckConstraint("not_obtained_reason IN ('anonymous', 'unreachable', 'declined')", name='ck_replies_not_obtained_reason'),
    sa.CheckConstraint("satisfaction IN ('satisfied', 'mostly', 'dissatisfied', 'not_obtained')", name='ck_replies_satisfaction'),
    sa.CheckConstraint('asked_on >= replied_on', name='ck_replies_asked_on_after_replied_on'),
    sa.CheckConstraint('round >= 1', name='ck_replies_round_range'),
    sa.ForeignKeyConstraint(['opinion_id', 'assignment_id'], ['assignments.opinion_id', 'assignments.id'], name='fk_replies_opinion_assignment'),
    sa.ForeignKeyConstraint(['station_id', 'assignment_id'], ['assignments.station_id', 'assignments.id'], name='fk_replies_assignment'),
    sa.ForeignKeyConstraint(['station_id', 'opinion_id'], ['opinions.station_id', 'opinions.id'], name='fk_replies_opinion'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_replies_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_replies_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_replies_station'),
    sa.UniqueConstraint('station_id', 'opinion_id', 'round', name='uq_replies_key'),
    sa.UniqueConstraint('uid', name='uq_replies_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('replies', schema=None) as batch_op:
        batch_op.create_index('ix_replies_answered_by', ['station_id', 'answered_by', 'id'], unique=False)
        batch_op.create_index('ix_replies_asked_on', ['station_id', 'asked_on', 'id'], unique=False)
        batch_op.create_index('ix_replies_assignment_id', ['station_id', 'assignment_id', 'id'], unique=False)
        batch_op.create_index('ix_replies_form', ['station_id', 'form', 'id'], unique=False)
        batch_op.create_index('ix_replies_not_obtained_reason', ['station_id', 'not_obtained_reason', 'id'], unique=False)
        batch_op.create_index('ix_replies_opinion_id', ['station_id', 'opinion_id', 'id'], unique=False)
        batch_op.create_index('ix_replies_replied_on', ['station_id', 'replied_on', 'id'], unique=False)
        batch_op.create_index('ix_replies_replied_on_of_all', ['replied_on', 'id'], unique=False)
        batch_op.create_index('ix_replies_round', ['station_id', 'round', 'id'], unique=False)
        batch_op.create_index('ix_replies_satisfaction', ['station_id', 'satisfaction', 'id'], unique=False)

    op.create_table('supervision',
    sa.Column('supervised_on', sa.Date(), nullable=False),
    sa.Column('by_whom', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=False),
    sa.Column('form', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('finding', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36).with_variant(sa.String(length=36, collation='C'), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=True),
    sa.Column('suggestion_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("by_whom <> ''", name='ck_supervision_by_whom_filled'),
    sa.CheckConstraint("form IN ('phone', 'visit', 'meeting', 'letter')", name='ck_supervision_form'),
    sa.CheckConstraint('CASE WHEN assignment_id IS NULL THEN 0 ELSE 1 END + CASE WHEN suggestion_id IS NULL THEN 0 ELSE 1 END = 1', name='ck_supervision_exactly_one'),
    sa.ForeignKeyConstraint(['station_id', 'assignment_id'], ['assignments.station_id', 'assignments.id'], name='fk_supervision_assignment'),
    sa.ForeignKeyConstraint(['station_id', 'suggestion_id'], ['suggestions.station_id', 'suggestions.id'], name='fk_supervision_suggestion'),
    sa.ForeignKeyConstraint(['station_id'], ['stations.id'], name='fk_supervision_station'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id', name='uq_supervision_request'),
    sa.UniqueConstraint('station_id', 'id', name='uq_supervision_station'),
    sa.UniqueConstraint('station_id', 'supervised_on', 'assignment_id', 'suggestion_id', name='uq_supervision_key'),
    sa.UniqueConstraint('station_id', 'supervised_on', 'assignment_id', name='uq_supervision_assignment_day'),
    sa.UniqueConstraint('station_id', 'supervised_on', 'suggestion_id', name='uq_supervision_suggestion_day'),
    sa.UniqueConstraint('uid', name='uq_supervision_uid'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('supervision', schema=None) as batch_op:
        batch_op.create_index('ix_supervision_assignment_id', ['station_id', 'assignment_id', 'id'], unique=False)
        batch_op.create_index('ix_supervision_form', ['station_id', 'form', 'id'], unique=False)
        batch_op.create_index('ix_supervision_suggestion_id', ['station_id', 'suggestion_id', 'id'], unique=False)
        batch_op.create_index('ix_supervision_supervised_on', ['station_id', 'supervised_on', 'id'], unique=False)
        batch_op.create_index('ix_supervision_supervised_on_of_all', ['supervised_on', 'id'], unique=False)

    # Deputies belong to a group and a group is convened by a deputy: the second of the two keys comes when both tables are there.
    with op.batch_alter_table("deputy_groups") as groups:
        groups.create_foreign_key("fk_deputy_groups_convenor", "deputies", ["station_id", "convenor_id"], ["station_id", "id"])


def downgrade() -> None:
    raise RuntimeError("There is no way back from the first schema but the copy made before the upgrade.")
