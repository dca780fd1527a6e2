"""What follows from stock that moved: goods that came, were counted, went back, ran out."""

from typing import Any, Final

from kiosk.domain.entries import Entry


def apply_stock_moved(connection: Any, _journal: int, entry: Entry) -> None:
    """Project `stock_moved`; a move that this version does not know changes nothing."""
    facts = {"product": entry.body["product"], "qty": entry.body.get("qty", 0)}
    connection.execute(
        "INSERT INTO stock (product, sold, received) VALUES (:product, 0, 0) ON CONFLICT DO NOTHING",
        facts,
    )
    statement = _MOVES.get(entry.body["move"])
    if statement:
        connection.execute(f"UPDATE stock SET {statement} WHERE product = :product", facts)


_BROUGHT: Final = "(SELECT products.stock FROM products WHERE products.id = stock.product)"
# The first goods that come, where nobody counted before, begin the count.
_MOVES: Final = {
    "received": f"""
        received = CASE
            WHEN counted = 1 OR {_BROUGHT} IS NOT NULL THEN received + :qty
            ELSE sold + :qty
        END,
        counted = 1,
        sold_out = 0
        """,
    "counted": f"""
        received = :qty + sold - coalesce({_BROUGHT}, 0),
        counted = 1,
        sold_out = 0
        """,
    "taken_back": "received = received - :qty",
    "sold_out": "sold_out = 1",
    "on_sale_again": "sold_out = 0",
}
