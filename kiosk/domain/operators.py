"""Operators: roles, and what each may do."""

from dataclasses import dataclass
from typing import Final

from kiosk.domain.entries import Operator
from kiosk.errors import N_, KioskError

ROLES: Final = ("cashier", "vendor", "coordinator", "organiser")
APPROVERS: Final = frozenset({"coordinator", "organiser"})

CASHIER_PIN_DIGITS: Final = 4
APPROVER_PIN_DIGITS: Final = 6

# Wrong PINs that cost nothing; every further one doubles the wait, up to the longest.
FREE_TRIES: Final = 3
LONGEST_WAIT_SECONDS: Final = 15 * 60


class NotAllowedError(KioskError):
    """What was asked for takes a role that the operator does not have."""

    status = 403

    def __init__(self) -> None:
        super().__init__(N_("This takes a coordinator. Ask one to sign in."))


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who signs in with a PIN; `stall` is whose goods a vendor looks after."""

    id: str
    name: str
    role: str
    stall: str | None = None

    @property
    def operator(self) -> Operator:
        """As written into entries."""
        return Operator(self.id, self.name)

    def looks_after(self, stall: str) -> bool:
        """Whether she may count a stall's goods and add to them."""
        return self.approves or (self.role == "vendor" and self.stall == stall)

    def writes_for(self, stall: str) -> bool:
        """Whether she may write orders down on a stall's phone: anybody but another vendor."""
        return self.role != "vendor" or self.stall in (None, stall)

    @property
    def approves(self) -> bool:
        """Whether voids, reprints and the like need nobody else."""
        return self.role in APPROVERS


def wait_after(wrong_tries: int) -> int:
    """Give the seconds to wait after so many wrong PINs in a row: 0, 0, 0, 5, 10, 20 and on."""
    if wrong_tries < FREE_TRIES:
        return 0
    doublings = min(wrong_tries - FREE_TRIES, 10)
    return min(5 << doublings, LONGEST_WAIT_SECONDS)


def pin_is_long_enough(pin: str, role: str) -> bool:
    """Say whether a new PIN has digits alone, and enough of them for the role."""
    least = APPROVER_PIN_DIGITS if role in APPROVERS else CASHIER_PIN_DIGITS
    return pin.isascii() and pin.isdigit() and len(pin) >= least
