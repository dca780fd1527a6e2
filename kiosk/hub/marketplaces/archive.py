"""An XLSX file looked over before it is opened: whole, not a bomb, no cell far away.

The workbook reader lays a sheet out as a full rectangle, so that two cells at opposite
corners of a sheet could fill the memory; the rectangle is bounded here first.
"""

import io
import re
import zipfile
import zlib
from typing import IO

from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces.limits import FileTooLargeError, Limits, TooManyRowsError

# No known export is wider than 80 columns; CZ is the 104th.
LAST_COLUMN = "CZ"
# Each pattern begins with its rarest fixed letters and looks behind them, which is three
# times as fast, and repeats nothing without bound: hostile XML must not make it slow.
_REFERENCE = rb"""r(?<=\sr)\s{0,9}=\s{0,9}["']"""
_FAR_COLUMN = re.compile(_REFERENCE + rb"(?:[A-Z]{3}|[D-Z][A-Z])[0-9]")
_CELL_ROW = re.compile(_REFERENCE + rb"[A-Z]{1,3}([0-9]{5,})")
_ROW_NUMBER = re.compile(
    rb"row(?<=[<:]row)\s[^>]{0,300}?"
    + _REFERENCE
    + rb"""([0-9]+)["'](?:[^>]{0,300}[^/>])?>\s{0,99}<(?!/)"""
)

_FORMULA = re.compile(rb"<(?:[a-z]{1,9}:)?f[ />]")

_CHUNK_BYTES = 1 << 20
# What one cell's or row's opening tag may need so that a chunk's edge does not hide it.
_OVERLAP_BYTES = 1_024
_MOST_MEMBERS = 1_000
_ENCRYPTED = 0x1
# Cells may stand without a reference and then count on from the left. Three times the
# width, for where a chunk's edge hides the end of a row, rows run together.
_MOST_CELLS_IN_A_ROW = 3 * 104


class BrokenSpreadsheetError(KioskError):
    """A file begins like a spreadsheet and cannot be read to its end."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(N_("%(name)s is damaged or incomplete. Download it once more."), name=name)


class NoWorkbookError(KioskError):
    """An archive holds no Excel workbook: some other zip, or another office format."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            N_(
                "%(name)s is an archive without an Excel workbook. Unpack it, or save it as .xlsx or .csv."
            ),
            name=name,
        )


class ProtectedSpreadsheetError(KioskError):
    """A workbook is locked with a password."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(N_("%(name)s is locked with a password. Save it without one."), name=name)


class SheetTooWideError(KioskError):
    """A sheet has cells far to the right of any known export."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            N_(
                "%(name)s has cells to the right of column %(column)s. Use the file as it was downloaded."
            ),
            name=name,
            column=LAST_COLUMN,
        )


class FormulasError(KioskError):
    """A workbook reckons with formulas, whose results are only as good as who saved it last."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            N_(
                "%(name)s has formulas, and the exports of marketplaces have none. "
                "Use the file as it was downloaded, or save the values alone as .csv."
            ),
            name=name,
        )


def check_archive(name: str, data: bytes, limits: Limits) -> bool:
    """Read an XLSX file's members once, in chunks, before anything is built from them.

    Says whether there is a formula in it.

    Raises BrokenSpreadsheetError, NoWorkbookError, ProtectedSpreadsheetError,
    FileTooLargeError, TooManyRowsError or SheetTooWideError.
    """
    has_formulas = False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if not any(_is_workbook(member.filename) for member in members):
                raise NoWorkbookError(name)
            unpacked_bytes = sum(member.file_size for member in members)
            if unpacked_bytes > limits.unpacked_bytes or len(members) > _MOST_MEMBERS:
                raise FileTooLargeError(name, limits.unpacked_bytes)
            for member in members:
                if member.flag_bits & _ENCRYPTED:
                    raise ProtectedSpreadsheetError(name)
                # Reading stops at the declared size and then checks the sum, so a size
                # that lies ends here and not in the workbook reader.
                with archive.open(member) as stream:
                    has_formulas |= _check_member(name, stream, limits)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        ValueError,
    ) as error:
        raise BrokenSpreadsheetError(name) from error
    return has_formulas


def _check_member(name: str, stream: IO[bytes], limits: Limits) -> bool:
    """Read one member to its end, looking for cells outside the rectangle, and for formulas."""
    tail = b""
    has_formulas = False
    open_cells = 0
    while chunk := stream.read(_CHUNK_BYTES):
        text = tail + chunk
        *rows, unfinished = chunk.split(b"</row>")
        widest = max((_cells(row) for row in rows[1:]), default=0)
        first = open_cells + _cells(rows[0]) if rows else 0
        if _FAR_COLUMN.search(text) or max(widest, first) > _MOST_CELLS_IN_A_ROW:
            raise SheetTooWideError(name)
        open_cells = _cells(unfinished) + (0 if rows else open_cells)
        # The header and what stands above it are not among the rows that are counted.
        last_row = limits.rows + 100
        for pattern in (_ROW_NUMBER, _CELL_ROW):
            if any(int(number) > last_row for number in pattern.findall(text)):
                raise TooManyRowsError(name, limits.rows)
        has_formulas = has_formulas or bool(_FORMULA.search(text))
        tail = text[-_OVERLAP_BYTES:]
    return has_formulas


def _is_workbook(member_name: str) -> bool:
    """Tell an XLSX workbook's part; some programs number it (`xl/workbook2.xml`)."""
    return member_name.startswith("xl/workbook") and member_name.endswith(".xml")


def _cells(row: bytes) -> int:
    return row.count(b"<c ") + row.count(b"<c>")
