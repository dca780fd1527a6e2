"""Projections: what follows from an entry, computed from its bytes alone.

No clock, no rowid, no local state: replaying a journal into fresh tables gives the same
rows. A kind without a projector changes nothing here and is kept all the same.
"""

from collections.abc import Callable
from typing import Any, Final

from kiosk.domain.entries import Entry
from kiosk.storage.projections.bundles import apply_bundle
from kiosk.storage.projections.catalogue_changes import apply_catalogue_changed
from kiosk.storage.projections.goods import apply_stock_moved
from kiosk.storage.projections.refunds import apply_refund
from kiosk.storage.projections.sales import apply_payment_confirmed, apply_reprint, apply_sale
from kiosk.storage.projections.settlements import apply_settlement
from kiosk.storage.projections.shifts import (
    apply_cash_moved,
    apply_shift_closed,
    apply_shift_opened,
)

TABLES: Final = (
    "catalogue",
    "pictures",
    "stalls",
    "products",
    "offers",
    "offer_products",
    "tills",
    "operators",
    "shifts",
    "sales",
    "sale_lines",
    "sale_shares",
    "payments",
    "drawer",
    "stock",
    "number_counters",
    "reprints",
    "refunds",
    "refund_lines",
    "refund_payments",
    "qris_codes",
    "tips",
    "settlements",
)

_PROJECTORS: Final[dict[str, Callable[[Any, int, Entry], None]]] = {
    "bundle_applied": apply_bundle,
    "stock_moved": apply_stock_moved,
    "shift_opened": apply_shift_opened,
    "shift_closed": apply_shift_closed,
    "cash_moved": apply_cash_moved,
    "catalogue_changed": apply_catalogue_changed,
    "sale": apply_sale,
    "refund": apply_refund,
    "payment_confirmed": apply_payment_confirmed,
    "reprinted": apply_reprint,
    "settlement": apply_settlement,
}


def project(connection: Any, journal: int, entry: Entry) -> None:
    """Write what follows from one entry, in the caller's transaction."""
    projector = _PROJECTORS.get(entry.kind)
    if projector:
        projector(connection, journal, entry)
