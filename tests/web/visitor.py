"""A person at the till's pages: presses buttons as a page would, with its token."""

import re

from tests.support.bazaar import CASHIER, CASHIER_PIN

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
CART = re.compile(r'data-cart="([^"]+)"')
ON_PAGE = ("message", "cart", "choose", "pay", "grid", "state", "receipt-state", "jobs")


class Visitor:
    """One browser with its cookies."""

    def __init__(self, client) -> None:
        self.client = client
        client.declare(*ON_PAGE)

    def look(self, path, **kwargs):
        """Open a page as a plain browser does, following redirects."""
        return self.client.get(path, follow_redirects=True, **kwargs)

    def glance(self, path):
        """Ask for a fragment as htmx does."""
        self.client.declare(*ON_PAGE)
        return self.client.htmx("GET", path)

    def press(self, path, **form):
        """Post a form as htmx does."""
        token = self.token()
        self.client.declare(*ON_PAGE)
        return self.client.htmx("POST", path, data=form, headers={"X-CSRFToken": token})

    def submit(self, path, **form):
        """Post a form as a browser without scripts does."""
        return self.client.post(path, data={**form, "csrf_token": self.token()})

    def token(self):
        return TOKEN.search(self.look("/pair").text)[1]

    def sign_in(self, operator=CASHIER, pin=CASHIER_PIN):
        return self.press("/sign-in", operator=operator, pin=pin)

    def begin(self, till="K01", operator=CASHIER, pin=CASHIER_PIN):
        """Choose a till, sign in and open the shift with Rp200.000."""
        self.submit(f"/tills/{till}")
        self.sign_in(operator, pin)
        self.press("/shift/open", float="200.000")
        return self

    def tap(self, number, cart="active", tap=""):
        """Tap a product; give the cart's id."""
        answer = self.press(f"/carts/{cart}/lines/{number}", tap=tap)
        assert answer.status_code == 200, answer.text
        return CART.search(answer.text)[1]

    def buy(self, *numbers):
        """Ring up products and pay cash; give the sale's id."""
        cart = "active"
        for number in numbers:
            cart = self.tap(number, cart)
        self.press(f"/carts/{cart}/payments", method="cash", place="1")
        return cart
