"""Shifts and the drawer: a ledger of signed movements, counted blind at the end.

Expected cash counts money that stayed in the drawer: what was tendered less the change.
Counted, expected and difference are fixed when the shift closes, never recomputed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.domain.money import PIECES, Rupiah, format_rupiah
from kiosk.errors import N_, KioskError

# What a drawer is counted in, largest first; the Rp1.000 note and coin are one row.
DENOMINATIONS: Final = PIECES
MOST_OF_ONE_KIND: Final = 9_999

# A difference above this asks for a reason; it never keeps a drawer from closing.
REASON_ABOVE: Final = Rupiah(10_000)


class ShiftAlreadyOpenError(KioskError):
    """A till has at most one open shift."""

    def __init__(self, till: str, by: str) -> None:
        self.till = till
        self.by = by
        super().__init__(
            N_("%(till)s is already open, by %(by)s. Go on selling, or close it first."),
            till=till,
            by=by,
        )


class NoOpenShiftError(KioskError):
    """A sale belongs to an open shift, and there is none."""

    def __init__(self, till: str) -> None:
        self.till = till
        super().__init__(N_("%(till)s is not open. Open it with its float, then sell."), till=till)


class CartsStillOpenError(KioskError):
    """Closing would leave orders behind that somebody may still want to pay."""

    def __init__(self, labels: list[str]) -> None:
        self.labels = labels
        super().__init__(
            N_("Orders are still open: %(labels)s. Pay them, or empty them, then close."),
            labels=", ".join(labels[:5]),
        )


class CountNotUnderstoodError(KioskError):
    """A count of notes or coins that is none."""

    def __init__(self, denomination: int, text: str) -> None:
        self.denomination = denomination
        self.text = text[:20]
        super().__init__(
            N_("“%(text)s” is not a number of %(kind)s. Type how many pieces, in digits."),
            text=self.text,
            kind=format_rupiah(denomination),
        )


class ReasonMissingError(KioskError):
    """A large difference was counted and nobody said why."""

    def __init__(self, difference: Rupiah) -> None:
        self.difference = difference
        super().__init__(
            N_(
                "The count and the till differ by more than %(limit)s. Count once more, or say why in a few words; then it closes."
            ),
            limit=format_rupiah(REASON_ABOVE),
        )


@dataclass(frozen=True, slots=True)
class Shift:
    """One operator's time at a till; `day` is its opening day in WIB, `YYYY-MM-DD`."""

    id: str
    till: str
    event: str
    day: str
    opened_at: str
    opened_by: str
    float_rp: Rupiah
    closed_at: str | None = None


@dataclass(frozen=True, slots=True)
class DrawerCount:
    """What was found in the drawer against what should be there."""

    counted_rp: Rupiah
    expected_rp: Rupiah

    @property
    def difference_rp(self) -> Rupiah:
        """Over where positive, short where negative."""
        return Rupiah(self.counted_rp - self.expected_rp)


def count_drawer(pieces: Mapping[int, str]) -> tuple[dict[str, int], Rupiah]:
    """Add up typed pieces per denomination; empty is none.

    Gives the pieces by denomination as in the entry's body, and their sum. Raises
    CountNotUnderstoodError naming the denomination.
    """
    counts: dict[str, int] = {}
    for denomination in DENOMINATIONS:
        text = pieces.get(denomination, "").strip() or "0"
        if not (text.isascii() and text.isdigit()) or len(text) > len(str(MOST_OF_ONE_KIND)):
            raise CountNotUnderstoodError(denomination, text)
        if int(text):
            counts[str(denomination)] = int(text)
    return counts, Rupiah(sum(int(kind) * pieces for kind, pieces in counts.items()))
