"""Holding a bazaar of 2021 once more, with the till's own services and a clock set back.

The machine is enrolled, its shifts are opened, sold in, counted and closed, and its journal
goes up to the hub, all as on a Friday. Only the sales of a day share one transaction,
because nobody waits for a receipt.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from kiosk.cli.demo.machines import FLOAT_RP, EnrolmentTicket, machine_in, sit_down, upload_all
from kiosk.cli.demo.past_sales import PlannedSale, cart_of, payment_of
from kiosk.cli.demo.program import STAFF, DemoEvent, DemoInstallation, at_hour
from kiosk.cli.demo.vendors import BAZAAR_QRIS
from kiosk.clock import SystemClock
from kiosk.domain.catalogue import Product, Stall
from kiosk.domain.ids import RANDOM_BYTES, uuid7
from kiosk.domain.money import ZERO, Rupiah, total
from kiosk.domain.numbering import receipt_number
from kiosk.domain.sales import Sale, fix_shares, seal_lines
from kiosk.domain.shifts import DENOMINATIONS
from kiosk.services.browsers import Browser
from kiosk.services.catalogue import grid
from kiosk.services.enrolment import enrol
from kiosk.services.installation import Installation
from kiosk.services.recording import record
from kiosk.services.shifts import close_shift, open_shift
from kiosk.services.sign_in import staff
from kiosk.services.tills import operator_of, tills
from kiosk.storage.database import Connection

# What drawers are found short or over by; most are right.
_DIFFERENCES: Final = ((0, -2_000, 500), (8, 1, 1))
# QRIS payments of each machine that no coordinator found on the statement that evening.
_LEFT_TO_CONFIRM: Final = 2


class PastClock:
    """A clock that stands where it is set; its ids are the same for the same `Random`."""

    def __init__(self, rng: Random, at: datetime) -> None:
        self.at = at
        self._rng = rng

    def now(self) -> datetime:
        """Give the instant it is set to."""
        return self.at

    def monotonic(self) -> float:
        """Give seconds that never go back."""
        return time.monotonic()

    def new_id(self) -> str:
        """Make a UUIDv7 of the instant it is set to."""
        return uuid7(int(self.at.timestamp()) * 1000, self._rng.randbytes(RANDOM_BYTES))


@dataclass(frozen=True, slots=True)
class _Counter:
    """A till on one day: who sells at it, its shift, and how many receipts it gave."""

    browser: Browser
    shift: str
    receipts: Counter[str]


@dataclass(frozen=True, slots=True)
class _Machine:
    """A machine at work: its clock, and the catalogue that came down to it."""

    here: Installation
    clock: PastClock
    event: DemoEvent
    by_sku: Mapping[str, Product]
    stalls: Mapping[str, Stall]


def hold_bazaar(
    rng: Random,
    folder: Path,
    event: DemoEvent,
    machine: DemoInstallation,
    planned: Sequence[PlannedSale],
    ticket: EnrolmentTicket,
) -> None:
    """Sell what was planned at one machine, in `folder`, and bring it to the hub.

    Raises EnrolmentRefusedError and UploadStuckError.
    """
    clock = PastClock(rng, event.bazaar_start - timedelta(hours=14))
    with machine_in(folder, clock) as here:
        enrol(here, ticket.hub_url, ticket.code)
        goods = grid(here, tills(here)[0].till)
        at_work = _Machine(
            here,
            clock,
            event,
            {product.sku: product for product in goods.products},
            {stall.id: stall for stall in goods.stalls},
        )
        cashiers = [person for person in STAFF if person.role == "cashier"]
        crew = {
            code: sit_down(here, code, person)
            for (code, _), person in zip(machine.tills, cashiers, strict=True)
        }
        mine = [sale for sale in planned if sale.installation == machine.id]
        for day in event.days:
            _hold_day(rng, at_work, crew, day, [sale for sale in mine if sale.at.date() == day])
        upload_all(replace(here, clock=SystemClock()))


def _hold_day(
    rng: Random,
    machine: _Machine,
    crew: Mapping[str, Browser],
    day: date,
    planned: Sequence[PlannedSale],
) -> None:
    machine.clock.at = at_hour(day, machine.event.opens_hour) - timedelta(minutes=20)
    counters = {}
    for code, browser in crew.items():
        machine.clock.at += timedelta(seconds=rng.randrange(30, 240))
        shift = open_shift(machine.here, browser, str(FLOAT_RP))
        counters[code] = _Counter(browser, shift.id, Counter())
    with machine.here.db.write() as connection:
        sold = [
            _sell(rng, machine, connection, sale, counters[sale.till])
            for sale in sorted(planned, key=lambda sale: sale.at)
        ]
    machine.clock.at = at_hour(day, machine.event.closes_hour) + timedelta(minutes=5)
    for counter in counters.values():
        machine.clock.at += timedelta(seconds=rng.randrange(60, 300))
        _count_and_close(rng, machine.here, counter, sold)
    machine.clock.at += timedelta(hours=1)
    _confirm_qris(machine.here, sold)


def _sell(
    rng: Random, machine: _Machine, connection: Connection, planned: PlannedSale, counter: _Counter
) -> Sale:
    machine.clock.at = planned.at
    cart = cart_of(planned, machine.clock.new_id(), machine.by_sku)
    lines = seal_lines(cart)
    counter.receipts[planned.till] += 1
    sale = Sale(
        id=cart.id,
        number=receipt_number(planned.till, 0, counter.receipts[planned.till]),
        event=machine.event.id,
        shift=counter.shift,
        lines=lines,
        discounts=(),
        shares=fix_shares(lines, (), machine.stalls),
        rounding_rp=ZERO,
        total_rp=cart.total_rp,
        payments=(payment_of(rng, cart, planned.method, machine.stalls, BAZAAR_QRIS),),
    )
    record(
        machine.here,
        connection,
        "sale",
        sale.as_body(),
        by=operator_of(counter.browser),
        till=planned.till,
        entry_id=sale.id,
    )
    return sale


def _count_and_close(
    rng: Random, here: Installation, counter: _Counter, sold: Sequence[Sale]
) -> None:
    cash_rp = total(
        payment.amount_rp
        for sale in sold
        if sale.shift == counter.shift
        for payment in sale.payments
        if payment.method == "cash"
    )
    counted_rp = FLOAT_RP + cash_rp + rng.choices(*_DIFFERENCES)[0]
    close_shift(here, counter.browser, _pieces(Rupiah(counted_rp)), "")


def _pieces(amount_rp: Rupiah) -> dict[int, str]:
    """Say an amount in the fewest notes and coins, as a count sheet has it."""
    pieces = {}
    for denomination in DENOMINATIONS:
        count, rest = divmod(amount_rp, denomination)
        pieces[int(denomination)] = str(count)
        amount_rp = Rupiah(rest)
    return pieces


def _confirm_qris(here: Installation, sold: Sequence[Sale]) -> None:
    """Find claimed payments on the evening's statement, as a coordinator does.

    The last ones are not on it yet: they wait for the organisers, who have the bank's list.
    """
    by = next(member.operator for member in staff(here) if member.approves)
    claimed = [
        (sale.id, payment.n)
        for sale in sold
        for payment in sale.payments
        if payment.state == "claimed"
    ]
    with here.db.write() as connection:
        for sale_id, n in claimed[:-_LEFT_TO_CONFIRM]:
            body = {"sale": sale_id, "n": n}
            record(here, connection, "payment_confirmed", body, by=by)
