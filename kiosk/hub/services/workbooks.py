"""Workbooks to keep: one sheet with its head frozen, and no cell that a spreadsheet would run.

Texts are written as texts whatever they begin with; only whole numbers are numbers.
"""

import io
from collections.abc import Iterable, Sequence

from kiosk.hub.services.sheet_cells import SheetColumn
from kiosk.hub.services.sheet_plans import Cells


def write_workbook(title: str, columns: Sequence[SheetColumn], rows: Iterable[Cells]) -> bytes:
    """Write rows under their columns' words; a row after another, so that memory stays small."""
    # Loaded only here: a page that writes no workbook does not pay for it.
    import xlsxwriter  # noqa: PLC0415

    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = workbook.add_worksheet(title)
    head = workbook.add_format({"bold": True})
    number = workbook.add_format({"num_format": "#,##0"})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.title, head)
    for n, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            cell = row[column.key]
            if isinstance(cell, int):
                sheet.write_number(n, place, cell, number)
            else:
                sheet.write_string(n, place, cell)
    workbook.close()
    return out.getvalue()
