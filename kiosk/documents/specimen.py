"""A made-up sale, for looking at a receipt before anything was sold.

It has what a receipt can have: two stalls, a note, a discount, goods by weight, change.
"""

from typing import Final

from kiosk.documents.frames import StallFrame
from kiosk.domain.money import ZERO, Rupiah
from kiosk.domain.payments import Payment
from kiosk.domain.sales import Discount, Sale, SaleLine, Share

AT: Final = "2026-11-20T10:42:00+07:00"
CASHIER: Final = "Rina"
STALLS: Final = {
    "wedang": StallFrame("Wedang Contoh", "Melawai", "https://toko.example/wedang"),
    "keripik": StallFrame("Keripik Contoh", "Tebet Barat"),
}


def _line(n: int, name: str, stall: str, qty: int, price_rp: int) -> SaleLine:
    return SaleLine(
        n=n, product=f"product {n}", sku=f"SKU-{n}", name=name, variant="", category="Kuliner",
        stall=stall, qty=qty, unit="pcs", price_rp=Rupiah(price_rp), discount_rp=ZERO,
        total_rp=Rupiah(qty * price_rp), note="",
    )  # fmt: skip


def specimen_sale() -> Sale:
    """Give the sale: Rp85.500 of goods, Rp5.000 off, paid with a note of Rp100.000."""
    wedang = SaleLine(
        n=1, product="product 1", sku="SKU-1", name="Wedang Komplit", variant="Hangat",
        category="Kuliner", stall="wedang", qty=2, unit="pcs", price_rp=Rupiah(25_000),
        discount_rp=Rupiah(5_000), total_rp=Rupiah(45_000), note="tanpa gula",
    )  # fmt: skip
    lines = (
        wedang,
        _line(2, "Bir Pletok Tubruk dalam Botol", "wedang", 1, 23_000),
        _line(3, "Keripik Tempe Sagu", "keripik", 1, 12_500),
    )
    return Sale(
        id="specimen",
        number="K01-0142",
        event="specimen",
        shift="specimen",
        lines=lines,
        discounts=(Discount(1, Rupiah(5_000), "wedang", "promo pagi"),),
        shares=(
            Share("wedang", Rupiah(73_000), Rupiah(5_000), ZERO, Rupiah(68_000), "0/10000"),
            Share("keripik", Rupiah(12_500), ZERO, ZERO, Rupiah(12_500), "0/10000"),
        ),
        rounding_rp=ZERO,
        total_rp=Rupiah(80_500),
        payments=(
            Payment(
                1, "cash", "bazaar", Rupiah(80_500),
                tendered_rp=Rupiah(100_000), change_rp=Rupiah(19_500),
            ),
        ),
    )  # fmt: skip
