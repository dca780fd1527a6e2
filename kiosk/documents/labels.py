"""Labels for goods: name, price, and a barcode that this till reads back.

Each label ends in a cut, or past the tear bar where there is no knife.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.domain.barcodes import is_gs1, is_misread
from kiosk.domain.catalogue import Product
from kiosk.domain.money import format_rupiah
from printers.elements import Barcode, Cut, Document, Element, Heading, Text

_BARS_DOTS = 64
_UPC_DIGITS, _EAN_DIGITS = 12, 13


@dataclass(frozen=True, slots=True)
class Label:
    """What one label says; `price` is '' where the price is asked for at the till."""

    name: str
    price: str
    stall: str
    code: str


def label_of(product: Product, stall: str) -> Label:
    """Give a product's label, with the code a scanner finds it by."""
    price = format_rupiah(product.price_rp) + ("/kg" if product.unit == "g" else "")
    shown = "" if product.open_price else price
    return Label(product.label, shown, stall, product.scan_code)


def labels(wanted: Sequence[Label]) -> Document:
    """Write labels one after the other; at least one."""
    return Document(tuple(element for label in wanted for element in _label(label)))


def _label(label: Label) -> Iterator[Element]:
    yield Text(label.name, bold=True, align="center")
    if label.price:
        yield Heading(label.price, 2)
    yield _bars(label.code)
    yield Text(label.stall, align="center")
    yield Cut()


def _bars(code: str) -> Barcode:
    """Choose the symbol: EAN-13 for what is one (or a UPC-A of 12 digits), else Code 128."""
    if is_gs1(code) and not is_misread(code) and len(code) in (_UPC_DIGITS, _EAN_DIGITS):
        return Barcode(code.zfill(_EAN_DIGITS), "ean13", _BARS_DOTS)
    return Barcode(code, "code128", _BARS_DOTS)
