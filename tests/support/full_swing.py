"""A till in full swing: something of everything that its pages can show."""

from kiosk.services import carts, paying, refunds, settlements, tips
from kiosk.services.paying import PaymentForm
from kiosk.services.settlements import SettlementForm
from kiosk.services.tips import TipForm
from kiosk.storage import printer_uses, printers
from tests.support.bazaar import APPROVED, COORDINATOR, COORDINATOR_PIN, EVENT, WEDANG
from tests.support.every_page import read_examples

# Where a till's file has an example of each part of its addresses.
TILL_EXAMPLES = {
    "sale_id": "SELECT id FROM sales ORDER BY id LIMIT 1",
    "shift_id": "SELECT id FROM shifts",
    "tip_id": "SELECT entry FROM tips",
    "printer_id": "SELECT id FROM printers",
    "job_id": "SELECT id FROM print_jobs",
    "cart_id": "SELECT cart FROM cart_lines",
    "key": "SELECT key FROM cart_lines",
    "till_id": "SELECT id FROM tills ORDER BY place",
    "stall_id": "SELECT stall FROM products ORDER BY place",
    "payee": "SELECT stall FROM products ORDER BY place",
    "number": "SELECT number FROM products ORDER BY place",
    "stall": "SELECT stall FROM settlements",
    "entry": "SELECT entry FROM settlements",
    "digits": "SELECT '4006381333931'",
}
# It leads to another machine.
TILL_LEFT_OUT = {"receipt.whatsapp"}


def fill(day):
    """Sell, return, settle, park and print at Laci 1; gives a coordinator's browser there."""
    here = day.here
    with here.db.write() as connection:
        printer = printers.add(connection, "Depan", "null:", "generic-58")
        printer_uses.assign(connection, printer, {"receipt": ["K01"]}, [])
    day.open_drawer()
    browser = day.one_more_browser(operator=COORDINATOR, pin=COORDINATOR_PIN)
    cart = ring_up(day, browser, "WB86-TUBRUK", "WB86-TUBRUK", "KRP-CURAH")
    paying.pay(here, browser, cart.id, PaymentForm("cash", tendered="100.000"))
    tips.leave_change(here, browser, cart.id, TipForm("donation", "500"), here.clock.new_id())
    form = refunds.RefundForm(here.clock.new_id(), "rusak", APPROVED, {1: "1"})
    refunds.refund_lines(here, browser, cart.id, form)
    handed = SettlementForm("10.000", "cash")
    settlements.settle(here, browser, (EVENT, WEDANG), handed, here.clock.new_id(), APPROVED)
    ring_up(day, browser, "BTK-ONDEL")
    carts.new_cart(here, browser)
    return browser


def ring_up(day, browser, *skus):
    """Start an order with some products in it."""
    cart = carts.new_cart(day.here, browser)
    for sku in skus:
        cart = carts.add(day.here, cart.id, day.number[sku], None)
    return cart


def examples(day):
    """Give an example of each part that an address of the till has."""
    with day.here.db.read() as connection:
        return read_examples(connection, TILL_EXAMPLES)
