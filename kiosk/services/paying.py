"""Paying: from a cart to a sale, in one durable transaction.

Receipt number, sale, lines, shares, payments, drawer, stock, journal entry and print job
are committed together or not at all. Paying the same cart again, at once or later,
answers with the same sale. Paying never waits for paper or network.
"""

from dataclasses import dataclass, field, replace

from kiosk.clock import stamp
from kiosk.domain.carts import Cart, CartEmptyError
from kiosk.domain.catalogue import BAZAAR, Till
from kiosk.domain.entries import Operator
from kiosk.domain.methods import STANDARD, Method, find_method
from kiosk.domain.money import ZERO, Rupiah, format_rupiah, parse_rupiah, quick_cash
from kiosk.domain.numbering import receipt_number
from kiosk.domain.payments import QRIS, TRANSFER, Payment
from kiosk.domain.sales import Sale, fix_shares, seal_discounts, seal_lines
from kiosk.domain.settling import (
    GIVEN_BACK_AT_MOST,
    Bill,
    Settled,
    Tender,
    take,
    take_part_back,
)
from kiosk.domain.shifts import Shift
from kiosk.errors import N_, KioskError
from kiosk.services.approvals import needs_approval
from kiosk.services.browsers import Browser
from kiosk.services.cart_errors import CartUnknownError, ProductGoneError
from kiosk.services.carts import open_cart
from kiosk.services.discounts import DiscountNotApprovedError
from kiosk.services.installation import Installation
from kiosk.services.orders import queue_slips
from kiosk.services.payees import AccountChoice, Choices, account_choices
from kiosk.services.printing import queue_receipt
from kiosk.services.qris_choices import QrisChoice, qris_choices
from kiosk.services.recording import NotSetUpError, record
from kiosk.services.sales import SaleView, new_sale
from kiosk.services.second_copy import await_copied
from kiosk.services.tills import operator_of, shift_of
from kiosk.services.tips import TipForm, keep_tip
from kiosk.storage import browsers, cart_payments, carts, catalogue, journal, sales, shifts
from kiosk.storage.catalogue import Catalogue
from kiosk.storage.database import Connection

LONGEST_REFERENCE = 40
# Stands for the method where nothing is left to pay: what is too much goes back in cash.
_NO_METHOD = Method("cash", "cash")


class DueChangedError(KioskError):
    """The order changed since the page showed what is due: nothing was taken."""

    status = 409

    def __init__(self, shown: str, due: Rupiah) -> None:
        self.due = due
        super().__init__(
            N_(
                "The order changed meanwhile: it was %(shown)s, now %(due)s is due. Tell the buyer."
            ),
            shown=_written(shown),
            due=format_rupiah(due),
        )


class TipTooEarlyError(KioskError):
    """Change would be left while something is still to be paid."""

    def __init__(self) -> None:
        super().__init__(N_("Change can be left when the whole order is paid."))


@dataclass(frozen=True, slots=True)
class Due:
    """What is still to be paid of a cart, and by which methods it may be."""

    cart: Cart
    bill: Bill
    methods: tuple[Method, ...] = STANDARD

    @property
    def total_rp(self) -> Rupiah:
        """What the cart costs, before any rounding of cash."""
        return self.bill.total_rp

    @property
    def payments(self) -> tuple[Payment, ...]:
        """The parts taken so far."""
        return self.bill.parts

    @property
    def rest_rp(self) -> Rupiah:
        """What is left to pay; below Rp0 where the goods became cheaper meanwhile."""
        return self.bill.rest_rp

    @property
    def rounding_rp(self) -> Rupiah:
        """The rounding (≤ 0) if the rest is paid in cash."""
        return self.bill.rounding_rp

    @property
    def cash_rest_rp(self) -> Rupiah:
        """What is left to pay in cash."""
        return self.bill.cash_rest_rp

    @property
    def quick_cash(self) -> tuple[Rupiah, ...]:
        """What a buyer is likely to hand over for the rest."""
        return tuple(quick_cash(self.cash_rest_rp))


@dataclass(frozen=True, slots=True)
class PayAnswer:
    """The sale where the cart is paid, `made` where it was now; else what is still due."""

    sale_id: str | None
    due: Due | None
    made: SaleView | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class PaymentForm:
    """What a pay form says, as typed.

    An empty `amount` is all that is left; `came` is what came in truth where that is not
    what was asked for. `place` is the payment's number in a split: a
    form sent twice names a place already taken and changes nothing. `shown` is what the
    page said is due, in digits. `gives_back` agrees to give what is too much back in cash.
    """

    method: str
    amount: str = ""
    came: str = ""
    tendered: str = ""
    payee: str = ""
    reference: str = ""
    place: str = ""
    shown: str = ""
    gives_back: bool = False
    tip: TipForm = field(default_factory=TipForm)


def due(here: Installation, cart_id: str) -> Due:
    """Say what is to be paid; raises CartUnknownError, CartPaidError, CartEmptyError."""
    with here.db.read() as connection:
        return _due(connection, open_cart(connection, cart_id))[0]


def due_of(here: Installation, cart: Cart) -> Due:
    """Say what is to be paid of a cart just read; raises what `due` raises of its content."""
    with here.db.read() as connection:
        return _due(connection, cart)[0]


def codes_for(here: Installation, now_due: Due) -> Choices[QrisChoice]:
    """Say whose QRIS code the rest may be paid to; raises QrisOutageError, NoQrisCodeError."""
    with here.db.read() as connection:
        return qris_choices(connection, now_due.cart, now_due.bill, _frame(connection))


def accounts_for(here: Installation, now_due: Due, method: Method) -> Choices[AccountChoice]:
    """Say whose account the rest may be transferred to; there may be none that is known."""
    with here.db.read() as connection:
        frame = _frame(connection)
        return account_choices(connection, now_due.cart, now_due.bill, frame, method)


def pay(here: Installation, browser: Browser, cart_id: str, form: PaymentForm) -> PayAnswer:
    """Take one payment; when nothing is left due, the cart becomes a sale.

    Raises a KioskError for everything a person can put right; then nothing has changed.
    """
    with here.db.write() as connection:
        if sales.exists(connection, cart_id):
            return PayAnswer(cart_id, None)
        now_due, frame = _due(connection, open_cart(connection, cart_id))
        if form.place and form.place != str(len(now_due.payments) + 1):
            if not _is_taken(now_due, form):
                raise DueChangedError(form.shown, now_due.rest_rp)
            return PayAnswer(None, now_due)
        if form.shown and form.shown != str(now_due.rest_rp):
            raise DueChangedError(form.shown, now_due.rest_rp)
        operator = operator_of(browser)
        till = _till(connection, now_due.cart)
        settled = take(now_due.bill, _tender(connection, (browser, till), now_due, frame, form))
        if not settled.is_paid:
            if form.tip.reason:
                raise TipTooEarlyError
            cart_payments.keep_payments(connection, cart_id, settled.parts)
            return PayAnswer(None, _due(connection, now_due.cart)[0])
        made = _make_sale(here, connection, (operator, till), now_due, settled, form.tip)
    here.bells.printing.ring()
    here.bells.upload.ring()
    await_copied(here)
    return PayAnswer(cart_id, None, made)


def take_back(here: Installation, cart_id: str, place: int, taken: str = "") -> Due:
    """Take one payment of a split back, before the sale exists.

    `taken` is how many parts the page showed: a form sent twice takes one back.
    """
    with here.db.write() as connection:
        cart = open_cart(connection, cart_id)
        parts = cart_payments.payments(connection, cart_id)
        if not taken or taken == str(len(parts)):
            cart_payments.keep_payments(connection, cart_id, take_part_back(parts, place))
        return _due(connection, cart)[0]


def _make_sale(
    here: Installation,
    connection: Connection,
    at: tuple[Operator, Till],
    paid: Due,
    settled: Settled,
    tip: TipForm,
) -> SaleView:
    """Seal the sale and everything that follows from it, in the caller's transaction."""
    operator, till = at
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
        rounding_rp=settled.rounding_rp,
        total_rp=Rupiah(paid.total_rp + settled.rounding_rp),
        payments=settled.parts,
    )
    entry = record(
        here,
        connection,
        "sale",
        sale.as_body(),
        by=operator,
        approved_by=paid.cart.pricing.approved_by,
        till=till.id,
        entry_id=sale.id,
    )
    carts.mark_paid(connection, paid.cart.id)
    browsers.forget_cart(connection, paid.cart.id)
    if tip.reason:
        keep_tip(here, connection, (sale, entry, operator), tip)
    now = stamp(here.clock.now())
    queue_receipt(connection, sale, entry, now)
    queue_slips(connection, sale, entry, now)
    return new_sale(connection, sale, entry)


def _next_number(connection: Connection, shift: Shift) -> str:
    current = journal.current(connection)
    if current is None:
        raise NotSetUpError
    counter = shifts.next_number(connection, current.ordinal, shift.till, shift.day)
    return receipt_number(shift.till, current.depth, counter)


def _frame(connection: Connection) -> Catalogue:
    frame = catalogue.catalogue(connection)
    if frame is None:
        raise NotSetUpError
    return frame


def _due(connection: Connection, cart: Cart) -> tuple[Due, Catalogue]:
    if not cart.lines:
        raise CartEmptyError
    gone = carts.products_gone(connection, cart.id)
    if gone:
        raise ProductGoneError(gone[0])
    frame = _frame(connection)
    if cart.pricing.to_approve(frame.event.discounts.limit):
        raise DiscountNotApprovedError(frame.event.discounts.limit)
    parts = cart_payments.payments(connection, cart.id)
    bill = Bill(cart.total_rp, parts, frame.event.cash_rounding_rp)
    return Due(cart, bill, frame.event.methods), frame


def _till(connection: Connection, cart: Cart) -> Till:
    found = next((till for till in catalogue.tills(connection) if till.id == cart.till), None)
    if found is None:
        raise CartUnknownError
    return found


def _tender(
    connection: Connection,
    at: tuple[Browser, Till],
    now_due: Due,
    frame: Catalogue,
    form: PaymentForm,
) -> Tender:
    """Read a pay form; raises KioskErrors naming the field's fact."""
    browser, till = at
    if now_due.rest_rp <= 0:
        return Tender(
            _NO_METHOD, till.stall or BAZAAR, most_back_rp=_most_back(connection, browser, till)
        )
    method = find_method(now_due.methods, form.method)
    gives_back = form.gives_back or method.gives_change
    tender = Tender(
        method=method,
        payee=till.stall or BAZAAR,
        amount_rp=_amount(form.came or form.amount),
        tendered_rp=_amount(form.tendered),
        reference=form.reference.strip()[:LONGEST_REFERENCE] or None,
        gives_back=form.gives_back,
        most_back_rp=_most_back(connection, browser, till) if gives_back else ZERO,
    )
    if method.kind == QRIS:
        code = qris_choices(connection, now_due.cart, now_due.bill, frame).chosen(form.payee)
        return replace(tender, payee=code.payee, most_rp=code.most_rp, nmid=code.code.nmid)
    if method.kind == TRANSFER:
        known = account_choices(connection, now_due.cart, now_due.bill, frame, method)
        if known.choices:
            account = known.chosen(form.payee)
            return replace(tender, payee=account.payee, most_rp=account.most_rp)
    return tender


def _is_taken(now_due: Due, form: PaymentForm) -> bool:
    """Say whether a form sent again names a part that it brought, and no other screen's."""
    part = next((one for one in now_due.payments if str(one.n) == form.place), None)
    if part is None or part.method != form.method:
        return False
    asked_rp = _amount(form.came or form.amount)
    if asked_rp is None:  # all that a stall gets; of every other method it had paid the order
        return part.kind in (QRIS, TRANSFER) and form.payee in ("", part.payee)
    return asked_rp in (part.amount_rp, part.face_rp)


def _amount(typed: str) -> Rupiah | None:
    return parse_rupiah(typed) if typed.strip() else None


def _most_back(connection: Connection, browser: Browser, till: Till) -> Rupiah:
    """Say how much cash may go back: what the drawer holds, for a cashier not above a limit."""
    held_rp = max(shifts.expected_cash(connection, shift_of(connection, till).id), ZERO)
    return min(held_rp, GIVEN_BACK_AT_MOST) if needs_approval(browser) else held_rp


def _written(typed: str) -> str:
    """Write what a page had shown, whatever the form says of it."""
    typed = typed[:15]
    return format_rupiah(int(typed)) if typed.isascii() and typed.isdigit() else typed
