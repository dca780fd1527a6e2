"""The hub's tables, as both stores know them.

Instants are texts in UTC (ISO 8601, milliseconds), so that they compare as instants and
read alike from SQLite and PostgreSQL. Money and counts are 64-bit integers. Ids are
UUID texts. The migrations in `kiosk/hub/storage/migrations` build exactly this.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# How a table is seen by somebody who looks after some vendors only (see `storage.scope`): by
# its column `vendor` if it has one, by the column named here, or openly, as it tells of none.
# A table that says nothing and has no such column is not shown to her at all.
SCOPE: Final = "scope"
OPEN: Final = ""
_OPEN: Final = {SCOPE: OPEN}


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _rollup_keys() -> list[Column[str]]:
    names = ("campaign", "event", "channel", "vendor", "product", "category")
    return [Column(name, Text, nullable=False) for name in names]


def _undoable() -> list[Column[str]]:
    """Give when and by whom something was decided, and whether it was taken back since."""
    return [
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("undone_at", Text),
        _words("undone_by"),
    ]


def _sums() -> list[Column[int]]:
    names = ("units", "omzet_rp", "units_final", "omzet_final_rp")
    return [Column(name, BigInteger, nullable=False) for name in names]


# --- People -----------------------------------------------------------------

users = Table(
    "users",
    metadata,
    Column("id", Text, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    # Wrong passwords in a row, and until when the next try must wait.
    Column("wrong_tries", Integer, nullable=False, server_default="0"),
    Column("wait_until", Text),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    # Whose vendors a mentor sees: of which guiding office, or of which kecamatan.
    _words("scope_kind"),
    _words("scope_value"),
    # Whether the password was made by the hub and is to be changed by its owner.
    Column("password_given", Boolean, nullable=False, server_default=text("false")),
    CheckConstraint("role IN ('organiser', 'mentor', 'viewer')", name="role"),
)

# Where somebody is signed in; the browser holds the token, here is its SHA-256 alone.
sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("user", ForeignKey("users.id"), nullable=False, index=True),
    Column("started_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    _words("browser"),
    _words("address"),
)

# Nothing in it is ever changed or taken away: triggers of the store refuse both.
audit_trail = Table(
    "audit_trail",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("facts", Text, nullable=False),
)

# --- The campaign -----------------------------------------------------------

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    _words("city"),
    Column("target_rp", BigInteger),
    Column("created_at", Text, nullable=False),
    info=_OPEN,
)

events = Table(
    "events",
    metadata,
    Column("id", Text, primary_key=True),
    Column("campaign", ForeignKey("campaigns.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    _words("place"),
    # Windows are [start, end); an event may have no online window.
    Column("bazaar_start", Text, nullable=False),
    Column("bazaar_end", Text, nullable=False),
    Column("online_start", Text),
    Column("online_end", Text),
    Column("target_rp", BigInteger),
    Column("qris", Text),
    Column("cash_rounding_rp", Integer, nullable=False, server_default="0"),
    Column("counts_free_goods", Boolean, nullable=False, server_default=text("false")),
    _words("receipt_header"),
    _words("receipt_footer"),
    # The ways to pay as JSON, '' for the standard ones.
    _words("methods"),
    # The rules of discounts as JSON, empty for the usual ones.
    _words("discounts"),
    CheckConstraint("bazaar_start < bazaar_end", name="bazaar_window"),
    CheckConstraint("online_start IS NULL OR online_start < online_end", name="online_window"),
    info=_OPEN,
)

# What stands on the event's receipts beside header and footer.
receipt_papers = Table(
    "receipt_papers",
    metadata,
    Column("event", ForeignKey("events.id"), primary_key=True),
    _words("contact"),
    Column("language", Text, nullable=False, server_default="id"),
    # A PNG of black and white dots, at most 24 kB.
    Column("logo", LargeBinary),
    CheckConstraint("language IN ('id', 'en')", name="language"),
    info=_OPEN,
)

vendors = Table(
    "vendors",
    metadata,
    Column("id", Text, primary_key=True),
    Column("campaign", ForeignKey("campaigns.id"), nullable=False, index=True),
    # The stall's name as buyers read it; the owner's as the office knows her.
    Column("name", Text, nullable=False),
    _words("owner"),
    # Official codes (`31.74.07`, `31.74.07.1001`): names repeat and differ by a space.
    Column("kecamatan", Text, nullable=False),
    Column("kelurahan", Text, nullable=False),
    _words("binaan"),
    Column("stage", Integer),
    Column("qris", Text),
    Column("commission_basis_points", Integer, nullable=False, server_default="0"),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    # Where she sells online too; a QR code under her goods on a receipt.
    _words("shop_url"),
    # Whether tills put the amount into her code.
    Column("qris_fills", Boolean, nullable=False, server_default=text("false")),
    # Her phone or another way to reach her; for organisers and her mentor.
    _words("contact"),
    # The vendor she turned out to be, who has her history now; see `vendor_merges`.
    Column("merged_into", Text),
)

products = Table(
    "products",
    metadata,
    Column("id", Text, primary_key=True),
    Column("campaign", ForeignKey("campaigns.id"), nullable=False, index=True),
    Column("vendor", ForeignKey("vendors.id"), nullable=False, index=True),
    Column("sku", Text, nullable=False),
    Column("name", Text, nullable=False),
    _words("variant"),
    Column("category", Text, nullable=False),
    Column("price_rp", BigInteger, nullable=False),
    Column("unit", Text, nullable=False, server_default="pcs"),
    # Text, for leading zeros; two products may have one, and the till then asks which.
    _words("barcode"),
    # One choice a line.
    _words("choices"),
    # What the stall brings, and at how many left tills say so; null is not counted.
    Column("stock", Integer),
    Column("low_stock", Integer),
    Column("open_price", Boolean, nullable=False, server_default=text("false")),
    # What one costs its vendor, null where she has not said; no till and no receipt has it.
    Column("cost_rp", BigInteger),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    # A SKU names one product of a campaign, on paper and in marketplace files alike.
    UniqueConstraint("campaign", "sku"),
    CheckConstraint("price_rp >= 0", name="price"),
    CheckConstraint("unit IN ('pcs', 'g')", name="unit"),
)

# Vendors who turned out to be one: `gone` counts as `kept`; `moved` is JSON of what was hers.
vendor_merges = Table(
    "vendor_merges",
    metadata,
    Column("id", Text, primary_key=True),
    Column("campaign", ForeignKey("campaigns.id"), nullable=False, index=True),
    Column("gone", Text, nullable=False),
    Column("kept", Text, nullable=False),
    Column("moved", Text, nullable=False),
    *_undoable(),
    info={SCOPE: "kept"},
)

# By what rule products and vendors are ranked, as JSON.
curation_rules = Table(
    "curation_rules",
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), primary_key=True),
    Column("rule", Text, nullable=False),
    info=_OPEN,
)

# A proposal that was accepted, with its reason as it was; `product` is '' for a vendor's own.
curation_decisions = Table(
    "curation_decisions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("campaign", ForeignKey("campaigns.id"), nullable=False, index=True),
    Column("vendor", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("proposal", Text, nullable=False),
    Column("reason", Text, nullable=False),
    *_undoable(),
)

# What a till added at a bazaar under its own id, and the product it is here: itself, or one
# that had its SKU or its barcode before.
added_products = Table(
    "added_products",
    metadata,
    Column("id", Text, primary_key=True),
    Column("product", ForeignKey("products.id"), nullable=False, index=True),
    _words("matched_by"),
    _words("added_by"),
    Column("at", Text, nullable=False),
    CheckConstraint("matched_by IN ('', 'id', 'sku', 'barcode')", name="matched_by"),
    info=_OPEN,
)

# Several pieces of one vendor's goods for one price.
offers = Table(
    "offers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("campaign", ForeignKey("campaigns.id"), nullable=False, index=True),
    Column("vendor", ForeignKey("vendors.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("pieces", Integer, nullable=False),
    Column("price_rp", BigInteger, nullable=False),
    Column("borne_by", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    CheckConstraint("pieces BETWEEN 2 AND 99", name="pieces"),
    CheckConstraint("price_rp >= 0", name="price"),
    CheckConstraint("borne_by IN ('stall', 'bazaar')", name="borne_by"),
)

offer_products = Table(
    "offer_products",
    metadata,
    Column("offer", ForeignKey("offers.id"), primary_key=True),
    Column("product", ForeignKey("products.id"), primary_key=True),
    info=_OPEN,
)

# Kecamatan and kelurahan by their official codes.
places = Table(
    "places",
    metadata,
    Column("code", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("parent", Text),
    CheckConstraint("kind IN ('kecamatan', 'kelurahan')", name="kind"),
    info=_OPEN,
)

staff = Table(
    "staff",
    metadata,
    Column("id", Text, primary_key=True),
    Column("event", ForeignKey("events.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("pin_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    # Whose goods somebody may add to and count at the tills, '' for nobody's.
    _words("vendor"),
    CheckConstraint("role IN ('cashier', 'vendor', 'coordinator', 'organiser')", name="role"),
)

# --- Installations, devices, journals ----------------------------------------

installations = Table(
    "installations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("event", ForeignKey("events.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    info=_OPEN,
)

# The drawers (*Laci*) of an installation; the code heads its receipt numbers.
tills = Table(
    "tills",
    metadata,
    Column("installation", ForeignKey("installations.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("stall", ForeignKey("vendors.id")),
    PrimaryKeyConstraint("installation", "code"),
    info=_OPEN,
)

devices = Table(
    "devices",
    metadata,
    Column("id", Text, primary_key=True),
    Column("installation", ForeignKey("installations.id"), nullable=False, index=True),
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
    info=_OPEN,
)

# Wrong enrolment codes and passwords by where they came from: both may be tried so many times.
enrolment_tries = Table(
    "enrolment_tries",
    metadata,
    Column("source", Text, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("since", Text, nullable=False),
)

nonces = Table(
    "nonces",
    metadata,
    Column("nonce", Text, primary_key=True),
    Column("expires_at", Text, nullable=False, index=True),
)

journals = Table(
    "journals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("installation", ForeignKey("installations.id"), nullable=False, index=True),
    Column("head_seq", BigInteger, nullable=False),
    Column("head_hash", LargeBinary, nullable=False),
    # Where it continues another journal: how many stand before it, and after which entry.
    Column("depth", Integer, nullable=False, server_default="0"),
    Column("continues_journal", Text),
    Column("continues_seq", BigInteger),
    Column("last_heard_at", Text, nullable=False),
    # Sales that came when their bazaar was over; they count on their own event all the same.
    Column("late_sales", BigInteger, nullable=False, server_default="0"),
    info=_OPEN,
)

# Every entry verbatim, however strange; `at` is the hub's own time of arrival.
entries = Table(
    "entries",
    metadata,
    Column("journal", ForeignKey("journals.id"), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("stored", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("arrived_at", Text, nullable=False),
    PrimaryKeyConstraint("journal", "seq"),
    # A seal on paper is the beginning of a hash.
    Index("ix_entries_hash", "hash"),
)

# Which copy of an entry counts; a double with the same kind and body is not kept here.
counted_entries = Table(
    "counted_entries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("journal", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    # SHA-256 over kind and body, to tell a double from a conflict.
    Column("content_hash", LargeBinary, nullable=False),
    # The sale, or the shift, that a refund, a confirmation or a closing speaks of.
    Column("subject", Text),
    Index("ix_counted_entries_place", "journal", "seq", unique=True),
    Index(
        "ix_counted_entries_subject",
        "subject",
        sqlite_where=text("subject IS NOT NULL"),
        postgresql_where=text("subject IS NOT NULL"),
    ),
    # Few among many, and asked for by their kind.
    Index(
        "ix_counted_entries_stock",
        "kind",
        sqlite_where=text("kind = 'stock_moved'"),
        postgresql_where=text("kind = 'stock_moved'"),
    ),
)

review_tray = Table(
    "review_tray",
    metadata,
    Column("journal", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("fact", Text, nullable=False),
    Column("arrived_at", Text, nullable=False),
    Column("decided_at", Text),
    Column("decision", Text),
    PrimaryKeyConstraint("journal", "seq", "reason"),
)

# What an organiser said of claimed payments, as the bank's list told it; a word that was
# taken back stays, and of each payment at most one stands.
claim_decisions = Table(
    "claim_decisions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("sale", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("decision", Text, nullable=False),
    # Where it was seen: a reference of the bank, the name of its list.
    _words("evidence"),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("undone_at", Text),
    Column("undone_by", Text),
    CheckConstraint("decision IN ('final', 'never_received')", name="decision"),
    Index(
        "ix_claim_decisions_standing",
        "sale",
        "n",
        unique=True,
        sqlite_where=text("undone_at IS NULL"),
        postgresql_where=text("undone_at IS NULL"),
    ),
)

shifts = Table(
    "shifts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("journal", Text, nullable=False),
    Column("installation", Text, nullable=False, index=True),
    Column("event", Text, nullable=False, index=True),
    Column("till", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("closed_at", Text),
    Column("difference_rp", BigInteger),
    info=_OPEN,
)

imports = Table(
    "imports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("campaign", ForeignKey("campaigns.id"), nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_sha256", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
    Column("imported_by", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("orders", Integer, nullable=False),
    Column("problems", Integer, nullable=False),
    # A file waits (the dry run) until it is taken or dropped.
    Column("state", Text, nullable=False),
    # What was read of the file, without its buyers: kept, so that an undo can go back to it.
    Column("reading", LargeBinary),
    # A file that was counted and taken out again; it may be counted once more.
    Column("undone_at", Text),
    _words("undone_by"),
    # The vendor whose shop the file came from, '' for several or nobody known.
    _words("shop"),
    CheckConstraint("state IN ('dry_run', 'taken')", name="state"),
    info=_OPEN,
)

orders = Table(
    "orders",
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), nullable=False),
    Column("source", Text, nullable=False),
    Column("order_id", Text, nullable=False),
    Column("import", ForeignKey("imports.id"), nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("invoice_number", Text, index=True),
    Column("state", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("paid_at", Text),
    Column("event", Text),
    Column("as_of", Text, nullable=False),
    # The vendor whose shop it was ordered in, '' where the file did not say.
    _words("shop"),
    PrimaryKeyConstraint("campaign", "source", "order_id"),
)

# A line's place in its order is its identity: the same SKU may stand twice.
order_lines = Table(
    "order_lines",
    metadata,
    Column("campaign", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("order_id", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("product", Text, nullable=False),
    Column("vendor", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sku", Text, nullable=False),
    *_sums(),
    PrimaryKeyConstraint("campaign", "source", "order_id", "n"),
)

# What the organiser said a marketplace's product is: by SKU id, or by name and variation.
product_matches = Table(
    "product_matches",
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), nullable=False),
    Column("source", Text, nullable=False),
    Column("marketplace_key", Text, nullable=False),
    Column("product", ForeignKey("products.id"), nullable=False),
    # What was remembered in one go can be undone in one.
    _words("batch"),
    PrimaryKeyConstraint("campaign", "source", "marketplace_key"),
)

# Listings of which only the vendor is known: hers in every total, under no product.
vendor_matches = Table(
    "vendor_matches",
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), nullable=False),
    Column("source", Text, nullable=False),
    Column("marketplace_key", Text, nullable=False),
    Column("vendor", ForeignKey("vendors.id"), nullable=False),
    _words("batch"),
    PrimaryKeyConstraint("campaign", "source", "marketplace_key"),
)

# What a person said about the columns of a marketplace's file, by its header's signature:
# files of one kind come into every campaign. Columns, words and formats as JSON.
column_mappings = Table(
    "column_mappings",
    metadata,
    Column("signature", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("mapping", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
)

# Totals of sales without a till, typed in from paper. `vendor` is '' for a whole bazaar.
rekaps = Table(
    "rekaps",
    metadata,
    Column("id", Text, primary_key=True),
    Column("campaign", ForeignKey("campaigns.id"), nullable=False, index=True),
    Column("event", ForeignKey("events.id"), nullable=False, index=True),
    _words("vendor"),
    Column("units", BigInteger, nullable=False),
    Column("omzet_rp", BigInteger, nullable=False),
    # Whether it stands in for a till that has not sent its sales yet.
    Column("gives_way", Boolean, nullable=False),
    # Who says so, and what shows it: a note, a photo, a scan.
    Column("told_by", Text, nullable=False),
    _words("note"),
    _words("evidence_name"),
    Column("evidence", LargeBinary),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("undone_at", Text),
    # Whether the roll-ups hold it now.
    Column("counted", Boolean, nullable=False),
    CheckConstraint("units >= 0 AND omzet_rp >= 0", name="sums"),
)

# Kept in the ingest transaction, so that a page costs the same whatever the number of
# sales. `event` is '' outside every window, `vendor` and `product` '' where unmatched.
rollups = Table(
    "rollups",
    metadata,
    *_rollup_keys(),
    # The hour in WIB, `2026-11-20T10`.
    Column("hour", Text, nullable=False),
    *_sums(),
    PrimaryKeyConstraint("campaign", "event", "channel", "vendor", "product", "category", "hour"),
)

# The same without the hour: a tenth of the rows, for every page that does not ask for hours.
event_rollups = Table(
    "event_rollups",
    metadata,
    *_rollup_keys(),
    *_sums(),
    PrimaryKeyConstraint("campaign", "event", "channel", "vendor", "product", "category"),
)

# The part of the roll-ups that came under a vendor who was merged into another one: as if
# she still stood by herself, so that the merge can be undone to the last rupiah.
merged_rollups = Table(
    "merged_rollups",
    metadata,
    *_rollup_keys(),
    Column("hour", Text, nullable=False),
    *_sums(),
    PrimaryKeyConstraint("campaign", "event", "channel", "vendor", "product", "category", "hour"),
)

# Payments by method and state, so that claimed money stands apart from confirmed.
# What sales took off their prices, by who bears it (a vendor, or `bazaar`) and why.
discount_rollups = Table(
    "discount_rollups",
    metadata,
    Column("campaign", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("bearer", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("times", BigInteger, nullable=False),
    Column("amount_rp", BigInteger, nullable=False),
    PrimaryKeyConstraint("campaign", "event", "bearer", "reason"),
    info={SCOPE: "bearer"},
)

payment_rollups = Table(
    "payment_rollups",
    metadata,
    Column("campaign", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("payments", BigInteger, nullable=False),
    Column("amount_rp", BigInteger, nullable=False),
    PrimaryKeyConstraint("campaign", "event", "method", "state"),
)

# A total that was frozen: everything it was made of as compressed JSON, and the press's
# words, the only part that changes afterwards. `event` is '' for the whole campaign.
frozen_versions = Table(
    "frozen_versions",
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), nullable=False),
    Column("n", Integer, nullable=False),
    _words("event"),
    Column("status", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    # Over the uncompressed content, then the uncompressed orders.
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("orders", LargeBinary, nullable=False),
    # '' where the words are still those that the figures make.
    _words("press_id"),
    _words("press_en"),
    PrimaryKeyConstraint("campaign", "n"),
    CheckConstraint("status IN ('sementara', 'final')", name="status"),
)
