"""Paying: from a cart to a sale, in one durable transaction.

Receipt number, sale, lines, shares, payments, drawer, stock, journal entry and print job
are committed together or not at all. Paying the same cart again, at once or later,
answers with the same sale. Paying never waits for paper or network.
"""

from dataclasses import dataclass, replace

from kiosk.clock import stamp
from kiosk.domain.carts import Cart, CartEmptyError
from kiosk.domain.catalogue import BAZAAR, Event, Stall, Till
from kiosk.domain.entries import Operator
from kiosk.domain.methods import STANDARD, find_method
from kiosk.domain.money import ZERO, Rupiah, parse_rupiah, quick_cash, round_cash_down
from kiosk.domain.numbering import receipt_number
from kiosk.domain.payments import (
    Payment,
    PaymentTooLargeError,
    PaymentTooSmallError,
    still_due,
)
from kiosk.domain.qris import QrisCode, read_static
from kiosk.domain.sales import Sale, fix_shares, seal_discounts, seal_lines
from kiosk.domain.shifts import Shift
from kiosk.errors import N_, KioskError
from kiosk.services.browsers import Browser
from kiosk.services.carts import CartUnknownError, ProductGoneError, open_cart
from kiosk.services.installation import Installation
from kiosk.services.printing import queue_receipt
from kiosk.services.recording import NotSetUpError, record
from kiosk.services.tills import operator_of, shift_of
from kiosk.storage import browsers, cart_payments, carts, catalogue, journal, sales, shifts
from kiosk.storage.database import Connection

LONGEST_REFERENCE = 40


class NoQrisCodeError(KioskError):
    """Nobody in this cart can be paid by QRIS."""

    def __init__(self) -> None:
        super().__init__(
            N_("There is no QRIS code for this order. Take cash, or ask the coordinator.")
        )


@dataclass(frozen=True, slots=True)
class QrisChoice:
    """A code that may be shown: whose, and how much of the rest may go to it."""

    payee: str
    payee_name: str
    code: QrisCode
    most_rp: Rupiah


@dataclass(frozen=True, slots=True)
class Due:
    """What is still to be paid of a cart, and how it may be.

    `cash_rest_rp` is the rest after the rounding of cash, `rounding_rp` (≤ 0) that rounding.
    """

    cart: Cart
    total_rp: Rupiah
    payments: tuple[Payment, ...]
    rest_rp: Rupiah
    rounding_rp: Rupiah
    cash_rest_rp: Rupiah
    quick_cash: tuple[Rupiah, ...]
    qris: tuple[QrisChoice, ...]


@dataclass(frozen=True, slots=True)
class PayAnswer:
    """The sale where the cart is paid (now or before), else what is still due."""

    sale_id: str | None
    due: Due | None


@dataclass(frozen=True, slots=True)
class PaymentForm:
    """What a pay form says, as typed.

    An empty `amount` is all that is left. `place` is the payment's number in a split: a
    form sent twice names a place already taken and changes nothing.
    """

    method: str
    amount: str = ""
    tendered: str = ""
    payee: str = ""
    reference: str = ""
    place: str = ""


def due(here: Installation, cart_id: str) -> Due:
    """Say what is to be paid; raises CartUnknownError, CartPaidError, CartEmptyError."""
    with here.db.read() as connection:
        return _due(connection, open_cart(connection, cart_id))


def pay(here: Installation, browser: Browser, cart_id: str, form: PaymentForm) -> PayAnswer:
    """Take one payment; when nothing is left due, the cart becomes a sale.

    Raises a KioskError for everything a person can put right; then nothing has changed.
    """
    with here.db.write() as connection:
        if sales.exists(connection, cart_id):
            return PayAnswer(cart_id, None)
        cart = open_cart(connection, cart_id)
        now_due = _due(connection, cart)
        if form.place and form.place != str(len(now_due.payments) + 1):
            return PayAnswer(None, now_due)
        operator = operator_of(browser)
        till = _till(connection, cart)
        payment = _payment(now_due, form, till)
        parts = (*now_due.payments, payment)
        rounding_rp = now_due.rounding_rp if payment.method == "cash" else ZERO
        if still_due(Rupiah(now_due.total_rp + rounding_rp), parts):
            cart_payments.keep_payments(connection, cart_id, parts)
            return PayAnswer(None, _due(connection, cart))
        _make_sale(here, connection, operator, now_due, (parts, rounding_rp), till)
    here.bells.printing.ring()
    here.bells.upload.ring()
    return PayAnswer(cart_id, None)


def take_back(here: Installation, cart_id: str, place: int) -> Due:
    """Take one payment of a split back, before the sale exists."""
    with here.db.write() as connection:
        cart = open_cart(connection, cart_id)
        parts = cart_payments.payments(connection, cart_id)
        cart_payments.keep_payments(
            connection, cart_id, tuple(part for part in parts if part.n != place)
        )
        return _due(connection, cart)


def _make_sale(
    here: Installation,
    connection: Connection,
    operator: Operator,
    paid: Due,
    settled: tuple[tuple[Payment, ...], Rupiah],
    till: Till,
) -> None:
    """Seal the sale and everything that follows from it, in the caller's transaction."""
    payments, rounding_rp = settled
    shift = shift_of(connection, till)
    lines, discounts = seal_lines(paid.cart), seal_discounts(paid.cart)
    sale = Sale(
        id=paid.cart.id,
        number=_next_number(connection, shift),
        event=shift.event,
        shift=shift.id,
        lines=lines,
        discounts=discounts,
        shares=fix_shares(lines, discounts, catalogue.stalls(connection)),
        rounding_rp=rounding_rp,
        total_rp=Rupiah(paid.total_rp + rounding_rp),
        payments=payments,
    )
    entry = record(
        here, connection, "sale", sale.as_body(), by=operator, till=till.id, entry_id=sale.id
    )
    carts.mark_paid(connection, paid.cart.id)
    browsers.forget_cart(connection, paid.cart.id)
    queue_receipt(connection, sale, entry, stamp(here.clock.now()))


def _next_number(connection: Connection, shift: Shift) -> str:
    current = journal.current(connection)
    if current is None:
        raise NotSetUpError
    counter = shifts.next_number(connection, current.ordinal, shift.till, shift.day)
    return receipt_number(shift.till, current.depth, counter)


def _due(connection: Connection, cart: Cart) -> Due:
    if not cart.lines:
        raise CartEmptyError
    gone = carts.products_gone(connection, cart.id)
    if gone:
        raise ProductGoneError(gone[0])
    frame = catalogue.catalogue(connection)
    if frame is None:
        raise NotSetUpError
    payments = cart_payments.payments(connection, cart.id)
    rest_rp = still_due(cart.total_rp, payments)
    rounding_rp = round_cash_down(rest_rp, frame.event.cash_rounding_rp)
    cash_rest_rp = Rupiah(rest_rp + rounding_rp)
    return Due(
        cart=cart,
        total_rp=cart.total_rp,
        payments=payments,
        rest_rp=rest_rp,
        rounding_rp=rounding_rp,
        cash_rest_rp=cash_rest_rp,
        quick_cash=tuple(quick_cash(cash_rest_rp)),
        qris=_qris_choices(cart, payments, frame.event, catalogue.stalls(connection)),
    )


def _qris_choices(
    cart: Cart, payments: tuple[Payment, ...], event: Event, stalls: dict[str, Stall]
) -> tuple[QrisChoice, ...]:
    """List the codes that may be shown: one stall's goods first to her own, else the bazaar's."""
    rest_rp = still_due(cart.total_rp, payments)
    of_bazaar = (
        [QrisChoice(BAZAAR, event.name, read_static(event.qris), rest_rp)] if event.qris else []
    )
    of_stalls = [
        QrisChoice(stall.id, stall.name, read_static(stall.qris), most_rp)
        for stall in (stalls[stall_id] for stall_id in cart.stalls())
        if stall.qris and (most_rp := min(rest_rp, _owed_to(stall.id, cart, payments))) > 0
    ]
    if len(cart.stalls()) == 1:
        return tuple(of_stalls + of_bazaar)
    return tuple(of_bazaar + of_stalls)


def _owed_to(stall_id: str, cart: Cart, payments: tuple[Payment, ...]) -> Rupiah:
    return still_due(
        cart.pricing.of_stall(stall_id), [part for part in payments if part.payee == stall_id]
    )


def _till(connection: Connection, cart: Cart) -> Till:
    found = next((till for till in catalogue.tills(connection) if till.id == cart.till), None)
    if found is None:
        raise CartUnknownError
    return found


def _payment(now_due: Due, form: PaymentForm, till: Till) -> Payment:
    """Read a pay form against what is due; raises KioskErrors naming the field's fact."""
    method = find_method(STANDARD, form.method)
    place = len(now_due.payments) + 1
    if form.method == "cash":
        return _cash_payment(now_due, form, till, place)
    rest_rp = now_due.rest_rp
    payment = Payment(
        n=place,
        method=form.method,
        payee=till.stall or BAZAAR,
        amount_rp=parse_rupiah(form.amount) if form.amount.strip() else rest_rp,
        reference=form.reference.strip()[:LONGEST_REFERENCE] or None,
        state=method.state,
    )
    if form.method == "qris":
        choice = _chosen(now_due, form.payee)
        rest_rp = choice.most_rp
        amount_rp = payment.amount_rp if form.amount.strip() else rest_rp
        payment = replace(payment, payee=choice.payee, nmid=choice.code.nmid, amount_rp=amount_rp)
    if payment.amount_rp > rest_rp:
        raise PaymentTooLargeError(rest_rp, payment.amount_rp)
    return payment


def _cash_payment(now_due: Due, form: PaymentForm, till: Till, place: int) -> Payment:
    rest_rp = now_due.cash_rest_rp
    amount_rp = parse_rupiah(form.amount) if form.amount.strip() else rest_rp
    tendered_rp = parse_rupiah(form.tendered) if form.tendered.strip() else amount_rp
    if amount_rp > rest_rp:
        raise PaymentTooLargeError(rest_rp, amount_rp)
    if tendered_rp < amount_rp:
        raise PaymentTooSmallError(amount_rp, tendered_rp)
    return Payment(
        n=place,
        method="cash",
        payee=till.stall or BAZAAR,
        amount_rp=amount_rp,
        tendered_rp=tendered_rp,
        change_rp=Rupiah(tendered_rp - amount_rp),
    )


def _chosen(now_due: Due, payee: str) -> QrisChoice:
    choices = {choice.payee: choice for choice in now_due.qris}
    if not choices:
        raise NoQrisCodeError
    return choices.get(payee) or now_due.qris[0]
