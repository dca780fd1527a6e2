"""A sale's receipt, as its buyer wants it: on paper, or as text for a phone, or not at all."""

from dataclasses import dataclass

from kiosk.clock import stamp
from kiosk.documents.receipt_text import receipt_text
from kiosk.errors import N_, KioskError
from kiosk.services import printing
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.receipt_frames import frame_of, language_in_force
from kiosk.services.recording import NotSetUpError
from kiosk.services.sales import SaleView, sealed_sale
from kiosk.services.tills import operator_of, till_of
from kiosk.storage import catalogue, print_jobs, receipt_habits, uploads
from kiosk.storage.printer_uses import printer_for

__all__ = ["HABITS"]

HABITS = receipt_habits.HABITS


class HabitUnknownError(KioskError):
    """A form asks for a habit that there is not."""

    def __init__(self) -> None:
        super().__init__(
            N_("Receipts print always, when asked for, or never. Choose one of these.")
        )


class NoPrinterError(KioskError):
    """A receipt is wanted on paper where nothing prints."""

    def __init__(self) -> None:
        super().__init__(
            N_("This till has no printer. Show the receipt as a QR code, or add a printer.")
        )


@dataclass(frozen=True, slots=True)
class TillHabit:
    """When a till prints receipts, and whether it has a printer to do so."""

    habit: str
    has_printer: bool


@dataclass(frozen=True, slots=True)
class ReceiptChoices:
    """What a buyer may be offered: paper not printed yet, and what takes the internet.

    `offers_paper` is right after paying, where a till that never prints does not ask.
    `has_reach` is what this machine last found; a browser may know of being cut off first.
    """

    can_print: bool
    offers_paper: bool
    has_reach: bool


def habit_of(here: Installation, till_id: str) -> TillHabit:
    """Say when a till prints receipts."""
    with here.db.read() as connection:
        return TillHabit(
            habit=receipt_habits.habit(connection, till_id),
            has_printer=printer_for(connection, till_id, "receipt") is not None,
        )


def choices_for(here: Installation, view: SaleView) -> ReceiptChoices:
    """Say what may be offered for a sale's receipt."""
    with here.db.read() as connection:
        enrolment = uploads.enrolment(connection)
        has_printer = printer_for(connection, view.till, "receipt") is not None
        can_print = view.job is None and has_printer
        return ReceiptChoices(
            can_print=can_print,
            offers_paper=can_print and receipt_habits.habit(connection, view.till) != "never",
            has_reach=enrolment is None or enrolment.problem is None,
        )


def language_of(here: Installation, till_id: str) -> str:
    """Give the language of a till's receipts; raises NotSetUpError."""
    with here.db.read() as connection:
        frame = catalogue.catalogue(connection)
        if frame is None:
            raise NotSetUpError
        return language_in_force(connection, frame, till_id)


def set_habit(here: Installation, browser: Browser, habit: str) -> None:
    """Set when a browser's till prints receipts; raises HabitUnknownError, NoTillError."""
    operator_of(browser)
    if habit not in HABITS:
        raise HabitUnknownError
    with here.db.write() as connection:
        receipt_habits.keep_habit(connection, till_of(connection, browser).id, habit)


def print_receipt(here: Installation, browser: Browser, sale_id: str) -> None:
    """Print a receipt for the first time; one that was queued before is not queued again.

    Raises SaleUnknownError, NoPrinterError, NotSignedInError.
    """
    operator_of(browser)
    with here.db.write() as connection:
        found = sealed_sale(connection, sale_id)
        if print_jobs.last_of_sale(connection, sale_id) is not None:
            return
        at = stamp(here.clock.now())
        if not printing.queue_wanted_receipt(connection, found.sale, found.entry, at):
            raise NoPrinterError
    here.bells.printing.ring()


def text_of(here: Installation, sale_id: str, most_bytes: int) -> str:
    """Write a sale's receipt as text for a phone; raises SaleUnknownError."""
    with here.db.read() as connection:
        found = sealed_sale(connection, sale_id)
        return receipt_text(found.sale, frame_of(connection, found.entry), most_bytes)
