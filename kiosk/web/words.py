"""The words for states, methods and roles; a state is never colour alone.

Each is a text to translate, the icon beside it, and a tone (`good`, `warn`, `bad` or
none) that colours what the words already say.
"""

from dataclasses import dataclass
from typing import Final

from kiosk.errors import N_


@dataclass(frozen=True, slots=True)
class Words:
    """How a state is shown."""

    text: str
    tone: str
    icon: str


METHODS: Final = {
    "cash": Words(N_("Cash"), "", "banknote"),
    "qris": Words(N_("QRIS"), "", "qr-code"),
    "transfer": Words(N_("Transfer"), "", "arrow-left-right"),
    "debit": Words(N_("Debit"), "", "wallet"),
    "split": Words(N_("Split payment"), "", "split"),
}

PRINTERS: Final = {
    "ready": Words(N_("Ready"), "good", "printer"),
    "printing": Words(N_("Printing"), "good", "printer"),
    "unknown": Words(N_("Not asked yet"), "", "printer"),
    "near_end": Words(N_("Paper nearly out"), "warn", "printer"),
    "paper_out": Words(N_("Paper is out"), "bad", "printer"),
    "cover_open": Words(N_("Cover is open"), "bad", "printer"),
    "cutter_error": Words(N_("Cutter is stuck"), "bad", "printer"),
    "offline": Words(N_("Not ready"), "bad", "printer"),
    "error": Words(N_("Fault"), "bad", "printer"),
    "unreachable": Words(N_("Cannot be reached"), "bad", "printer"),
}

JOBS: Final = {
    "waiting": Words(N_("Waiting for the printer"), "warn", "clock"),
    "printing": Words(N_("Printing now"), "", "printer"),
    "printed": Words(N_("Printed"), "good", "check"),
    "unsure": Words(N_("Did it come out?"), "warn", "circle-question-mark"),
    "held": Words(N_("Held: it waited too long"), "warn", "pause"),
    "failed": Words(N_("Not printed"), "bad", "triangle-alert"),
    "cancelled": Words(N_("Cancelled"), "", "x"),
}

ROLES: Final = {
    "cashier": N_("Cashier"),
    "vendor": N_("Vendor"),
    "coordinator": N_("Coordinator"),
    "organiser": N_("Organiser"),
}

_STRANGE: Final = Words(N_("Not asked yet"), "", "circle-question-mark")


def of_printer(state: str) -> Words:
    """Give the words for a printer's state; one nobody foresaw is not yet known."""
    return PRINTERS.get(state, _STRANGE)


def of_job(state: str) -> Words:
    """Give the words for a print job's state."""
    return JOBS.get(state, _STRANGE)


def of_method(method: str) -> Words:
    """Give the words for a payment method, also one of an older sale."""
    return METHODS.get(method, Words(method, "", "wallet"))
