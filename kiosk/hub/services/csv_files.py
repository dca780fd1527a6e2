"""CSV for a spreadsheet: UTF-8 with a BOM, and no cell that a spreadsheet would run.

A text that begins like a formula gets an apostrophe in front, which a spreadsheet shows
as text; numbers stay numbers.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(cell: str | int) -> str | int:
    """Give a cell that no spreadsheet takes for a formula."""
    if isinstance(cell, int):
        return cell
    return f"'{cell}" if cell.lstrip(" \u00a0\u200b\ufeff").startswith(_FORMULA) else cell


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Write a table as a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(cell) for cell in head])
    writer.writerows([[safe_cell(cell) for cell in row] for row in rows])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")
