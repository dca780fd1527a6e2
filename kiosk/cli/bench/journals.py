"""Journals as tills send them: three-line sales by the domain's own rules, in full segments."""

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from kiosk.cli.bench import goods
from kiosk.cli.bench.cashier import LINES
from kiosk.clock import SystemClock, stamp
from kiosk.domain.carts import Cart
from kiosk.domain.catalogue import BAZAAR, Product, Stall
from kiosk.domain.entries import Entry, Operator, first_prev, seal
from kiosk.domain.lines import CartLine
from kiosk.domain.money import Rupiah
from kiosk.domain.payments import Payment
from kiosk.domain.sales import Sale, fix_shares, seal_lines
from kiosk.wire.segments import MOST_ENTRIES, SegmentHeader, pack, write_segment

HOURS: Final = 10
CASH_NOTE_RP: Final = 50_000
_CASHIER: Final = Operator(goods.CASHIER, "Rina")
# The journal's opening and the shift's stand before the first sale.
_BEFORE_SALES: Final = 2


class JournalMaker:
    """One installation's journal, grown a segment at a time."""

    def __init__(self, device: str, secret: bytes, products: int, events: int) -> None:
        self._clock = SystemClock()
        self._chance = random.Random(products)  # noqa: S311 - the same goods at every run
        self._device = device
        self._secret = secret
        self._events = [goods.event_id(n) for n in range(events)]
        self._products = [
            Product(number=n, **product) for n, product in enumerate(goods.products(products), 1)
        ]
        self._stalls = {row["id"]: Stall(**row) for row in goods.stalls(products)}
        self.journal = self._clock.new_id()
        self._shift = self._clock.new_id()
        self._head = first_prev(self.journal)
        self._seq = 0
        self._sold = 0

    def segments(self, count: int) -> Iterator[tuple[bytes, int]]:
        """Give packed segments of 1,000 entries, each with the number of sales in it."""
        for _ in range(count):
            sold = self._sold
            yield self._segment(), self._sold - sold

    def _segment(self) -> bytes:
        first, prev = self._seq + 1, self._head
        entries = [self._next_entry() for _ in range(MOST_ENTRIES)]
        now = self._clock.now()
        header = SegmentHeader(
            journal=self.journal,
            device=self._device,
            first=first,
            count=len(entries),
            prev=prev,
            head=self._head,
            made_at=stamp(now),
        )
        return pack(write_segment(header, entries, self._secret))

    def _next_entry(self) -> bytes:
        now = self._clock.now()
        if self._seq == 0:
            return self._seal("journal_opened", self._clock.new_id(), now, _opening())
        if self._seq < _BEFORE_SALES:
            body = {"event": self._events[0], "day": now.date().isoformat(), "float_rp": 0}
            return self._seal("shift_opened", self._shift, now, body)
        self._sold += 1
        sale = self._sale()
        # Spread over the hours of the bazaars, as a long campaign's sales are.
        at = now - timedelta(hours=self._chance.randrange(HOURS))
        return self._seal("sale", sale.id, at, sale.as_body())

    def _seal(self, kind: str, entry_id: str, at: datetime, body: Mapping[str, Any]) -> bytes:
        self._seq += 1
        till = None if kind == "journal_opened" else "K01"
        by = _CASHIER if till else None
        entry = Entry(kind, self._seq, entry_id, stamp(at), by, None, till, body)
        stored = entry.stored_bytes()
        self._head = seal(self._head, stored)
        return stored

    def _sale(self) -> Sale:
        chosen = self._chance.sample(self._products, LINES)
        bought = tuple(
            CartLine(n, product, self._chance.choice((1, 1, 1, 2, 3)))
            for n, product in enumerate(chosen, start=1)
        )
        cart = Cart(self._clock.new_id(), "K01", "1", LINES, bought)
        lines = seal_lines(cart)
        return Sale(
            id=cart.id,
            number=f"K01-{self._sold:04d}",
            event=self._chance.choice(self._events),
            shift=self._shift,
            lines=lines,
            discounts=(),
            shares=fix_shares(lines, (), self._stalls),
            rounding_rp=Rupiah(0),
            total_rp=cart.total_rp,
            payments=(self._cash(cart.total_rp),),
        )

    def _cash(self, total_rp: Rupiah) -> Payment:
        tendered_rp = Rupiah(-(-total_rp // CASH_NOTE_RP) * CASH_NOTE_RP)
        change_rp = Rupiah(tendered_rp - total_rp)
        return Payment(1, "cash", BAZAAR, total_rp, tendered_rp, change_rp)


def _opening() -> dict[str, Any]:
    return {
        "installation": goods.INSTALLATION,
        "training": False,
        "software": "lapak bench",
        "continues": None,
    }
