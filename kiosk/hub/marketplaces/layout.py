"""What is known of one kind of export: its columns, its status words and its few own rules.

A *fact* is our name for what a column holds; the names a marketplace has given that
column over the years, in Indonesian and in English, stand beside it. A column with no
fact, which every buyer column is, is never read.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kiosk.domain.money import Rupiah
from kiosk.hub.marketplaces.cells import clean
from kiosk.hub.marketplaces.orders import Channel, Source, State
from kiosk.hub.marketplaces.row import USUAL_FORMATS, Formats, Row


@dataclass(frozen=True, slots=True)
class LineValue:
    """What one row was worth, for all its pieces."""

    quantity: int
    returned_quantity: int
    unit_price_rp: Rupiah
    omzet_rp: Rupiah
    seller_omzet_rp: Rupiah


@dataclass(frozen=True, slots=True)
class StatusWords:
    """Which of an export's status texts mean what.

    `exact` is looked up first; then the first of `parts` that the text contains decides.
    Case makes no difference. What is in neither is unknown.
    """

    exact: Mapping[str, State]
    parts: tuple[tuple[str, State], ...] = ()

    def state(self, status: str) -> State:
        """Say what a status text means; one never seen before is `unknown`."""
        folded = status.casefold()
        if folded in self.exact:
            return self.exact[folded]
        return next((state for part, state in self.parts if part in folded), "unknown")


def status_words(
    *,
    unpaid: Iterable[str] = (),
    paid: Iterable[str] = (),
    completed: Iterable[str] = (),
    cancelled: Iterable[str] = (),
    parts: tuple[tuple[str, State], ...] = (),
) -> StatusWords:
    """Make the table of an export's status texts."""
    exact: dict[str, State] = {}
    exact.update((word.casefold(), "unpaid") for word in unpaid)
    exact.update((word.casefold(), "paid") for word in paid)
    exact.update((word.casefold(), "completed") for word in completed)
    exact.update((word.casefold(), "cancelled") for word in cancelled)
    return StatusWords(exact, parts)


def paid_at_column(row: Row) -> dt.datetime | None:
    """Read the time of payment where the export gives it."""
    return row.time("paid_at")


def no_key(row: Row) -> str:
    """Give no key: equal rows are separate sales."""
    del row
    return ""


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of export.

    `value` may raise UnreadableCellError: the row is then left out and reported. `key`
    names a row within its file where the marketplace gives each one a name; empty where
    equal rows are separate sales. `caution` is told once per file.
    """

    source: Source
    title: str
    columns: Mapping[str, tuple[str, ...]]
    required: frozenset[str]
    words: StatusWords
    value: Callable[[Row], LineValue]
    channel: Callable[[Row], Channel]
    paid_at: Callable[[Row], dt.datetime | None] = paid_at_column
    key: Callable[[Row], str] = no_key
    carried: frozenset[str] = frozenset()  # blank on an order's later rows
    repeats_order_id: bool = False  # those later rows name their order all the same
    formats: Formats = USUAL_FORMATS
    invoice_is_order_id: bool = False
    cancelled_by_date: bool = False  # a date of cancellation outweighs the status
    caution: str = ""
    names: Mapping[str, str] = field(init=False)  # normalised column name → fact

    def __post_init__(self) -> None:
        names = {normal_name(name): fact for fact, known in self.columns.items() for name in known}
        object.__setattr__(self, "names", names)


def normal_name(name: str) -> str:
    """Write a column's name so that case and spacing make no difference."""
    return clean(name).casefold()


def header_signature(names: Iterable[str]) -> str:
    """Name a set of columns, whatever their order: 16 hex digits, the same for ever."""
    known = sorted({normal_name(name) for name in names} - {""})
    return hashlib.sha256("\n".join(known).encode()).hexdigest()[:16]
