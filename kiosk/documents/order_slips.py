"""An order slip: what one stall is to hand over for a paid sale, without prices.

The number stands large, for it is called out; the code under it leads back to the order,
where a slip that was used says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.documents.frames import quantity, written_at
from kiosk.documents.words import INDONESIAN, PaperWords
from kiosk.domain.catalogue import Unit
from printers.elements import QR, Cut, Document, Element, Heading, Pair, Rule, Text

_CODE_DOTS = 4


@dataclass(frozen=True, slots=True)
class SlipLine:
    """What to hand over of one line."""

    name: str
    qty: int
    unit: Unit
    note: str = ""


@dataclass(frozen=True, slots=True)
class OrderSlip:
    """One stall's order; `sale` is its id, `at` ISO 8601 in WIB.

    `cancelled` asks for these goods not to be handed over any more.
    """

    number: str
    sale: str
    stall: str
    till: str
    at: str
    lines: tuple[SlipLine, ...]
    cancelled: bool = False
    words: PaperWords = INDONESIAN


def order_slip(slip: OrderSlip) -> Document:
    """Write a slip for the stall's own printer."""
    return Document(tuple(_elements(slip)))


def _elements(slip: OrderSlip) -> Iterator[Element]:
    words = slip.words
    if slip.cancelled:
        yield Heading(words.cancelled, 2)
    yield Text(words.order, align="center")
    yield Heading(slip.number, 2)
    yield Text(slip.stall, bold=True, align="center")
    yield Rule()
    yield Pair(words.till, slip.till)
    yield Pair(words.date, written_at(slip.at))
    yield Rule()
    for line in slip.lines:
        times = " " if line.unit == "g" else "x "
        yield Text(f"{quantity(line.qty, line.unit)}{times}{line.name}", bold=True, size=2)
        if line.note:
            yield Text(f"{words.note}: {line.note}")
    yield Rule()
    if not slip.cancelled:
        yield QR(slip.sale, size=_CODE_DOTS)
    yield Cut()
