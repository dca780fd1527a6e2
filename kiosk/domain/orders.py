"""Orders: what a paid sale asks of one stall, and what of it was handed over.

An order is a sale's lines of one stall. Each line goes out once: who handed it over, and
when, stays with it, so that a slip shown twice is seen to be used.
"""

from dataclasses import dataclass

from kiosk.domain.catalogue import Unit
from kiosk.errors import N_, KioskError


@dataclass(frozen=True, slots=True)
class HandedOver:
    """That something went out: `at` is ISO 8601 in WIB, `by` the operator's name."""

    at: str
    by: str


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line as the stall reads it; `returned` pieces (or grams) came back or were voided."""

    n: int
    name: str
    qty: int
    unit: Unit
    note: str
    returned: int = 0
    handed_over: HandedOver | None = None

    @property
    def is_cancelled(self) -> bool:
        """Whether nothing of it is wanted any more."""
        return self.returned >= self.qty

    @property
    def is_open(self) -> bool:
        """Whether it is still to be handed over."""
        return not self.is_cancelled and self.handed_over is None


@dataclass(frozen=True, slots=True)
class StallOrder:
    """A sale's lines of one stall; `at` is when it was paid, ISO 8601 in WIB."""

    sale: str
    number: str
    stall: str
    till: str
    at: str
    lines: tuple[OrderLine, ...]

    @property
    def is_cancelled(self) -> bool:
        """Whether the whole order was voided or came back."""
        return all(line.is_cancelled for line in self.lines)

    @property
    def is_open(self) -> bool:
        """Whether anything of it is still to be handed over."""
        return any(line.is_open for line in self.lines)


class AlreadyHandedOverError(KioskError):
    """Somebody handed it over before: the slip was used."""

    status = 409

    def __init__(self, number: str, handed_over: HandedOver) -> None:
        self.handed_over = handed_over
        super().__init__(
            N_(
                "%(number)s was handed over before, by %(by)s at %(time)s."
                " Give nothing out for this slip again."
            ),
            number=number,
            by=handed_over.by,
            time=handed_over.at[11:16].replace(":", "."),
        )


class OrderCancelledError(KioskError):
    """The sale was voided, or the goods came back."""

    status = 409

    def __init__(self, number: str) -> None:
        super().__init__(
            N_("%(number)s was cancelled. Give nothing out, and ask the cashier."), number=number
        )


class OrderUnknownError(KioskError):
    """No order here has this number or code."""

    status = 404

    def __init__(self, asked: str) -> None:
        super().__init__(
            N_("No order of today is called “%(asked)s”. Type the number on the slip."),
            asked=asked[:40],
        )
