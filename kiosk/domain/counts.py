"""Counts of goods: whole pieces, or whole grams, as somebody types them."""

from typing import Final

from kiosk.errors import N_, KioskError

LARGEST_COUNT: Final = 1_000_000
_LONGEST: Final = 12


class CountError(KioskError):
    """A text that is no count of pieces or grams."""

    field = "qty"

    def __init__(self, text: str) -> None:
        self.text = text[:40]
        super().__init__(
            N_("“%(text)s” is not a count. Type whole pieces or whole grams."), text=self.text
        )


def read_count(text: str) -> int:
    """Read a typed count, dots between thousands or none; raises CountError."""
    digits = text.strip().replace(".", "")
    if not (digits.isascii() and digits.isdigit() and len(text.strip()) <= _LONGEST):
        raise CountError(text)
    if int(digits) > LARGEST_COUNT:
        raise CountError(text)
    return int(digits)
