"""Whom a cart may be paid to where stalls have codes or accounts of their own.

One stall's goods go to her own first; a mixed cart to the bazaar's, if there is one,
otherwise stall by stall, each with its own part.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from kiosk.domain.carts import Cart
from kiosk.domain.catalogue import BAZAAR
from kiosk.domain.methods import Method
from kiosk.domain.money import ZERO, Rupiah, total
from kiosk.domain.payments import Payment, still_due
from kiosk.domain.settling import Bill
from kiosk.storage import catalogue
from kiosk.storage.catalogue import Catalogue
from kiosk.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Choice:
    """A payee, and how much of the rest may go there."""

    payee: str
    payee_name: str
    most_rp: Rupiah


@dataclass(frozen=True, slots=True)
class AccountChoice(Choice):
    """A payee with an account that money is transferred to, as the buyer needs it."""

    account: str


Chosen_co = TypeVar("Chosen_co", bound=Choice, covariant=True)


@dataclass(frozen=True, slots=True)
class Choices(Generic[Chosen_co]):
    """The payees to choose from, the likeliest first.

    Where stalls are paid one after the other, `done` of `steps` have been; `without_rp` is
    for goods of stalls that cannot be paid so.
    """

    choices: tuple[Chosen_co, ...] = ()
    done: int = 0
    steps: int = 0
    without_rp: Rupiah = ZERO

    def chosen(self, payee: str) -> Chosen_co:
        """Give the choice of a payee, else the likeliest; raises LookupError without any."""
        return next((one for one in self.choices if one.payee == payee), None) or self.choices[0]


def choose(
    cart: Cart, bill: Bill, payable: Collection[str], offer: Callable[[str, Rupiah], Chosen_co]
) -> Choices[Chosen_co]:
    """List whom of `payable` a cart's rest may be paid to; `offer` makes a choice of one."""
    owed = {stall: _owed_to(stall, cart, bill.parts) for stall in cart.stalls()}

    def offered(payees: Iterable[str], most: Callable[[str], Rupiah]) -> tuple[Chosen_co, ...]:
        sums = {payee: most(payee) for payee in payees if payee in payable}
        return tuple(offer(payee, most_rp) for payee, most_rp in sums.items() if most_rp > 0)

    of_bazaar = offered([BAZAAR], lambda _: bill.rest_rp)
    of_stalls = offered(owed, lambda stall: min(bill.rest_rp, owed[stall]))
    if len(owed) == 1:
        return Choices(of_stalls + of_bazaar)
    if of_bazaar:
        return Choices(of_bazaar + of_stalls)
    able = [stall for stall in owed if stall in payable]
    return Choices(
        of_stalls,
        done=sum(1 for stall in able if owed[stall] <= 0),
        steps=len(able),
        without_rp=total(owed[stall] for stall in owed if stall not in able),
    )


def account_choices(
    connection: Connection, cart: Cart, bill: Bill, frame: Catalogue, method: Method
) -> Choices[AccountChoice]:
    """List the accounts that a cart's rest may be transferred to; `method`'s is the bazaar's."""
    known = {
        stall.id: (stall.name, stall.transfer_account)
        for stall in catalogue.stalls(connection).values()
        if stall.transfer_account
    }
    if method.account:
        known[BAZAAR] = (frame.event.name, method.account)

    def offer(payee: str, most_rp: Rupiah) -> AccountChoice:
        name, account = known[payee]
        return AccountChoice(payee, name, most_rp, account)

    return choose(cart, bill, known, offer)


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
