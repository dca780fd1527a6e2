"""What the pages add up: roll-ups, totals typed in from paper, and totals that were frozen."""

from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from kiosk.hub.storage.tables.columns import (
    OPENLY,
    SCOPE,
    belongs_to,
    metadata,
    row_id,
    sums,
    told,
    whole,
    words,
)

_PLACE: Final = ("campaign", "event", "channel", "vendor", "product", "category")


def _by_hour(name: str) -> Table:
    return Table(
        name,
        metadata,
        *[told(key) for key in _PLACE],
        # The hour in WIB, `2026-11-20T10`.
        told("hour"),
        *sums(),
        PrimaryKeyConstraint(*_PLACE, "hour"),
    )


# Kept in the ingest transaction, so that a page costs the same whatever the number of
# sales. `event` is '' outside every window, `vendor` and `product` '' where unmatched.
rollups = _by_hour("rollups")

# The same without the hour: a tenth of the rows, for every page that does not ask for hours.
event_rollups = Table(
    "event_rollups",
    metadata,
    *[told(key) for key in _PLACE],
    *sums(),
    PrimaryKeyConstraint(*_PLACE),
)

# The part of the roll-ups that came under a vendor who was merged into another one: as if
# she still stood by herself, so that the merge can be undone to the last rupiah.
merged_rollups = _by_hour("merged_rollups")

# What sales took off their prices, by who bears it (a vendor, or `bazaar`) and why.
discount_rollups = Table(
    "discount_rollups",
    metadata,
    told("campaign"),
    told("event"),
    told("bearer"),
    told("reason"),
    whole("times"),
    whole("amount_rp"),
    PrimaryKeyConstraint("campaign", "event", "bearer", "reason"),
    info={SCOPE: "bearer"},
)

# Payments by method and state, so that claimed money stands apart from confirmed.
payment_rollups = Table(
    "payment_rollups",
    metadata,
    told("campaign"),
    told("event"),
    told("method"),
    told("state"),
    whole("payments"),
    whole("amount_rp"),
    PrimaryKeyConstraint("campaign", "event", "method", "state"),
)

# Sales that came when their bazaar was over, by the journal of the copy that counts. They
# count on their own event all the same.
late_rollups = Table(
    "late_rollups",
    metadata,
    told("event"),
    told("journal"),
    whole("sales"),
    PrimaryKeyConstraint("event", "journal"),
    info=OPENLY,
)

# Totals of sales without a till, typed in from paper. `vendor` is '' for a whole bazaar.
rekaps = Table(
    "rekaps",
    metadata,
    row_id(),
    belongs_to("campaign"),
    belongs_to("event"),
    words("vendor"),
    whole("units"),
    whole("omzet_rp"),
    # Whether it stands in for a till that has not sent its sales yet.
    Column("gives_way", Boolean, nullable=False),
    # Who says so, and what shows it: a note, a photo, a scan.
    told("told_by"),
    words("note"),
    words("evidence_name"),
    Column("evidence", LargeBinary),
    told("made_at"),
    told("made_by"),
    Column("undone_at", Text),
    # Whether the roll-ups hold it now.
    Column("counted", Boolean, nullable=False),
    CheckConstraint("units >= 0 AND omzet_rp >= 0", name="sums"),
)

# A total that was frozen: everything it was made of as compressed JSON, and the press's
# words, the only part that changes afterwards. `event` is '' for the whole campaign.
frozen_versions = Table(
    "frozen_versions",
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), nullable=False),
    Column("n", Integer, nullable=False),
    words("event"),
    told("status"),
    told("at"),
    told("by"),
    # Over the uncompressed content, then the uncompressed orders.
    told("sha256"),
    Column("content", LargeBinary, nullable=False),
    Column("orders", LargeBinary, nullable=False),
    # '' where the words are still those that the figures make.
    words("press_id"),
    words("press_en"),
    PrimaryKeyConstraint("campaign", "n"),
    CheckConstraint("status IN ('sementara', 'final')", name="status"),
)
