"""News of a cart: what an open page has to be told without anybody pressing anything.

Every open page asks about once a second, so only marks are read, never lines.
"""

from kiosk.errors import N_, KioskError
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.storage import catalogue, queue
from kiosk.storage.queue import CartMark


class CartWentOnError(KioskError):
    """A cart on a screen that is not this screen's to work on any more."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message, **facts)


def mark_of(here: Installation, cart_id: str) -> CartMark | None:
    """Give the state a cart is in, or None where it was thrown away."""
    with here.db.read() as connection:
        return queue.mark(connection, cart_id)


def why_it_went(here: Installation, browser: Browser, mark: CartMark | None) -> KioskError | None:
    """Say why a cart is no longer this browser's to work on; None where it is."""
    if mark is None:
        return CartWentOnError(N_("This order was thrown away. Start the next one."))
    if mark.state == "paid":
        return CartWentOnError(N_("Order %(number)d is paid."), number=mark.number)
    if browser.stall is None and mark.till != browser.till:
        with here.db.read() as connection:
            names = {till.id: till.name for till in catalogue.tills(connection)}
        return CartWentOnError(
            N_("Order %(number)d went on at %(till)s."),
            number=mark.number,
            till=names.get(mark.till, mark.till),
        )
    return None
