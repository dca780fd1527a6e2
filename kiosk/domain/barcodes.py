"""Barcodes as text: GS1 check digits, and when two codes are the same one.

A barcode is never a number: leading zeros count, and a shop's own code may hold letters.
The same article reads as twelve digits (UPC-A) or thirteen (EAN-13), depending on the
scanner, so codes are compared by `barcode_key`.
"""

import hashlib
from typing import Final

from kiosk.errors import N_, KioskError

LONGEST_BARCODE: Final = 48
# EAN-8, UPC-A, EAN-13 and the carton's GTIN-14; each ends in its check digit.
_GS1_LENGTHS: Final = frozenset({8, 12, 13, 14})
_EAN_DIGITS: Final = 13
_KEY_DIGITS: Final = 14


class BarcodeMisreadError(KioskError):
    """A code's check digit does not fit the digits before it."""

    field = "barcode"

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            N_("The barcode %(code)s was misread: its last digit does not fit. Scan it again."),
            code=code,
        )


class BarcodeFormError(KioskError):
    """A text that no barcode holds."""

    field = "barcode"

    def __init__(self, text: str) -> None:
        self.text = text[:60]
        super().__init__(
            N_("A barcode has letters and digits, at most %(most)d. Scan it, or type it anew."),
            most=LONGEST_BARCODE,
        )


def check_digit(body: str) -> int:
    """Compute the GS1 check digit of the digits before it: weights 3, 1, 3, … from the right."""
    weighed = (int(digit) * (3 if n % 2 == 0 else 1) for n, digit in enumerate(reversed(body)))
    return -sum(weighed) % 10


def is_gs1(code: str) -> bool:
    """Say whether a code has the form of a GS1 number: digits alone, 8, 12, 13 or 14."""
    return code.isascii() and code.isdigit() and len(code) in _GS1_LENGTHS


def is_misread(code: str) -> bool:
    """Say whether a code has the form of a GS1 number and a check digit that does not fit."""
    return is_gs1(code) and check_digit(code[:-1]) != int(code[-1])


def is_shops_own(code: str) -> bool:
    """Say whether a shop or its scale made an EAN-13 (2…), perhaps with a weight or price in it."""
    return is_gs1(code) and len(code) == _EAN_DIGITS and code[0] == "2"


def barcode_key(code: str) -> str:
    """Give that by which codes are compared: GS1 numbers padded with zeros, others in capitals."""
    return code.zfill(_KEY_DIGITS) if is_gs1(code) else code.upper()


def internal_code(product_id: str) -> str:
    """Give the code on the label of goods that have none: an EAN-13 of a shop's own (2…).

    It follows from the product's id alone, so every machine prints and reads the same one.
    """
    digest = hashlib.sha256(product_id.encode()).digest()
    body = f"2{int.from_bytes(digest[:8], 'big') % 10**11:011d}"
    return f"{body}{check_digit(body)}"


def read_barcode(text: str) -> str:
    """Read a typed or scanned barcode, '' for none.

    Spaces as printed between groups of digits are dropped. Raises BarcodeFormError, and
    BarcodeMisreadError for a GS1 number whose check digit does not fit.
    """
    code = "".join(text.split())
    if len(code) > LONGEST_BARCODE or not (code.isascii() and code.isprintable()):
        raise BarcodeFormError(text)
    if is_misread(code):
        raise BarcodeMisreadError(code)
    return code
