"""What the pay panel shows, apart from HTTP."""

from dataclasses import dataclass

from markupsafe import Markup

from kiosk.domain.carts import Cart
from kiosk.domain.money import ZERO, Rupiah
from kiosk.services.paying import Due, QrisChoice
from kiosk.web.spoken import rupiah_in_words


@dataclass(frozen=True, slots=True)
class PayPanel:
    """What the panel shows: `part` is a split's typed amount, empty for all that is left."""

    due: Due
    method: str
    part: str
    asked_rp: Rupiah
    choice: QrisChoice | None

    @property
    def place(self) -> int:
        """The number this payment will have."""
        return len(self.due.payments) + 1

    @property
    def quick_cash(self) -> tuple[Rupiah, ...]:
        """Likely sums handed over; for a part of the rest only the part itself."""
        return (self.asked_rp,) if self.part else self.due.quick_cash

    @property
    def spoken(self) -> str:
        """The amount in words."""
        return rupiah_in_words(self.asked_rp)

    @property
    def code(self) -> Markup:
        """The chosen QRIS code as a picture: the seller's own, unchanged."""
        if self.choice is None:
            return Markup()
        import segno  # noqa: PLC0415 - a till that never shows a code does not load it

        drawn = segno.make(self.choice.code.payload, error="m").svg_inline(
            border=4, light="#fff", svgclass=None, lineclass=None, omitsize=True
        )
        return Markup(drawn)  # noqa: S704 - segno draws squares; no text of anybody's is in it


def blank_panel() -> PayPanel:
    """Give a panel for cash without amounts: the page fills it from the order's fragment."""
    cart = Cart(id="active", till="", label="", version=0, lines=())
    due = Due(
        cart=cart,
        total_rp=ZERO,
        payments=(),
        rest_rp=ZERO,
        rounding_rp=ZERO,
        cash_rest_rp=ZERO,
        quick_cash=(),
        qris=(),
    )
    return PayPanel(due=due, method="cash", part="", asked_rp=ZERO, choice=None)
