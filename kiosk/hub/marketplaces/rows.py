"""The rows of a file, CSV or XLSX, told apart by content and never by the file's name.

A sheet's rows are read again from the start each time they are asked for, so that a
header can be looked for without holding a second copy. Row 1 is the first row.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces.archive import BrokenSpreadsheetError, FormulasError, check_archive
from kiosk.hub.marketplaces.cells import Cell
from kiosk.hub.marketplaces.limits import FileTooLargeError, Limits

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UTF8_BOM = b"\xef\xbb\xbf"
# What people have uploaded instead, by its first bytes.
_OTHER_FILES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"%PDF": "PDF",
    b"\x1f\x8b": "GZIP",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
    b"{\\rtf": "RTF",
}
_SEPARATORS = (",", ";", "\t", "|")
_ROWS_TO_SNIFF = 20
_CHARACTERS_TO_SNIFF = 1_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, and its rows from the first one on."""

    name: str
    rows: Callable[[], Iterator[Sequence[Cell]]]


class NotASpreadsheetError(KioskError):
    """A file is neither CSV nor XLSX; `kind` says what it seems to be, if that is known."""

    def __init__(self, name: str, kind: str) -> None:
        self.name = name
        self.kind = kind
        super().__init__(
            N_(
                "%(name)s is no spreadsheet (%(kind)s). Choose the .xlsx or .csv file that the marketplace gave."
            ),
            name=name,
            kind=kind,
        )


class OldSpreadsheetError(KioskError):
    """A file is in Excel's format from before 2007, or is locked with a password."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            N_(
                "%(name)s is an old .xls file or is locked with a password. Save it as .xlsx, without a password."
            ),
            name=name,
        )


class EmptyFileError(KioskError):
    """A file holds nothing."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(N_("%(name)s is empty. Download it once more."), name=name)


class WrongEncodingError(KioskError):
    """A CSV file's letters are in no encoding that the marketplaces use."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            N_(
                "The letters in %(name)s cannot be read. Save it as “CSV UTF-8”, or use the file as downloaded."
            ),
            name=name,
        )


class BrokenRowError(KioskError):
    """A CSV row cannot be told from the next, usually for want of a closing quotation mark."""

    def __init__(self, name: str, row: int) -> None:
        self.name = name
        self.row = row
        super().__init__(
            N_(
                "Row %(row)s of %(name)s has a quotation mark that is never closed. Download it once more."
            ),
            name=name,
            row=row,
        )


def read_sheets(
    name: str, data: bytes, limits: Limits, *, formulas: bool = True
) -> Iterator[Sheet]:
    """Open a file's sheets one after another; a CSV file has one.

    `name` is only what messages call the file. Raises FormulasError where there are some and
    there should be none, FileTooLargeError, EmptyFileError,
    NotASpreadsheetError, OldSpreadsheetError, WrongEncodingError, and what
    `check_archive` raises; reading a sheet's rows may raise BrokenRowError.
    """
    if len(data) > limits.file_bytes:
        raise FileTooLargeError(name, limits.file_bytes)
    if not data.strip():
        raise EmptyFileError(name)
    if data.startswith(_ZIP):
        if check_archive(name, data, limits) and not formulas:
            raise FormulasError(name)
        return _workbook_sheets(name, data)
    if data.startswith(_OLE):
        raise OldSpreadsheetError(name)
    return iter([_csv_sheet(name, data)])


def _csv_sheet(name: str, data: bytes) -> Sheet:
    encoding = _encoding(name, data)
    text = _decode(name, data, encoding)
    separator = max(_SEPARATORS, key=lambda candidate: _cells_found(text, candidate))
    file = _CsvFile(name, data, encoding, separator, ends_quoted=text.rstrip().endswith('"'))
    return Sheet(name="", rows=file.rows)


def _encoding(name: str, data: bytes) -> str:
    """Say how a text file is written; raises NotASpreadsheetError if it is no text."""
    kind = next((kind for magic, kind in _OTHER_FILES.items() if data.startswith(magic)), "")
    if kind:
        raise NotASpreadsheetError(name, kind)
    if data.startswith(_UTF16):
        return "utf-16"
    if b"\0" in data:
        raise NotASpreadsheetError(name, "binary")
    return "utf-8-sig"


def _decode(name: str, data: bytes, encoding: str) -> str:
    """Decode all of a file, so that no row fails later for its letters."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise WrongEncodingError(name) from error
    if not text.strip("\ufeff \t\r\n"):
        raise EmptyFileError(name)
    if text.lstrip().startswith("<"):
        raise NotASpreadsheetError(name, "HTML")
    return text


def _cells_found(text: str, separator: str) -> int:
    """Say into how many cells a separator would cut the first rows; cells may end in a TAB."""
    first_rows = csv.reader(
        io.StringIO(text[:_CHARACTERS_TO_SNIFF], newline=""), delimiter=separator
    )
    try:
        return sum(len(row) for row in islice(first_rows, _ROWS_TO_SNIFF))
    except csv.Error:
        return 0


@dataclass(frozen=True, slots=True)
class _CsvFile:
    """A CSV file's bytes, decoded a piece at a time as its rows are read."""

    name: str
    data: bytes
    encoding: str
    separator: str
    ends_quoted: bool

    def rows(self) -> Iterator[Sequence[Cell]]:
        """Read the file from its start; raises BrokenRowError."""
        text = io.TextIOWrapper(io.BytesIO(self.data), encoding=self.encoding, newline="")
        records = csv.reader(text, delimiter=self.separator)
        number = 1
        row: list[str] = []
        try:
            for row in records:
                yield row
                number += 1
        except csv.Error as error:
            raise BrokenRowError(self.name, number) from error
        # Only a quoted cell holds a line break. If the last one does and the file does not
        # end in a quotation mark, it was never closed and has swallowed the rows below it.
        if row and "\n" in row[-1] and not self.ends_quoted:
            raise BrokenRowError(self.name, number - 1)


def _workbook_sheets(name: str, data: bytes) -> Iterator[Sheet]:
    # Loaded only here: a hub that never imports a workbook never pays for it.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet_name in workbook.sheet_names:
            yield Sheet(name=sheet_name, rows=workbook.get_sheet_by_name(sheet_name).iter_rows)
    except CalamineError as error:
        raise BrokenSpreadsheetError(name) from error
    except BaseException as error:
        # A panic in the reader's Rust code derives from BaseException and has no name to import.
        if type(error).__name__ == "PanicException":
            raise BrokenSpreadsheetError(name) from error
        raise
