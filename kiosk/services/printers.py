"""Printers as people keep them: a name, an address, a kind, and what each prints for whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kiosk.clock import stamp
from kiosk.errors import N_, KioskError
from kiosk.services.approvals import Approval, approver_for
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.paper_meter import RollView, roll_view
from kiosk.services.print_files import check_address
from kiosk.services.printing import VIRTUAL, PrinterUnknownError, paper_log, queue_at
from kiosk.settings import Settings
from kiosk.storage import catalogue, print_jobs, printer_profiles, printer_uses, printers, rolls
from kiosk.storage.database import Connection
from kiosk.storage.print_jobs import JobTitle
from kiosk.storage.printer_uses import Purpose
from printers.errors import BadAddressError, HandOverOnlyError, UnknownProfileError
from printers.profiles import Profile
from printers.transports import RAWBT

if TYPE_CHECKING:  # a page a day needs no place in memory
    from printers.testpage import TestLanguage

LONGEST_NAME: Final = 40
NOBODY: Final = Approval()
# No thread asks an app on a tablet how it is.
_HAND_OVER: Final = HandOverOnlyError.reason


class PrinterSettingsError(KioskError):
    """A printer's form does not fit; the fact says which field and why."""

    def __init__(self, fact: str) -> None:
        self.fact = fact
        super().__init__(N_("This printer cannot be kept: %(fact)s."), fact=fact)


@dataclass(frozen=True, slots=True)
class PrinterView:
    """A printer with what it prints, what waits for it and what it asks a person.

    `uses` are tills by purpose, `tills` those whose receipts it prints. A printer that is well
    but low on paper, by its own word or by the meter, is in the state `near_end`.
    """

    id: int
    name: str
    address: str
    profile: Profile
    state: str
    fact: str
    uses: Mapping[Purpose, tuple[str, ...]]
    stalls: tuple[str, ...]
    waiting: int
    unsure: tuple[JobTitle, ...]
    held: tuple[JobTitle, ...]
    roll: RollView
    is_virtual: bool

    @property
    def tills(self) -> tuple[str, ...]:
        """Give the tills whose receipts it prints."""
        return self.uses["receipt"]


def all_printers(here: Installation) -> list[PrinterView]:
    """List the printers."""
    with here.db.read() as connection:
        return [_view(here, connection, row) for row in printers.printers(connection)]


def printer(here: Installation, printer_id: int) -> PrinterView:
    """Give one printer; raises PrinterUnknownError."""
    with here.db.read() as connection:
        return _view(here, connection, printer_row(connection, printer_id))


def printer_for(
    here: Installation, till_id: str, purpose: Purpose = "receipt"
) -> PrinterView | None:
    """Give the printer a till uses for a purpose, or None where it has none."""
    with here.db.read() as connection:
        printer_id = printer_uses.printer_for(connection, till_id, purpose)
    return None if printer_id is None else printer(here, printer_id)


@dataclass(frozen=True, slots=True)
class PrinterForm:
    """A printer's form as typed: the tills whose receipts it prints, then its other uses."""

    name: str
    address: str
    profile: str
    tills: tuple[str, ...]
    others: Mapping[Purpose, tuple[str, ...]] = field(default_factory=dict)
    stalls: tuple[str, ...] = ()


def keep_printer(
    here: Installation,
    browser: Browser,
    printer_id: int | None,
    form: PrinterForm,
    approval: Approval = NOBODY,
) -> int:
    """Add a printer, or change one; takes a coordinator.

    Raises PrinterSettingsError, PrintFileElsewhereError, PrinterUnknownError and what
    `approver_for` raises.
    """
    approver_for(here, browser, approval)
    name, address = form.name.strip(), form.address.strip()
    with here.db.write() as connection:
        _check(here.settings, connection, name, address, form.profile)
        others = {row.name for row in printers.printers(connection) if row.id != printer_id}
        if name in others:
            raise PrinterSettingsError(N_("another printer has this name"))
        if printer_id is None:
            printer_id = printers.add(connection, name, address, form.profile)
        else:
            printer_row(connection, printer_id)
            printers.change(connection, printer_id, name, address, form.profile)
        _assign(connection, printer_id, form)
    here.bells.printing.ring()
    return printer_id


def print_test_page(here: Installation, printer_id: int, language: "TestLanguage" = "id") -> None:
    """Queue a test page in somebody's language; raises PrinterUnknownError."""
    from printers.testpage import page  # noqa: PLC0415 - a page a day needs no place in memory

    with here.db.write() as connection:
        row = printer_row(connection, printer_id)
        document = page(printer_profiles.profile(connection, row.profile), row.name, language)
        at = stamp(here.clock.now())
        queue_at(connection, printer_id, N_("Test page"), document, at, purpose="report")
    here.bells.printing.ring()


def printer_row(connection: Connection, printer_id: int) -> printers.PrinterRow:
    """Give a printer's row; raises PrinterUnknownError."""
    row = printers.printer(connection, printer_id)
    if row is None:
        raise PrinterUnknownError
    return row


def _view(here: Installation, connection: Connection, row: printers.PrinterRow) -> PrinterView:
    kind = printer_profiles.profile(connection, row.profile)
    roll = roll_view(rolls.roll(connection, row.id), kind, row.state)
    return PrinterView(
        id=row.id,
        name=row.name,
        address=row.address,
        profile=kind,
        state=_state(row, roll),
        fact=row.fact,
        uses=printer_uses.uses_of_printer(connection, row.id),
        stalls=printer_uses.stalls_of_printer(connection, row.id),
        waiting=print_jobs.count_in_state(connection, row.id, "waiting"),
        unsure=tuple(print_jobs.jobs_in_state(connection, row.id, "unsure")),
        held=tuple(print_jobs.jobs_in_state(connection, row.id, "held")),
        roll=roll,
        is_virtual=row.address == VIRTUAL or paper_log(here, row.id).exists(),
    )


def _state(row: printers.PrinterRow, roll: RollView) -> str:
    """Give the word for a printer: its own, unless the meter or its address knows better."""
    if row.address == RAWBT:
        return _HAND_OVER
    return "near_end" if row.state == "ready" and roll.is_low else row.state


def _assign(connection: Connection, printer_id: int, form: PrinterForm) -> None:
    """Take from a form what names a till or a stall that is there."""
    tills = {till.id for till in catalogue.tills(connection)}
    chosen: dict[Purpose, tuple[str, ...]] = {**form.others, "receipt": form.tills}
    uses = {purpose: tills.intersection(asked) for purpose, asked in chosen.items()}
    stalls = catalogue.stalls(connection).keys() & set(form.stalls)
    printer_uses.assign(connection, printer_id, uses, stalls)


def _check(
    settings: Settings, connection: Connection, name: str, address: str, profile: str
) -> None:
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise PrinterSettingsError(N_("give it a name of at most 40 letters"))
    try:
        printer_profiles.profile(connection, profile)
        if address != VIRTUAL:
            check_address(settings, address)
    except UnknownProfileError:
        raise PrinterSettingsError(N_("choose what it is like from the list")) from None
    except BadAddressError:
        raise PrinterSettingsError(
            N_("its address looks like tcp://192.168.1.50:9100 or device:///dev/usb/lp0")
        ) from None
