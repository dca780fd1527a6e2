"""What follows from a change of the catalogue made at the bazaar: QRIS codes, and goods.

A `catalogue_changed` says `what` changed; a reader passes over what it does not know.
"""

from collections.abc import Callable
from typing import Any, Final

from kiosk.domain.entries import Entry
from kiosk.storage.projections.bundles import product_row

# Behind every product that a bundle brings, in the order of their entries.
_FIRST_PLACE: Final = 1_000_000_000


def apply_catalogue_changed(connection: Any, _journal: int, entry: Entry) -> None:
    """Project `catalogue_changed`."""
    apply = _CHANGES.get(entry.body.get("what", ""))
    if apply:
        apply(connection, entry)


def _apply_qris_code(connection: Any, entry: Entry) -> None:
    """Another code for a payee: '' is none, null the organiser's own again, as she set it."""
    body = entry.body
    connection.execute("DELETE FROM qris_codes WHERE payee = :payee", {"payee": body["payee"]})
    if body["payload"] is not None:
        _keep(connection, {**body, "fills": False})


def _apply_qris_amount(connection: Any, entry: Entry) -> None:
    """Whether the amount is filled into a payee's code."""
    _keep(connection, {"payload": None, **entry.body})


def _keep(connection: Any, change: dict[str, Any]) -> None:
    connection.execute(
        """
        INSERT INTO qris_codes (payee, payload, replaced, fills)
        VALUES (:payee, :payload, :replaced, :fills)
        ON CONFLICT (payee) DO UPDATE SET fills = excluded.fills
        """,
        {name: change[name] for name in ("payee", "payload", "replaced", "fills")},
    )


def _apply_product_added(connection: Any, entry: Entry) -> None:
    """Put a product that was added at the bazaar on sale at once."""
    connection.execute(
        """
        INSERT INTO products (
            number, id, place, stall, sku, name, variant, category, price_rp, unit, barcode,
            barcode_key, choices, stock, low_stock, open_price, added_here, active
        ) VALUES (
            1 + (SELECT coalesce(max(number), 0) FROM products),
            :id, :place, :stall, :sku, :name, :variant, :category, :price_rp, :unit, :barcode,
            :barcode_key, :choices, :stock, :low_stock, :open_price, 1, 1
        )
        ON CONFLICT (id) DO NOTHING
        """,
        {**product_row(entry.body["product"]), "place": _FIRST_PLACE + entry.seq},
    )


_CHANGES: Final[dict[str, Callable[[Any, Entry], None]]] = {
    "qris_code": _apply_qris_code,
    "qris_amount": _apply_qris_amount,
    "product_added": _apply_product_added,
}
