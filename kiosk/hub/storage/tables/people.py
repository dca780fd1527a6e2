"""Who signs in at the hub, and the trail of what was done."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, LargeBinary, Table, Text

from kiosk.hub.storage.tables.columns import active, metadata, row_id, switch, told, words

users = Table(
    "users",
    metadata,
    row_id(),
    Column("login", Text, nullable=False, unique=True),
    told("name"),
    told("role"),
    told("password_hash"),
    # Wrong passwords in a row, and until when the next try must wait.
    Column("wrong_tries", Integer, nullable=False, server_default="0"),
    Column("wait_until", Text),
    active(),
    # Whose vendors a mentor sees: of which guiding office, or of which kecamatan.
    words("scope_kind"),
    words("scope_value"),
    # Whether the password was made by the hub and is to be changed by its owner.
    switch("password_given"),
    CheckConstraint("role IN ('organiser', 'mentor', 'viewer')", name="role"),
)

# Where somebody is signed in; the browser holds the token, here is its SHA-256 alone.
sessions = Table(
    "sessions",
    metadata,
    row_id(),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("user", ForeignKey("users.id"), nullable=False, index=True),
    told("started_at"),
    told("seen_at"),
    words("browser"),
    words("address"),
)

# Nothing in it is ever changed or taken away: triggers of the store refuse both.
audit_trail = Table(
    "audit_trail",
    metadata,
    row_id(),
    Column("at", Text, nullable=False, index=True),
    told("by"),
    told("action"),
    told("subject"),
    told("facts"),
)
