"""Installations with their drawers, and the machines that speak for them."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text

from kiosk.hub.storage.tables.columns import OPENLY, belongs_to, metadata, row_id, told

installations = Table(
    "installations",
    metadata,
    row_id(),
    belongs_to("event"),
    told("name"),
    info=OPENLY,
)

# The drawers (*Laci*) of an installation; the code heads its receipt numbers.
tills = Table(
    "tills",
    metadata,
    Column("installation", ForeignKey("installations.id"), nullable=False),
    told("code"),
    told("name"),
    Column("stall", ForeignKey("vendors.id")),
    PrimaryKeyConstraint("installation", "code"),
    info=OPENLY,
)

devices = Table(
    "devices",
    metadata,
    row_id(),
    belongs_to("installation"),
    # SHA-256 of the one-time code; of 80 random bits, so it needs no slow hash.
    Column("code_hash", LargeBinary, unique=True),
    Column("code_expires_at", Text),
    # The enrolling request's own hash: a repeat within 15 minutes gets the same answer.
    Column("request_hash", LargeBinary),
    Column("enrolled_at", Text),
    # The secret itself is in no row: it is derived from this salt and a key outside the database.
    Column("secret_salt", LargeBinary),
    Column("revoked_at", Text),
    Column("last_heard_at", Text),
    # The till's clock less the hub's at the last upload, in seconds.
    Column("clock_skew_seconds", Integer),
    info=OPENLY,
)

# Wrong enrolment codes and passwords by where they came from: both may be tried so many times.
enrolment_tries = Table(
    "enrolment_tries",
    metadata,
    Column("source", Text, primary_key=True),
    Column("tries", Integer, nullable=False),
    told("since"),
)

nonces = Table(
    "nonces",
    metadata,
    Column("nonce", Text, primary_key=True),
    Column("expires_at", Text, nullable=False, index=True),
)
