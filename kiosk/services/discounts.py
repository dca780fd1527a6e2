"""Discounts at a till: read as typed, and approved on the spot above the organiser's limit."""

from dataclasses import dataclass, replace

from kiosk.domain.carts import Cart
from kiosk.domain.discounts import (
    BEARERS,
    Bearer,
    DiscountLimit,
    DiscountRules,
    GivenDiscount,
    format_per_cent,
    read_discount,
)
from kiosk.domain.entries import Operator
from kiosk.domain.money import format_rupiah
from kiosk.errors import N_, KioskError
from kiosk.services.approvals import NOBODY_ASKED, Approval, approve, needs_approval
from kiosk.services.browsers import Browser
from kiosk.services.carts import change, check_version, open_cart
from kiosk.services.installation import Installation
from kiosk.services.recording import NotSetUpError
from kiosk.services.tills import operator_of
from kiosk.storage import catalogue
from kiosk.storage.database import Connection

PER_CENT = "percent"


class DiscountNotApprovedError(KioskError):
    """A discount above what a cashier may give by herself, and nobody approved it yet."""

    def __init__(self, limit: DiscountLimit) -> None:
        self.limit = limit
        measures = [
            format_rupiah(limit.amount_rp) if limit.amount_rp is not None else "",
            format_per_cent(limit.basis_points) if limit.basis_points is not None else "",
        ]
        super().__init__(
            N_(
                "Discounts above %(limit)s take a coordinator. Let her type her PIN at the"
                " discount, or give less."
            ),
            limit=" / ".join(measure for measure in measures if measure),
        )


@dataclass(frozen=True, slots=True)
class DiscountForm:
    """A discount as typed: an empty `size` is none; `other` is a reason of one's own."""

    size: str = ""
    kind: str = PER_CENT
    reason: str = ""
    other: str = ""
    borne_by: str = "stall"
    approval: Approval = NOBODY_ASKED


def rules(connection: Connection) -> DiscountRules:
    """Give what the organiser says of discounts; raises NotSetUpError."""
    frame = catalogue.catalogue(connection)
    if frame is None:
        raise NotSetUpError
    return frame.event.discounts


def discount_cart(
    here: Installation, browser: Browser, cart_id: str, form: DiscountForm, version: int | None
) -> Cart:
    """Give, change or take back the discount on a whole cart.

    Raises CartChangedError, DiscountNotApprovedError, what `read_discount` and a wrong PIN
    raise; then nothing has changed.
    """
    approver = approver_of(here, browser, form.approval)
    with here.db.write() as connection:
        cart = open_cart(connection, cart_id)
        check_version(cart, version)
        discount = read_form(form, cart.discount, approver)
        after = replace(cart, discount=discount)
        refuse_unapproved(connection, after, discount)
        return change(connection, cart, after, None)


def approver_of(here: Installation, browser: Browser, approval: Approval) -> Operator | None:
    """Give who answers for a line or a discount: an approver signed in, or whose PIN was typed.

    Raises what `approve` raises; not within a transaction, for wrong PINs are counted.
    """
    if not needs_approval(browser):
        return operator_of(browser)
    if not approval.pin:
        return None
    return approve(here, browser, approval.operator_id, approval.pin)


def read_form(
    form: DiscountForm, before: GivenDiscount | None, approver: Operator | None
) -> GivenDiscount | None:
    """Read a discount as typed; one that stays as it was stays approved."""
    if not form.size.strip():
        return None
    bearer: Bearer = "bazaar" if form.borne_by == BEARERS[1] else "stall"
    read = read_discount(
        form.size,
        is_per_cent=form.kind == PER_CENT,
        reason=form.other.strip() or form.reason,
        borne_by=bearer,
    )
    if approver is None and before and read == replace(before, approved_by=None):
        return before
    return replace(read, approved_by=approver)


def refuse_unapproved(connection: Connection, cart: Cart, discount: GivenDiscount | None) -> None:
    """Raise DiscountNotApprovedError where this discount of a cart awaits somebody's approval."""
    limit = rules(connection).limit
    if any(one is discount for one in cart.pricing.to_approve(limit)):
        raise DiscountNotApprovedError(limit)
