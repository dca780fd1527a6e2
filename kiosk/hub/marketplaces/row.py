"""One row of an export, asked for facts by name.

What a row lacks but could do without (a time that cannot be read) is noted and the row
kept; what it cannot do without raises, and the row is left out and reported.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.domain.money import ZERO, Rupiah
from kiosk.hub.marketplaces.cells import (
    LONGEST_LABEL,
    Cell,
    LostDigitsError,
    UnreadableCellError,
    as_text,
    parse_count,
    parse_identifier,
    parse_rupiah,
    parse_time,
)
from kiosk.hub.marketplaces.orders import RowProblem
from kiosk.hub.marketplaces.reasons import MORE_BACK_THAN_BOUGHT, NEGATIVE_AMOUNT, NO_PIECES

_COD_WORDS = ("bayar di tempat", "cash on delivery", "(cod)")
# The one word a payment method is, or what a column named COD says.
_COD_SWITCH = frozenset({"cod", "ya", "yes"})


class UnreadableFactError(Exception):
    """A row cannot be counted because of one cell; caught where rows are read."""

    def __init__(self, problem: RowProblem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Formats:
    """How a kind of export writes amounts and times; both may raise UnreadableCellError."""

    rupiah: Callable[[str], Rupiah] = parse_rupiah
    time: Callable[[str], dt.datetime | None] = parse_time


USUAL_FORMATS = Formats()


@dataclass(slots=True)
class Row:
    """A row's cells, under the facts of its layout.

    `leader` is the first row of the same order, asked for the `carried` facts this row
    leaves blank. `notes` gathers what a person should look at.
    """

    number: int
    cells: Sequence[Cell]
    places: Mapping[str, int]  # fact → where its column stands
    titles: Mapping[str, str]  # fact → the column's name in this file
    formats: Formats = USUAL_FORMATS
    leader: "Row | None" = None
    carried: frozenset[str] = frozenset()
    notes: list[RowProblem] = field(default_factory=list)

    def text(self, fact: str) -> str:
        """Give a cell's clean text; empty where the column or the cell is missing."""
        place = self.places.get(fact)
        cell = self.cells[place] if place is not None and place < len(self.cells) else ""
        text = as_text(cell)
        if not text and self.leader is not None and fact in self.carried:
            return self.leader.text(fact)
        return text

    def is_cut_before(self, fact: str) -> bool:
        """Say whether the row ends before a column that the file has."""
        return self.places.get(fact, -1) >= len(self.cells)

    def label(self, fact: str) -> str:
        """Give a cell's text as a label, cut where no honest one ends."""
        text = self.text(fact)[:LONGEST_LABEL]
        return "" if text == "-" else text

    def identifier(self, fact: str) -> str:
        """Give an id, empty where there is none; LostDigitsError passes through."""
        try:
            return parse_identifier(self.text(fact))
        except LostDigitsError:
            raise
        except UnreadableCellError as error:
            raise self.refusal(fact, error.reason) from error

    def rupiah(self, fact: str) -> Rupiah:
        """Give an amount of Rp0 or more; a missing column is Rp0."""
        amount = self._signed_rupiah(fact)
        if amount < ZERO:
            raise self.refusal(fact, NEGATIVE_AMOUNT)
        return amount

    def count(self, fact: str) -> int:
        """Give a number of pieces; a missing column is 0."""
        try:
            return parse_count(self.text(fact))
        except UnreadableCellError as error:
            raise self.refusal(fact, error.reason) from error

    def time(self, fact: str) -> dt.datetime | None:
        """Give a time in WIB, or None; one that cannot be read is noted.

        Its hours may stand in a column of their own, beside the date.
        """
        text = self.text(fact)
        clock = self.text(fact.removesuffix("at") + "clock")
        try:
            return self.formats.time(
                f"{text} {clock}" if clock and text and ":" not in text else text
            )
        except UnreadableCellError as error:
            self.note(fact, error.reason)
            return None

    def note(self, fact: str, reason: str) -> None:
        """Ask a person to look at this row, which counts all the same."""
        self.notes.append(self.problem(fact, reason, counted=True))

    def refusal(self, fact: str, reason: str) -> UnreadableFactError:
        """Make the error that leaves this row out."""
        return UnreadableFactError(self.problem(fact, reason, counted=False))

    def problem(self, fact: str, reason: str, *, counted: bool) -> RowProblem:
        """Say what is wrong with a cell, under the column's name in this file."""
        column = self.titles.get(fact, "")
        return RowProblem(self.number, column, self.text(fact)[:100], reason, counted)

    def pieces(self) -> tuple[int, int]:
        """Give how many pieces were bought (≥ 1) and how many of them came back."""
        quantity, returned = self.count("quantity"), self.count("returned")
        if quantity < 1:
            raise self.refusal("quantity", NO_PIECES)
        if returned > quantity:
            raise self.refusal("returned", MORE_BACK_THAN_BOUGHT)
        return quantity, returned

    def less(self, amount: Rupiah, fact: str) -> Rupiah:
        """Take a discount off an amount, with whichever sign the discount is written.

        Raises where less than Rp0 would be left.
        """
        left = Rupiah(amount - abs(self._signed_rupiah(fact)))
        if left < ZERO:
            raise self.refusal(fact, NEGATIVE_AMOUNT)
        return left

    def is_cod(self) -> bool:
        """Say whether the buyer pays on delivery."""
        method = self.text("payment_method").casefold()
        return method in _COD_SWITCH or any(words in method for words in _COD_WORDS)

    def _signed_rupiah(self, fact: str) -> Rupiah:
        try:
            return self.formats.rupiah(self.text(fact))
        except UnreadableCellError as error:
            raise self.refusal(fact, error.reason) from error
