"""CSV for a spreadsheet: UTF-8 with a BOM, and no cell that a spreadsheet would run.

A text that begins like a formula gets an apostrophe in front, which a spreadsheet shows
as text; numbers stay numbers.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from flask import Response

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(cell: str | int) -> str | int:
    """Give a cell that no spreadsheet takes for a formula."""
    if isinstance(cell, int):
        return cell
    return f"'{cell}" if cell.lstrip(" \u00a0\u200b\ufeff").startswith(_FORMULA) else cell


def csv_response(
    file_name: str, head: Sequence[str], rows: Iterable[Sequence[str | int]]
) -> Response:
    """Answer with a CSV file to keep; `file_name` is cut down to letters, digits and dashes."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(cell) for cell in head])
    writer.writerows([[safe_cell(cell) for cell in row] for row in rows])
    name = re.sub(r"[^a-z0-9]+", "-", file_name.lower()).strip("-") or "lapak"
    return Response(
        "\ufeff" + out.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
