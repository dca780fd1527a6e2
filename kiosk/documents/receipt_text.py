"""A sale's receipt as text for a phone: the same words as on paper, without the columns.

It goes into a QR code or a message, so it is bounded: what is too long loses the
organiser's own words first, then goods from the end, and says how many lines are left out.
Number, date and total always stay.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kiosk.documents.frames import ReceiptFrame
from kiosk.documents.receipts import ReceiptParts, receipt_parts
from kiosk.domain.sales import Sale
from printers import layout
from printers.elements import QR, Document, Element, Heading, Pair, Rule, Text

_COLUMNS = 48
_GAP = re.compile(r" {2,}")
_RULE = "---"
# No paper is used up, and what is written is bounded here by its bytes.
_NO_LIMIT = 1_000_000


def receipt_text(sale: Sale, frame: ReceiptFrame, most_bytes: int) -> str:
    """Write a sale's receipt as lines of ASCII; `most_bytes` is 300 or more."""
    parts = receipt_parts(sale, frame)
    goods = _lines(parts.goods)
    whole = [*_lines(parts.head), *_lines(parts.labels), *goods, *_closing(parts, with_foot=True)]
    if _bytes(whole) <= most_bytes:
        return "\n".join(whole)
    before = [*_lines((Text(frame.event),))[:1], *_lines(parts.labels)]
    after = _closing(parts, with_foot=False)
    room = most_bytes - _bytes([*before, *after])
    shown = _what_fits(goods, room, frame.words.more_lines)
    if shown is None:
        return "\n".join(_least(parts))[:most_bytes]
    return "\n".join([*before, *shown, *after])


def _what_fits(goods: Sequence[str], room: int, more_lines: str) -> list[str] | None:
    """Give as many lines as there is room for, and how many are missing; None for no room."""
    for kept in range(len(goods), -1, -1):
        missing = len(goods) - kept
        shown = [*goods[:kept], *([more_lines.format(missing)] if missing else [])]
        if _bytes(shown) + 1 <= room:
            return shown
    return None


def _least(parts: ReceiptParts) -> Iterator[str]:
    """Give number, date and total: what a receipt is found again by."""
    yield from _lines(parts.labels[:2])
    yield from _lines([one for one in parts.sums if isinstance(one, Pair) and one.size > 1])


def _closing(parts: ReceiptParts, *, with_foot: bool) -> list[str]:
    return [_RULE, *_lines(parts.sums), *([_RULE, *_lines(parts.foot)] if with_foot else [])]


def _lines(elements: Iterable[Element]) -> list[str]:
    """Lay elements out as on paper, then take out what only a column needs."""
    document = Document(tuple(plain for one in elements if (plain := _plain(one)) is not None))
    laid_out = layout.lay_out(document, _COLUMNS, max_lines=_NO_LIMIT, max_millimetres=_NO_LIMIT)
    text = layout.as_text(laid_out)
    shown = (_GAP.sub(" ", line.strip()) for line in text.splitlines())
    return [_RULE if set(line) == {"-"} else line for line in shown if line]


def _plain(element: Element) -> Element | None:
    """Give an element as a phone shows it, None for what only paper has."""
    match element:
        case Heading(text=text) | Text(text=text):
            return Text(text)
        case Pair():
            return replace(element, size=1)
        case QR(data=data, caption=caption):
            return Text(f"{caption}: {data}" if caption else data)
        case Rule():
            return element
        case _:
            return None


def _bytes(lines: Iterable[str]) -> int:
    return len("\n".join(lines).encode())
