"""What may stand against a change of a cart, each error with its fact."""

from kiosk.domain.catalogue import Product
from kiosk.errors import N_, KioskError


class CartUnknownError(KioskError):
    """An address names a cart that is not there."""

    status = 404

    def __init__(self) -> None:
        super().__init__(N_("There is no such order here. Go back to the till and start one."))


class CartPaidError(KioskError):
    """The cart was paid already: it is a sale and changes no more."""

    status = 409

    def __init__(self, sale_id: str) -> None:
        self.sale_id = sale_id
        super().__init__(N_("This order is already paid. Start the next one."))


class CartBeingPaidError(KioskError):
    """Part of the cart is already paid, so its goods stay as they are."""

    def __init__(self) -> None:
        super().__init__(
            N_("Part of this order is already paid. Finish it, or take that payment back first.")
        )


class CartHeldError(KioskError):
    """Part of the cart was paid at another till, whose drawer has that money."""

    def __init__(self, till: str) -> None:
        self.till = till
        super().__init__(
            N_("Part of this order was already paid at %(till)s. Finish it there."), till=till
        )


class CartChangedError(KioskError):
    """The cart was changed elsewhere since this page showed it."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            N_("This order was changed on another screen. Look at it again, then repeat.")
        )


class ProductGoneError(KioskError):
    """A product is no longer on sale."""

    def __init__(self, name: str) -> None:
        self.name = name
        message = (
            N_("“%(name)s” is no longer on sale. Take it out of the order.")
            if name
            else N_("This product is no longer on sale. Choose another.")
        )
        super().__init__(message, name=name)


class NotThisStallsError(KioskError):
    """A stall's own till was asked for another stall's goods."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            N_("“%(name)s” is another stall's. This till sells its own stall's goods only."),
            name=name,
        )


class PriceNeededError(KioskError):
    """A product has an open price, and none was typed."""

    def __init__(self, cart_id: str, product: Product, note: str) -> None:
        self.cart_id = cart_id
        self.number = product.number
        self.note = note
        super().__init__(N_("Type the price of “%(name)s”."), name=product.label)


class LineGoneError(KioskError):
    """A line of a cart that was taken out meanwhile."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            N_("This line is no longer in the order. Look at the order again, then repeat.")
        )


class NothingToUndoError(KioskError):
    """No change of this cart is remembered."""

    def __init__(self) -> None:
        super().__init__(N_("There is nothing to take back in this order."))


class NothingToRedoError(KioskError):
    """Nothing of this cart was taken back, or something else was done since."""

    def __init__(self) -> None:
        super().__init__(N_("There is nothing to make again in this order."))
