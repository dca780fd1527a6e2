"""A receipt as a stall gives it, and a picture, for every printing test."""

import io

from PIL import Image as Pictures

from printers.elements import (
    QR,
    Cell,
    Columns,
    Cut,
    Document,
    Feed,
    Heading,
    Image,
    Pair,
    Rule,
    Text,
    to_json,
)


def receipt() -> Document:
    return Document(
        (
            Heading("Bazar Jumat Berkah", 2),
            Heading("Dapur Bu Tini"),
            Text("Halaman kantor kecamatan", align="center"),
            Rule("="),
            Pair("No K03-0142", "Kasir Sari"),
            Text("Jumat 20 November 2026 11.42 WIB"),
            Rule(),
            Text("Kue kering nastar toples 500 gram isi nanas asli"),
            Pair("  2 x 62.500", "125.000"),
            Text("Café – kopi susu"),
            Pair("  1 x 18.000", "18.000"),
            Rule(),
            Columns((Cell("Barang", 2), Cell("Jml", 1, "right"), Cell("Harga", 1, "right"))),
            Pair("Subtotal", "143.000"),
            Pair("Diskon", "-3.000"),
            Pair("TOTAL Rp", "140.000", bold=True, size=2),
            Pair("Tunai", "150.000"),
            Pair("Kembali", "10.000"),
            Feed(1),
            QR("https://lapak.example/r/K03-0142", caption="Nilai kami"),
            Text("Terima kasih", align="center"),
            Cut(),
        )
    )


def receipt_json() -> str:
    return to_json(receipt())


def picture(width: int = 200, height: int = 150) -> Image:
    drawn = Pictures.new("L", (width, height), 255)
    drawn.paste(0, (10, 10, width - 10, height - 10))
    return Image(_png(drawn))


def _png(drawn) -> bytes:
    target = io.BytesIO()
    drawn.save(target, "PNG")
    return target.getvalue()
