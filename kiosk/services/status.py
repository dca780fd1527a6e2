"""What is well with this machine and what is not, each with a sentence on what to do.

Shared by the status page and `kiosk doctor`.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import kiosk
from kiosk.clock import WIB
from kiosk.errors import N_
from kiosk.services.backup_plan import backup_state
from kiosk.services.clock_check import check_clock
from kiosk.services.installation import Installation
from kiosk.services.printer_advice import advice, in_words
from kiosk.services.printers import PrinterView, all_printers
from kiosk.services.second_copy import missing_entries
from kiosk.services.uploads import upload_state
from kiosk.settings import LOOPBACK
from kiosk.sqlite_engine import engine_version, wal_is_safe
from kiosk.storage import catalogue, journal, uploads

LOW_DISK_BYTES: Final = 500 * 1024 * 1024
FILES_OF_ROOM: Final = 5
# The states of a printer that needs nobody, by the codes of `printers.errors`.
_PRINTS: Final = ("ready", "near_end", "unknown", "hand_over_only")
_WAITS_LONG: Final = timedelta(hours=2)
_MOMENT: Final = "%d/%m/%Y %H.%M WIB"


@dataclass(frozen=True, slots=True)
class StatusFact:
    """One fact; `name` and `advice` are texts to translate, `value` is not.

    `told` are texts to translate that follow the value, each with the number it speaks of.
    `is_grave` where sales of this machine are in danger.
    """

    name: str
    value: str
    ok: bool
    advice: str = ""
    is_grave: bool = False
    told: tuple[tuple[str, int], ...] = ()


def facts(here: Installation) -> list[StatusFact]:
    """List all facts, the ones about money first."""
    return [
        *_about_damage(here),
        *_about_journal(here),
        _about_disk(here),
        _about_engine(here),
        _about_clock(here),
        *_about_hub(here),
        *_about_second_copy(here),
        _about_backups(here),
        *_about_printers(here),
        _about_network(here),
        StatusFact(N_("Version"), kiosk.__version__, ok=True),
    ]


def _about_journal(here: Installation) -> Iterator[StatusFact]:
    with here.db.read() as connection:
        current = journal.current(connection)
        frame = catalogue.catalogue(connection)
        head = journal.head(connection, current) if current else None
    yield StatusFact(
        N_("Journal"),
        f"{head.seq} · {head.hash.hex()[:8]}" if head else "–",
        ok=head is not None,
        advice="" if head else N_("Set this machine up with the code from the organiser."),
    )
    yield StatusFact(
        N_("Event"),
        f"{frame.event.name} · {frame.installation_name}" if frame else "–",
        ok=frame is not None,
    )


def disk_is_low(here: Installation) -> bool:
    """Say early that room runs out: a backup is as large as the file, and several are kept."""
    try:
        file_bytes = here.db.path.stat().st_size
    except FileNotFoundError:
        file_bytes = 0
    return _free_bytes(here) < max(LOW_DISK_BYTES, FILES_OF_ROOM * file_bytes)


def _free_bytes(here: Installation) -> int:
    return shutil.disk_usage(here.folder.path).free


def _about_disk(here: Installation) -> StatusFact:
    free = _free_bytes(here)
    low = disk_is_low(here)
    return StatusFact(
        N_("Free space"),
        f"{free // 1024**2:,} MiB".replace(",", "."),
        ok=not low,
        advice=N_(
            "Storage is almost full. Delete what is not needed on this machine, or let backups go "
            "to a stick."
        )
        if low
        else "",
    )


def _about_engine(here: Installation) -> StatusFact:
    version = ".".join(map(str, engine_version()))
    safe = wal_is_safe(engine_version()) or here.db.journal_mode != "wal"
    return StatusFact(
        N_("SQLite"),
        f"{version} · {here.db.journal_mode.upper()}",
        ok=safe,
        advice="" if safe else N_("This engine can lose sales in WAL mode. Install pysqlite3."),
    )


def _about_clock(here: Installation) -> StatusFact:
    checked = check_clock(here)
    told = [f"{checked.now:{_MOMENT}}"]
    if not checked.is_right and checked.at_hub:
        told.append(f"hub: {checked.at_hub.astimezone(WIB):{_MOMENT}}")
    return StatusFact(
        N_("Clock"),
        " · ".join(told),
        ok=checked.is_right,
        advice=""
        if checked.is_right
        else N_(
            "Set date and time of this machine: receipts show them. Sales keep their order and "
            "their event all the same."
        ),
    )


def _about_damage(here: Installation) -> Iterator[StatusFact]:
    if here.damage.fact:
        yield StatusFact(
            N_("File"),
            here.damage.fact,
            ok=False,
            advice=N_(
                "The file of this machine is damaged. Close the shift, leave this folder as it is, "
                "and restore into a new one from a backup, a stick or the hub."
            ),
            is_grave=True,
        )


def _about_hub(here: Installation) -> Iterator[StatusFact]:
    state = upload_state(here)
    if not state.enrolled:
        yield StatusFact(
            N_("Hub"),
            "–",
            ok=False,
            advice=N_("Set this machine up with the code from the organiser."),
        )
        return
    yield StatusFact(
        N_("Hub"),
        _hub_address(here),
        ok=state.problem is None,
        advice=state.why,
    )
    waits_long = state.since is not None and (
        here.clock.now() - _read(state.since) > _WAITS_LONG and bool(state.waiting_sales)
    )
    sent_at = f"{_read(state.last_sent_at):{_MOMENT}}" if state.last_sent_at else "–"
    yield StatusFact(
        N_("Last upload"),
        f"{sent_at} · +{state.waiting_sales}" if state.waiting_sales else sent_at,
        ok=not waits_long,
        advice=N_(
            "Sales have been waiting for hours. Look for a network and press “Send now”, or write "
            "them to a stick."
        )
        if waits_long
        else "",
    )


def _hub_address(here: Installation) -> str:
    with here.db.read() as connection:
        row = uploads.enrolment(connection)
    return here.settings.hub_url or (row.hub_url if row else "")


def _read(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone(WIB)


def _about_second_copy(here: Installation) -> Iterator[StatusFact]:
    if here.settings.second_copy is None:
        return
    missing = missing_entries(here)
    yield StatusFact(
        N_("Second copy"),
        str(here.settings.second_copy),
        ok=not missing and here.copy.problem is None,
        advice=here.copy.problem or (N_("Not all of the journal is on it yet.") if missing else ""),
    )


def _about_backups(here: Installation) -> StatusFact:
    state = backup_state(here)
    problem = N_("There is no recent backup. Make one on the page of backups.")
    return StatusFact(
        N_("Backup"),
        f"{state.made_at:%d/%m/%Y %H.%M WIB}" if state.made_at else "–",
        ok=state.problem is None and not state.is_late,
        advice=state.problem
        or (problem if state.is_late else "")
        or ("" if state.made_at else N_("The first one is made by itself within minutes.")),
    )


def _about_printers(here: Installation) -> Iterator[StatusFact]:
    printers = all_printers(here)
    if not printers:
        yield StatusFact(
            N_("Printer"), "–", ok=True, advice=N_("None yet. Receipts can be shown on the screen.")
        )
    for printer in printers:
        asks = bool(printer.unsure or printer.held)
        yield StatusFact(
            N_("Printer"),
            printer.name,
            ok=printer.state in _PRINTS and not asks,
            advice=_printer_advice(printer),
            told=((in_words(printer.state), 0), *_open_jobs(printer)),
        )


def _printer_advice(printer: PrinterView) -> str:
    """Say what to do first: see to the printer, then answer what it asks."""
    if printer.state not in _PRINTS:
        return advice(printer.state)
    if printer.unsure:
        return N_("It asks whether receipts came out. Answer on its page.")
    if printer.held:
        return N_("Receipts waited too long. Print or skip them on its page.")
    return advice(printer.state)


def _open_jobs(printer: PrinterView) -> Iterator[tuple[str, int]]:
    if printer.waiting:
        yield N_("%(num)s waiting"), printer.waiting
    if printer.unsure:
        yield N_("%(num)s to look for"), len(printer.unsure)
    if printer.held:
        yield N_("%(num)s held back"), len(printer.held)


def _about_network(here: Installation) -> StatusFact:
    host = here.settings.host
    secure = host in LOOPBACK or here.settings.tls_cert is not None
    return StatusFact(
        N_("Network"),
        f"{host}:{here.settings.port}",
        ok=secure,
        advice=""
        if secure
        else N_("Pages travel unencrypted: this hotspot must be for the staff only."),
    )
