"""Scanning: a code becomes one more of its product in the order, or a clear word."""

import re
from typing import Final

from kiosk.domain.barcodes import LONGEST_BARCODE, BarcodeMisreadError, is_misread, is_shops_own
from kiosk.domain.carts import Cart
from kiosk.domain.catalogue import Product
from kiosk.errors import N_, KioskError
from kiosk.services.browsers import Browser
from kiosk.services.carts import Wanted, add
from kiosk.services.installation import Installation
from kiosk.services.tills import till_of
from kiosk.storage import catalogue

# What some scanners send before a code to say of which kind it is, such as `]E0`.
_KIND: Final = re.compile(r"^\][A-Za-z][0-9]")


class CodeUnknownError(KioskError):
    """No product on sale at this till has the code."""

    def __init__(self, code: str) -> None:
        self.code = code
        message = (
            N_(
                "No product has the code %(code)s. It begins with 2, so a shop or its scale made"
                " it, perhaps with the weight in it: search the goods by name."
            )
            if is_shops_own(code)
            else N_("No product has the code %(code)s. Search it by name, or ask the coordinator.")
        )
        super().__init__(message, code=code)


class CodeNotCertainError(KioskError):
    """Several products have the code."""

    def __init__(self, code: str, products: list[Product]) -> None:
        self.code = code
        self.products = products
        super().__init__(N_("Several products have the code %(code)s. Which is it?"), code=code)


def scan(here: Installation, browser: Browser, cart_id: str, code: str, tap: str | None) -> Cart:
    """Put one more of the product with a barcode or SKU into a cart; the same `tap` counts once.

    Raises BarcodeMisreadError where nothing has the code and its check digit does not fit,
    CodeUnknownError, CodeNotCertainError, and what `carts.add` raises.
    """
    code = _KIND.sub("", "".join(code.split()))[:LONGEST_BARCODE]
    with here.db.read() as connection:
        stall = till_of(connection, browser).stall
        found = catalogue.products_by_code(connection, code, stall) if code else []
    if len(found) > 1:
        raise CodeNotCertainError(code, found)
    if not found:
        raise BarcodeMisreadError(code) if is_misread(code) else CodeUnknownError(code)
    wanted = Wanted(oversell=browser.may_oversell)
    return add(here, cart_id, found[0].number, tap, wanted)
