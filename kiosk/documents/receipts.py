"""A sale as a receipt (*struk*): what the buyer holds, in the order it is read.

Event and place, stalls with their goods, total, payment, change, thanks. The words are
Indonesian, as on every receipt in the city; the organiser's own header and footer are
printed as they are. There is no tax line: a bazaar vendor is rarely a PKP.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kiosk.domain.catalogue import Unit
from kiosk.domain.money import format_amount, format_rupiah
from kiosk.domain.sales import Payment, Sale, SaleLine
from printers.elements import Cut, Document, Element, Heading, Pair, Rule, Text

METHOD_WORDS: Final = {
    "cash": "Tunai",
    "qris": "QRIS",
    "transfer": "Transfer",
    "debit": "Debit",
}


@dataclass(frozen=True, slots=True)
class ReceiptFrame:
    """What stands around the goods; `stalls` are names by id, `at` ISO 8601 in WIB."""

    event: str
    place: str
    header: tuple[str, ...]
    footer: tuple[str, ...]
    stalls: Mapping[str, str]
    cashier: str
    at: str


def receipt(sale: Sale, frame: ReceiptFrame) -> Document:
    """Write a sale's receipt."""
    return Document(tuple(_elements(sale, frame)))


def written_at(at: str) -> str:
    """Write an entry's instant as paper does: `20/11/2026 10.42 WIB`."""
    return datetime.fromisoformat(at).strftime("%d/%m/%Y %H.%M WIB")


def head(frame: ReceiptFrame) -> Iterator[Element]:
    """Write what stands over every slip of a bazaar: event, place, the organiser's words."""
    yield Heading(frame.event)
    if frame.place:
        yield Text(frame.place, align="center")
    for line in frame.header:
        yield Text(line, align="center")
    yield Rule()


def quantity(qty: int, unit: Unit) -> str:
    """Write a quantity: `2`, or `1.250 g` for goods by weight."""
    return f"{format_amount(qty)} g" if unit == "g" else str(qty)


def _elements(sale: Sale, frame: ReceiptFrame) -> Iterator[Element]:
    yield from head(frame)
    yield Pair("No", sale.number)
    yield Pair("Tanggal", written_at(frame.at))
    yield Pair("Kasir", frame.cashier)
    yield from _goods(sale, frame.stalls)
    yield Rule()
    yield from _sums(sale)
    yield Rule()
    yield Text("Terima kasih sudah beli lokal", align="center")
    for line in frame.footer:
        yield Text(line, align="center")
    yield Cut()


def _goods(sale: Sale, stalls: Mapping[str, str]) -> Iterator[Element]:
    for share in sale.shares:
        yield Rule()
        yield Text(stalls.get(share.stall, ""), bold=True)
        for line in sale.lines:
            if line.stall == share.stall:
                yield from _goods_line(line)


def _goods_line(line: SaleLine) -> Iterator[Element]:
    yield Text(f"{line.name} {line.variant}".rstrip())
    amount = quantity(line.qty, line.unit)
    per = "/kg" if line.unit == "g" else ""
    yield Pair(f"  {amount} x {format_amount(line.price_rp)}{per}", format_amount(line.gross_rp))
    if line.note:
        yield Text(f"  {line.note}")
    if line.discount_rp:
        yield Pair("  Diskon", format_amount(-line.discount_rp))


def _sums(sale: Sale) -> Iterator[Element]:
    if sale.rounding_rp:
        yield Pair("Subtotal", format_amount(sale.total_rp - sale.rounding_rp))
        yield Pair("Pembulatan", format_amount(sale.rounding_rp))
    yield Pair("TOTAL", format_rupiah(sale.total_rp), bold=True, size=2)
    for payment in sale.payments:
        yield from _payment(payment)


def _payment(payment: Payment) -> Iterator[Element]:
    word = METHOD_WORDS[payment.method]
    handed_over = payment.amount_rp if payment.tendered_rp is None else payment.tendered_rp
    yield Pair(word, format_amount(handed_over))
    if payment.reference:
        yield Pair("  Ref", payment.reference)
    if payment.change_rp:
        yield Pair("Kembali", format_amount(payment.change_rp))
