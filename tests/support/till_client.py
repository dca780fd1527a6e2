"""A browser's part of the conversation with a till, spoken over a real socket."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

import urllib3

from kiosk.domain.money import format_amount

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_CART = re.compile(r'data-cart="([^"]+)"')


class TillDidNotAnswerError(Exception):
    """The connection broke before a whole answer was there: nobody knows what became of it."""


@dataclass(frozen=True)
class Answer:
    """A status, the words and where it sends on to."""

    status: int
    text: str
    location: str | None


class TillClient:
    """One browser: its cookie, its token, and the cart it works on."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool = urllib3.PoolManager(retries=False, maxsize=1, timeout=10)
        self._cookie = ""
        self._token = ""
        self.cart = ""

    def ask(self, method, path, fields=None, *, htmx=False) -> Answer:
        """Send one request; raises TillDidNotAnswerError where no whole answer came."""
        headers = {"Cookie": self._cookie}
        if htmx:
            headers["HX-Request"] = "true"
        if method == "POST":
            headers["X-CSRFToken"] = self._token
        try:
            got = self._pool.request(
                method,
                self._url + path,
                fields=fields if method == "GET" else None,
                body=None if method == "GET" else urlencode(fields or {}).encode(),
                headers={**headers, "Content-Type": "application/x-www-form-urlencoded"},
                redirect=False,
            )
        except urllib3.exceptions.HTTPError as error:
            raise TillDidNotAnswerError from error
        for cookie in got.headers.getlist("Set-Cookie"):
            self._cookie = cookie.split(";")[0]
        text = got.data.decode()
        token = _TOKEN.search(text)
        if token:
            self._token = token[1]
        return Answer(got.status, text, got.headers.get("Location"))

    def follow(self, path) -> Answer:
        """Open a page, going wherever the till sends."""
        answer = self.ask("GET", path)
        while answer.status in (302, 303) and answer.location:
            answer = self.ask("GET", answer.location.removeprefix(self._url))
        return answer

    def start(self, till, operator, pin, float_text="100.000") -> None:
        """Choose the till, sign in, open the shift if it is closed."""
        self.follow("/")
        self.ask("POST", f"/tills/{till}")
        self.follow("/")
        self.ask("POST", "/sign-in", {"operator": operator, "pin": pin})
        if 'action="/shift/open"' in self.follow("/").text:
            self.ask("POST", "/shift/open", {"float": float_text})
            self.follow("/")

    def next_cart(self) -> str:
        """Give the id of the cart this browser works on, opening one where there is none."""
        found = _CART.search(self.ask("GET", "/carts/active", htmx=True).text)
        assert found is not None
        self.cart = found[1]
        return self.cart

    def tap(self, number, tap=None) -> Answer:
        """Put one more of a product into the cart."""
        fields = {"tap": tap} if tap else {}
        return self.ask("POST", f"/carts/{self.cart}/lines/{number}", fields, htmx=True)

    def scan(self, code) -> Answer:
        """Put one more of the product with this SKU or barcode into the cart."""
        return self.ask("POST", f"/carts/{self.cart}/scan", {"code": code}, htmx=True)

    def pay_cash(self, tendered=None) -> Answer:
        """Pay the cart in cash; exactly unless told otherwise."""
        typed = format_amount(tendered) if tendered else ""
        fields = {"method": "cash", "tendered": typed}
        return self.ask("POST", f"/carts/{self.cart}/payments", fields, htmx=True)
