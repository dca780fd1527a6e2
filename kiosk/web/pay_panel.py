"""What the pay panel shows, apart from HTTP."""

from dataclasses import dataclass, field

from markupsafe import Markup

from kiosk.domain.carts import Cart
from kiosk.domain.methods import Method
from kiosk.domain.money import ZERO, Rupiah
from kiosk.domain.payments import Payment
from kiosk.domain.settling import Bill
from kiosk.services.payees import AccountChoice, Choice, Choices
from kiosk.services.paying import Due, PaymentForm
from kiosk.services.qris_choices import QrisChoice
from kiosk.services.stage import ShownCode
from kiosk.web import words
from kiosk.web.cart import seen_as
from kiosk.web.qr_codes import text_as_qr
from kiosk.web.spoken import rupiah_in_words
from kiosk.web.words import Words

SPLIT = "split"
FREE = "free"


@dataclass(frozen=True, slots=True)
class PayPanel:
    """What the panel shows.

    `method` is a method's code, `split`, or `free` where nothing is left to pay. `part` is
    a split's amount in digits, empty for all that is left. `notice` says what is to be
    read first, `is_after_part` that this screen has just taken or returned a part,
    `back_rp` is what would go back in cash if it is taken so, and `typed` what was typed
    before.
    """

    due: Due
    method: str
    part: str
    asked_rp: Rupiah
    payees: Choices[Choice] = field(default_factory=Choices)
    choice: QrisChoice | AccountChoice | None = None
    notice: str = ""
    back_rp: Rupiah = ZERO
    typed: PaymentForm = field(default_factory=lambda: PaymentForm(""))
    is_after_part: bool = False

    @property
    def seen(self) -> str:
        """Name the state that the order has after this screen's own part, '' without one."""
        parts = len(self.due.payments)
        return seen_as(self.due.cart.version, parts) if self.is_after_part else ""

    @property
    def place(self) -> int:
        """The number this payment will have."""
        return len(self.due.payments) + 1

    @property
    def kind(self) -> str:
        """Which of the panel's faces is shown."""
        return self.method if self.method in (SPLIT, FREE) else self.way.kind

    @property
    def way(self) -> Method:
        """The method as the organiser set it; only where `method` is one."""
        return next(one for one in self.due.methods if one.code == self.method)

    @property
    def quick_cash(self) -> tuple[Rupiah, ...]:
        """Likely sums handed over; for a part of the rest only the part itself."""
        return (self.asked_rp,) if self.part else self.due.quick_cash

    @property
    def spoken(self) -> str:
        """The amount in words."""
        return rupiah_in_words(self.asked_rp)

    @property
    def after_rp(self) -> Rupiah:
        """What is left to pay after this part."""
        return Rupiah(self.due.rest_rp - self.asked_rp)

    @property
    def is_over_limit(self) -> bool:
        """Whether the scheme's limit makes this QRIS payment smaller than it could be."""
        choice = self.choice
        return isinstance(choice, QrisChoice) and choice.at_once_rp < choice.most_rp

    @property
    def methods(self) -> dict[str, Words]:
        """The buttons: every way to pay by its code, and the split."""
        return method_words(self.due.methods)

    @property
    def taken(self) -> list[tuple[Payment, Words]]:
        """The parts taken so far, with their words."""
        return [(part, words.of_method(part.method, part.name)) for part in self.due.payments]

    @property
    def code(self) -> Markup:
        """The chosen QRIS code as a picture: the seller's own, unless the amount is filled in."""
        code = self.shown_code
        return text_as_qr(code.payload, error="m") if code else Markup()

    @property
    def shown_code(self) -> ShownCode | None:
        """The same code for the buyer's own screen."""
        if not isinstance(self.choice, QrisChoice):
            return None
        code, payload = self.choice.code, self.choice.payload(self.asked_rp)
        return ShownCode(payload, code.merchant, code.nmid, self.asked_rp)


def method_words(methods: tuple[Method, ...]) -> dict[str, Words]:
    """Give the buttons of a pay panel by what they open."""
    named = {one.code: words.of_method(one.code, one.name) for one in methods}
    return {**named, SPLIT: words.of_method(SPLIT)}


def blank_panel(methods: tuple[Method, ...]) -> PayPanel | None:
    """Give a panel for cash without amounts: the page fills it from the order's fragment.

    None where cash is not taken.
    """
    cash = next((one.code for one in methods if one.kind == "cash"), None)
    if cash is None:
        return None
    cart = Cart(id="active", till="", label="", version=0, lines=())
    return PayPanel(Due(cart, Bill(ZERO), methods), cash, "", ZERO)
