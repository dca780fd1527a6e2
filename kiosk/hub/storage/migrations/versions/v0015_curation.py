"""Contacts and costs, sheets of everything, vendors who are one, and what stays on sale."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen vendors, products and sheets; keep merges, the rule of ranking and its decisions."""
    op.add_column("vendors", _words("contact"))
    op.add_column("vendors", sa.Column("merged_into", sa.Text()))
    op.add_column("products", sa.Column("cost_rp", sa.BigInteger()))
    _free_kinds_of_sheets()
    op.create_table(
        "vendor_merges",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("gone", sa.Text(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        *_standing(),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_vendor_merges_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor_merges")),
    )
    op.create_index(op.f("ix_vendor_merges_campaign"), "vendor_merges", ["campaign"])
    names = ("campaign", "event", "channel", "vendor", "product", "category", "hour")
    sums = ("units", "omzet_rp", "units_final", "omzet_final_rp")
    op.create_table(
        "merged_rollups",
        *(sa.Column(name, sa.Text(), nullable=False) for name in names),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in sums),
        sa.PrimaryKeyConstraint(*names, name=op.f("pk_merged_rollups")),
    )
    op.create_table(
        "curation_rules",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_curation_rules_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign", name=op.f("pk_curation_rules")),
    )
    op.create_table(
        "curation_decisions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("vendor", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_standing(),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_curation_decisions_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curation_decisions")),
    )
    op.create_index(op.f("ix_curation_decisions_campaign"), "curation_decisions", ["campaign"])
    op.create_index(
        "ix_counted_entries_stock",
        "counted_entries",
        ["kind"],
        sqlite_where=sa.text("kind = 'stock_moved'"),
        postgresql_where=sa.text("kind = 'stock_moved'"),
    )


def _words(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _standing() -> "list[sa.Column[str]]":
    return [
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.Text()),
        _words("undone_by"),
    ]


def _free_kinds_of_sheets() -> None:
    """Let sheets be of kinds that come later; SQLite changes a check by writing the table anew."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_sheets_kind"), "sheets", type_="check")
        return
    as_it_becomes = sa.Table(
        "sheets",
        sa.MetaData(),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("file", sa.LargeBinary()),
        sa.Column("changes", sa.Text()),
        sa.CheckConstraint("state IN ('waiting', 'taken', 'undone')", name=op.f("ck_sheets_state")),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_sheets_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheets")),
        sa.Index(op.f("ix_sheets_campaign"), "campaign"),
    )
    with op.batch_alter_table("sheets", copy_from=as_it_becomes, recreate="always"):
        pass
