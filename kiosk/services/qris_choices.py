"""Whose QRIS code a cart may be paid to, and how much of it to each."""

from dataclasses import dataclass

from kiosk.domain.carts import Cart
from kiosk.domain.money import Rupiah
from kiosk.domain.payments import QRIS, QRIS_LIMIT
from kiosk.domain.qris import QrisCode, read_static, with_amount
from kiosk.domain.settling import Bill
from kiosk.errors import N_, KioskError
from kiosk.services.payees import Choice, Choices, choose
from kiosk.storage import catalogue, outages, qris_codes
from kiosk.storage.catalogue import Catalogue
from kiosk.storage.database import Connection


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
class QrisChoice(Choice):
    """A code that may be shown, and whether the amount is filled in."""

    code: QrisCode
    fills: bool = False

    @property
    def at_once_rp(self) -> Rupiah:
        """What one payment may take of it: the scheme has a limit."""
        return min(self.most_rp, QRIS_LIMIT)

    def payload(self, amount_rp: Rupiah) -> str:
        """Give what the picture says: the seller's own code, or one with the amount in it."""
        return with_amount(self.code, amount_rp) if self.fills else self.code.payload


def is_out(connection: Connection) -> bool:
    """Say whether QRIS was switched off for this machine."""
    return outages.is_out(connection, QRIS)


def qris_choices(
    connection: Connection, cart: Cart, bill: Bill, frame: Catalogue
) -> Choices[QrisChoice]:
    """List the codes that a cart's rest may be paid to.

    Raises QrisOutageError, and NoQrisCodeError where there is none.
    """
    if is_out(connection):
        raise QrisOutageError
    rows = qris_codes.codes(connection, frame.event, catalogue.stalls(connection))

    def offer(payee: str, most_rp: Rupiah) -> QrisChoice:
        row = rows[payee]
        return QrisChoice(payee, row.name, most_rp, read_static(row.payload or ""), row.fills)

    found = choose(cart, bill, {payee for payee, row in rows.items() if row.payload}, offer)
    if not found.choices:
        raise NoQrisCodeError
    return found
