"""Settling a bill: part by part, by any methods, until nothing is left.

Cash is rounded down, and only where cash is the last part. What a part brings too much
goes back in cash, once somebody agreed; a voucher gives none back unless it is allowed to.
Nothing here knows who pays or where the parts are kept.
"""

from dataclasses import dataclass
from typing import Final

from kiosk.domain.methods import Method
from kiosk.domain.money import ZERO, Rupiah, format_rupiah, round_cash_down
from kiosk.domain.payments import (
    CASH,
    Payment,
    PaymentTooLargeError,
    PaymentTooSmallError,
    still_due,
)
from kiosk.errors import N_, KioskError

# What a cashier may hand back of an overpayment; above it a coordinator stands in.
GIVEN_BACK_AT_MOST: Final = Rupiah(200_000)


class OverpaidError(PaymentTooLargeError):
    """A part brings more than is due, and nobody has agreed yet to give the rest back."""

    def __init__(self, due: Rupiah, paid: Rupiah, back: Rupiah) -> None:
        self.due = due
        self.paid = paid
        self.back = back
        KioskError.__init__(
            self,
            N_("%(paid)s is %(back)s more than is due. Give that back in cash, or type what came."),
            paid=format_rupiah(paid),
            back=format_rupiah(back),
        )


class CashStepError(KioskError):
    """A part in cash that the coins in use cannot make."""

    def __init__(self, amount: Rupiah, step_rp: int) -> None:
        self.amount = amount
        super().__init__(
            N_("No coins make %(amount)s. Type a part in steps of %(step)s, or all that is left."),
            amount=format_rupiah(amount),
            step=format_rupiah(step_rp),
        )


class GivenBackTooMuchError(KioskError):
    """More cash would go back than may, or than the drawer holds."""

    def __init__(self, most: Rupiah) -> None:
        self.most = most
        super().__init__(
            N_("At most %(most)s can be given back from the drawer here. Ask the coordinator."),
            most=format_rupiah(most),
        )


@dataclass(frozen=True, slots=True)
class Bill:
    """What is to be paid, what of it was, and the step that cash is rounded down to."""

    total_rp: Rupiah
    parts: tuple[Payment, ...] = ()
    step_rp: int = 0

    @property
    def rest_rp(self) -> Rupiah:
        """What is left to pay; below Rp0 where goods became cheaper after a part was taken."""
        return still_due(self.total_rp, self.parts)

    @property
    def rounding_rp(self) -> Rupiah:
        """The rounding (≤ 0) if cash is the last part; it never takes a sale below Rp0."""
        rounding_rp = round_cash_down(self.rest_rp, self.step_rp)
        return rounding_rp if self.total_rp + rounding_rp >= 0 else ZERO

    @property
    def cash_rest_rp(self) -> Rupiah:
        """What is left to pay in cash."""
        return Rupiah(self.rest_rp + self.rounding_rp)


@dataclass(frozen=True, slots=True)
class Tender:
    """One part as somebody offers it.

    Without `amount_rp` it is all that is left; `tendered_rp` is cash in the hand, `most_rp`
    what may go to this payee. `gives_back` is a person's word that what is too much goes
    back in cash, at most `most_back_rp`.
    """

    method: Method
    payee: str
    amount_rp: Rupiah | None = None
    tendered_rp: Rupiah | None = None
    most_rp: Rupiah | None = None
    nmid: str | None = None
    reference: str | None = None
    gives_back: bool = False
    most_back_rp: Rupiah = ZERO


@dataclass(frozen=True, slots=True)
class Settled:
    """A bill's parts after one more, and whether they pay it."""

    parts: tuple[Payment, ...]
    rounding_rp: Rupiah
    left_rp: Rupiah

    @property
    def is_paid(self) -> bool:
        """Whether nothing is left: the parts make the total and its rounding."""
        return self.left_rp == 0


def take(bill: Bill, tender: Tender) -> Settled:
    """Take one more part.

    Raises PaymentTooSmallError, PaymentTooLargeError, CashStepError, OverpaidError,
    GivenBackTooMuchError and QrisLimitError; then nothing was taken. A bill of which nothing is left takes no
    part: it is finished, and what was paid too much goes back.
    """
    if bill.rest_rp <= 0:
        return _finish(bill, tender)
    if tender.method.kind == CASH:
        return _settled(bill, _cash(bill, tender))
    part, back_rp = _cashless(bill, tender)
    if not back_rp:
        return _settled(bill, part)
    with_part = Bill(bill.total_rp, (*bill.parts, part), bill.step_rp)
    return _give_back(with_part, tender, back_rp)


def take_part_back(parts: tuple[Payment, ...], place: int) -> tuple[Payment, ...]:
    """Drop part `place` with the cash that it brought back; the others are left as they are."""
    return tuple(
        part
        for part, before in zip(parts, (None, *parts), strict=False)
        if part.n != place and not (part.gives_back and before and before.n == place)
    )


def _cash(bill: Bill, tender: Tender) -> Payment:
    amount_rp = bill.cash_rest_rp if tender.amount_rp is None else tender.amount_rp
    tendered_rp = amount_rp if tender.tendered_rp is None else tender.tendered_rp
    if amount_rp > bill.cash_rest_rp:
        raise PaymentTooLargeError(bill.cash_rest_rp, amount_rp)
    if amount_rp != bill.cash_rest_rp and round_cash_down(amount_rp, bill.step_rp):
        raise CashStepError(amount_rp, bill.step_rp)
    if tendered_rp < amount_rp or (amount_rp == 0 and bill.cash_rest_rp):
        raise PaymentTooSmallError(max(amount_rp, Rupiah(1)), tendered_rp)
    return Payment(
        n=len(bill.parts) + 1,
        method=tender.method.code,
        payee=tender.payee,
        amount_rp=amount_rp,
        tendered_rp=tendered_rp,
        change_rp=Rupiah(tendered_rp - amount_rp),
        name=tender.method.name,
    )


def _cashless(bill: Bill, tender: Tender) -> tuple[Payment, Rupiah]:
    """Give the part, and what of it must go back in cash."""
    most_rp = bill.rest_rp if tender.most_rp is None else min(bill.rest_rp, tender.most_rp)
    came_rp = most_rp if tender.amount_rp is None else tender.amount_rp
    over_rp = Rupiah(max(0, came_rp - most_rp))
    is_voucher = tender.method.kind == "voucher"
    if over_rp and not is_voucher and not tender.gives_back:
        raise OverpaidError(most_rp, came_rp, over_rp)
    keeps_over = is_voucher and not tender.method.gives_change
    part = Payment(
        n=len(bill.parts) + 1,
        method=tender.method.code,
        payee=tender.payee,
        amount_rp=most_rp if over_rp and keeps_over else came_rp,
        nmid=tender.nmid,
        reference=tender.reference,
        state=tender.method.state,
        name=tender.method.name,
        face_rp=came_rp if is_voucher else None,
    )
    return part, ZERO if keeps_over else over_rp


def _give_back(bill: Bill, tender: Tender, back_rp: Rupiah) -> Settled:
    """Give cash back: rounded as cash is where it is the last part, else to the rupiah."""
    if bill.rest_rp == -back_rp:
        back_rp = Rupiah(-bill.cash_rest_rp)
    if back_rp > tender.most_back_rp:
        raise GivenBackTooMuchError(tender.most_back_rp)
    back = Payment(
        n=len(bill.parts) + 1,
        method=CASH,
        payee=tender.payee,
        amount_rp=Rupiah(-back_rp),
        tendered_rp=ZERO,
        change_rp=back_rp,
    )
    return _settled(bill, back)


def _finish(bill: Bill, tender: Tender) -> Settled:
    if bill.rest_rp == 0:
        return Settled(bill.parts, ZERO, ZERO)
    return _give_back(bill, tender, Rupiah(-bill.rest_rp))


def _settled(bill: Bill, part: Payment) -> Settled:
    """Add a part; cash that brings the rounded rest to nothing is the last part."""
    parts = (*bill.parts, part)
    if part.method == CASH and part.amount_rp == bill.cash_rest_rp:
        return Settled(parts, bill.rounding_rp, ZERO)
    return Settled(parts, ZERO, still_due(bill.total_rp, parts))
