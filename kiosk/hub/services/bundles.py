"""Bundles: what an installation is told of its event, and the version of that content.

Built anew from the set-up each time it is asked for; the version is a hash of the content,
so it changes exactly when the content does.
"""

import base64
import hashlib
import json
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, and_, select

from kiosk.clock import WIB
from kiosk.domain.discounts import read_rules, rules_as_json
from kiosk.domain.entries import canonical_json
from kiosk.errors import N_, KioskError
from kiosk.hub.storage.added import list_added
from kiosk.hub.storage.campaigns import instant
from kiosk.hub.storage.offers import offers_on_sale
from kiosk.hub.storage.receipt_papers import ReceiptPaper, find_paper
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.tables import (
    campaigns,
    events,
    installations,
    places,
    products,
    staff,
    tills,
    vendors,
)
from kiosk.wire.bundles import VERSION, Bundle, read_bundle

_VERSION_DIGITS: Final = 32
_STAND_IN: Final = "0" * _VERSION_DIGITS


class SetUpIncompleteError(KioskError):
    """An installation that nobody could sell at yet."""

    status = 409

    def __init__(self, lacks: str) -> None:
        self.lacks = lacks
        super().__init__(
            N_("This machine is not ready: add at least one till and one person for its event.")
        )


def bundle_of(store: Store, installation_id: str) -> Bundle:
    """Build an installation's bundle in one read; raises what `build_bundle` raises."""
    with store.read() as connection:
        return build_bundle(connection, installation_id)


def build_bundle(connection: Connection, installation_id: str) -> Bundle:
    """Build the bundle of an installation that exists.

    Raises SetUpIncompleteError without a till or staff, and BundleError naming what in the
    set-up no till could take.
    """
    document = _content(connection, installation_id)
    for needed in ("tills", "staff"):
        if not document[needed]:
            raise SetUpIncompleteError(needed)
    digest = hashlib.sha256(canonical_json(document)).hexdigest()[:_VERSION_DIGITS]
    return read_bundle({**document, "version": digest})


def _content(connection: Connection, installation_id: str) -> dict[str, Any]:
    machine = _one(connection, select(installations).where(installations.c.id == installation_id))
    event = _one(connection, select(events).where(events.c.id == machine["event"]))
    campaign = _one(connection, select(campaigns).where(campaigns.c.id == event["campaign"]))
    return {
        "lapak_bundle": VERSION,
        "version": _STAND_IN,
        "installation_name": machine["name"],
        "campaign": {"id": campaign["id"], "name": campaign["name"]},
        "event": _event(event),
        "tills": _tills(connection, installation_id),
        "stalls": _stalls(connection, campaign["id"]),
        "products": _products(connection, campaign["id"]),
        "staff": _staff(connection, event["id"]),
        "offers": offers_on_sale(connection, campaign["id"]),
        "texts": _texts(event, find_paper(connection, event["id"])),
    }


def _texts(event: RowMapping, paper: ReceiptPaper) -> dict[str, Any]:
    return {
        "header": event["receipt_header"].splitlines(),
        "footer": event["receipt_footer"].splitlines(),
        "contact": paper.contact,
        "language": paper.language,
        "logo": base64.b64encode(paper.logo).decode("ascii") if paper.logo else None,
    }


def _event(row: RowMapping) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": row["name"],
        "place": row["place"],
        "bazaar_start": instant(row["bazaar_start"]).astimezone(WIB).isoformat(),
        "bazaar_end": instant(row["bazaar_end"]).astimezone(WIB).isoformat(),
        "qris": row["qris"],
        "cash_rounding_rp": row["cash_rounding_rp"],
        "methods": json.loads(row["methods"] or "[]"),
        "discounts": rules_as_json(read_rules(json.loads(row["discounts"] or "null"))),
    }


def _tills(connection: Connection, installation_id: str) -> list[dict[str, Any]]:
    statement = (
        select(tills.c.code.label("id"), tills.c.name, tills.c.stall)
        .where(tills.c.installation == installation_id)
        .order_by(tills.c.code)
    )
    return _all(connection, statement)


def _stalls(connection: Connection, campaign_id: str) -> list[dict[str, Any]]:
    """Give the active vendors as stalls, by name; a vendor without an owner speaks for herself."""
    statement = (
        select(
            vendors.c.id,
            vendors.c.name,
            vendors.c.owner,
            places.c.name.label("kelurahan_name"),
            vendors.c.qris,
            vendors.c.commission_basis_points,
            vendors.c.shop_url,
            vendors.c.qris_fills,
            vendors.c.transfer_account,
        )
        .outerjoin(places, places.c.code == vendors.c.kelurahan)
        .where(vendors.c.campaign == campaign_id, vendors.c.active)
        .order_by(vendors.c.name, vendors.c.id)
    )
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "vendor": row["owner"] or row["name"],
            "kelurahan": row["kelurahan_name"] or "",
            "qris": row["qris"],
            "commission_basis_points": row["commission_basis_points"],
            "shop_url": row["shop_url"],
            "qris_fills": row["qris_fills"],
            "transfer_account": row["transfer_account"],
        }
        for row in connection.execute(statement).mappings()
    ]


def _products(connection: Connection, campaign_id: str) -> list[dict[str, Any]]:
    statement = (
        select(
            products.c.id,
            products.c.vendor.label("stall"),
            products.c.sku,
            products.c.name,
            products.c.variant,
            products.c.category,
            products.c.price_rp,
            products.c.unit,
            products.c.barcode,
            products.c.choices,
            products.c.stock,
            products.c.low_stock,
            products.c.open_price,
        )
        .join(vendors, vendors.c.id == products.c.vendor)
        .where(products.c.campaign == campaign_id, products.c.active, vendors.c.active)
        .order_by(vendors.c.name, products.c.name, products.c.variant, products.c.id)
    )
    added = list_added(connection, campaign_id)
    return [
        {
            **product,
            "choices": product["choices"].splitlines(),
            "replaces": [one.id for one in added.get(product["id"], []) if one.id != one.product],
        }
        for product in _all(connection, statement)
    ]


def _staff(connection: Connection, event_id: str) -> list[dict[str, Any]]:
    statement = (
        select(
            staff.c.id,
            staff.c.name,
            staff.c.role,
            staff.c.pin_hash,
            vendors.c.id.label("stall"),
        )
        .outerjoin(vendors, and_(vendors.c.id == staff.c.vendor, vendors.c.active))
        .where(staff.c.event == event_id, staff.c.active)
        .order_by(staff.c.name, staff.c.id)
    )
    return _all(connection, statement)


def _all(connection: Connection, statement: Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(statement).mappings()]


def _one(connection: Connection, statement: Select[Any]) -> RowMapping:
    return connection.execute(statement).mappings().one()
