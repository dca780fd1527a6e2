"""A sale as a receipt (*struk*): what the buyer holds, in the order it is read.

Event and place, stalls with their goods, sums, payment, change, thanks, whom to ask. The
organiser's own header and footer are printed as they are. There is no tax line: a bazaar
vendor is rarely a PKP, and who is none must not print one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.documents.frames import (
    LeftChange,
    ReceiptFrame,
    head,
    quantity,
    shop_url,
    stall_head,
    written_at,
)
from kiosk.documents.words import PaperWords
from kiosk.domain.money import format_amount, format_rupiah, total
from kiosk.domain.payments import Payment
from kiosk.domain.sales import Sale, SaleLine
from printers.elements import QR, Cut, Document, Element, Heading, Pair, Rule, Text

# Dots a module of a shop's link: an address of 84 bytes comes out under 23 mm wide.
_SHOP_QR_DOTS: Final = 4


@dataclass(frozen=True, slots=True)
class ReceiptParts:
    """A receipt in the order it is read: whose, which, what, how much, and thanks."""

    head: tuple[Element, ...]
    labels: tuple[Element, ...]
    goods: tuple[Element, ...]
    sums: tuple[Element, ...]
    foot: tuple[Element, ...]


def receipt(sale: Sale, frame: ReceiptFrame) -> Document:
    """Write a sale's receipt."""
    written = receipt_parts(sale, frame)
    return Document(
        (
            *written.head,
            *written.labels,
            *written.goods,
            Rule(),
            *written.sums,
            Rule(),
            *written.foot,
            Cut(),
        )
    )


def receipt_parts(sale: Sale, frame: ReceiptFrame) -> ReceiptParts:
    """Write a sale's receipt in its parts, for whoever has room for some of them only."""
    words = frame.words
    goods = (element for share in sale.shares for element in _goods(sale, share.stall, frame))
    return ReceiptParts(
        head=tuple(head(frame)),
        labels=(
            *([Heading(words.voided, 2)] if frame.voided else []),
            Pair(words.number, sale.number),
            Pair(words.date, written_at(frame.at)),
            Pair(words.cashier, frame.cashier),
        ),
        goods=tuple(goods),
        sums=tuple(_sums(sale, words, frame.tips)),
        foot=tuple(_foot(frame)),
    )


def _foot(frame: ReceiptFrame) -> Iterator[Element]:
    yield Text(frame.words.thanks, align="center")
    if frame.contact:
        yield Text(f"{frame.words.contact}: {frame.contact}", align="center")
    for line in frame.footer:
        yield Text(line, align="center")
    if frame.seal:
        yield Pair(frame.words.seal_before, frame.seal)


def _goods(sale: Sale, stall: str, frame: ReceiptFrame) -> Iterator[Element]:
    """Write one stall's goods, and the one QR code under them where it sells online too."""
    yield from stall_head(frame, stall)
    for line in sale.lines:
        if line.stall == stall:
            yield from _goods_line(line, sale, frame.words)
    if len(sale.shares) > 1:
        own_rp = total(line.total_rp for line in sale.lines if line.stall == stall)
        yield Pair(frame.words.subtotal, format_amount(own_rp), bold=True)
    if link := shop_url(frame, stall):
        yield QR(link, f"{frame.words.shop_online} {frame.stalls[stall].name}", _SHOP_QR_DOTS)


def _goods_line(line: SaleLine, sale: Sale, words: PaperWords) -> Iterator[Element]:
    yield Text(f"{line.name} {line.variant}".rstrip())
    amount = quantity(line.qty, line.unit)
    per = "/kg" if line.unit == "g" else ""
    yield Pair(f"  {amount} x {format_amount(line.price_rp)}{per}", format_amount(line.gross_rp))
    if line.note:
        yield Text(f"  {line.note}")
    told = [discount for discount in sale.discounts if discount.line == line.n]
    for discount in told:
        why = f" ({discount.reason})" if discount.reason else ""
        yield Pair(f"  {words.discount}{why}", format_amount(-discount.amount_rp))
    if line.discount_rp and not told:
        yield Pair(f"  {words.discount}", format_amount(-line.discount_rp))


def _sums(sale: Sale, words: PaperWords, tips: Sequence[LeftChange]) -> Iterator[Element]:
    discount_rp = total(line.discount_rp for line in sale.lines)
    if discount_rp or sale.rounding_rp:
        yield Pair(words.goods, format_amount(total(line.gross_rp for line in sale.lines)))
    if discount_rp:
        yield Pair(words.discount, format_amount(-discount_rp))
    if sale.rounding_rp:
        yield Pair(words.rounding, format_amount(sale.rounding_rp))
    yield Pair(words.total, format_rupiah(sale.total_rp), bold=True, size=2)
    for payment in sale.payments:
        yield from _payment(payment, words)
    for tip in tips:
        yield Pair(words.left[tip.reason], format_amount(-tip.amount_rp))


def _payment(payment: Payment, words: PaperWords) -> Iterator[Element]:
    handed_over = payment.amount_rp if payment.tendered_rp is None else payment.tendered_rp
    if not payment.gives_back:
        yield Pair(words.method(payment.method, payment.name), format_amount(handed_over))
    if payment.face_rp and payment.face_rp != payment.amount_rp:
        yield Pair(f"  {words.worth}", format_amount(payment.face_rp))
    if payment.state == "claimed":
        yield Text(f"  {words.claimed}")
    if payment.reference:
        yield Pair(f"  {words.reference}", payment.reference)
    if payment.change_rp:
        yield Pair(words.change, format_amount(payment.change_rp))
