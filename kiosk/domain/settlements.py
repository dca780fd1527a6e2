"""Settlements: what a stall is still owed of a bazaar, and handing it over.

A settlement adds up what was fixed with each sale and refund and recomputes none of it. What
buyers paid to the stall itself (its own QRIS code, its own drawer) it has already; so a stall
that was paid all by itself owes its commission. Money goes either way, never more than is owed.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, get_args

from kiosk.domain.money import ZERO, Rupiah, format_rupiah, round_cash_down
from kiosk.errors import N_, KioskError

Way = Literal["cash", "transfer"]
WAYS: Final[tuple[Way, ...]] = get_args(Way)


class SettlementTooLargeError(KioskError):
    """More would change hands than is owed."""

    def __init__(self, owed: Rupiah) -> None:
        self.owed = owed
        super().__init__(
            N_("Only %(owed)s is open. Type that much or less, or leave the field empty for all."),
            owed=format_rupiah(abs(owed)),
        )


class SettlementWayError(KioskError):
    """Money would change hands in a way nobody knows."""

    def __init__(self) -> None:
        super().__init__(N_("Say whether it is cash from the drawer or a transfer."))


@dataclass(frozen=True, slots=True)
class StallAccount:
    """What a stall sold of one event at one machine, less what came back.

    `received_rp` was paid to the stall itself, `handed_rp` handed over in settlements; either
    is below Rp0 where more went the other way.
    """

    gross_rp: Rupiah = ZERO
    discount_rp: Rupiah = ZERO
    commission_rp: Rupiah = ZERO
    received_rp: Rupiah = ZERO
    handed_rp: Rupiah = ZERO

    @property
    def net_rp(self) -> Rupiah:
        """The stall's share."""
        return Rupiah(self.gross_rp - self.discount_rp - self.commission_rp)

    @property
    def owed_rp(self) -> Rupiah:
        """What the bazaar still owes the stall; below Rp0 what the stall owes."""
        return Rupiah(self.net_rp - self.received_rp - self.handed_rp)

    @property
    def is_empty(self) -> bool:
        """Whether nothing ever happened on it."""
        return self == StallAccount()

    def most_rp(self, way: Way, step_rp: int) -> Rupiah:
        """Say how much may change hands, whichever way: in cash in steps that coins can make."""
        owed_rp = Rupiah(abs(self.owed_rp))
        rounding_rp = round_cash_down(owed_rp, step_rp) if way == "cash" else ZERO
        return Rupiah(owed_rp + rounding_rp)

    def settle(self, way: Way, asked_rp: Rupiah | None, step_rp: int) -> Rupiah:
        """Say what changes hands now: all that may, or what was asked; signed as what is owed.

        Raises SettlementTooLargeError.
        """
        most_rp = self.most_rp(way, step_rp)
        amount_rp = most_rp if asked_rp is None else asked_rp
        if amount_rp > most_rp:
            raise SettlementTooLargeError(most_rp)
        return Rupiah(-amount_rp if self.owed_rp < 0 else amount_rp)


@dataclass(frozen=True, slots=True)
class Settlement:
    """Money handed to a stall (below Rp0: by it), with the account as it stood before.

    `shift` is whose drawer the cash was of, None for a transfer. With `undoes` it takes an
    earlier one back.
    """

    event: str
    stall: str
    name: str
    account: StallAccount
    amount_rp: Rupiah
    way: Way
    shift: str | None
    undoes: str | None = None

    def __post_init__(self) -> None:
        if (self.way == "cash") != (self.shift is not None):
            raise ValueError("cash is of a drawer, and nothing else is")

    @property
    def left_rp(self) -> Rupiah:
        """What is still owed after it."""
        return Rupiah(self.account.owed_rp - self.amount_rp)

    def as_body(self) -> Mapping[str, Any]:
        """Give the body of its entry."""
        body = {
            "event": self.event,
            "stall": self.stall,
            "name": self.name,
            **asdict(self.account),
            "amount_rp": self.amount_rp,
            "way": self.way,
            "shift": self.shift,
        }
        return body if self.undoes is None else {**body, "undoes": self.undoes}


def read_settlement(body: Mapping[str, Any]) -> Settlement:
    """Read the body of a `settlement` entry back."""
    account = StallAccount(**{name: Rupiah(body[name]) for name in StallAccount.__slots__})
    return Settlement(
        event=body["event"],
        stall=body["stall"],
        name=body["name"],
        account=account,
        amount_rp=Rupiah(body["amount_rp"]),
        way=body["way"],
        shift=body["shift"],
        undoes=body.get("undoes"),
    )


def read_way(text: str) -> Way:
    """Read how money changes hands; raises SettlementWayError."""
    for way in WAYS:
        if way == text:
            return way
    raise SettlementWayError
