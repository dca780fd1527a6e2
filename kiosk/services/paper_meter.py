"""The paper meter: how much of the roll in each printer is left, by what was printed.

A printer that has a sensor for the end of its roll is believed as soon as it has spoken once;
a roll that ran out and was reloaded counts as a new one by itself.
"""

from dataclasses import dataclass
from typing import Final

from kiosk.clock import stamp
from kiosk.errors import N_, KioskError
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.printing import PrinterUnknownError
from kiosk.services.tills import operator_of
from kiosk.storage import printers, rolls
from kiosk.storage.database import Connection
from kiosk.storage.rolls import RollRow
from printers.profiles import DOTS_PER_MM, Profile

LOW_PERCENT: Final = 10
MOST_METRES: Final = 200
# What is sold most; a printer's own length is set on its page.
USUAL_METRES_NARROW: Final = 20
USUAL_METRES_WIDE: Final = 60
_NARROW_PAPER_MM: Final = 60
# Less than this on a roll, and somebody has just said that it is new.
_JUST_BEGUN_ROWS: Final = 500 * DOTS_PER_MM


class RollLengthError(KioskError):
    """A roll's length that is no whole number of metres."""

    def __init__(self) -> None:
        super().__init__(
            N_("Write the length of a roll in whole metres, 1 to %(most)d."), most=MOST_METRES
        )


@dataclass(frozen=True, slots=True)
class RollView:
    """The roll in a printer: what is left, and whether it is time to have a new one ready."""

    length_mm: int
    used_mm: int
    is_low: bool
    can_be_taken_back: bool

    @property
    def left_mm(self) -> int:
        """Say how much is left, by the count."""
        return max(0, self.length_mm - self.used_mm)

    @property
    def left_percent(self) -> int:
        """Say how much is left of a hundred parts."""
        return 100 * self.left_mm // self.length_mm


def roll_view(row: RollRow, kind: Profile, state: str) -> RollView:
    """Show a roll; `state` is the printer's own word."""
    length_mm = row.length_mm or 1_000 * usual_metres(kind)
    used_mm = row.used_rows // DOTS_PER_MM
    counted_low = 100 * (length_mm - used_mm) <= LOW_PERCENT * length_mm
    return RollView(
        length_mm,
        used_mm,
        is_low=state == "near_end" or (counted_low and not row.has_sensor),
        can_be_taken_back=row.used_rows_before is not None,
    )


def usual_metres(kind: Profile) -> int:
    """Give the length of the rolls that fit a kind of printer, as they are mostly sold."""
    return USUAL_METRES_NARROW if kind.paper_mm < _NARROW_PAPER_MM else USUAL_METRES_WIDE


def new_roll(here: Installation, browser: Browser, printer_id: int) -> None:
    """Begin a new roll; raises PrinterUnknownError."""
    operator_of(browser)
    with here.db.write() as connection:
        _check(connection, printer_id)
        rolls.put_in(connection, printer_id, stamp(here.clock.now()))


def old_roll_after_all(here: Installation, browser: Browser, printer_id: int) -> None:
    """Undo the last new roll; where there is none to undo, nothing changes."""
    operator_of(browser)
    with here.db.write() as connection:
        _check(connection, printer_id)
        rolls.take_back(connection, printer_id)


def set_roll_length(here: Installation, browser: Browser, printer_id: int, metres: str) -> None:
    """Say how long a printer's rolls are; raises RollLengthError, PrinterUnknownError."""
    operator_of(browser)
    text = metres.strip()
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= MOST_METRES):
        raise RollLengthError
    with here.db.write() as connection:
        _check(connection, printer_id)
        rolls.set_length(connection, printer_id, 1_000 * int(text))


def hear_state(connection: Connection, printer_id: int, state: str, at: str) -> None:
    """Learn from what a printer says of itself: its sensor, or a roll that was changed."""
    if state == "near_end":
        rolls.sensor_spoke(connection, printer_id)
    row = printers.printer(connection, printer_id)
    was_out = row is not None and row.state == "paper_out"
    is_well = state in ("ready", "near_end")
    if was_out and is_well and rolls.roll(connection, printer_id).used_rows > _JUST_BEGUN_ROWS:
        rolls.put_in(connection, printer_id, at)


def _check(connection: Connection, printer_id: int) -> None:
    if printers.printer(connection, printer_id) is None:
        raise PrinterUnknownError
