"""Who may see what, where they are signed in, and a trail that nobody rewrites."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen users, keep sessions and wrong tries, and close the trail against changes."""
    words = sa.Column("scope_kind", sa.Text(), server_default="", nullable=False)
    op.add_column("users", words)
    op.add_column("users", sa.Column("scope_value", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "users", sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    op.add_column(
        "users",
        sa.Column("password_given", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["user"], ["users.id"], name=op.f("fk_sessions_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    op.create_index(op.f("ix_sessions_user"), "sessions", ["user"])
    op.create_index(op.f("ix_audit_trail_at"), "audit_trail", ["at"])
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


_SQLITE = [
    f"""
    CREATE TRIGGER audit_trail_no_{what.lower()} BEFORE {what} ON audit_trail
    BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END
    """
    for what in ("UPDATE", "DELETE")
]
_POSTGRESQL = [
    """
    CREATE FUNCTION audit_trail_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit trail is only added to'; END $$
    """,
    """
    CREATE TRIGGER audit_trail_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_trail
    FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_refuse()
    """,
]
