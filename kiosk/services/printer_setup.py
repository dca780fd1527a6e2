"""Setting a printer up by looking at its test page: what is seen on paper chooses its kind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final

from kiosk.clock import stamp
from kiosk.errors import N_, KioskError
from kiosk.services.approvals import Approval, approver_for
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.printers import printer_row
from kiosk.services.printing import queue_at
from kiosk.services.recording import record
from kiosk.services.tills import operator_of
from kiosk.storage import printer_profiles, printers
from kiosk.storage.database import Connection
from printers.elements import Document, Trial
from printers.profiles import CODE_PAGES, Profile

# The printable width of the paper on which a line of so many letters ends at the edge.
_PAPERS: Final[Mapping[str, dict[str, int]]] = {
    "32": {"columns": 32, "paper_mm": 58, "paper_dots": 384},
    "42": {"columns": 42, "paper_mm": 80, "paper_dots": 512},
    "48": {"columns": 48, "paper_mm": 80, "paper_dots": 576},
}
_NUMBERS: Final = {str(number): codec for codec, number in CODE_PAGES.items()}


class NotAllAnsweredError(KioskError):
    """A question about the test page has no answer, or one that is not offered."""

    def __init__(self) -> None:
        super().__init__(N_("Answer each question about the paper, then save."))


@dataclass(frozen=True, slots=True)
class SeenOnPaper:
    """The answers as sent.

    `columns` is 32, 42 or 48, `code_page` a number or none, `qr` printer, picture or none,
    `cut` and `drawer` yes or no.
    """

    columns: str
    code_page: str
    qr: str
    cut: str
    drawer: str


def try_drawer(here: Installation, browser: Browser, printer_id: int, approval: Approval) -> None:
    """Queue a kick of the drawer, whatever the profile says; takes a coordinator.

    A drawer opened without a sale is in the journal. Raises PrinterUnknownError, NotSetUpError
    and what `approver_for` raises.
    """
    operator, approver = operator_of(browser), approver_for(here, browser, approval)
    with here.db.write() as connection:
        row = printer_row(connection, printer_id)
        at = stamp(here.clock.now())
        kick = Document((Trial("drawer"),))
        queue_at(connection, row.id, N_("Drawer test"), kick, at, purpose="report")
        record(
            here,
            connection,
            "drawer_opened",
            {"reason": "test", "printer": row.name},
            by=operator,
            approved_by=approver,
            till=browser.till,
        )
    here.bells.printing.ring()
    here.bells.upload.ring()


def fit(
    here: Installation, browser: Browser, printer_id: int, seen: SeenOnPaper, approval: Approval
) -> Profile:
    """Give a printer the kind that was seen on its paper; takes a coordinator.

    Raises NotAllAnsweredError, PrinterUnknownError and what `approver_for` raises.
    """
    approver_for(here, browser, approval)
    with here.db.write() as connection:
        row = printer_row(connection, printer_id)
        now = printer_profiles.profile(connection, row.profile)
        key = _key_of(connection, now, replace(now, **_changes(now, seen)), row.name)
        if key != row.profile:
            printers.change(connection, printer_id, row.name, row.address, key)
        fitting = printer_profiles.profile(connection, key)
    here.bells.printing.ring()
    return fitting


def _changes(now: Profile, seen: SeenOnPaper) -> dict[str, Any]:
    """Say what the answers change; the width stays where the number of letters does."""
    if (
        seen.columns not in _PAPERS
        or seen.code_page not in {*_NUMBERS, "none"}
        or seen.qr not in ("printer", "picture", "none")
        or not {seen.cut, seen.drawer} <= {"yes", "no"}
    ):
        raise NotAllAnsweredError
    changes: dict[str, Any] = {
        "has_cutter": seen.cut == "yes",
        "has_drawer": seen.drawer == "yes",
        "qr_native": seen.qr == "printer",
    }
    if seen.columns != str(now.columns):
        changes |= _PAPERS[seen.columns]
    if seen.code_page in _NUMBERS:
        changes |= {"code_page": _NUMBERS[seen.code_page], "code_page_number": int(seen.code_page)}
    return changes


def _key_of(connection: Connection, now: Profile, wanted: Profile, printer: str) -> str:
    """Find a kind that is as wanted, or describe one: the printer's own, if it has one alone."""
    everything = printer_profiles.all_profiles(connection)
    for one in (now, *everything):
        if replace(one, key=wanted.key, name=wanted.name) == wanted:
            return one.key
    if (
        printer_profiles.is_own(now.key)
        and len(printer_profiles.printers_of(connection, now.key)) == 1
    ):
        printer_profiles.change(connection, wanted)
        return now.key
    names = {one.name for one in everything}
    name = next(
        name for n in count(1) if (name := f"{printer} ({n})" if n > 1 else printer) not in names
    )
    return printer_profiles.add(connection, replace(wanted, name=name))
