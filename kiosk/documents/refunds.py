"""A refund as a slip: what came back of which receipt, and the money paid for it.

DIBATALKAN for a whole sale, RETUR for some of its goods. Indonesian like every receipt.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.documents.receipts import METHOD_WORDS, ReceiptFrame, head, quantity, written_at
from kiosk.domain.money import format_amount, format_rupiah
from kiosk.domain.refunds import Refund
from kiosk.domain.sales import Sale, SaleLine
from printers.elements import Cut, Document, Element, Feed, Heading, Pair, Rule, Text

KIND_WORDS: Final = {"void": "DIBATALKAN", "refund": "RETUR"}


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
    yield from head(frame.receipt)
    yield Heading(KIND_WORDS[refund.kind], 2)
    yield Pair("Struk", sale.number)
    yield Pair("  dari", written_at(frame.sold_at))
    yield Pair("Tanggal", written_at(frame.receipt.at))
    yield Pair("Kasir", frame.receipt.cashier)
    yield Pair("Disetujui", frame.approver)
    yield Text(f"Alasan: {refund.reason}")
    yield from _goods(refund, {line.n: line for line in sale.lines}, frame.receipt.stalls)
    yield Rule()
    if refund.back.rounding_rp:
        yield Pair("Pembulatan", format_amount(refund.back.rounding_rp))
    yield Pair("KEMBALI", format_rupiah(refund.back.total_rp), bold=True, size=2)
    for payment in refund.back.payments:
        yield Pair(
            METHOD_WORDS.get(payment.method, payment.method), format_amount(payment.amount_rp)
        )
    yield Feed(3)
    yield Pair("Pembeli", "Koordinator")
    yield Cut()


def _goods(
    refund: Refund, lines: Mapping[int, SaleLine], stalls: Mapping[str, str]
) -> Iterator[Element]:
    for share in refund.back.shares:
        yield Rule()
        yield Text(stalls.get(share.stall, ""), bold=True)
        for back in refund.back.lines:
            line = lines[back.n]
            if line.stall == share.stall:
                yield Text(f"{line.name} {line.variant}".rstrip())
                yield Pair(f"  {quantity(back.qty, line.unit)}", format_amount(back.amount_rp))
