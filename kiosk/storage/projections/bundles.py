"""What a bundle brings: the catalogue, its stalls, products, tills and operators.

A large bundle is several entries of one transaction (an entry is at most 64 KiB). The
first part sets everything aside; each part brings back what it names.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from kiosk.domain.barcodes import barcode_key, internal_code
from kiosk.domain.entries import Entry

_KEPT: Final = ("stalls", "products", "tills", "operators", "offers")
_PLACES_A_PART: Final = 100_000
# What rows of older journals do not say.
_LATER_FIELDS: Final = {"shop_url": "", "stall": None, "qris_fills": False, "transfer_account": ""}


def apply_bundle(connection: Any, _journal: int, entry: Entry) -> None:
    """Project `bundle_applied`."""
    body = entry.body
    if body["part"] == 1:
        _begin_event(connection, body["event"]["id"])
        for table in _KEPT:
            kept = " AND added_here = 0" if table == "products" else ""
            connection.execute(f"UPDATE {table} SET active = 0 WHERE active = 1{kept}")
        _keep_event(connection, body)
    _let_go_of_changed_amounts(connection, body["stalls"])
    first_place = body["part"] * _PLACES_A_PART
    for kind, statement in _UPSERTS.items():
        whole = product_row if kind == "products" else dict
        connection.executemany(
            statement,
            [
                {**_LATER_FIELDS, **whole(row), "place": place}
                for place, row in enumerate(body[kind], start=first_place)
            ],
        )
    for place, offer in enumerate(body.get("offers", []), start=first_place):
        _keep_offer(connection, offer, place)
    for product in body["products"]:
        _replace(connection, product.get("replaces", []))
    for logo in body.get("logos", []):
        _keep_logo(connection, logo["png"])
    _let_go_of_changed_codes(connection)


def _let_go_of_changed_codes(connection: Any) -> None:
    """Drop what was changed of a QRIS code here once the hub names another: it is newer."""
    connection.execute(
        """
        DELETE FROM qris_codes
        WHERE payee <> 'bazaar'
            AND replaced IS NOT (SELECT qris FROM stalls WHERE stalls.id = qris_codes.payee)
            OR payee = 'bazaar' AND replaced IS NOT (SELECT qris FROM catalogue)
        """
    )


def _let_go_of_changed_amounts(connection: Any, stalls: list[Mapping[str, Any]]) -> None:
    """Drop what was switched here of amounts in codes once the organiser switches: it is newer.

    A code that was changed here stays as it is: the organiser spoke of her own.
    """
    connection.executemany(
        """
        DELETE FROM qris_codes
        WHERE payee = :id
            AND payload IS NULL
            AND :fills <> (SELECT qris_fills FROM stalls WHERE stalls.id = :id)
        """,
        [{"id": stall["id"], "fills": stall.get("qris_fills", False)} for stall in stalls],
    )


def _keep_offer(connection: Any, offer: Mapping[str, Any], place: int) -> None:
    connection.execute(
        """
        INSERT INTO offers (id, place, name, stall, pieces, price_rp, borne_by, active)
        VALUES (:id, :place, :name, :stall, :pieces, :price_rp, :borne_by, 1)
        ON CONFLICT (id) DO UPDATE SET
            place = excluded.place,
            name = excluded.name,
            stall = excluded.stall,
            pieces = excluded.pieces,
            price_rp = excluded.price_rp,
            borne_by = excluded.borne_by,
            active = 1
        """,
        {"borne_by": "stall", **offer, "place": place},
    )
    connection.execute("DELETE FROM offer_products WHERE offer = :id", {"id": offer["id"]})
    connection.executemany(
        "INSERT INTO offer_products (offer, product) VALUES (:offer, :product)",
        [{"offer": offer["id"], "product": product} for product in offer["products"]],
    )


def _begin_event(connection: Any, event: str) -> None:
    """Let what was counted and added for another event stay behind with it."""
    before = connection.execute("SELECT event_id FROM catalogue").fetchone()
    if before and before["event_id"] != event:
        connection.execute("DELETE FROM stock")
        connection.execute("UPDATE products SET added_here = 0 WHERE added_here = 1")


def _replace(connection: Any, ids: list[str]) -> None:
    """Take products off sale that were added here and that the hub knows by another id."""
    connection.executemany(
        "UPDATE products SET active = 0, added_here = 0 WHERE id = :id",
        [{"id": product} for product in ids],
    )


def _keep_logo(connection: Any, encoded: str) -> None:
    """Keep the logo by its hash; older ones stay for the receipts that show them."""
    try:
        png = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return
    key = hashlib.sha256(png).hexdigest()
    connection.execute(
        "INSERT INTO pictures (key, png) VALUES (:key, :png) ON CONFLICT DO NOTHING",
        {"key": key, "png": png},
    )
    connection.execute("UPDATE catalogue SET logo = :key", {"key": key})


def product_row(product: Mapping[str, Any]) -> dict[str, Any]:
    """Complete a product as an entry has it: what it leaves out is as a bundle's default."""
    barcode = product.get("barcode", "")
    return {
        "stock": None,
        "low_stock": None,
        "open_price": False,
        **product,
        "barcode": barcode,
        "barcode_key": barcode_key(barcode or internal_code(product["id"])),
        "choices": json.dumps(product.get("choices", []), ensure_ascii=False),
    }


def _keep_event(connection: Any, body: Any) -> None:
    connection.execute("DELETE FROM catalogue")
    event = body["event"]
    rules = event.get("discounts")
    connection.execute(
        """
        INSERT INTO catalogue (
            one, version, installation_name, campaign_id, campaign_name, event_id, event_name,
            event_place, bazaar_start, bazaar_end, qris, cash_rounding_rp, header, footer,
            contact, receipt_language, methods, discounts
        ) VALUES (
            1, :version, :installation_name, :campaign_id, :campaign_name, :event_id, :event_name,
            :event_place, :bazaar_start, :bazaar_end, :qris, :cash_rounding_rp, :header, :footer,
            :contact, :receipt_language, :methods, :discounts
        )
        """,
        {
            "version": body["version"],
            "installation_name": body["installation_name"],
            "campaign_id": body["campaign"]["id"],
            "campaign_name": body["campaign"]["name"],
            "event_id": event["id"],
            "event_name": event["name"],
            "event_place": event["place"],
            "bazaar_start": event["bazaar_start"],
            "bazaar_end": event["bazaar_end"],
            "qris": event["qris"],
            "cash_rounding_rp": event["cash_rounding_rp"],
            "methods": json.dumps(event.get("methods", []), ensure_ascii=False, sort_keys=True),
            "discounts": json.dumps(rules, ensure_ascii=False, sort_keys=True) if rules else "",
            "header": json.dumps(body["texts"]["header"], ensure_ascii=False),
            "footer": json.dumps(body["texts"]["footer"], ensure_ascii=False),
            "contact": body["texts"].get("contact", ""),
            "receipt_language": body["texts"].get("language", "id"),
        },
    )


_UPSERTS: Final = {
    "stalls": """
        INSERT INTO stalls (
            id, place, name, vendor, kelurahan, qris, commission_basis_points, shop_url,
            qris_fills, transfer_account, active
        ) VALUES (
            :id, :place, :name, :vendor, :kelurahan, :qris, :commission_basis_points, :shop_url,
            :qris_fills, :transfer_account, 1
        )
        ON CONFLICT (id) DO UPDATE SET
            place = excluded.place,
            name = excluded.name,
            vendor = excluded.vendor,
            kelurahan = excluded.kelurahan,
            qris = excluded.qris,
            commission_basis_points = excluded.commission_basis_points,
            shop_url = excluded.shop_url,
            qris_fills = excluded.qris_fills,
            transfer_account = excluded.transfer_account,
            active = 1
        """,
    "products": """
        INSERT INTO products (
            number, id, place, stall, sku, name, variant, category, price_rp, unit, barcode,
            barcode_key, choices, stock, low_stock, open_price, active
        ) VALUES (
            1 + (SELECT coalesce(max(number), 0) FROM products),
            :id, :place, :stall, :sku, :name, :variant, :category, :price_rp, :unit, :barcode,
            :barcode_key, :choices, :stock, :low_stock, :open_price, 1
        )
        ON CONFLICT (id) DO UPDATE SET
            place = excluded.place,
            stall = excluded.stall,
            sku = excluded.sku,
            name = excluded.name,
            variant = excluded.variant,
            category = excluded.category,
            price_rp = excluded.price_rp,
            unit = excluded.unit,
            barcode = excluded.barcode,
            barcode_key = excluded.barcode_key,
            choices = excluded.choices,
            stock = excluded.stock,
            low_stock = excluded.low_stock,
            open_price = excluded.open_price,
            added_here = 0,
            active = 1
        """,
    "tills": """
        INSERT INTO tills (id, place, name, stall, active)
        VALUES (:id, :place, :name, :stall, 1)
        ON CONFLICT (id) DO UPDATE SET
            place = excluded.place, name = excluded.name, stall = excluded.stall, active = 1
        """,
    "staff": """
        INSERT INTO operators (id, place, name, role, stall, active)
        VALUES (:id, :place, :name, :role, :stall, 1)
        ON CONFLICT (id) DO UPDATE SET
            place = excluded.place,
            name = excluded.name,
            role = excluded.role,
            stall = excluded.stall,
            active = 1
        """,
}
