"""What `kiosk printer list` and `test` know: the till's printers, its kinds, and what is nearby."""

from collections.abc import Iterator
from contextlib import closing

from kiosk.errors import WorldError
from kiosk.services.paper_meter import roll_view
from kiosk.settings import read_settings
from kiosk.storage import print_jobs, printer_profiles, printer_uses, rolls
from kiosk.storage.data_folder import DATABASE
from kiosk.storage.database import Connection, open_read_only
from kiosk.storage.printers import PrinterRow, printers
from printers.errors import PrinterError
from printers.profiles import Profile
from printers.profiles import profile as known_profile
from printers.transports import transport_for, write_paced

WRITE_SECONDS = 30.0
FINISH_SECONDS = 2.0
_ASKING = ("waiting", "unsure", "handed_over", "held")


def listed() -> Iterator[str]:
    """Say each printer of the till in KIOSK_DATA: where, what, how it is, and its queue."""
    with closing(open_read_only(read_settings().data / DATABASE)) as connection:
        rows = printers(connection)
        if not rows:
            yield "There is no printer yet. Add one on the till's page Printer."
        for row in rows:
            yield f"{row.id}  {row.name}  {row.address}  {row.profile}  {row.state} {row.fact}"
            yield (
                f"   {_uses(connection, row)}  {_queue(connection, row)}  {_paper(connection, row)}"
            )


def found_nearby() -> Iterator[str]:
    """Say what is connected to this machine and could be added, each with its state."""
    from printers.discovery import nearby  # noqa: PLC0415 - loads USB, which few need

    found = nearby(_known_addresses())
    if not found:
        yield "No other printer is connected to this machine."
    for one in found:
        yield f"{one.address}  {one.model}  {one.profile}  {one.seen.state} {one.seen.fact}"


def print_test_page(target: str, key: str | None) -> int:
    """Print a test page at a printer's number, name or address; how many bytes it took.

    `key` names its kind; without one it is as the till keeps it, or a plain 80 mm printer.
    Raises WorldError.
    """
    from printers.encode import encode  # noqa: PLC0415 - the encoder takes half a second to load
    from printers.layout import lay_out  # noqa: PLC0415 - the same
    from printers.testpage import page  # noqa: PLC0415 - the same

    try:
        address, name, kind = _target(target, key)
        payload = encode(lay_out(page(kind, name, "en"), kind.columns), kind)
        with closing(transport_for(address)) as transport:
            transport.open()
            write_paced(transport, payload, WRITE_SECONDS, kind)
            transport.finish(FINISH_SECONDS)
    except PrinterError as error:
        raise WorldError(str(error)) from None
    return len(payload)


def _target(target: str, key: str | None) -> tuple[str, str, Profile]:
    """Give address, name and kind of what is meant: one of the till's printers, or an address."""
    database = read_settings().data / DATABASE
    if not database.exists():
        return target, target, known_profile(key or "generic-80-48")
    with closing(open_read_only(database)) as connection:
        rows = [one for one in printers(connection) if target in (str(one.id), one.name)]
        address, name = (rows[0].address, rows[0].name) if rows else (target, target)
        usual = rows[0].profile if rows else "generic-80-48"
        return address, name, printer_profiles.profile(connection, key or usual)


def _known_addresses() -> frozenset[str]:
    database = read_settings().data / DATABASE
    if not database.exists():
        return frozenset()
    with closing(open_read_only(database)) as connection:
        return frozenset(row.address for row in printers(connection))


def _uses(connection: Connection, row: PrinterRow) -> str:
    uses = printer_uses.uses_of_printer(connection, row.id)
    said = [f"{purpose}: {', '.join(tills)}" for purpose, tills in uses.items() if tills]
    return "; ".join(said) or "for no till yet"


def _paper(connection: Connection, row: PrinterRow) -> str:
    """Say how much of its roll is left, by what was printed."""
    kind = printer_profiles.profile(connection, row.profile)
    roll = roll_view(rolls.roll(connection, row.id), kind, row.state)
    return f"{roll.left_percent} % of the roll left"


def _queue(connection: Connection, row: PrinterRow) -> str:
    counts = {state: print_jobs.count_in_state(connection, row.id, state) for state in _ASKING}
    said = [f"{count} {state.replace('_', ' ')}" for state, count in counts.items() if count]
    return ", ".join(said) or "nothing waits"
