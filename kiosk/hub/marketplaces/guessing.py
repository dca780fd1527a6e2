"""A look at a file of no known kind: its header, some cells, and what they might mean.

Nothing of it is kept: a column may name buyers until a person has said that it does not.
A guess is only ever filled into a form.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kiosk.hub.marketplaces.cells import as_text
from kiosk.hub.marketplaces.layout import header_signature, normal_name
from kiosk.hub.marketplaces.limits import Limits
from kiosk.hub.marketplaces.mapped import FACTS
from kiosk.hub.marketplaces.orders import State
from kiosk.hub.marketplaces.recognise import LAYOUTS, top_rows
from kiosk.hub.marketplaces.rows import Sheet, read_sheets

MOST_WORDS: Final = 60
_SAMPLES: Final = 3
_LONGEST_SAMPLE: Final = 60
_FEWEST_COLUMNS: Final = 3
_NUMBER_OR_TIME: Final = re.compile(r"[-+Rp. ]*[0-9][0-9.,:/ -]*")

# Names that other shops give these columns; those of the known exports are added below.
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "order_id": (
        "id transaksi", "no transaksi", "nomor transaksi", "kode transaksi", "id pesanan",
        "nomor pesanan", "no order", "no. order", "nomor order", "order number", "order no",
        "order no.", "no invoice", "nomor invoice", "no. invoice", "invoice", "no. transaksi",
        "order item no", "reference",
    ),
    "status": ("status", "status transaksi", "order state", "financial status", "status order"),
    "paid_at": (
        "tanggal bayar", "waktu bayar", "waktu pembayaran", "tgl bayar", "paid at", "date paid",
        "payment time", "payment date",
    ),
    "created_at": (
        "tanggal", "tgl", "tanggal transaksi", "tanggal pesanan", "tanggal order", "order date",
        "created at", "date", "waktu transaksi", "date created",
    ),
    "completed_at": ("tanggal selesai", "completed at", "date completed"),
    "cancelled_at": ("tanggal batal", "cancelled at", "canceled at"),
    "product_name": (
        "produk", "nama barang", "barang", "product", "item name", "lineitem name", "nama item",
        "item", "nama menu",
    ),
    "variation": ("varian", "variasi", "variant", "tipe"),
    "sku_id": ("id produk", "product id", "item id"),
    "seller_sku": ("sku", "kode barang", "kode produk", "merchant sku", "lineitem sku"),
    "quantity": (
        "qty", "kuantitas", "jumlah barang", "jumlah produk", "quantity", "lineitem quantity",
        "banyaknya", "pcs",
    ),
    "returned": ("jumlah retur", "retur", "returned", "refunded quantity"),
    "unit_price": (
        "harga", "harga satuan", "harga produk", "harga barang", "unit price", "price",
        "lineitem price", "item price",
    ),
    "omzet": ("subtotal", "total harga", "total harga barang", "line total", "jumlah harga"),
    "discount": ("lineitem discount",),
    "payment_method": ("metode bayar", "cara bayar", "payment method", "metode pembayaran"),
    "invoice": ("tokopedia invoice number",),
}  # fmt: skip
# Parts of a status text, the first that fits decides.
_PARTS: Final[tuple[tuple[str, State], ...]] = (
    ("belum", "unpaid"),
    ("menunggu pembayaran", "unpaid"),
    ("unpaid", "unpaid"),
    ("awaiting payment", "unpaid"),
    ("batal", "cancelled"),
    ("cancel", "cancelled"),
    ("tolak", "cancelled"),
    ("kembali", "cancelled"),
    ("refund", "cancelled"),
    ("gagal", "cancelled"),
    ("fail", "cancelled"),
    ("expire", "cancelled"),
    ("void", "cancelled"),
    ("selesai", "completed"),
    ("complete", "completed"),
    ("diterima", "completed"),
    ("finish", "completed"),
    ("kirim", "paid"),
    ("proses", "paid"),
    ("ship", "paid"),
    ("paid", "paid"),
    ("lunas", "paid"),
    ("process", "paid"),
    ("deliver", "paid"),
    ("bayar", "paid"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its name, and the first texts that stand in it."""

    name: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What a file of no known kind looks like, its header in row `header_row` (from 1)."""

    sheet: str
    header_row: int
    signature: str
    columns: tuple[Column, ...]
    _rows: Sheet

    @property
    def names(self) -> list[str]:
        """Give the columns' names."""
        return [column.name for column in self.columns]

    def words(self, name: str) -> list[str]:
        """Give the different texts of a column, in the order in which they come."""
        place = self._place(name)
        found: dict[str, None] = {}
        for cells in islice(self._rows.rows(), self.header_row, None):
            text = as_text(cells[place]) if place is not None and place < len(cells) else ""
            if text:
                found.setdefault(text[:_LONGEST_SAMPLE])
            if len(found) >= MOST_WORDS:
                break
        return list(found)

    def _place(self, name: str) -> int | None:
        header = next(islice(self._rows.rows(), self.header_row - 1, None), ())
        titles = [as_text(cell) for cell in header]
        return titles.index(name) if name in titles else None


def look_at(name: str, data: bytes, limits: Limits, header_row: int = 0) -> Look | None:
    """Look at a file's widest header; None where there is no row that could be one.

    `header_row` says where it stands, 0 that this is to be guessed. Raises what
    `read_sheets` raises.
    """
    found: Look | None = None
    for sheet in read_sheets(name, data, limits):
        look = _look_at_sheet(sheet, header_row)
        if look is not None and (found is None or len(look.columns) > len(found.columns)):
            found = look
    return found


def _look_at_sheet(sheet: Sheet, header_row: int) -> Look | None:
    top = top_rows(sheet)
    number = header_row or _header_row(top)
    if not 1 <= number <= len(top):
        return None
    names = top[number - 1]
    if len(set(filter(None, names))) < _FEWEST_COLUMNS:
        return None
    columns: dict[str, Column] = {}
    for place, title in enumerate(names):
        if title:
            cells = (row[place] for row in top[number:] if place < len(row) and row[place])
            samples = tuple(text[:_LONGEST_SAMPLE] for text in islice(cells, _SAMPLES))
            columns.setdefault(title, Column(title, samples))
    return Look(sheet.name, number, header_signature(names), tuple(columns.values()), sheet)


def _header_row(top: Sequence[Sequence[str]]) -> int:
    """Choose the row with the most different words that are neither numbers nor times."""

    def names(row: Sequence[str]) -> int:
        return len({text for text in row if text and not _NUMBER_OR_TIME.fullmatch(text)})

    best = max(top, key=names, default=())
    return next((place for place, row in enumerate(top, start=1) if row is best), 0)


def guess_columns(names: Sequence[str]) -> dict[str, str]:
    """Say which columns probably hold which facts; each column is given away once."""
    free = {normal_name(name): name for name in reversed(names)}
    guessed: dict[str, str] = {}
    for fact in FACTS:
        for known in _known_names(fact):
            if known in free:
                guessed[fact] = free.pop(known)
                break
    return guessed


def _known_names(fact: str) -> list[str]:
    known = [normal_name(name) for layout in LAYOUTS for name in layout.columns.get(fact, ())]
    return [*_NAMES.get(fact, ()), *known]


def guess_state(word: str) -> State:
    """Say what a status text probably means; `unknown` where nobody should guess."""
    for layout in LAYOUTS:
        state = layout.words.state(word)
        if state != "unknown":
            return state
    folded = word.casefold()
    return next((state for part, state in _PARTS if part in folded), "unknown")
