"""Tables to take away: CSV, or a workbook where the address says `?as=xlsx`.

One way for every table, so that none is without the other; neither has a cell that a
spreadsheet would run.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from flask import Response, request

from kiosk.hub.services.csv_files import csv_bytes
from kiosk.hub.services.workbooks import table_workbook

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_response(
    file_name: str, head: Sequence[str], rows: Iterable[Sequence[str | int]]
) -> Response:
    """Answer with a table to keep; `file_name` is cut down to letters, digits and dashes."""
    if request.args.get("as") == "xlsx":
        return file_response(file_name, "xlsx", XLSX, table_workbook(head, rows))
    return file_response(file_name, "csv", "text/csv", csv_bytes(head, rows))


def file_response(file_name: str, ending: str, kind: str, content: bytes) -> Response:
    """Answer with a file to keep, under a name that every system takes."""
    name = f"{plain_name(file_name)}.{ending}"
    return Response(
        content,
        mimetype=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def plain_name(text: str) -> str:
    """Cut a name down to letters, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "lapak"
