"""A cashier at a till, over HTTP: what the page's buttons send, without a browser."""

import re
import time
import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final, Self
from urllib.parse import urlencode

from kiosk.cli.bench import goods
from kiosk.cli.bench.http import Answer, KeptConnection
from kiosk.cli.bench.programs import NotMeasuredError

MOST_REDIRECTS: Final = 6
LINES: Final = 3
_TOKEN: Final = re.compile(r'"X-CSRFToken": "([^"]+)"')
_CART: Final = re.compile(r'data-cart="([^"]+)"')


class Cashier:
    """One browser's worth of cookies and tokens, at one till, with an open shift."""

    def __init__(self, port: int, till: str, cookie: str = "") -> None:
        self.cookie = cookie
        self._connection = KeptConnection(port)
        self._token = ""
        if cookie:
            self._open("/")
        else:
            self._come_in(till)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.__exit__()

    def tap(self, cart: str, product: int) -> tuple[Answer, float]:
        """Tap a product; gives the answer and the milliseconds until it was here."""
        return self._press(f"/carts/{cart}/lines/{product}", {"tap": str(uuid.uuid4())})

    def fill_cart(self, first_product: int) -> tuple[str, list[float]]:
        """Start a cart with three lines; gives its id and the milliseconds of each tap."""
        answer, first_ms = self.tap("active", first_product)
        found = _CART.search(answer.text)
        if found is None:
            raise NotMeasuredError("the answer to a tap shows no cart")
        rest = [self.tap(found[1], first_product + n)[1] for n in range(1, LINES)]
        return found[1], [first_ms, *rest]

    def park(self) -> None:
        """Keep the cart for later."""
        self._press("/carts", {})

    def pay(self, cart: str) -> float:
        """Pay a cart in cash, exactly; gives the milliseconds until the answer."""
        form = {"method": "cash", "place": "1", "amount": "", "tendered": ""}
        return self._press(f"/carts/{cart}/payments", form)[1]

    def look(self, path: str = "/") -> tuple[Answer, float]:
        """Open a page; gives the answer and the milliseconds until it was here."""
        started = time.perf_counter()
        answer = self._connection.request("GET", path, self._headers())
        return answer, (time.perf_counter() - started) * 1000

    def _come_in(self, till: str) -> None:
        self._open("/tills")
        self._post(f"/tills/{till}", {})
        self._post("/sign-in", {"operator": goods.CASHIER, "pin": goods.PIN})
        self._post("/shift/open", {"float": "200000"})
        self._open("/")

    def _open(self, path: str) -> None:
        """Open a page, following redirects, and keep its token."""
        for _ in range(MOST_REDIRECTS):
            answer = self._keep_cookie(self._connection.request("GET", path, self._headers()))
            if answer.location is None:
                break
            path = answer.location
        found = _TOKEN.search(answer.text)
        if answer.status != HTTPStatus.OK or found is None:
            raise NotMeasuredError(f"the till's page {path} answered {answer.status}")
        self._token = found[1]

    def _post(self, path: str, form: Mapping[str, str]) -> None:
        """Send a form of a whole page; what it answers with is a redirect."""
        body = urlencode({"csrf_token": self._token, **form}).encode()
        answer = self._keep_cookie(self._connection.request("POST", path, self._headers(), body))
        if answer.status != HTTPStatus.SEE_OTHER:
            raise NotMeasuredError(f"the till's form {path} answered {answer.status}")

    def _press(self, path: str, form: Mapping[str, str]) -> tuple[Answer, float]:
        """Send what a button sends, timed."""
        headers = {**self._headers(), "HX-Request": "true", "X-CSRFToken": self._token}
        body = urlencode(form).encode()
        started = time.perf_counter()
        answer = self._connection.request("POST", path, headers, body)
        took_ms = (time.perf_counter() - started) * 1000
        if answer.status != HTTPStatus.OK:
            raise NotMeasuredError(f"the till answered {path} with {answer.status}")
        return answer, took_ms

    def _headers(self) -> dict[str, str]:
        headers = {
            "Accept-Encoding": "gzip, deflate",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return {**headers, "Cookie": self.cookie} if self.cookie else headers

    def _keep_cookie(self, answer: Answer) -> Answer:
        self.cookie = answer.cookie or self.cookie
        return answer
