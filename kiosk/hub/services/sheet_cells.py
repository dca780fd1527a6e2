"""Set-up sheets row by row: columns by their words, and every wrong cell named in its place.

A column that a sheet leaves out leaves what stands as it is. A cell that says what stands
already, but for letters that nobody sees, changes nothing.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, TypeVar

from kiosk.domain.money import (
    LARGEST_AMOUNT,
    AmountTooLargeError,
    Rupiah,
)
from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces.cells import (
    Cell,
    UnreadableCellError,
    as_text,
    clean,
    parse_rupiah,
)
from kiosk.hub.marketplaces.limits import FileTooLargeError, Limits, TooManyRowsError
from kiosk.hub.marketplaces.rows import read_sheets

Value = TypeVar("Value")
MOST_ROWS: Final = 5_000
SHEET_LIMITS: Final = Limits(file_bytes=5 << 20, unpacked_bytes=64 << 20, rows=MOST_ROWS)
_ROWS_ABOVE_HEAD: Final = 20
_THOUSANDS: Final = re.compile(r"(?:rp\.?\s*)?([0-9]{1,6})(?:[.,]([0-9]))?\s*(rb|ribu|k|jt|juta)")
_SPACED: Final = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))")
YES: Final = frozenset({"ya", "y", "yes", "1", "true", "benar", "v", "✓"})
NO: Final = frozenset({"tidak", "tdk", "t", "n", "no", "0", "false", "salah"})


class EmptyCellError(KioskError):
    """A cell that must hold something is empty."""

    def __init__(self) -> None:
        super().__init__(N_("Fill this in."))


class CellTooLongError(KioskError):
    """A cell holds more than fits."""

    def __init__(self, most: int) -> None:
        super().__init__(N_("Shorten this to at most %(most)s characters."), most=most)


class YesOrNoError(KioskError):
    """A cell is neither yes nor no."""

    def __init__(self) -> None:
        super().__init__(N_("Write ya or tidak."))


class PriceError(KioskError):
    """A cell is no whole amount of rupiah."""

    def __init__(self) -> None:
        super().__init__(N_("Write whole rupiah, for example 25.000."))


class ColumnMissingError(KioskError):
    """No sheet of the file has the column by which rows are told apart."""

    def __init__(self, name: str, column: str) -> None:
        super().__init__(
            N_(
                "%(name)s has no column “%(column)s”. Download the sheet here, fill it in, and upload it."
            ),
            name=name,
            column=column,
        )


class ColumnTwiceError(KioskError):
    """Two columns have the same words."""

    def __init__(self, name: str, column: str) -> None:
        super().__init__(
            N_("%(name)s has the column “%(column)s” twice. Delete one of them."),
            name=name,
            column=column,
        )


class SheetTooLargeError(KioskError):
    """A file is larger, or has more rows, than a set-up sheet may."""

    def __init__(self, name: str) -> None:
        super().__init__(
            N_("%(name)s is larger than %(limit)s MB or %(rows)s rows. Split it into several."),
            name=name,
            limit=SHEET_LIMITS.file_bytes >> 20,
            rows=MOST_ROWS,
        )


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its word in the sheet, other words that are understood, and its width."""

    key: str
    title: str
    also: tuple[str, ...]
    width: int


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that cannot be taken: where it stands, what it holds and what to do."""

    row: int
    column: str
    text: str
    error: KioskError


@dataclass(slots=True)
class SheetRow:
    """One row, read cell by cell; what is refused is put down in `errors`."""

    number: int
    cells: Mapping[str, Cell]
    titles: Mapping[str, str]
    errors: list[CellError] = field(default_factory=list)

    def typed(self, key: str) -> str:
        """Give a cell as clean text, '' where it is empty or its column is not there."""
        return as_text(self.cells.get(key))

    def refuse(self, key: str, error: KioskError) -> None:
        """Put a refusal at a cell."""
        self.errors.append(CellError(self.number, self.titles[key], self.typed(key)[:60], error))

    def words(
        self, key: str, standing: str | None, *, required: bool = True, most: int = 200
    ) -> str:
        """Read a text; `standing` is what the row holds now, None for a new row."""
        text = self.typed(key)
        if standing is not None and (key not in self.cells or text == clean(standing)):
            return standing
        if required and not text:
            self.refuse(key, EmptyCellError())
        elif len(text) > most:
            self.refuse(key, CellTooLongError(most))
        return text

    def value(
        self,
        key: str,
        standing: int | None,
        parse: Callable[[str], int],
        *,
        empty: int | None = None,
    ) -> int:
        """Read a cell by `parse`, which raises KioskError; `empty` is what no text means."""
        text = self.typed(key)
        if standing is not None and key not in self.cells:
            return standing
        if not text and empty is not None:
            return empty
        try:
            if not text:
                raise EmptyCellError
            return parse(text)
        except KioskError as error:
            self.refuse(key, error)
            return standing or 0

    def read(self, key: str, standing: Value, empty: Value, parse: Callable[[str], Value]) -> Value:
        """Read a cell by `parse`, which raises KioskError; an empty one says `empty`.

        Without its column what stands stays.
        """
        text = self.typed(key)
        if key not in self.cells:
            return standing
        if not text:
            return empty
        try:
            return parse(text)
        except KioskError as error:
            self.refuse(key, error)
            return standing

    def yes(self, key: str, *, standing: bool | None) -> bool:
        """Read ya or tidak; an empty cell leaves what stands, and is ya in a new row."""
        text = self.typed(key).casefold()
        if text in NO:
            return False
        if text and text not in YES:
            self.refuse(key, YesOrNoError())
        return True if text or standing is None else standing


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A sheet whose columns are known: its rows that hold something, and what is not read."""

    rows: list[SheetRow]
    unread: list[str]


def read_table(name: str, data: bytes, columns: Sequence[SheetColumn], key: str) -> SheetTable:
    """Read the first sheet that has the column `key`.

    Raises ColumnMissingError, ColumnTwiceError, SheetTooLargeError, and what `read_sheets`
    raises for a file that cannot be read at all.
    """
    titles = {column.key: column.title for column in columns}
    try:
        for sheet in read_sheets(name, data, SHEET_LIMITS):
            rows = enumerate(sheet.rows(), start=1)
            head = next((row for _n, row in islice(rows, _ROWS_ABOVE_HEAD) if any(row)), ())
            places, unread = _places(name, head, columns)
            if key in places:
                return SheetTable(list(_rows(name, rows, places, titles)), unread)
    except (FileTooLargeError, TooManyRowsError) as error:
        raise SheetTooLargeError(name) from error
    raise ColumnMissingError(name, titles[key])


def _places(
    name: str, head: Sequence[Cell], columns: Sequence[SheetColumn]
) -> tuple[dict[str, int], list[str]]:
    """Say at which place each known column stands, and which words are not known."""
    known = {_fold(word): one.key for one in columns for word in (one.title, *one.also)}
    places: dict[str, int] = {}
    unread = []
    for place, cell in enumerate(head):
        title = as_text(cell)
        key = known.get(_fold(title))
        if key in places:
            raise ColumnTwiceError(name, title)
        if key is not None:
            places[key] = place
        elif title:
            unread.append(title[:60])
    return places, unread


def _rows(
    name: str,
    rows: Iterator[tuple[int, Sequence[Cell]]],
    places: Mapping[str, int],
    titles: Mapping[str, str],
) -> Iterator[SheetRow]:
    for number, row in rows:
        cells = {key: row[place] if place < len(row) else None for key, place in places.items()}
        if number > MOST_ROWS + _ROWS_ABOVE_HEAD:
            raise SheetTooLargeError(name)
        if any(as_text(cell) for cell in cells.values()):
            yield SheetRow(number, cells, titles)


def _fold(title: str) -> str:
    return re.sub(r"[^a-z0-9%]", "", title.casefold())


def read_price(text: str) -> Rupiah:
    """Read whole rupiah however people type them: `25000`, `25.000`, `Rp 25 000,-`, `25rb`, `1,5jt`.

    Raises PriceError, and AmountTooLargeError.
    """
    match = _THOUSANDS.fullmatch(text.casefold())
    if match is not None:
        step = 1_000_000 if match[3].startswith("j") else 1_000
        price_rp = int(match[1]) * step + int(match[2] or 0) * step // 10
    else:
        try:
            price_rp = int(parse_rupiah(_SPACED.sub("", text)))
        except UnreadableCellError as error:
            raise PriceError from error
    if price_rp < 0 or not any(letter.isdigit() for letter in text):
        raise PriceError
    if price_rp > LARGEST_AMOUNT:
        raise AmountTooLargeError(text)
    return Rupiah(price_rp)


def lost_digits(text: str) -> bool:
    """Say whether a spreadsheet program rounded a long number: `8.99123E+12`."""
    return re.fullmatch(r"[0-9][.,][0-9]+e\+[0-9]+", text.casefold()) is not None
