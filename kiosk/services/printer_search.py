"""Looking for printers: on this machine at once, on the local network when asked.

What was found is added with one tap, as the kind it seems to be and for the receipts of the
till that has none yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from itertools import count
from typing import TYPE_CHECKING, Final

from kiosk.errors import N_, KioskError
from kiosk.services.approvals import Approval
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.printers import PrinterForm, keep_printer
from kiosk.services.tills import operator_of
from kiosk.storage import printer_uses, printers

if TYPE_CHECKING:
    from printers.discovery import Found

_NAME: Final = "Printer"


class NoNetworkError(KioskError):
    """The machine is in no private network that could be searched."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This machine is in no local network. Join the Wi-Fi of the printers, or set"
                " KIOSK_PRINTER_SCAN."
            )
        )


class ScanRunningError(KioskError):
    """Somebody is searching already."""

    status = 409

    def __init__(self) -> None:
        super().__init__(N_("A search is under way. Wait for it, or stop it first."))


class NetworkChoiceError(KioskError):
    """What was asked for is none of the networks that may be searched."""

    def __init__(self) -> None:
        super().__init__(N_("Choose which network is searched: press one of the buttons."))


@dataclass(frozen=True, slots=True)
class Searchable:
    """A network that may be searched, and how many addresses that means."""

    network: str
    addresses: int


@dataclass(frozen=True, slots=True)
class ScanView:
    """A search as it stands: addresses tried of all, and what was found."""

    done: int
    total: int
    is_running: bool
    found: "tuple[Found, ...]"


def nearby(here: Installation) -> "list[Found]":
    """List the printers of this machine that are not added yet, each with its state."""
    from printers import discovery  # noqa: PLC0415 - a printer is looked for once a season

    return discovery.nearby(_known(here))


def searchable(here: Installation) -> list[Searchable]:
    """List the networks that may be searched: those of the settings, else this machine's own."""
    from printers.discovery import hosts_of  # noqa: PLC0415 - the same

    return [Searchable(str(one), len(hosts_of([one]))) for one in _networks(here)]


def start_scan(here: Installation, browser: Browser, network: str = "") -> None:
    """Begin to search one network, and no other; unnamed, the only one there is.

    Raises NotSignedInError, NoNetworkError, NetworkChoiceError, ScanRunningError.
    """
    from printers.discovery import NetworkScan, hosts_of  # noqa: PLC0415 - the same

    operator_of(browser)
    offered = _networks(here)
    chosen = [one for one in offered if network in ("", str(one))]
    if not offered:
        raise NoNetworkError
    if len(chosen) != 1:
        raise NetworkChoiceError
    scan = NetworkScan(hosts_of(chosen), _known(here))
    with here.under_way.lock:
        running = here.under_way.printer_scan
        if running is not None and running.is_running:
            raise ScanRunningError
        here.under_way.printer_scan = scan
    scan.start()


def stop_scan(here: Installation, browser: Browser) -> None:
    """Stop searching; what was found stays to be seen. Raises NotSignedInError."""
    operator_of(browser)
    scan = here.under_way.printer_scan
    if scan is not None:
        scan.cancel()


def scan(here: Installation) -> ScanView | None:
    """Give the last search as it stands, without what was added meanwhile; None before one."""
    last = here.under_way.printer_scan
    if last is None:
        return None
    known = _known(here)
    found = tuple(one for one in last.found if one.address not in known)
    return ScanView(last.done, last.total, last.is_running, found)


def add_found(
    here: Installation, browser: Browser, address: str, profile: str, approval: Approval
) -> int:
    """Add a printer that was found; gives its number. Takes a coordinator.

    It prints the receipts of this browser's till if that has no printer yet. Raises as
    `keep_printer` does.
    """
    with here.db.read() as connection:
        names = {row.name for row in printers.printers(connection)}
        till = browser.till or ""
        is_free = printer_uses.printer_for(connection, till, "receipt") is None
    name = next(name for n in count(1) if (name := f"{_NAME} {n}") not in names)
    form = PrinterForm(name, address, profile, (till,) if is_free else ())
    return keep_printer(here, browser, None, form, approval)


def _networks(here: Installation) -> Sequence[IPv4Network]:
    from printers.discovery import own_networks  # noqa: PLC0415 - the same

    return here.settings.printer_scan or own_networks()


def _known(here: Installation) -> frozenset[str]:
    with here.db.read() as connection:
        return frozenset(row.address for row in printers.printers(connection))
