"""The words for states, methods and roles; a state is never colour alone.

Each is a text to translate, the icon beside it, and a tone (`good`, `warn`, `bad` or
none) that colours what the words already say.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask_babel import gettext as _
from flask_babel import ngettext

from kiosk.domain.methods import kind_of
from kiosk.errors import N_
from kiosk.services.printer_advice import FAULT, STATES
from printers.profiles import Profile


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
    "ewallet": Words(N_("E-wallet"), "", "smartphone"),
    "voucher": Words(N_("Voucher"), "", "receipt-text"),
    "split": Words(N_("Split payment"), "", "split"),
}

# By the codes of `printers.errors`, which stand in the rows of printers and of jobs.
_TONES: Final = {
    "ready": "good",
    "unknown": "",
    "near_end": "warn",
    "still_queued": "warn",
    "hand_over_only": "",
}
PRINTERS: Final = {
    code: Words(text, _TONES.get(code, "bad"), "printer") for code, text in STATES.items()
}

JOBS: Final = {
    "waiting": Words(N_("Waiting for the printer"), "warn", "clock"),
    "printing": Words(N_("Printing now"), "", "printer"),
    "printed": Words(N_("Printed"), "good", "check"),
    "unsure": Words(N_("Did it come out?"), "warn", "circle-question-mark"),
    "held": Words(N_("Held: it waited too long"), "warn", "pause"),
    "failed": Words(N_("Not printed"), "bad", "triangle-alert"),
    "dropped": Words(N_("Cancelled"), "", "x"),
    "handed_over": Words(N_("Handed over"), "warn", "circle-question-mark"),
}

# How a printer that was found is connected, by `printers.discovery.Via`.
CONNECTIONS: Final = {
    "usb": N_("USB printer"),
    "serial": N_("Serial line"),
    "bluetooth": N_("Bluetooth printer"),
    "cups": N_("CUPS queue"),
    "network": N_("Network printer"),
}

# The known kinds of printers whose names are more than a model's, by `printers.profiles`.
KINDS: Final = {
    "generic-58": N_("58 mm printer, 32 columns (most Bluetooth and USB ones)"),
    "battery-58": N_("58 mm battery printer on Bluetooth (RPP02, EPPOS, Panda, Zjiang)"),
    "iware-58": N_("58 mm desk printer: Iware, Zjiang, EPPOS, Panda"),
    "pos-5890": N_("58 mm desk printer: POS-5890, Xprinter XP-58"),
    "generic-80-48": N_("80 mm printer, 48 columns"),
    "generic-80-42": N_("80 mm printer, 42 columns"),
    "silent-80": N_("80 mm printer, 48 columns, that never answers"),
    "iware-80": N_("80 mm printer with cutter: Iware, Zjiang, EPPOS, Panda"),
    "epson-tm": N_("Epson TM-T82, TM-T20 and their kin, 80 mm"),
    "epson-t88": N_("Epson TM-T88 V and later, 80 mm"),
    "star-escpos": N_("Star TSP100, TSP650, mC-Print set to ESC/POS, 80 mm"),
    "simulator": N_("Virtual printer on this machine"),
}

# What a kind of printer can do, by the fields of `printers.profiles.Profile`.
FLAGS: Final = {
    "has_cutter": N_("It cuts the paper"),
    "has_drawer": N_("A cash drawer can be connected"),
    "has_status": N_("It answers when asked how it is"),
    "qr_native": N_("It draws QR codes by itself"),
}
CONFIRMS: Final = {
    "process_id": N_("by the job's number (GS ( H)"),
    "gs_r": N_("by its paper sensor (GS r)"),
    "none": N_("does not say"),
}

# What a printer is used for, by `kiosk.storage.printer_uses.PURPOSES`.
PURPOSES: Final = {
    "receipt": N_("Receipts"),
    "slip": N_("Order slips"),
    "report": N_("Reports"),
    "label": N_("Labels"),
}

# By the states of `services.phones.PhoneOrder`.
PHONE_ORDERS: Final = {
    "filling": Words(N_("Still being written down"), "", "pencil"),
    "waiting": Words(N_("Pay at the cashier's"), "warn", "clock"),
    "at_till": Words(N_("At %(till)s now"), "", "wallet"),
    "paid": Words(N_("Paid"), "good", "circle-check"),
}

ROLES: Final = {
    "cashier": N_("Cashier"),
    "vendor": N_("Vendor"),
    "coordinator": N_("Coordinator"),
    "organiser": N_("Organiser"),
}

# Why a job is where it is, where it is not the printer that says so.
REASONS: Final = {
    "interrupted": N_("the program stopped while printing"),
    "too_long": N_("too long for one piece of paper: print it in parts"),
    "bad_document": N_("it cannot be read"),
    "unprintable": N_("a fault in the program: its log says which"),
    "bad_image": N_("its picture cannot be read"),
    "qr_too_large": N_("its QR code is too large for the paper"),
    "barcode_too_wide": N_("its barcode is too wide for the paper"),
    "no_drawer": N_("no drawer is connected to this printer"),
}

_STRANGE: Final = Words(FAULT, "bad", "triangle-alert")


def of_printer(state: str) -> Words:
    """Give the words for a printer's state; one nobody foresaw is a fault."""
    return PRINTERS.get(state, _STRANGE)


def of_kind(kind: Profile) -> str:
    """Give a kind's name to translate; a model's name, or one's own, is as it is."""
    return KINDS.get(kind.key, kind.name)


def of_job(state: str) -> Words:
    """Give the words for a print job's state."""
    return JOBS.get(state, _STRANGE)


def of_reason(reason: str) -> str:
    """Give the text for why a job is where it is: a printer's fact, or a sentence as stored."""
    if reason in REASONS:
        return REASONS[reason]
    return PRINTERS[reason].text if reason in PRINTERS else reason


def of_method(method: str, name: str = "") -> Words:
    """Give the words for a payment method by its code, also one of an older sale.

    `name` is the organiser's own; without it the method's kind says what it is.
    """
    usual = METHODS.get(kind_of(method), Words(method, "", "wallet"))
    return Words(name, "", usual.icon) if name else usual


def ago(now: datetime, then: datetime) -> str:
    """Say how long ago something was, in the person's language; what lies ahead is just now."""
    minutes = int((now - then).total_seconds()) // 60
    if minutes < 1:
        return str(_("just now"))
    if minutes < 60:  # noqa: PLR2004 - an hour
        return str(ngettext("%(num)d minute ago", "%(num)d minutes ago", minutes))
    hours = minutes // 60
    if hours < 48:  # noqa: PLR2004 - two days
        return str(ngettext("%(num)d hour ago", "%(num)d hours ago", hours))
    return str(ngettext("%(num)d day ago", "%(num)d days ago", hours // 24))
