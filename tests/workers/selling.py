"""One sale at a counter, for what happens to its paper."""

from kiosk.services import carts, paying
from kiosk.services.paying import PaymentForm
from tests.support.bazaar import numbers


def sell(here, at_till):
    """Sell one bowl for cash; gives the sale's id."""
    cart = carts.new_cart(here, at_till)
    carts.add(here, cart.id, numbers(here)["WB86-KOMPLIT"], None)
    return paying.pay(here, at_till, cart.id, PaymentForm("cash", tendered="50.000")).sale_id
