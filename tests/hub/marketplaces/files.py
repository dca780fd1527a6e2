"""Order exports made for tests: the samples, and their rows written in other shapes."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

SAMPLES = Path(__file__).parent / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
HEADERS = json.loads((SAMPLES / "headers.json").read_text(encoding="utf-8"))

TOKOPEDIA_TIKTOK = "tokopedia_tiktok.csv"
SHOPEE = "shopee_order_all.csv"
LEGACY = "tokopedia_legacy_en.xlsx"


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def sample_rows(name: str) -> list[list[str]]:
    text = sample(name).decode("utf-8-sig")
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""))]


def csv_file(
    rows: Sequence[Sequence[str]], separator: str = ",", encoding: str = "utf-8-sig"
) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_file(
    rows: Sequence[Sequence[Any]], sheet: str = "OrderSKUList", *, before: int = 0
) -> bytes:
    """Write a workbook; numbers stay numbers, as in a file saved again, `before` sheets precede it."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"default_date_format": "yyyy-mm-dd hh:mm"}) as workbook:
        for number in range(before):
            workbook.add_worksheet(f"Petunjuk {number}").write(0, 0, "Cara membaca laporan ini")
        worksheet = workbook.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    worksheet.write_string(number, place, cell)
                else:
                    worksheet.write(number, place, cell)
    return data.getvalue()


def rewrite_sheet(data: bytes, pattern: bytes, replacement: bytes) -> bytes:
    """Change a workbook's first sheet as a careless or a hostile program would."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = re.sub(pattern, replacement, content)
            new.writestr(name, content)
    return out.getvalue()


def with_cell(rows: Sequence[Sequence[str]], row: int, column: str, text: str) -> list[list[str]]:
    """Copy rows with one cell changed; `row` 1 is the first below the header."""
    changed = [list(cells) for cells in rows]
    changed[row][changed[0].index(column)] = text
    return changed


def classic_rows(orders: Sequence[dict[str, str]]) -> list[list[str]]:
    """Write a “Laporan Penjualan”: four rows above the header, then a row for each line."""
    header = HEADERS["tokopedia_classic"]
    preamble = [["Laporan Penjualan"], ["Jakpreneur Uji"], ["20-11-2026 s/d 27-11-2026"], [""]]
    return [*preamble, header, *([order.get(column, "") for column in header] for order in orders)]


def lazada_rows(items: Sequence[dict[str, str]]) -> list[list[str]]:
    header = HEADERS["lazada"]
    return [header, *([item.get(column, "") for column in header] for item in items)]
