"""The organiser's own words on receipts, and the one thing they may not say.

Consumer law (Law 8/1999, article 18) forbids a seller to announce that goods cannot be
brought back. A text that says so is refused with that reason; conditions ("keep the
receipt") are not.
"""

import re
from collections.abc import Iterable
from typing import Final

from kiosk.errors import N_, KioskError

MOST_LINES: Final = 10
LONGEST_LINE: Final = 200
LONGEST_CONTACT: Final = 100

_NO: Final = r"(?:tidak|tdk|tak|nggak|enggak|ngga|gak|ga|bukan|jangan|dilarang|no|not|never|non|cannot|can't|cant|won't|don't)"
_FILLER: Final = (
    r"(?:dapat|dpt|bisa|bs|boleh|blh|akan|lagi|kami|menerima|terima|melayani|ada|untuk|di|"
    r"memberikan|memberi|be|been|accept|give|offer|any|allow|allowed|cash|uang|barang|or|atau|"
    r"goods|items?)"
)
_BACK: Final = (
    r"(?:di\s?kembalikan|mengembalikan|kembalikan|pengembalian|di\s?tukar(?:kan)?|menukar(?:kan)?|"
    r"tukar|penukaran|retur|di\s?retur|meretur|refund(?:s|ed|able)?|return(?:s|ed|able)?|"
    r"exchange(?:s|d|able)?)"
)
_REFUSED: Final = (
    r"(?:dilayani|diterima|diperkenankan|diizinkan|diijinkan|diperbolehkan|berlaku|ada|dapat|bisa|"
    r"boleh|accepted|allowed|possible|given)"
)
_REFUSALS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_NO}\b(?:[\s/-]+{_FILLER})*[\s/-]+(?:{_BACK}|kembali)\b(?!\s+(?:tanpa|without)\b)",
        rf"\b{_BACK}(?:[\s/]+\w+){{0,3}}?[\s/]+{_NO}\s+{_REFUSED}\b",
        r"\btanpa\s+(?:retur|pengembalian|penukaran)\b",
        r"\b(?:all\s+sales\s+(?:are\s+)?final|penjualan\s+(?:bersifat\s+)?final)\b",
    )
)
_SENTENCE_ENDS: Final = re.compile(r"[.!?;:()]+")


class RefusesReturnsError(KioskError):
    """A receipt's text says that goods cannot be brought back."""

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(
            N_(
                "“%(found)s” may not stand on a receipt: the consumer law (article 18) forbids"
                " refusing returns. Say instead how and until when goods can be exchanged."
            ),
            found=found,
        )


class ReceiptTextTooLongError(KioskError):
    """More lines, or longer ones, than belong on a receipt."""

    def __init__(self) -> None:
        super().__init__(
            N_("Shorten this to at most %(lines)d lines of %(letters)d letters each."),
            lines=MOST_LINES,
            letters=LONGEST_LINE,
        )


def refusal_of_returns(lines: Iterable[str]) -> str | None:
    """Find the words that refuse returns, or None; a sentence may run over several lines."""
    text = " ".join(" ".join(lines).casefold().replace("\u2019", "'").split())
    for sentence in _SENTENCE_ENDS.split(text):
        for refusal in _REFUSALS:
            if match := refusal.search(sentence):
                return match[0]
    return None


def check_receipt_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """Give the lines back; raises RefusesReturnsError, ReceiptTextTooLongError."""
    kept = tuple(lines)
    if len(kept) > MOST_LINES or any(len(line) > LONGEST_LINE for line in kept):
        raise ReceiptTextTooLongError
    if found := refusal_of_returns(kept):
        raise RefusesReturnsError(found)
    return kept


def read_lines(text: str) -> tuple[str, ...]:
    """Read what was typed into a box: a printed line each, empty ones at either end dropped."""
    lines = [
        "".join(char for char in " ".join(line.split()) if char.isprintable())
        for line in text.splitlines()
    ]
    return tuple("\n".join(lines).strip("\n").split("\n")) if any(lines) else ()


def visible_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """Give as much of a text as its preview shows, however long it was typed."""
    return tuple(line[:LONGEST_LINE] for line in tuple(lines)[:MOST_LINES])
