"""The demonstration's own till: enrolled, with the virtual printer, its first drawer open."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from kiosk.cli.demo.machines import FLOAT_RP, EnrolmentTicket, machine_in, sit_down, upload_all
from kiosk.cli.demo.program import FRIDAY_INSTALLATION, STAFF, made_id
from kiosk.services.browsers import Browser, pair_local
from kiosk.services.carts import add
from kiosk.services.catalogue import grid
from kiosk.services.enrolment import enrol
from kiosk.services.finding import pin
from kiosk.services.installation import Installation
from kiosk.services.phones import as_till, assign_stall, phone_cart, send, stalls
from kiosk.services.printers import PrinterForm, all_printers, keep_printer
from kiosk.services.printing import paper_log
from kiosk.services.shifts import open_shift
from kiosk.services.sign_in import sign_out
from kiosk.services.tills import tills
from kiosk.storage import printers

PRINTER_NAME: Final = "Printer virtual"
_PROFILE: Final = "simulator"
# The one stall that starts cooking when an order is paid.
_COOKS_TO_ORDER: Final = made_id("vendor KTM")
_QUICK_KEYS: Final = ("WB86-KOMPLIT", "NUB-UDUK", "KRP-TMP", "KOPI-ESGA")
_COORDINATOR: Final = next(person for person in STAFF if person.role == "coordinator")


def set_up_till(folder: Path, ticket: EnrolmentTicket, printer_port: int) -> None:
    """Make the machine ready to sell: the cashier has only to sign in.

    Raises EnrolmentRefusedError and UploadStuckError.
    """
    with machine_in(folder) as here:
        enrol(here, ticket.hub_url, ticket.code)
        tills = tuple(code for code, _ in FRIDAY_INSTALLATION.tills)
        form = PrinterForm(
            PRINTER_NAME, printer_address(printer_port), _PROFILE, tills, stalls=(_COOKS_TO_ORDER,)
        )
        keep_printer(here, sit_down(here, tills[0], _COORDINATOR), None, form)
        cashier = sit_down(here, tills[0], STAFF[0])
        open_shift(here, cashier, str(FLOAT_RP))
        _pin_quick_keys(here, cashier)
        sign_out(here, cashier)
        _write_down_an_order(here)
        upload_all(here)


def _pin_quick_keys(here: Installation, cashier: Browser) -> None:
    """Keep at hand what the queue asks for most."""
    till = tills(here)[0].till
    on_sale = {product.sku: product.number for product in grid(here, till).products}
    for sku in _QUICK_KEYS:
        pin(here, cashier, on_sale[sku])


def _write_down_an_order(here: Installation) -> None:
    """Let a stall's phone leave an order for the cashier, as a buyer walks over."""
    phone = pair_local(here)
    stall = stalls(here)[0]
    assign_stall(here, phone, stall.id)
    cart = phone_cart(here, replace(phone, stall=stall.id))
    plain = [one for one in grid(here, as_till(stall)).products if not one.open_price]
    for product in plain[:2]:
        add(here, cart.id, product.number, None)
    send(here, replace(phone, cart=cart.id))


def point_printer(folder: Path, printer_port: int) -> Path:
    """Point the till at today's port of the virtual printer; gives the file of its paper.

    Raises DataFolderInUseError while the till runs.
    """
    with machine_in(folder) as here:
        found = next(one for one in all_printers(here) if one.name == PRINTER_NAME)
        address = printer_address(printer_port)
        if found.address != address:
            with here.db.write() as connection:
                printers.change(connection, found.id, found.name, address, found.profile.key)
        return paper_log(here, found.id)


def printer_address(port: int) -> str:
    """Write the address under which tills reach the virtual printer."""
    return f"tcp://127.0.0.1:{port}"
