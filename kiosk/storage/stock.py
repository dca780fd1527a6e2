"""Stock rows → levels: what is left of products that are counted or switched off."""

from typing import Final

from kiosk.domain.stock import StockLevel, low_at
from kiosk.storage.database import Connection

# Counted is what the bundle gives a stock, or what was counted at the bazaar.
_LEVELS: Final = """
    SELECT products.number, products.unit, products.low_stock,
        coalesce(stock.sold_out, 0) AS sold_out,
        CASE
            WHEN products.stock IS NOT NULL OR stock.counted = 1
            THEN coalesce(products.stock, 0) + coalesce(stock.received, 0)
                - coalesce(stock.sold, 0)
        END AS pieces_left
    FROM products
    LEFT JOIN stock ON stock.product = products.id
    WHERE products.active = 1
        AND (products.stock IS NOT NULL OR stock.counted = 1 OR stock.sold_out = 1)
"""


def levels(connection: Connection) -> dict[int, StockLevel]:
    """Give the levels of products that have one, by their short numbers."""
    return {row["number"]: _level(row) for row in connection.execute(_LEVELS)}


def level(connection: Connection, number: int) -> StockLevel | None:
    """Give one product's level, None where nobody counts it and it is not switched off."""
    row = connection.execute(
        f"{_LEVELS} AND products.number = :number", {"number": number}
    ).fetchone()
    return _level(row) if row else None


def _level(row: Connection) -> StockLevel:
    return StockLevel(
        left=row["pieces_left"],
        low_at=low_at(row["low_stock"], row["unit"]),
        switched_off=bool(row["sold_out"]),
    )
