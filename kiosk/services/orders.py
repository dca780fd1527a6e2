"""Orders as stalls see them: slips printed as they are paid, and a page that ticks them off.

A slip is queued in the transaction that pays. What was handed over is local to this
machine: it guards a queue of an afternoon, and no money hangs on it.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kiosk.clock import stamp
from kiosk.documents.order_slips import OrderSlip, SlipLine, order_slip
from kiosk.domain.catalogue import Stall
from kiosk.domain.entries import Entry
from kiosk.domain.operators import NotAllowedError
from kiosk.domain.orders import (
    AlreadyHandedOverError,
    HandedOver,
    OrderCancelledError,
    OrderLine,
    OrderUnknownError,
    StallOrder,
)
from kiosk.domain.refunds import Refund
from kiosk.domain.sales import Sale
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.printing import queue_at
from kiosk.services.receipt_frames import words_at
from kiosk.services.tills import operator_of
from kiosk.storage import catalogue, orders
from kiosk.storage.database import Connection
from kiosk.storage.printer_uses import printer_of_stall

LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class StallView:
    """A stall with how many orders wait for it, and whether its slips are printed."""

    stall: Stall
    open_orders: int
    has_printer: bool
    wants_slips: bool


def queue_slips(connection: Connection, sale: Sale, entry: Entry, at: str) -> None:
    """Queue a slip at each stall of a sale that has a printer for them and wants it."""
    asked = [(line.n, line.qty) for line in sale.lines]
    _queue_slips(connection, sale, entry, at, asked, cancelled=False)


def queue_cancelled_slips(
    connection: Connection, sale: Sale, refund: Refund, entry: Entry, at: str
) -> None:
    """Tell the stalls' printers what is not to be handed over any more."""
    back = [(line.n, line.qty) for line in refund.back.lines]
    _queue_slips(connection, sale, entry, at, back, cancelled=True)


def stalls(here: Installation) -> list[StallView]:
    """List the stalls in use, in the bundle's order."""
    with here.db.read() as connection:
        in_use = {product.stall for product in catalogue.products_on_sale(connection, None)}
        with_slips = orders.slip_printers(connection)
        waiting = Counter(one.stall for one in _today(here, connection, None) if one.is_open)
        return [
            StallView(
                stall,
                waiting[stall.id],
                printer_of_stall(connection, stall.id) is not None,
                stall.id in with_slips,
            )
            for stall in catalogue.stalls(connection).values()
            if stall.id in in_use
        ]


def stall(here: Installation, stall_id: str) -> Stall:
    """Give one stall; raises OrderUnknownError."""
    with here.db.read() as connection:
        found = catalogue.stalls(connection).get(stall_id)
    if found is None:
        raise OrderUnknownError(stall_id)
    return found


def orders_of(here: Installation, stall_id: str, since: str | None) -> list[StallOrder]:
    """Give a stall's orders of today, oldest first: what is open, and what came `since`.

    `since` is an order's instant; without it everything is given.
    """
    with here.db.read() as connection:
        found = _today(here, connection, stall_id)
    return [one for one in found if since is None or one.is_open or one.at >= since]


def begin_of_open(here: Installation, stall_id: str) -> str:
    """Give the instant from which a page shows orders: the first open one's, else now."""
    with here.db.read() as connection:
        waiting = [one.at for one in _today(here, connection, stall_id) if one.is_open]
    return waiting[0] if waiting else stamp(here.clock.now())


def state(here: Installation) -> str:
    """Give a word that changes whenever an order may have."""
    with here.db.read() as connection:
        return orders.state_of_orders(connection)


def find(here: Installation, code: str, stall_id: str | None = None) -> list[StallOrder]:
    """Find the orders of a slip by its number or what its QR code says, one stall's or all.

    Raises OrderUnknownError. The newest sale of a number counts.
    """
    asked = code.strip()[:LONGEST_CODE]
    with here.db.read() as connection:
        called = orders.orders_called(connection, asked, _day(here))
    found = [one for one in called if stall_id in (None, one.stall)]
    if not found:
        raise OrderUnknownError(asked)
    return [one for one in found if one.sale == found[0].sale]


def hand_over(
    here: Installation, browser: Browser, sale_id: str, stall_id: str, line: int | None
) -> None:
    """Tick off one line of an order, or (None) all that is open.

    Raises AlreadyHandedOverError where it was handed over before, OrderCancelledError,
    OrderUnknownError.
    """
    operator = operator_of(browser)
    with here.db.write() as connection:
        order = _order(connection, sale_id, stall_id)
        asked = _lines(order, line)
        still_open = [one.n for one in asked if one.is_open]
        if not still_open:
            raise _why_not(order, asked)
        given = HandedOver(stamp(here.clock.now()), operator.name)
        orders.hand_over(connection, sale_id, still_open, given)


def take_back(
    here: Installation, browser: Browser, sale_id: str, stall_id: str, line: int | None
) -> None:
    """Put a line, or (None) the whole order, back among what is to be handed over."""
    operator_of(browser)
    with here.db.write() as connection:
        asked = _lines(_order(connection, sale_id, stall_id), line)
        orders.take_back(connection, sale_id, [one.n for one in asked])


def set_slips(here: Installation, browser: Browser, stall_id: str, *, wants: bool) -> None:
    """Let a stall's slips be printed, or not; raises NotAllowedError for who is no coordinator."""
    operator_of(browser)
    if browser.operator is None or not browser.operator.approves:
        raise NotAllowedError
    with here.db.write() as connection:
        orders.set_wants_slips(connection, stall_id, wants=wants)


def _queue_slips(
    connection: Connection,
    sale: Sale,
    entry: Entry,
    at: str,
    asked: Collection[tuple[int, int]],
    *,
    cancelled: bool,
) -> None:
    of_sale = {line.stall for line in sale.lines}
    printers = orders.slip_printers(connection)
    if of_sale.isdisjoint(printers):
        return
    names = catalogue.stalls(connection)
    words = words_at(connection, entry.till or "")
    for stall_id in (one for one in printers if one in of_sale):
        slip = OrderSlip(
            number=sale.number,
            sale=sale.id,
            stall=names[stall_id].name if stall_id in names else "",
            till=entry.till or "",
            at=entry.at,
            lines=tuple(_slip_lines(sale, stall_id, asked)),
            cancelled=cancelled,
            words=words,
        )
        if slip.lines:
            title = f"{sale.number} · {slip.stall}"
            queue_at(connection, printers[stall_id], title, order_slip(slip), at, purpose="slip")


def _slip_lines(
    sale: Sale, stall_id: str, asked: Collection[tuple[int, int]]
) -> Iterable[SlipLine]:
    lines = {line.n: line for line in sale.lines if line.stall == stall_id}
    for n, qty in asked:
        if n in lines:
            line = lines[n]
            yield SlipLine(f"{line.name} {line.variant}".rstrip(), qty, line.unit, line.note)


def _today(here: Installation, connection: Connection, stall_id: str | None) -> list[StallOrder]:
    return orders.orders_of_day(connection, stall_id, _day(here))


def _day(here: Installation) -> str:
    return here.clock.now().date().isoformat()


def _order(connection: Connection, sale_id: str, stall_id: str) -> StallOrder:
    found = orders.order(connection, sale_id, stall_id)
    if found is None:
        raise OrderUnknownError(sale_id)
    return found


def _lines(order: StallOrder, line: int | None) -> tuple[OrderLine, ...]:
    asked = tuple(one for one in order.lines if line in (None, one.n))
    if not asked:
        raise OrderUnknownError(order.number)
    return asked


def _why_not(
    order: StallOrder, asked: tuple[OrderLine, ...]
) -> AlreadyHandedOverError | OrderCancelledError:
    given = [line.handed_over for line in asked if line.handed_over and not line.is_cancelled]
    if given:
        return AlreadyHandedOverError(order.number, given[-1])
    return OrderCancelledError(order.number)
