"""Change that a buyer leaves (*kembalian direlakan*): a tip or a donation, never omzet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from kiosk.domain.money import ZERO, Rupiah, format_rupiah
from kiosk.errors import N_, KioskError

Reason = Literal["tip", "donation"]
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)


class TipReasonError(KioskError):
    """A form leaves change for something that nobody leaves it for."""

    def __init__(self) -> None:
        super().__init__(N_("Choose what the change is left for: a tip or a donation."))


class TipTooLargeError(KioskError):
    """More would be left than the buyer has coming."""

    def __init__(self, most: Rupiah) -> None:
        self.most = most
        message = (
            N_("At most %(most)s of change can be left here. Type that or less.")
            if most > 0
            else N_("There is no change of this sale to leave.")
        )
        super().__init__(message, most=format_rupiah(most))


class TipTooSmallError(KioskError):
    """Nothing would be left."""

    def __init__(self) -> None:
        super().__init__(
            N_("Type how much of the change is left, or leave the field empty for all.")
        )


@dataclass(frozen=True, slots=True)
class Tip:
    """Change left of one sale; below Rp0 with `undoes` it takes an earlier one back."""

    sale: str
    number: str
    shift: str
    reason: Reason
    amount_rp: Rupiah
    undoes: str | None = None

    def __post_init__(self) -> None:
        if (self.amount_rp < 0) != (self.undoes is not None) or self.amount_rp == 0:
            raise ValueError("change is left, or what was left is undone")

    def as_body(self) -> Mapping[str, Any]:
        """Give the body of its `cash_moved` entry."""
        body = {
            "shift": self.shift,
            "amount_rp": self.amount_rp,
            "reason": self.reason,
            "sale": self.sale,
            "number": self.number,
        }
        return body if self.undoes is None else {**body, "undoes": self.undoes}


def read_reason(text: str) -> Reason:
    """Read what change is left for; raises TipReasonError."""
    if text not in REASONS:
        raise TipReasonError
    return text


def leave(most_rp: Rupiah, asked_rp: Rupiah | None) -> Rupiah:
    """Say how much of `most_rp` change is left: all of it, or what was asked.

    Raises TipTooLargeError, TipTooSmallError.
    """
    left_rp = most_rp if asked_rp is None else asked_rp
    if left_rp > most_rp or most_rp <= ZERO:
        raise TipTooLargeError(most_rp)
    if left_rp <= ZERO:
        raise TipTooSmallError
    return left_rp
