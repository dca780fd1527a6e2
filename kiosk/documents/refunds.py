"""A refund as a slip: what came back of which receipt, and the money paid for it.

DIBATALKAN for a whole sale, RETUR for some of its goods, in the words of its receipt.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.documents.frames import ReceiptFrame, head, quantity, stall_head, written_at
from kiosk.domain.money import format_amount, format_rupiah
from kiosk.domain.refunds import Refund
from kiosk.domain.sales import Sale, SaleLine
from printers.elements import Cut, Document, Element, Feed, Heading, Pair, Rule, Text


@dataclass(frozen=True, slots=True)
class RefundFrame:
    """What stands around what came back; `sold_at` is the sale's instant, ISO 8601 in WIB."""

    receipt: ReceiptFrame
    sold_at: str
    approver: str


def refund_slip(refund: Refund, sale: Sale, frame: RefundFrame) -> Document:
    """Write a refund's slip; `sale` is the one it names."""
    return Document(tuple(_elements(refund, sale, frame)))


def _elements(refund: Refund, sale: Sale, frame: RefundFrame) -> Iterator[Element]:
    words = frame.receipt.words
    yield from head(frame.receipt)
    yield Heading(words.voided if refund.kind == "void" else words.returned, 2)
    yield Pair(words.receipt, sale.number)
    yield Pair(f"  {words.sold_at}", written_at(frame.sold_at))
    yield Pair(words.date, written_at(frame.receipt.at))
    yield Pair(words.cashier, frame.receipt.cashier)
    yield Pair(words.approved_by, frame.approver)
    yield Text(f"{words.reason}: {refund.reason}")
    yield from _goods(refund, {line.n: line for line in sale.lines}, frame.receipt)
    yield Rule()
    if refund.back.rounding_rp:
        yield Pair(words.rounding, format_amount(refund.back.rounding_rp))
    yield Pair(words.money_back, format_rupiah(refund.back.total_rp), bold=True, size=2)
    for payment in refund.back.payments:
        word = words.method(payment.method, payment.name)
        yield Pair(word, format_amount(payment.amount_rp))
    yield Feed(3)
    yield Pair(words.buyer, words.coordinator)
    yield Cut()


def _goods(refund: Refund, lines: Mapping[int, SaleLine], frame: ReceiptFrame) -> Iterator[Element]:
    for share in refund.back.shares:
        yield from stall_head(frame, share.stall)
        for back in refund.back.lines:
            line = lines[back.n]
            if line.stall == share.stall:
                yield Text(f"{line.name} {line.variant}".rstrip())
                yield Pair(f"  {quantity(back.qty, line.unit)}", format_amount(back.amount_rp))
