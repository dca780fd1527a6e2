"""Payments: the parts a sale is paid in, each of one method and to one payee."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

from kiosk.domain.methods import kind_of
from kiosk.domain.money import ZERO, Rupiah, format_rupiah, total
from kiosk.errors import N_, KioskError

CASH: Final = "cash"
QRIS: Final = "qris"
TRANSFER: Final = "transfer"
QRIS_LIMIT: Final = Rupiah(10_000_000)


class PaymentTooSmallError(KioskError):
    """What was handed over does not cover what is due."""

    def __init__(self, due: Rupiah, paid: Rupiah) -> None:
        self.due = due
        self.paid = paid
        super().__init__(N_("%(rest)s is still to be paid."), rest=format_rupiah(due - paid))


class PaymentTooLargeError(KioskError):
    """A payment without change is more than is due: only cash gives change."""

    def __init__(self, due: Rupiah, paid: Rupiah) -> None:
        self.due = due
        self.paid = paid
        super().__init__(
            N_("Only %(due)s is due. Type that or less; only cash gives change."),
            due=format_rupiah(due),
        )


class QrisLimitError(KioskError):
    """One QRIS payment may not be larger than the scheme allows."""

    def __init__(self, amount: Rupiah) -> None:
        self.amount = amount
        super().__init__(
            N_("One QRIS payment takes at most %(most)s. Split the payment over two."),
            most=format_rupiah(QRIS_LIMIT),
        )


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of a sale.

    `tendered_rp` and `change_rp` are two facts, for cash alone: what was handed over less
    the change is the amount. Cash of a negative amount gives back what another payment
    brought too much. `name` is the organiser's own name of the method, `face_rp` what a
    voucher is worth, also where less of it was used.
    """

    n: int
    method: str
    payee: str
    amount_rp: Rupiah
    tendered_rp: Rupiah | None = None
    change_rp: Rupiah | None = None
    nmid: str | None = None
    reference: str | None = None
    state: str = "final"
    name: str = ""
    face_rp: Rupiah | None = None

    def __post_init__(self) -> None:
        if self.method == CASH:
            if (self.tendered_rp or 0) - (self.change_rp or 0) != self.amount_rp:
                raise ValueError("cash tendered less change must be the amount")
            if self.amount_rp < 0 and self.tendered_rp:
                raise ValueError("who is given money back hands none over")
            return
        if self.tendered_rp is not None or self.change_rp is not None:
            raise ValueError("only cash is tendered and gives change")
        if self.amount_rp <= 0:
            raise PaymentTooSmallError(Rupiah(1), ZERO)
        if self.method == QRIS and self.amount_rp > QRIS_LIMIT:
            raise QrisLimitError(self.amount_rp)
        if self.face_rp is not None and self.face_rp < self.amount_rp:
            raise ValueError("a voucher pays at most what it is worth")

    @property
    def kind(self) -> str:
        """The kind of its method."""
        return kind_of(self.method)

    @property
    def gives_back(self) -> bool:
        """Whether it hands an overpayment back, in cash."""
        return self.amount_rp < 0

    def as_json(self) -> dict[str, Any]:
        """As in the body of a sale: `nmid` for QRIS only, `name` and `face_rp` where there are."""
        document = asdict(self)
        if self.method != QRIS:
            del document["nmid"]
        for rare in ("name", "face_rp"):
            if not document[rare]:
                del document[rare]
        return document


def still_due(total_rp: Rupiah, payments: Iterable[Payment]) -> Rupiah:
    """Give what is left to pay of `total_rp` after `payments`."""
    return Rupiah(total_rp - total(payment.amount_rp for payment in payments))
