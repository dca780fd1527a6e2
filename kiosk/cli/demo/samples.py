"""Sample exports of marketplaces that a person can pick up and import.

The CSV files lie beside the code; the workbook has the same orders as the CSV of
Tokopedia & TikTok Shop, so that importing both shows that nothing is counted twice.
"""

import csv
import io
import shutil
from pathlib import Path
from typing import Final

import xlsxwriter

FOLDER: Final = Path(__file__).with_name("sample_files")
TOKOPEDIA_TIKTOK: Final = FOLDER / "tokopedia_tiktok.csv"
SHOPEE: Final = FOLDER / "shopee_order_all.csv"
WORKBOOK: Final = "tokopedia_tiktok.xlsx"
_SHEET: Final = "OrderSKUList"
# The seller center writes a row of descriptions below the header of its workbooks.
_DESCRIPTIONS: Final = "Platform unique order ID."


def export_header() -> list[str]:
    """Give the columns of Tokopedia & TikTok Shop's file, in its order."""
    return _rows()[0]


def put_out_samples(folder: Path) -> None:
    """Put the sample files into a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample in (TOKOPEDIA_TIKTOK, SHOPEE):
        shutil.copyfile(sample, folder / sample.name)
    _write_workbook(folder / WORKBOOK)


def _rows() -> list[list[str]]:
    text = TOKOPEDIA_TIKTOK.read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def _write_workbook(path: Path) -> None:
    header, *orders = _rows()
    descriptions = [_DESCRIPTIONS, *("" for _ in header[1:])]
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet(_SHEET)
        for number, row in enumerate((header, descriptions, *orders)):
            for place, cell in enumerate(row):
                # Ids of 19 digits stay texts: as numbers a spreadsheet would round them.
                sheet.write_string(number, place, cell)
