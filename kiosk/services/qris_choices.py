"""Whose QRIS code a cart may be paid to, and how much of it to each.

One stall's goods go to her own code first; a mixed cart to the bazaar's, if there is one,
otherwise stall by stall, each with its own part.
"""

from dataclasses import dataclass

from kiosk.domain.carts import Cart
from kiosk.domain.catalogue import BAZAAR
from kiosk.domain.money import ZERO, Rupiah, total
from kiosk.domain.payments import QRIS, QRIS_LIMIT, Payment, still_due
from kiosk.domain.qris import QrisCode, read_static, with_amount
from kiosk.domain.settling import Bill
from kiosk.errors import N_, KioskError
from kiosk.storage import catalogue, outages, qris_codes
from kiosk.storage.catalogue import Catalogue
from kiosk.storage.database import Connection
from kiosk.storage.qris_codes import CodeRow


class NoQrisCodeError(KioskError):
    """Nobody in this cart can be paid by QRIS."""

    def __init__(self) -> None:
        super().__init__(
            N_("There is no QRIS code for this order. Take cash, or ask the coordinator.")
        )


class QrisOutageError(KioskError):
    """A coordinator said that QRIS is out of order."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "QRIS is out of order. Take the money another way. If it did arrive, ask the coordinator to switch QRIS on again."
            )
        )


@dataclass(frozen=True, slots=True)
class QrisChoice:
    """A code that may be shown: whose, and how much of the rest may go to it."""

    payee: str
    payee_name: str
    code: QrisCode
    most_rp: Rupiah
    fills: bool = False

    @property
    def at_once_rp(self) -> Rupiah:
        """What one payment may take of it: the scheme has a limit."""
        return min(self.most_rp, QRIS_LIMIT)

    def payload(self, amount_rp: Rupiah) -> str:
        """Give what the picture says: the seller's own code, or one with the amount in it."""
        return with_amount(self.code, amount_rp) if self.fills else self.code.payload


@dataclass(frozen=True, slots=True)
class QrisChoices:
    """The codes to choose from, the likeliest first.

    Where stalls are paid one after the other, `done` of `steps` have been; `without_rp` is
    for goods of stalls that have no code.
    """

    choices: tuple[QrisChoice, ...] = ()
    done: int = 0
    steps: int = 0
    without_rp: Rupiah = ZERO

    def chosen(self, payee: str) -> QrisChoice:
        """Give the choice of a payee, else the likeliest; raises NoQrisCodeError."""
        found = next((choice for choice in self.choices if choice.payee == payee), None)
        if found is None and not self.choices:
            raise NoQrisCodeError
        return found or self.choices[0]


def is_out(connection: Connection) -> bool:
    """Say whether QRIS was switched off for this machine."""
    return outages.is_out(connection, QRIS)


def qris_choices(connection: Connection, cart: Cart, bill: Bill, frame: Catalogue) -> QrisChoices:
    """List the codes that a cart's rest may be paid to."""
    rows = qris_codes.codes(connection, frame.event, catalogue.stalls(connection))
    owed = {stall: _owed_to(stall, cart, bill.parts) for stall in cart.stalls()}
    of_bazaar = _choices([rows[BAZAAR]], {BAZAAR: bill.rest_rp}, bill.rest_rp)
    of_stalls = _choices([rows[stall] for stall in owed], owed, bill.rest_rp)
    if len(owed) == 1:
        return QrisChoices(of_stalls + of_bazaar)
    if of_bazaar:
        return QrisChoices(of_bazaar + of_stalls)
    with_code = [stall for stall in owed if rows[stall].payload]
    return QrisChoices(
        of_stalls,
        done=sum(1 for stall in with_code if owed[stall] <= 0),
        steps=len(with_code),
        without_rp=total(owed[stall] for stall in owed if stall not in with_code),
    )


def _choices(
    rows: list[CodeRow], owed: dict[str, Rupiah], rest_rp: Rupiah
) -> tuple[QrisChoice, ...]:
    return tuple(
        QrisChoice(row.payee, row.name, read_static(row.payload), most_rp, row.fills)
        for row in rows
        if row.payload and (most_rp := min(rest_rp, owed[row.payee])) > 0
    )


def _owed_to(stall_id: str, cart: Cart, parts: tuple[Payment, ...]) -> Rupiah:
    """Give what of a stall's goods is not paid to it yet; cash given back was too much anyway."""
    return still_due(cart.pricing.of_stall(stall_id), _paid_to(stall_id, parts))


def _paid_to(payee: str, parts: tuple[Payment, ...]) -> list[Payment]:
    """List what a payee got, with the cash given back of it, which follows its part."""
    return [
        part
        for part, before in zip(parts, (None, *parts), strict=False)
        if (before if part.gives_back and before else part).payee == payee
    ]
