"""Ways to pay: which ones an organiser offers, and how each kind behaves.

A method's code is its kind, or its kind and a short name (`ewallet-gopay`): so a sale
that names the code says the kind too, also where the method is no longer offered.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from kiosk.errors import N_, KioskError

Kind = Literal["cash", "qris", "transfer", "debit", "ewallet", "voucher"]
State = Literal["final", "claimed"]

KINDS: Final[tuple[Kind, ...]] = ("cash", "qris", "transfer", "debit", "ewallet", "voucher")
LONGEST_CODE: Final = 40
LONGEST_NAME: Final = 24
MOST_METHODS: Final = 12

CODE: Final = rf"(?:{'|'.join(KINDS)})(?:-[a-z0-9-]{{1,30}})?"
_NOT_IN_CODE: Final = re.compile(r"[^a-z0-9]+")


class MethodUnknownError(KioskError):
    """A form names a payment method that this till does not take."""

    def __init__(self, method: str) -> None:
        self.method = method[:LONGEST_CODE]
        super().__init__(
            N_("“%(method)s” is not a way to pay here. Choose one of the buttons."),
            method=self.method,
        )


@dataclass(frozen=True, slots=True)
class Method:
    """One way to pay.

    `name` is the organiser's own, empty for the kind's usual word. Payments are born in
    `state`: `claimed` where a till cannot know that the money came. `gives_change` is for
    vouchers, `account` what a buyer needs for a transfer.
    """

    code: str
    kind: Kind
    name: str = ""
    state: State = "final"
    gives_change: bool = False
    account: str = ""

    def __post_init__(self) -> None:
        if kind_of(self.code) != self.kind or not re.fullmatch(CODE, self.code):
            raise ValueError(f"{self.code!r} is no code of a {self.kind}")


def kind_of(code: str) -> str:
    """Give the kind that a code speaks of; of a code nobody foresaw, its first word."""
    return code.partition("-")[0]


def code_of(kind: Kind, name: str) -> str:
    """Give the code of a method by its own name: `ewallet-gopay`; the same for ever."""
    slug = _NOT_IN_CODE.sub("-", name.lower()).strip("-").removeprefix(f"{kind}-")[:30].strip("-")
    return f"{kind}-{slug}" if slug else kind


STANDARD: Final = (
    Method("cash", "cash"),
    Method("qris", "qris", state="claimed"),
    Method("transfer", "transfer"),
    Method("debit", "debit"),
)


def read_methods(document: Iterable[Mapping[str, Any]]) -> tuple[Method, ...]:
    """Read methods as bundles, entries and rows have them; none are the standard ones."""
    return tuple(Method(**one) for one in document) or STANDARD


def find_method(methods: Iterable[Method], code: str) -> Method:
    """Give the offered method of a code; raises MethodUnknownError."""
    found = next((method for method in methods if method.code == code), None)
    if found is None:
        raise MethodUnknownError(code)
    return found
