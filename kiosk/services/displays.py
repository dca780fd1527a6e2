"""The customer display: what a buyer sees of her order, read from the rows each time.

Nothing private is in it: no operator, no float, no other order. It asks for nobody to be
signed in.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal
from zlib import crc32

from kiosk.documents.receipt_text import receipt_text
from kiosk.domain.carts import Cart
from kiosk.domain.money import ZERO, Rupiah, total
from kiosk.services.browsers import Browser, TillUnknownError
from kiosk.services.installation import Installation
from kiosk.services.receipt_frames import frame_of
from kiosk.services.stage import PAID_SECONDS, Act, ShownCode, Staged
from kiosk.storage import browsers, carts, catalogue, sales, shifts, tips
from kiosk.storage.database import Connection
from kiosk.storage.sales import SealedSale

# What a phone still reads off another screen at arm's length: version 16 of the code.
MOST_QR_BYTES: Final = 580


@dataclass(frozen=True, slots=True)
class SceneLine:
    """A line of the order; `qty` in pieces or grams, as `unit` says."""

    name: str
    qty: int
    unit: str
    price_rp: Rupiah
    total_rp: Rupiah


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything on a customer display; what a kind does not show keeps its default."""

    kind: Literal["idle", "cart", "qris", "paid", "receipt"]
    event: str
    place: str
    is_open: bool
    lines: tuple[SceneLine, ...] = ()
    discount_rp: Rupiah = ZERO
    total_rp: Rupiah = ZERO
    change_rp: Rupiah = ZERO
    number: str = ""
    code: ShownCode | None = None
    text: str = ""

    @property
    def seen(self) -> str:
        """Give a short name for this content."""
        return f"{crc32(repr(self).encode('utf-8')):x}"


def show_buyer(
    here: Installation,
    browser: Browser,
    cart_id: str,
    act: Act,
    code: ShownCode | None = None,
) -> None:
    """Put an order before the buyer at this browser's till."""
    if browser.till:
        here.stage.show(browser.till, Staged(act, cart_id, here.clock.monotonic(), code))


def scene(here: Installation, till_id: str) -> Scene:
    """Say what a till's customer display shows now; raises TillUnknownError."""
    with here.db.read() as connection:
        frame = catalogue.catalogue(connection)
        if frame is None or till_id not in {till.id for till in catalogue.tills(connection)}:
            raise TillUnknownError(till_id)
        shift = shifts.open_shift(connection, till_id)
        idle = Scene("idle", frame.event.name, frame.event.place, is_open=shift is not None)
        if shift is None:
            return idle
        staged = here.stage.now(till_id) or _from_rows(here, connection, till_id, shift.id)
        return _staged_scene(here, connection, idle, staged) if staged else idle


def _staged_scene(here: Installation, connection: Connection, idle: Scene, staged: Staged) -> Scene:
    sold = sales.sale(connection, staged.cart)
    if sold is not None:
        seconds = here.clock.monotonic() - staged.since
        if staged.act != "receipt" and seconds > PAID_SECONDS:
            return idle
        return _paid_scene(connection, idle, sold, staged.act)
    found = carts.cart(connection, staged.cart)
    if found is None or not found[0].lines:
        return idle
    shown = _cart_scene(idle, found[0])
    return replace(shown, kind="qris", code=staged.code) if staged.code else shown


def _cart_scene(idle: Scene, cart: Cart) -> Scene:
    pricing = cart.pricing
    return replace(
        idle,
        kind="cart",
        lines=tuple(
            SceneLine(
                name=priced.line.product.label,
                qty=priced.line.qty,
                unit=priced.line.product.unit,
                price_rp=priced.line.price_rp,
                total_rp=priced.total_rp,
            )
            for priced in pricing.lines
        ),
        discount_rp=Rupiah(pricing.gross_rp - pricing.total_rp),
        total_rp=pricing.total_rp,
    )


def _paid_scene(connection: Connection, idle: Scene, sold: SealedSale, act: Act) -> Scene:
    sale = sold.sale
    left = tips.tips_of_sale(connection, sale.id)
    paid = replace(
        idle,
        kind="paid",
        total_rp=sale.total_rp,
        change_rp=Rupiah(sale.change_rp - total(tip.amount_rp for tip in left)),
        number=sale.number,
    )
    if act != "receipt":
        return paid
    text = receipt_text(sale, frame_of(connection, sold.entry), MOST_QR_BYTES)
    return replace(paid, kind="receipt", text=text)


def _from_rows(
    here: Installation, connection: Connection, till_id: str, shift_id: str
) -> Staged | None:
    """After a restart: the order on a screen of this till, else the sale just made."""
    now = here.clock.monotonic()
    for cart_id in browsers.carts_at_till(connection, till_id):
        found = carts.cart(connection, cart_id)
        if found and found[0].lines:
            return Staged("cart", cart_id, now)
    newest = sales.newest_of_shift(connection, shift_id)
    if newest is None:
        return None
    sale_id, at = newest
    ago = (here.clock.now() - datetime.fromisoformat(at)).total_seconds()
    return Staged("paid", sale_id, now - ago)
