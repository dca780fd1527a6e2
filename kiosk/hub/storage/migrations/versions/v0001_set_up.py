"""People, campaigns and what organisers set up."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; one that names another comes after it."""
    _audit_trail()
    _campaigns()
    _enrolment_tries()
    _nonces()
    _places()
    _users()
    _events()
    _vendors()
    _installations()
    _products()
    _staff()
    _devices()
    _tills()


def _audit_trail() -> None:
    op.create_table(
        "audit_trail",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_trail")),
    )


def _campaigns() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), server_default="", nullable=False),
        sa.Column("target_rp", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )


def _enrolment_tries() -> None:
    op.create_table(
        "enrolment_tries",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_enrolment_tries")),
    )


def _nonces() -> None:
    op.create_table(
        "nonces",
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("nonce", name=op.f("pk_nonces")),
    )
    op.create_index(op.f("ix_nonces_expires_at"), "nonces", ["expires_at"], unique=False)


def _places() -> None:
    op.create_table(
        "places",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('kecamatan', 'kelurahan')", name=op.f("ck_places_kind")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_places")),
    )


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("wait_until", sa.Text(), nullable=True),
        sa.CheckConstraint("role IN ('organiser', 'mentor', 'viewer')", name=op.f("ck_users_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("login", name=op.f("uq_users_login")),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("bazaar_start", sa.Text(), nullable=False),
        sa.Column("bazaar_end", sa.Text(), nullable=False),
        sa.Column("online_start", sa.Text(), nullable=True),
        sa.Column("online_end", sa.Text(), nullable=True),
        sa.Column("target_rp", sa.BigInteger(), nullable=True),
        sa.Column("qris", sa.Text(), nullable=True),
        sa.Column("cash_rounding_rp", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "counts_free_goods", sa.Boolean(), server_default=sa.text("(false)"), nullable=False
        ),
        sa.Column("receipt_header", sa.Text(), server_default="", nullable=False),
        sa.Column("receipt_footer", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("bazaar_start < bazaar_end", name=op.f("ck_events_bazaar_window")),
        sa.CheckConstraint(
            "online_start IS NULL OR online_start < online_end",
            name=op.f("ck_events_online_window"),
        ),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_events_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_campaign"), "events", ["campaign"], unique=False)


def _vendors() -> None:
    op.create_table(
        "vendors",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("kecamatan", sa.Text(), nullable=False),
        sa.Column("kelurahan", sa.Text(), nullable=False),
        sa.Column("binaan", sa.Text(), server_default="", nullable=False),
        sa.Column("stage", sa.Integer(), nullable=True),
        sa.Column("qris", sa.Text(), nullable=True),
        sa.Column("commission_basis_points", sa.Integer(), server_default="0", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_vendors_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendors")),
    )
    op.create_index(op.f("ix_vendors_campaign"), "vendors", ["campaign"], unique=False)


def _installations() -> None:
    op.create_table(
        "installations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name=op.f("fk_installations_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installations")),
    )
    op.create_index(op.f("ix_installations_event"), "installations", ["event"], unique=False)


def _products() -> None:
    op.create_table(
        "products",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("vendor", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("variant", sa.Text(), server_default="", nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("price_rp", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.Text(), server_default="pcs", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.CheckConstraint("unit IN ('pcs', 'g')", name=op.f("ck_products_unit")),
        sa.CheckConstraint("price_rp >= 0", name=op.f("ck_products_price")),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_products_campaign")),
        sa.ForeignKeyConstraint(["vendor"], ["vendors.id"], name=op.f("fk_products_vendor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
        sa.UniqueConstraint("campaign", "sku", name=op.f("uq_products_campaign_sku")),
    )
    op.create_index(op.f("ix_products_campaign"), "products", ["campaign"], unique=False)
    op.create_index(op.f("ix_products_vendor"), "products", ["vendor"], unique=False)


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.CheckConstraint(
            "role IN ('cashier', 'vendor', 'coordinator', 'organiser')", name=op.f("ck_staff_role")
        ),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name=op.f("fk_staff_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    op.create_index(op.f("ix_staff_event"), "staff", ["event"], unique=False)


def _devices() -> None:
    op.create_table(
        "devices",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("installation", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("code_expires_at", sa.Text(), nullable=True),
        sa.Column("request_hash", sa.LargeBinary(), nullable=True),
        sa.Column("enrolled_at", sa.Text(), nullable=True),
        sa.Column("secret_salt", sa.LargeBinary(), nullable=True),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.Column("last_heard_at", sa.Text(), nullable=True),
        sa.Column("clock_skew_seconds", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["installation"], ["installations.id"], name=op.f("fk_devices_installation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_devices_code_hash")),
    )
    op.create_index(op.f("ix_devices_installation"), "devices", ["installation"], unique=False)


def _tills() -> None:
    op.create_table(
        "tills",
        sa.Column("installation", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("stall", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["installation"], ["installations.id"], name=op.f("fk_tills_installation")
        ),
        sa.ForeignKeyConstraint(["stall"], ["vendors.id"], name=op.f("fk_tills_stall")),
        sa.PrimaryKeyConstraint("installation", "code", name=op.f("pk_tills")),
    )
