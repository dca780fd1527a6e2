"""Workbooks to keep: sheets with their heads frozen, and no cell that a spreadsheet would run.

Texts are written as texts whatever they begin with; only whole numbers are numbers.
"""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from kiosk.hub.services.sheet_cells import SheetColumn
from kiosk.hub.services.sheet_plans import Cells

_WIDEST: Final = 48
_NARROWEST: Final = 9
_LONGEST_TITLE: Final = 31


class Page(NamedTuple):
    """One sheet of a workbook: its name, its head, its rows."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str | int]]


def write_workbook(title: str, columns: Sequence[SheetColumn], rows: Iterable[Cells]) -> bytes:
    """Write rows under their columns' words; a row after another, so that memory stays small."""
    cells = ([row[column.key] for column in columns] for row in rows)
    head = [(column.title, column.width) for column in columns]
    return _write([(title, head, cells)])


def table_workbook(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Write one table as a workbook, its columns as wide as what is in them."""
    return pages_workbook([Page("Lapak", head, list(rows))])


def pages_workbook(pages: Iterable[Page]) -> bytes:
    """Write several tables as the sheets of one workbook; names are cut to what one may be."""
    return _write(
        [(_title(page.title, n), _widths(page), page.rows) for n, page in enumerate(pages, start=1)]
    )


def _title(text: str, n: int) -> str:
    """Give a name that a sheet may have, and no other sheet has."""
    plain = re.sub(r"[\[\]:*?/\\']+", " ", text).strip() or "Lapak"
    return f"{n} {plain}"[:_LONGEST_TITLE] if n > 1 else plain[:_LONGEST_TITLE]


def _widths(page: Page) -> list[tuple[str, int]]:
    longest = [
        max((len(str(row[place])) for row in page.rows), default=0)
        for place in range(len(page.head))
    ]
    return [
        (words, min(_WIDEST, max(_NARROWEST, len(words), widest) + 2))
        for words, widest in zip(page.head, longest, strict=True)
    ]


def _write(
    sheets: Iterable[tuple[str, Sequence[tuple[str, int]], Iterable[Sequence[str | int]]]],
) -> bytes:
    """Write sheets of (name, columns with their widths, rows)."""
    # Loaded only here: a page that writes no workbook does not pay for it.
    import xlsxwriter  # noqa: PLC0415

    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"constant_memory": True})
    head_format = workbook.add_format({"bold": True})
    number = workbook.add_format({"num_format": "#,##0"})
    for title, columns, rows in sheets:
        sheet = workbook.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for place, (words, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, words, head_format)
        for n, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(n, place, cell, number)
                else:
                    sheet.write_string(n, place, cell)
    workbook.close()
    return out.getvalue()
