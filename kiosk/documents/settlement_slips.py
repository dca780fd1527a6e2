"""A settlement slip: what a stall sold, what it has of that already, and what it is handed now.

It is signed twice, so it leaves room for both; what it says is sealed in the journal.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.documents.frames import written_at
from kiosk.documents.words import INDONESIAN, PaperWords
from kiosk.domain.money import Rupiah, format_amount, format_rupiah
from kiosk.domain.settlements import Settlement
from printers.elements import Cut, Document, Element, Feed, Heading, Pair, Rule, Text


@dataclass(frozen=True, slots=True)
class SettlementSlip:
    """A settlement with who and where; `at` is ISO 8601 in WIB, `place` the machine."""

    settlement: Settlement
    event: str
    place: str
    vendor: str
    at: str
    by: str
    approved_by: str
    words: PaperWords = INDONESIAN


def settlement_slip(slip: SettlementSlip) -> Document:
    """Write a slip for the stall and for the coordinator's folder."""
    return Document((*_head(slip), *_account(slip), *_handed(slip), *_signatures(slip)))


def _head(slip: SettlementSlip) -> Iterator[Element]:
    words, settled = slip.words, slip.settlement
    if settled.undoes is not None:
        yield Heading(words.cancelled, 2)
    yield Heading(words.settlement.title)
    yield Text(slip.event, align="center")
    yield Rule()
    yield Text(settled.name, bold=True)
    if slip.vendor:
        yield Text(slip.vendor)
    yield Pair(words.date, written_at(slip.at))
    yield Pair(words.settlement.machine, slip.place)
    yield Pair(words.settlement.by, slip.by)
    if slip.approved_by != slip.by:
        yield Pair(words.approved_by, slip.approved_by)
    yield Rule()


def _account(slip: SettlementSlip) -> Iterator[Element]:
    words, account = slip.words, slip.settlement.account
    yield Pair(words.goods, format_amount(account.gross_rp))
    if account.discount_rp:
        yield Pair(words.discount, format_amount(-account.discount_rp))
    if account.commission_rp:
        yield Pair(words.settlement.commission, format_amount(-account.commission_rp))
    yield Pair(words.settlement.share, format_rupiah(account.net_rp), bold=True)
    yield Pair(words.settlement.received, format_amount(-account.received_rp))
    if account.handed_rp:
        yield Pair(words.settlement.handed, format_amount(-account.handed_rp))
    yield Rule()


def _handed(slip: SettlementSlip) -> Iterator[Element]:
    words, settled = slip.words, slip.settlement
    said = words.settlement
    amount_rp = Rupiah(abs(settled.amount_rp))
    yield Pair(_which_way(slip), format_rupiah(amount_rp), bold=True)
    if amount_rp:
        yield Pair(f"  {said.way}", words.method(settled.way))
    if settled.left_rp:
        left = said.left if settled.left_rp > 0 else said.still_owes
        yield Pair(left, format_amount(abs(settled.left_rp)))
    yield Rule()


def _which_way(slip: SettlementSlip) -> str:
    """Say who hands the money to whom; what is taken back goes the other way."""
    said, settled = slip.words.settlement, slip.settlement
    direction = settled.amount_rp or settled.account.owed_rp
    return said.by_stall if direction < 0 else said.to_stall


def _signatures(slip: SettlementSlip) -> Iterator[Element]:
    yield Feed(3)
    yield Pair(slip.words.settlement.stall, slip.words.coordinator)
    yield Cut()
