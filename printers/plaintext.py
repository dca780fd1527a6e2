"""Any text as plain ASCII, the only characters every receipt printer shares.

A product's name can hold anything, and to a printer a control character is a command: it
could cut the paper or open the drawer. Nothing below space survives this module.
"""

import unicodedata
from typing import Final

_SPELT: Final = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "‒": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "‘": "'",
        "’": "'",
        "‚": "'",
        "′": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "″": '"',
        "«": '"',
        "»": '"',
        "‹": "<",
        "›": ">",
        "…": "...",
        "•": "*",
        "·": ".",
        "×": "x",
        "÷": ":",
        "⁄": "/",
        "ß": "ss",
        "ẞ": "SS",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "ł": "l",
        "Ł": "L",
        "þ": "th",
        "Þ": "Th",
        "ı": "i",
        "€": "EUR",
        "£": "GBP",
        "¥": "JPY",
        "₱": "PHP",
        "₹": "INR",
        "©": "(c)",
        "®": "(R)",
        "°": " deg",
        "→": "->",
        "←": "<-",
        "✓": "v",
        "✔": "v",
        "\u00a0": " ",
    }
)
_SPACES: Final = {"Zs", "Zl", "Zp"}
_SILENT: Final = {"Mn", "Me", "Mc", "Cf", "Cc"}
"""Marks on other letters, joiners and controls: they take no place of their own."""


def plain(text: str) -> str:
    """Spell one line in printable ASCII; what has no spelling becomes `?`.

    Line feeds and tabs become spaces. Spaces are kept as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text).translate(_SPELT)
    taken_apart = unicodedata.normalize("NFKD", composed).translate(_SPELT)
    return "".join(_spelt(char) for char in taken_apart)


def plain_lines(text: str) -> list[str]:
    """Spell several lines, split where the text has a line feed; at least one."""
    return [plain(line) for line in text.replace("\r\n", "\n").split("\n")]


def _spelt(char: str) -> str:
    if " " <= char <= "~":
        return char
    category = unicodedata.category(char)
    if char in "\t\n\v\f\r" or category in _SPACES:
        return " "
    return "" if category in _SILENT else "?"
