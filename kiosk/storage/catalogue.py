"""Catalogue rows → values: the event, its stalls, products, tills and operators."""

import json
from dataclasses import dataclass
from functools import lru_cache

from kiosk.domain.barcodes import barcode_key
from kiosk.domain.catalogue import Event, Product, Stall, Till
from kiosk.domain.discounts import DiscountRules, read_rules
from kiosk.domain.methods import Method, read_methods
from kiosk.domain.money import Rupiah
from kiosk.domain.operators import StaffMember
from kiosk.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The newest bundle's frame: what is sold is read apart. `logo` is a picture's key."""

    version: str
    installation_name: str
    campaign_name: str
    event: Event
    header: tuple[str, ...]
    footer: tuple[str, ...]
    contact: str
    receipt_language: str
    logo: str | None


def catalogue(connection: Connection) -> Catalogue | None:
    """Give the newest bundle's frame, or None before the first bundle."""
    row = connection.execute("SELECT * FROM catalogue").fetchone()
    if row is None:
        return None
    return Catalogue(
        version=row["version"],
        installation_name=row["installation_name"],
        campaign_name=row["campaign_name"],
        event=Event(
            id=row["event_id"],
            campaign=row["campaign_id"],
            name=row["event_name"],
            place=row["event_place"],
            qris=row["qris"],
            cash_rounding_rp=row["cash_rounding_rp"],
            methods=_methods(row["methods"]),
            discounts=_rules(row["discounts"] or "null"),
        ),
        header=tuple(json.loads(row["header"])),
        footer=tuple(json.loads(row["footer"])),
        contact=row["contact"],
        receipt_language=row["receipt_language"],
        logo=row["logo"],
    )


# Every tap and every payment reads these texts, which change with a bundle.
@lru_cache(8)
def _methods(stored: str) -> tuple[Method, ...]:
    return read_methods(json.loads(stored))


@lru_cache(8)
def _rules(stored: str) -> DiscountRules:
    return read_rules(json.loads(stored))


@lru_cache(256)
def _choices(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


def stalls(connection: Connection) -> dict[str, Stall]:
    """Give every stall ever known, by id, in the bundle's order."""
    rows = connection.execute("SELECT * FROM stalls ORDER BY place, id")
    return {row["id"]: _stall(row) for row in rows}


def stalls_on(connection: Connection) -> list[Stall]:
    """List the stalls of the newest bundle, in its order."""
    rows = connection.execute("SELECT * FROM stalls WHERE active = 1 ORDER BY place, id")
    return [_stall(row) for row in rows]


def _stall(row: Connection) -> Stall:
    return Stall(
        id=row["id"],
        name=row["name"],
        vendor=row["vendor"],
        kelurahan=row["kelurahan"],
        qris=row["qris"],
        commission_basis_points=row["commission_basis_points"],
        shop_url=row["shop_url"],
        qris_fills=bool(row["qris_fills"]),
        transfer_account=row["transfer_account"],
    )


def products_on_sale(connection: Connection, stall: str | None) -> list[Product]:
    """List what is on sale, of one stall or of all, in the bundle's order."""
    rows = connection.execute(
        """
        SELECT * FROM products
        WHERE active = 1 AND (:stall IS NULL OR stall = :stall)
        ORDER BY place
        """,
        {"stall": stall},
    )
    return [read_product(row) for row in rows]


def goods_on_sale(connection: Connection, stall: str | None) -> str:
    """Give a word that is another one whenever other products are on sale."""
    row = connection.execute(
        """
        SELECT (SELECT version FROM catalogue) AS version, count(*) AS products,
            max(number) AS newest
        FROM products
        WHERE active = 1 AND (:stall IS NULL OR stall = :stall)
        """,
        {"stall": stall},
    ).fetchone()
    return f"{row['version']}-{row['products']}-{row['newest']}"


def product_on_sale(connection: Connection, number: int) -> Product | None:
    """Give one product by its short number, or None where it is not on sale (any more)."""
    row = connection.execute(
        "SELECT * FROM products WHERE number = :number AND active = 1", {"number": number}
    ).fetchone()
    return read_product(row) if row else None


def products_by_code(connection: Connection, code: str, stall: str | None) -> list[Product]:
    """List what is on sale under a barcode, or else under a SKU whatever its capitals."""
    facts = {"key": barcode_key(code), "sku": code, "stall": stall}
    for known in ("barcode_key = :key", "sku = :sku COLLATE NOCASE"):
        rows = connection.execute(
            f"""
            SELECT * FROM products
            WHERE active = 1 AND {known} AND (:stall IS NULL OR stall = :stall)
            ORDER BY place
            """,
            facts,
        )
        found = [read_product(row) for row in rows]
        if found:
            return found
    return []


def barcodes_with(connection: Connection, digits: str, most: int = 40) -> list[int]:
    """List the short numbers of products whose barcode holds some digits."""
    rows = connection.execute(
        """
        SELECT number FROM products
        WHERE active = 1 AND barcode <> '' AND instr(barcode, :digits) > 0
        ORDER BY place
        LIMIT :most
        """,
        {"digits": digits, "most": most},
    )
    return [row["number"] for row in rows]


def stall_of_till(connection: Connection, till_id: str) -> str | None:
    """Give the one stall that a till sells for, None where it sells for all."""
    row = connection.execute("SELECT stall FROM tills WHERE id = :id", {"id": till_id}).fetchone()
    return row["stall"] if row else None


def sold_on(connection: Connection, day: str) -> dict[int, int]:
    """Count what the shifts of a day (`2026-11-20`) sold, by short number, refunds left aside.

    Goods by weight count one a line.
    """
    rows = connection.execute(
        """
        SELECT products.number, sum(CASE line.unit WHEN 'g' THEN 1 ELSE line.qty END) AS units
        FROM shifts
        JOIN sales ON sales.shift = shifts.id
        JOIN sale_lines AS line ON line.sale = sales.id
        JOIN products ON products.id = line.product
        WHERE shifts.day = :day
        GROUP BY products.number
        """,
        {"day": day},
    )
    return {row["number"]: row["units"] for row in rows}


def tills(connection: Connection) -> list[Till]:
    """List the installation's tills in use."""
    rows = connection.execute("SELECT * FROM tills WHERE active = 1 ORDER BY place")
    return [Till(row["id"], row["name"], row["stall"]) for row in rows]


def staff(connection: Connection) -> list[StaffMember]:
    """List who may sign in."""
    rows = connection.execute("SELECT * FROM operators WHERE active = 1 ORDER BY place")
    return [StaffMember(row["id"], row["name"], row["role"], row["stall"]) for row in rows]


def read_product(row: Connection) -> Product:
    """Read a row of `products`, also one joined to something else."""
    return Product(
        number=row["number"],
        id=row["id"],
        stall=row["stall"],
        sku=row["sku"],
        name=row["name"],
        variant=row["variant"],
        category=row["category"],
        price_rp=Rupiah(row["price_rp"]),
        unit=row["unit"],
        barcode=row["barcode"],
        choices=_choices(row["choices"]),
        stock=row["stock"],
        low_stock=row["low_stock"],
        open_price=bool(row["open_price"]),
    )
