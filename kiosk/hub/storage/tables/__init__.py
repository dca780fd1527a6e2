"""The hub's tables, as both stores know them.

Instants are texts in UTC (ISO 8601, milliseconds), so that they compare as instants and
read alike from SQLite and PostgreSQL. Money and counts are 64-bit integers. Ids are
UUID texts. The migrations in `kiosk/hub/storage/migrations` build exactly this.
"""

from kiosk.hub.storage.tables.campaigns import (
    campaigns,
    curation_rules,
    events,
    places,
    receipt_papers,
    staff,
)
from kiosk.hub.storage.tables.columns import OPEN, SCOPE, metadata
from kiosk.hub.storage.tables.goods import (
    added_products,
    curation_decisions,
    offer_products,
    offers,
    products,
    vendor_merges,
    vendors,
)
from kiosk.hub.storage.tables.journals import (
    claim_decisions,
    claimed_sales,
    counted_entries,
    entries,
    journals,
    review_tray,
    shifts,
)
from kiosk.hub.storage.tables.machines import devices, enrolment_tries, installations, nonces, tills
from kiosk.hub.storage.tables.online import (
    column_mappings,
    imports,
    order_lines,
    orders,
    product_matches,
    vendor_matches,
)
from kiosk.hub.storage.tables.people import audit_trail, sessions, users
from kiosk.hub.storage.tables.totals import (
    discount_rollups,
    event_rollups,
    frozen_versions,
    late_rollups,
    merged_rollups,
    payment_rollups,
    rekaps,
    rollups,
)

__all__ = [
    "OPEN",
    "SCOPE",
    "added_products",
    "audit_trail",
    "campaigns",
    "claim_decisions",
    "claimed_sales",
    "column_mappings",
    "counted_entries",
    "curation_decisions",
    "curation_rules",
    "devices",
    "discount_rollups",
    "enrolment_tries",
    "entries",
    "event_rollups",
    "events",
    "frozen_versions",
    "imports",
    "installations",
    "journals",
    "late_rollups",
    "merged_rollups",
    "metadata",
    "nonces",
    "offer_products",
    "offers",
    "order_lines",
    "orders",
    "payment_rollups",
    "places",
    "product_matches",
    "products",
    "receipt_papers",
    "rekaps",
    "review_tray",
    "rollups",
    "sessions",
    "shifts",
    "staff",
    "tills",
    "users",
    "vendor_matches",
    "vendor_merges",
    "vendors",
]
