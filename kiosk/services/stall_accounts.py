"""What stalls are owed, as people look at it: all of them, or one with what it was handed.

A vendor sees her own; whoever else is at a till sees all whose goods it sells.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.domain.catalogue import Stall
from kiosk.domain.money import Rupiah
from kiosk.domain.operators import NotAllowedError
from kiosk.domain.settlements import StallAccount, Way
from kiosk.errors import N_, KioskError
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.own_stalls import own_stalls
from kiosk.services.recording import NotSetUpError
from kiosk.services.tills import operator_of, till_of
from kiosk.storage import catalogue, settlements
from kiosk.storage.catalogue import Catalogue
from kiosk.storage.database import Connection
from kiosk.storage.printer_uses import printer_for
from kiosk.storage.settlements import EventDays, SealedSettlement

__all__ = ["EventDays", "SealedSettlement"]


class StallNotHereError(KioskError):
    """An address names a stall or a settlement that is not there."""

    status = 404

    def __init__(self) -> None:
        super().__init__(N_("There is no such stall or settlement here. Choose one from the list."))


@dataclass(frozen=True, slots=True)
class StallRow:
    """A stall and its account."""

    stall: Stall
    account: StallAccount


@dataclass(frozen=True, slots=True)
class StallPage:
    """One stall's account with what may be handed over, and what was; `entry_id` is for the next."""

    row: StallRow
    event: str
    most_rp: Mapping[Way, Rupiah]
    settled: tuple[SealedSettlement, ...]
    can_print: bool
    entry_id: str


@dataclass(frozen=True, slots=True)
class Stalls:
    """The stalls one may look at, of one event; `events` are all that were sold at here."""

    event: str
    events: tuple[EventDays, ...]
    rows: tuple[StallRow, ...]


def stalls(here: Installation, browser: Browser, event: str) -> Stalls:
    """List the stalls' accounts; of today's event where none is asked for."""
    with here.db.read() as connection:
        now = frame_of(connection).event.id
        event = event or now
        rows = _rows(connection, browser, event, with_idle=event == now)
        return Stalls(event, tuple(settlements.events_sold(connection)), tuple(rows))


def stall_page(here: Installation, browser: Browser, event: str, stall_id: str) -> StallPage:
    """Give one stall's account; raises StallNotHereError."""
    with here.db.read() as connection:
        frame = frame_of(connection)
        event = event or frame.event.id
        row = stall_row(connection, browser, event, stall_id)
        step_rp = frame.event.cash_rounding_rp
        most_rp: dict[Way, Rupiah] = {
            "cash": row.account.most_rp("cash", step_rp),
            "transfer": row.account.most_rp("transfer", step_rp),
        }
        settled = tuple(settlements.settlements_of_stall(connection, event, stall_id))
        can_print = printer_for(connection, browser.till or "", "report") is not None
    return StallPage(row, event, most_rp, settled, can_print, here.clock.new_id())


def stall_row(connection: Connection, browser: Browser, event: str, stall_id: str) -> StallRow:
    """Give one stall's account; raises StallNotHereError."""
    rows = _rows(connection, browser, event, with_idle=True)
    found = next((row for row in rows if row.stall.id == stall_id), None)
    if found is None:
        raise StallNotHereError
    return found


def _rows(
    connection: Connection, browser: Browser, event: str, *, with_idle: bool
) -> list[StallRow]:
    """List the stalls one may look at: a vendor her own, others all of their till."""
    accounts = settlements.accounts(connection, event)
    idle = {stall.id for stall in catalogue.stalls_on(connection)} if with_idle else set()
    known = catalogue.stalls(connection)
    own = _own(connection, browser)
    return [
        StallRow(known[stall], accounts.get(stall, StallAccount()))
        for stall in known
        if stall in idle | accounts.keys() and (own is None or stall in own)
    ]


def _own(connection: Connection, browser: Browser) -> set[str] | None:
    """Give whose accounts who is signed in may see; None for everybody's."""
    operator_of(browser)
    if browser.operator is not None and browser.operator.role == "vendor":
        own = {stall.id for stall in own_stalls(connection, browser)}
        if not own:
            raise NotAllowedError
        return own
    only = till_of(connection, browser).stall
    return None if only is None else {only}


def frame_of(connection: Connection) -> Catalogue:
    """Give the bazaar this machine is set up for; raises NotSetUpError."""
    found = catalogue.catalogue(connection)
    if found is None:
        raise NotSetUpError
    return found
