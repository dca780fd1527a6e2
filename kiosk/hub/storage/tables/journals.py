"""What machines sent, verbatim, and what was made of each entry."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from kiosk.hub.storage.tables.columns import (
    OPENLY,
    belongs_to,
    index_where,
    metadata,
    row_id,
    told,
    whole,
    words,
)

journals = Table(
    "journals",
    metadata,
    row_id(),
    belongs_to("installation"),
    whole("head_seq"),
    Column("head_hash", LargeBinary, nullable=False),
    # Where it continues another journal: how many stand before it, and after which entry.
    Column("depth", Integer, nullable=False, server_default="0"),
    Column("continues_journal", Text),
    Column("continues_seq", BigInteger),
    told("last_heard_at"),
    # How many entries its machine still had to send when it was last heard, as it said itself.
    Column("waiting_entries", BigInteger, nullable=False, server_default="0"),
    info=OPENLY,
)

# Every entry verbatim, however strange; `arrived_at` is the hub's own time.
entries = Table(
    "entries",
    metadata,
    Column("journal", ForeignKey("journals.id"), nullable=False),
    whole("seq"),
    Column("stored", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    told("arrived_at"),
    PrimaryKeyConstraint("journal", "seq"),
    # A seal on paper is the beginning of a hash.
    Index("ix_entries_hash", "hash"),
)

# Which copy of an entry counts; a double with the same kind and body is not kept here.
counted_entries = Table(
    "counted_entries",
    metadata,
    row_id(),
    told("journal"),
    whole("seq"),
    told("kind"),
    # SHA-256 over kind and body, to tell a double from a conflict.
    Column("content_hash", LargeBinary, nullable=False),
    # The sale, or the shift, that a refund, a confirmation or a closing speaks of.
    Column("subject", Text),
    Index("ix_counted_entries_place", "journal", "seq", unique=True),
    index_where("ix_counted_entries_subject", "subject", where="subject IS NOT NULL"),
    # Few among many, and asked for by their kind.
    index_where("ix_counted_entries_stock", "kind", where="kind = 'stock_moved'"),
)

review_tray = Table(
    "review_tray",
    metadata,
    told("journal"),
    whole("seq"),
    told("reason"),
    told("fact"),
    told("arrived_at"),
    Column("decided_at", Text),
    Column("decision", Text),
    PrimaryKeyConstraint("journal", "seq", "reason"),
)

# What an organiser said of claimed payments, as the bank's list told it; a word that was
# taken back stays, and of each payment at most one stands.
claim_decisions = Table(
    "claim_decisions",
    metadata,
    row_id(),
    told("sale"),
    Column("n", Integer, nullable=False),
    told("decision"),
    # Where it was seen: a reference of the bank, the name of its list.
    words("evidence"),
    told("at"),
    told("by"),
    Column("undone_at", Text),
    Column("undone_by", Text),
    CheckConstraint("decision IN ('final', 'never_received')", name="decision"),
    index_where("ix_claim_decisions_standing", "sale", "n", where="undone_at IS NULL", unique=True),
)

# The sales with a payment that is claimed still: few among many, and asked for by the newest.
claimed_sales = Table(
    "claimed_sales",
    metadata,
    Column("sale", Text, primary_key=True),
    told("campaign"),
    told("event"),
    Index("ix_claimed_sales_campaign_sale", "campaign", "sale"),
)

shifts = Table(
    "shifts",
    metadata,
    row_id(),
    told("journal"),
    Column("installation", Text, nullable=False, index=True),
    Column("event", Text, nullable=False, index=True),
    told("till"),
    told("opened_at"),
    told("opened_by"),
    Column("closed_at", Text),
    Column("difference_rp", BigInteger),
    info=OPENLY,
)
