"""Schema of step 13: goods without a barcode are found by the code of their label."""

from typing import Any

from kiosk.domain.barcodes import barcode_key, internal_code


def give_label_codes(tables: Any) -> None:
    """Let a scanner find goods that came with a bundle before labels did."""
    rows = tables.execute("SELECT id FROM products WHERE barcode_key = ''").fetchall()
    for (product,) in rows:
        tables.execute(
            "UPDATE products SET barcode_key = ? WHERE id = ?",
            (barcode_key(internal_code(product)), product),
        )
