"""Goods with everything a tile can have: variants, choices, barcodes, a count."""

from tests.support.bazaar import BATIK, KERIPIK, WEDANG, bundle_document

# Her PIN is the cashier's.
VENDOR = "00000000-0000-7000-8000-000000000103"
SIRUP, TWIN = "2000000000015", "2000000000022"
UPC_A = "036000291452"


def goods_id(n: int) -> str:
    """Give the id of the n-th product."""
    return f"00000000-0000-7000-8000-0000000005{n:02d}"


def product(n, stall, sku, name, price_rp, **facts):
    """Give a product as a bundle has it."""
    return {
        "id": goods_id(n),
        "stall": stall,
        "sku": sku,
        "name": name,
        "variant": "",
        "category": "Kuliner",
        "price_rp": price_rp,
        "unit": "pcs",
        **facts,
    }


GOODS = (
    product(1, WEDANG, "TEH-HGT", "Teh Tarik", 12_000, variant="hangat", choices=["tanpa gula"]),
    product(2, WEDANG, "TEH-ES", "Teh Tarik", 15_000, variant="es", choices=["es sedikit"]),
    product(3, WEDANG, "WB86-KOMPLIT", "Wedang Komplit", 25_000),
    product(4, WEDANG, "SRP-PALA", "Sirup Pala", 32_000, barcode=SIRUP),
    product(5, BATIK, "KAOS-L", "Kaos Betawi", 85_000, variant="L", stock=2, category="Fesyen"),
    product(6, BATIK, "KAOS-M", "Kaos Betawi", 85_000, variant="M", stock=0, category="Fesyen"),
    product(7, BATIK, "KAOS-S", "Kaos Betawi", 80_000, variant="S", stock=40, category="Fesyen"),
    product(8, KERIPIK, "KRP-TMP", "Keripik Tempe", 12_500, barcode=TWIN, stock=3, low_stock=3),
    product(9, KERIPIK, "KRP-SKG", "Keripik Singkong", 15_000, barcode=TWIN),
    product(10, KERIPIK, "KRP-UPC", "Keripik Bayam", 14_000, barcode=UPC_A),
    product(11, KERIPIK, "KRP-CURAH", "Rengginang Curah", 60_000, unit="g", stock=1_000),
)


def goods_bundle(version="0123456789abcdef", **changes):
    """Give a bundle with these goods, and a vendor among the staff who owns the keripik stall."""
    document = bundle_document(version, **{"products": [dict(one) for one in GOODS], **changes})
    pin_hash = document["staff"][0]["pin_hash"]
    vendor = {"id": VENDOR, "name": "Ibu Contoh", "role": "vendor", "pin_hash": pin_hash}
    document["staff"].append({**vendor, "stall": KERIPIK})
    return document
