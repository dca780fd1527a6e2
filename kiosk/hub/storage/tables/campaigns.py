"""A campaign: its bazaars, what their receipts say, who works there, and where vendors live."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from kiosk.hub.storage.tables.columns import (
    OPENLY,
    active,
    belongs_to,
    metadata,
    row_id,
    switch,
    told,
    words,
)

campaigns = Table(
    "campaigns",
    metadata,
    row_id(),
    told("name"),
    words("city"),
    Column("target_rp", BigInteger),
    told("created_at"),
    info=OPENLY,
)

events = Table(
    "events",
    metadata,
    row_id(),
    belongs_to("campaign"),
    told("name"),
    words("place"),
    # Windows are [start, end); an event may have no online window.
    told("bazaar_start"),
    told("bazaar_end"),
    Column("online_start", Text),
    Column("online_end", Text),
    Column("target_rp", BigInteger),
    Column("qris", Text),
    Column("cash_rounding_rp", Integer, nullable=False, server_default="0"),
    switch("counts_free_goods"),
    words("receipt_header"),
    words("receipt_footer"),
    # The ways to pay as JSON, '' for the standard ones.
    words("methods"),
    # The rules of discounts as JSON, empty for the usual ones.
    words("discounts"),
    CheckConstraint("bazaar_start < bazaar_end", name="bazaar_window"),
    CheckConstraint("online_start IS NULL OR online_start < online_end", name="online_window"),
    info=OPENLY,
)

# What stands on the event's receipts beside header and footer.
receipt_papers = Table(
    "receipt_papers",
    metadata,
    Column("event", ForeignKey("events.id"), primary_key=True),
    words("contact"),
    Column("language", Text, nullable=False, server_default="id"),
    # A PNG of black and white dots, at most 24 kB.
    Column("logo", LargeBinary),
    CheckConstraint("language IN ('id', 'en')", name="language"),
    info=OPENLY,
)

staff = Table(
    "staff",
    metadata,
    row_id(),
    belongs_to("event"),
    told("name"),
    told("role"),
    told("pin_hash"),
    active(),
    # Whose goods somebody may add to and count at the tills, '' for nobody's.
    words("vendor"),
    CheckConstraint("role IN ('cashier', 'vendor', 'coordinator', 'organiser')", name="role"),
)

# Kecamatan and kelurahan by their official codes.
places = Table(
    "places",
    metadata,
    Column("code", Text, primary_key=True),
    told("kind"),
    told("name"),
    Column("parent", Text),
    CheckConstraint("kind IN ('kecamatan', 'kelurahan')", name="kind"),
    info=OPENLY,
)

# By what rule products and vendors are ranked, as JSON.
curation_rules = Table(
    "curation_rules",
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), primary_key=True),
    told("rule"),
    info=OPENLY,
)
