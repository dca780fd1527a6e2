"""What a bundle brings: the catalogue, its stalls, products, tills and operators.

A large bundle is several entries of one transaction (an entry is at most 64 KiB). The
first part sets everything aside; each part brings back what it names.
"""

import base64
import binascii
import hashlib
import json
from typing import Any, Final

from kiosk.domain.entries import Entry

_KEPT: Final = ("stalls", "products", "tills", "operators")
_PLACES_A_PART: Final = 100_000
# What rows of older journals do not say.
_LATER_FIELDS: Final = {"shop_url": ""}


def apply_bundle(connection: Any, _journal: int, entry: Entry) -> None:
    """Project `bundle_applied`."""
    body = entry.body
    if body["part"] == 1:
        for table in _KEPT:
            connection.execute(f"UPDATE {table} SET active = 0 WHERE active = 1")
        _keep_event(connection, body)
    first_place = body["part"] * _PLACES_A_PART
    for kind, statement in _UPSERTS.items():
        connection.executemany(
            statement,
            [
                {**_LATER_FIELDS, **row, "place": place}
                for place, row in enumerate(body[kind], start=first_place)
            ],
        )
    for logo in body.get("logos", []):
        _keep_logo(connection, logo["png"])


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


def _keep_event(connection: Any, body: Any) -> None:
    connection.execute("DELETE FROM catalogue")
    event = body["event"]
    connection.execute(
        """
        INSERT INTO catalogue (
            one, version, installation_name, campaign_id, campaign_name, event_id, event_name,
            event_place, bazaar_start, bazaar_end, qris, cash_rounding_rp, header, footer,
            contact, receipt_language
        ) VALUES (
            1, :version, :installation_name, :campaign_id, :campaign_name, :event_id, :event_name,
            :event_place, :bazaar_start, :bazaar_end, :qris, :cash_rounding_rp, :header, :footer,
            :contact, :receipt_language
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
            "header": json.dumps(body["texts"]["header"], ensure_ascii=False),
            "footer": json.dumps(body["texts"]["footer"], ensure_ascii=False),
            "contact": body["texts"].get("contact", ""),
            "receipt_language": body["texts"].get("language", "id"),
        },
    )


_UPSERTS: Final = {
    "stalls": """
        INSERT INTO stalls (
            id, place, name, vendor, kelurahan, qris, commission_basis_points, shop_url, active
        ) VALUES (
            :id, :place, :name, :vendor, :kelurahan, :qris, :commission_basis_points, :shop_url, 1
        )
        ON CONFLICT (id) DO UPDATE SET
            place = excluded.place,
            name = excluded.name,
            vendor = excluded.vendor,
            kelurahan = excluded.kelurahan,
            qris = excluded.qris,
            commission_basis_points = excluded.commission_basis_points,
            shop_url = excluded.shop_url,
            active = 1
        """,
    "products": """
        INSERT INTO products (
            number, id, place, stall, sku, name, variant, category, price_rp, unit, active
        ) VALUES (
            1 + (SELECT coalesce(max(number), 0) FROM products),
            :id, :place, :stall, :sku, :name, :variant, :category, :price_rp, :unit, 1
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
            active = 1
        """,
    "tills": """
        INSERT INTO tills (id, place, name, stall, active)
        VALUES (:id, :place, :name, :stall, 1)
        ON CONFLICT (id) DO UPDATE SET
            place = excluded.place, name = excluded.name, stall = excluded.stall, active = 1
        """,
    "staff": """
        INSERT INTO operators (id, place, name, role, active)
        VALUES (:id, :place, :name, :role, 1)
        ON CONFLICT (id) DO UPDATE SET
            place = excluded.place, name = excluded.name, role = excluded.role, active = 1
        """,
}
