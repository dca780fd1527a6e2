"""The shelf: an order takes no more than is left, unless somebody may sell what is sold out."""

from collections import Counter
from collections.abc import Sequence

from kiosk.domain.lines import CartLine
from kiosk.storage import stock
from kiosk.storage.database import Connection


def refuse_beyond_stock(
    connection: Connection, before: Sequence[CartLine], after: Sequence[CartLine]
) -> None:
    """Raise SoldOutError or NotEnoughLeftError where an order takes more than is left.

    Only what rises is looked at: what stands in an order may always be paid.
    """
    had: Counter[int] = Counter()
    wanted: Counter[int] = Counter()
    for line in before:
        had[line.product.number] += line.qty
    for line in after:
        wanted[line.product.number] += line.qty
    for product in {line.product.number: line.product for line in after}.values():
        qty = wanted[product.number]
        if qty <= had[product.number]:
            continue
        level = stock.level(connection, product.number)
        if level is not None:
            level.check(product.label, qty, product.unit)
