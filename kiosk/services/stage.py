"""The stage: what the cashier of each till last put before the buyer's eyes.

It is a hint kept in memory, so that a tap writes nothing more for it; what is shown is
always read from the rows. After a restart the rows alone say what to show.
"""

from dataclasses import dataclass
from typing import Final, Literal

Act = Literal["cart", "paid", "receipt"]
PAID_SECONDS: Final = 45


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A QRIS code as it stands on the cashier's screen; `amount_rp` is what is asked."""

    payload: str
    merchant: str
    nmid: str
    amount_rp: int


@dataclass(frozen=True, slots=True)
class Staged:
    """What is shown: a cart (its id is the sale's, too), and since when (monotonic seconds)."""

    act: Act
    cart: str
    since: float
    code: ShownCode | None = None


class Stage:
    """By till, the last thing shown; one assignment a change, so no lock is needed."""

    def __init__(self) -> None:
        self._by_till: dict[str, Staged] = {}

    def show(self, till: str, staged: Staged) -> None:
        """Put something before the buyer of a till."""
        self._by_till[till] = staged

    def now(self, till: str) -> Staged | None:
        """Give what is shown at a till, None after a restart."""
        return self._by_till.get(till)
