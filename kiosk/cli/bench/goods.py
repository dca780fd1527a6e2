"""A made-up bazaar of any size: stalls, products and staff as a hub would send them down."""

import hashlib
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from werkzeug.security import generate_password_hash

from kiosk.clock import stamp
from kiosk.domain.ids import RANDOM_BYTES, uuid7
from kiosk.domain.qris import checksum

CASHIER: Final = "00000000-0000-7000-8000-000000000101"
PIN: Final = "2468"
CAMPAIGN: Final = "00000000-0000-7000-8000-000000000302"
INSTALLATION: Final = "00000000-0000-7000-8000-000000000303"
MOST_TILLS: Final = 12
_MADE_AT_MS: Final = 1_795_000_000_000
PRODUCTS_OF_A_STALL: Final = 20

_GOODS: Final = (
    ("Keripik Tempe", "Kuliner", 12_500), ("Wedang Uwuh", "Kuliner", 25_000),
    ("Bir Pletok", "Kuliner", 35_000), ("Dodol Betawi", "Kuliner", 40_000),
    ("Kue Rangi", "Kuliner", 15_000), ("Sambal Roa", "Kuliner", 45_000),
    ("Kopi Bubuk Arabika", "Kuliner", 65_000), ("Madu Hutan", "Kuliner", 90_000),
    ("Kain Batik Cap", "Fesyen", 175_000), ("Kebaya Encim", "Fesyen", 325_000),
    ("Kerudung Segi Empat", "Fesyen", 55_000), ("Sandal Kulit", "Fesyen", 120_000),
    ("Tas Anyaman Pandan", "Kriya", 85_000), ("Miniatur Ondel-ondel", "Kriya", 60_000),
    ("Gelang Manik", "Kriya", 20_000), ("Lilin Aroma Terapi", "Kriya", 48_000),
    ("Sabun Serai", "Kecantikan", 22_000), ("Lulur Bengkoang", "Kecantikan", 38_000),
    ("Tanaman Sirih Gading", "Tanaman", 30_000), ("Kaktus Mini", "Tanaman", 18_000),
)  # fmt: skip
_VARIANTS: Final = (
    "", "Kecil", "Besar", "Original", "Pedas", "Manis", "Merah", "Biru", "Hijau", "Cokelat",
    "250 g", "500 g", "Isi 3", "Isi 10", "Ukuran M", "Ukuran L", "Botol", "Pouch",
)  # fmt: skip
_OWNERS: Final = ("Ibu Contoh", "Pak Misal", "Ibu Umpama", "Pak Teladan", "Ibu Percobaan")


def identifier(family: str, n: int) -> str:
    """Make the id of the n-th thing of a family: the same at every call, as random as real ones."""
    digest = hashlib.sha256(f"{family} {n}".encode()).digest()
    return uuid7(_MADE_AT_MS, digest[:RANDOM_BYTES])


def event_id(n: int = 0) -> str:
    """Give the id of the campaign's n-th event; a bundle carries the first."""
    return identifier("event", n)


def stall_id(n: int) -> str:
    """Give the id of the n-th stall."""
    return identifier("stall", n)


def stalls(products: int) -> list[dict[str, Any]]:
    """Give the stalls that so many products come from."""
    count = -(-products // PRODUCTS_OF_A_STALL) if products > PRODUCTS_OF_A_STALL else 4
    return [
        {
            "id": stall_id(n),
            "name": f"Lapak {_OWNERS[n % len(_OWNERS)].split()[1]} {n + 1}",
            "vendor": _OWNERS[n % len(_OWNERS)],
            "kelurahan": "Melawai",
            "qris": None,
            "commission_basis_points": 250 * (n % 3),
        }
        for n in range(count)
    ]


def products(count: int) -> Iterator[dict[str, Any]]:
    """Give products whose names and prices differ as they do at a bazaar."""
    chance = random.Random(count)  # noqa: S311 - the same names at every run
    stall_count = len(stalls(count))
    for n in range(count):
        name, category, price_rp = _GOODS[n % len(_GOODS)]
        round_ = n // len(_GOODS)
        variant = _VARIANTS[round_ % len(_VARIANTS)]
        yield {
            "id": identifier("product", n),
            "stall": stall_id(n * stall_count // count),
            "sku": f"{name[:3].upper()}{chance.randrange(100, 1_000)}-{n:04d}",
            "name": name if round_ < len(_VARIANTS) else f"{name} Seri {round_}",
            "variant": variant,
            "category": category,
            "price_rp": price_rp + 500 * chance.randrange(20),
            "unit": "pcs",
        }


def bundle(count: int, now: datetime) -> dict[str, Any]:
    """Give the bundle of an event that is on now, with `count` products and 12 tills."""
    return {
        "lapak_bundle": 1,
        "version": f"{count:016x}",
        "installation_name": "Mesin Ukur",
        "campaign": {"id": CAMPAIGN, "name": "Jumat Beli Lokal"},
        "event": {
            "id": event_id(),
            "name": "Bazar Jumat",
            "place": "Halaman Kantor",
            "bazaar_start": stamp(now - timedelta(hours=4)),
            "bazaar_end": stamp(now + timedelta(hours=6)),
            "qris": _qris(),
            "cash_rounding_rp": 100,
        },
        "tills": [
            {"id": f"K{n:02d}", "name": f"Laci {n}", "stall": None}
            for n in range(1, MOST_TILLS + 1)
        ],
        "stalls": stalls(count),
        "products": list(products(count)),
        "staff": [
            {
                "id": CASHIER,
                "name": "Rina",
                "role": "cashier",
                "pin_hash": generate_password_hash(PIN),
            }
        ],
        "texts": {"header": ["Jumat Beli Lokal"], "footer": ["Terima kasih"]},
    }


def _qris() -> str:
    """Make a standing code of no real merchant, with a right checksum."""
    body = (
        "00020101021126570011ID.DANA.WWW011893600915000000000202090000000020303UMI"
        "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204549953033605802ID"
        "5911BAZAR JUMAT6015Jakarta Selatan6105121206304"
    )
    return body + checksum(body)
