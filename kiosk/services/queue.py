"""The queue: the installation's open carts, found by number or name, and those left over.

Any screen may go on with any of them; the cart then belongs to that screen's till.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kiosk.domain.carts import Cart
from kiosk.domain.money import Rupiah
from kiosk.errors import N_, KioskError
from kiosk.services.approvals import Approval, approver_for
from kiosk.services.browsers import Browser
from kiosk.services.carts import open_cart, resume
from kiosk.services.installation import Installation
from kiosk.storage import catalogue, queue
from kiosk.storage.database import Connection
from kiosk.storage.queue import QueueRow

# Before the number in the code that a stall's phone shows, so that no product has it.
CODE: Final = "PESANAN-"


class NoSuchOrderError(KioskError):
    """No open cart has this number or name."""

    status = 404

    def __init__(self, typed: str) -> None:
        self.typed = typed[:40]
        super().__init__(
            N_("No open order is called “%(typed)s”. It may be paid already; look at the list."),
            typed=self.typed,
        )


class SeveralOrdersError(KioskError):
    """More than one open cart has what was typed in its name."""

    def __init__(self, typed: str) -> None:
        self.typed = typed[:40]
        super().__init__(
            N_("Several orders are called “%(typed)s”. Choose one from the list."),
            typed=self.typed,
        )


@dataclass(frozen=True, slots=True)
class WaitingCart:
    """An open cart in the list; `place` is where it is shown, or the till it was parked at.

    `is_left_over` says that it is from an earlier day, `parts` how many payments were taken.
    """

    id: str
    number: int
    name: str
    pieces: int
    total_rp: Rupiah
    goods: str
    age: timedelta
    place: str
    is_on_screen: bool
    is_mine: bool
    is_left_over: bool
    parts: int


def waiting_carts(here: Installation, browser: Browser) -> list[WaitingCart]:
    """List every open cart that holds something, the one longest put aside first."""
    now = here.clock.now()
    with here.db.read() as connection:
        tills = {till.id: till.name for till in catalogue.tills(connection)}
        return [
            _waiting(row, open_cart(connection, row.id), now, browser, tills.get(row.till, ""))
            for row in queue.rows(connection)
        ]


def numbers_waiting(here: Installation) -> list[tuple[str, int, str]]:
    """Give id, number and name of the carts that no screen has before it."""
    with here.db.read() as connection:
        return queue.waiting(connection)


def resume_called(here: Installation, browser: Browser, typed: str) -> Cart:
    """Go on with the cart of a number, or of a name that only one has.

    Raises NoSuchOrderError, SeveralOrdersError, and what `resume` raises.
    """
    return resume(here, browser, cart_called(here, typed))


def cart_called(here: Installation, typed: str) -> str:
    """Give the id of the open cart that has this number, or alone this name.

    Raises NoSuchOrderError, SeveralOrdersError.
    """
    typed = typed.strip()
    if typed.upper().startswith(CODE):
        typed = typed[len(CODE) :]
    with here.db.read() as connection:
        return _called(connection, typed)


def left_over(here: Installation) -> list[QueueRow]:
    """List carts from earlier days of which nothing was paid."""
    with here.db.read() as connection:
        return _left_over(here, connection)


def clear_left_over(here: Installation, browser: Browser, approval: Approval) -> int:
    """Throw away what is left over from earlier days; gives how many carts that were.

    Raises NotAllowedError, WrongPinError, MustWaitError.
    """
    approver_for(here, browser, approval)
    with here.db.write() as connection:
        rows = _left_over(here, connection)
        queue.remove(connection, [row.id for row in rows])
    return len(rows)


def _called(connection: Connection, typed: str) -> str:
    if typed.isascii() and typed.isdigit() and len(typed) <= 9:  # noqa: PLR2004 - no number is longer
        cart_id = queue.by_number(connection, int(typed))
        if cart_id:
            return cart_id
    asked = typed.casefold()
    rows = queue.rows(connection) if asked else []
    exact = [row.id for row in rows if row.name.casefold() == asked]
    found = exact or [row.id for row in rows if asked in row.name.casefold()]
    if not found:
        raise NoSuchOrderError(typed)
    if len(found) > 1:
        raise SeveralOrdersError(typed)
    return found[0]


def _left_over(here: Installation, connection: Connection) -> list[QueueRow]:
    today = here.clock.now().date()
    return [row for row in queue.rows(connection) if _moment(row).date() < today and not row.parts]


def _waiting(
    row: QueueRow, cart: Cart, now: datetime, browser: Browser, till_name: str
) -> WaitingCart:
    since = _moment(row)
    return WaitingCart(
        id=row.id,
        number=row.number,
        name=row.name,
        pieces=cart.pieces,
        total_rp=cart.total_rp,
        goods=", ".join(line.product.label for line in cart.lines[:3]),
        age=max(now - since, timedelta()),
        place=", ".join(row.screens) or till_name,
        is_on_screen=bool(row.screens),
        is_mine=row.id == browser.cart,
        is_left_over=since.date() < now.date(),
        parts=row.parts,
    )


def _moment(row: QueueRow) -> datetime:
    return datetime.fromisoformat(row.since)
