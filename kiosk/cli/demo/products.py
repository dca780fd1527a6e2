"""The demonstration's goods, with prices that a bazaar would ask.

The SKUs of the sample exports are among them, so that those files find their products.
"""

from dataclasses import dataclass, replace
from typing import Final

from kiosk.domain.catalogue import Unit
from kiosk.domain.money import Rupiah


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """A product of the vendor whose key heads its SKU.

    `sells` says how often it was bought in 2021 compared with the others; 0 is new since.
    `stock` is what its stall brings to the bazaar that is on; None is not counted.
    """

    sku: str
    name: str
    category: str
    price_rp: Rupiah
    sells: int
    variant: str = ""
    unit: Unit = "pcs"
    barcode: str = ""
    choices: tuple[str, ...] = ()
    stock: int | None = None
    open_price: bool = False

    @property
    def vendor(self) -> str:
        """The key of its vendor."""
        return self.sku.partition("-")[0]


def _food(
    sku: str, name: str, price_rp: int, sells: int, variant: str = "", unit: Unit = "pcs"
) -> DemoProduct:
    return DemoProduct(sku, name, "Kuliner", Rupiah(price_rp), sells, variant, unit)


def _goods(
    sku: str, name: str, category: str, price_rp: int, sells: int, variant: str = ""
) -> DemoProduct:
    return DemoProduct(sku, name, category, Rupiah(price_rp), sells, variant)


PRODUCTS: Final = (
    _food("WB86-KOMPLIT", "Wedang Komplit", 25_000, 34),
    _food("WB86-PLETOK", "Bir Pletok Tubruk", 35_000, 22),
    _food("WB86-KOREA", "Wedang Korea", 30_000, 14),
    _food("WB86-TELANG", "Wedang Bunga Telang Sehat", 28_000, 16),
    _food("SOJ-BK250", "Beras Kencur", 17_500, 20, "250 ml"),
    _food("SOJ-KA500", "Kunyit Asam", 22_000, 15, "500 ml"),
    _food("SOJ-TL250", "Temulawak", 17_500, 9, "250 ml"),
    _goods("BTK-ONDEL", "Kain Batik Cap Ondel-ondel", "Fesyen", 175_000, 4, "biru"),
    _goods("BTK-KEMEJA", "Kemeja Batik Betawi", "Fesyen", 225_000, 2),
    _goods("BTK-MASKER", "Masker Kain Batik", "Fesyen", 10_000, 26),
    _food("KRP-TMP", "Keripik Tempe Sagu", 12_500, 36, "100 gr"),
    _food("KRP-SKG", "Keripik Singkong Pedas", 15_000, 28, "150 gr"),
    _food("KRP-RGN", "Rengginang Mini", 17_500, 18, "150 gr"),
    _food("KRP-CURAH", "Rengginang Curah", 60_000, 0, "per kg", "g"),
    _food("KOPI-R200", "Kopi Robusta Cilandak", 45_000, 12, "200 gr"),
    _food("KOPI-A200", "Kopi Arabika Cilandak", 65_000, 5, "200 gr"),
    _food("KOPI-ESGA", "Es Kopi Gula Aren", 18_000, 30),
    _food("KUE-KG200", "Kue Kembang Goyang", 25_000, 14, "200 gr"),
    _food("KUE-DDL", "Dodol Betawi", 35_000, 12, "250 gr"),
    _food("KUE-BIR", "Biji Ketapang", 20_000, 13, "200 gr"),
    _food("KUE-AKAR", "Akar Kelapa", 20_000, 10, "200 gr"),
    _food("NUB-UDUK", "Nasi Uduk Betawi", 15_000, 34),
    _food("NUB-ULAM", "Nasi Ulam", 20_000, 16),
    _food("NUB-LONTONG", "Lontong Sayur", 15_000, 15),
    _food("SBL-CUMI150", "Sambal Cumi", 35_000, 14, "150 gr"),
    _food("SBL-BAWANG", "Sambal Bawang", 25_000, 12, "150 gr"),
    _food("SBL-PECEL", "Bumbu Pecel", 18_000, 10, "250 gr"),
    _food("MDU-250", "Madu Hutan", 75_000, 5, "250 ml"),
    _food("MDU-500", "Madu Hutan", 140_000, 2, "500 ml"),
    _goods("ECO-KRDG", "Kerudung Ecoprint", "Fesyen", 120_000, 3),
    _goods("ECO-TOTE", "Tas Kain Ecoprint", "Fesyen", 65_000, 5),
    _goods("AYM-TAS", "Tas Anyam Pandan", "Kriya", 95_000, 3),
    _goods("AYM-TIKAR", "Tikar Pandan Kecil", "Kriya", 60_000, 2),
    _goods("AYM-DOMPET", "Dompet Anyam", "Kriya", 45_000, 5),
    _goods("OND-MINI", "Ondel-ondel Mini", "Kriya", 35_000, 8, "sepasang"),
    _goods("OND-KUNCI", "Gantungan Kunci Ondel-ondel", "Kriya", 15_000, 20),
    _goods("SBN-SEREH", "Sabun Herbal Sereh", "Lainnya", 22_000, 12, "80 gr"),
    _goods("SBN-LILIN", "Lilin Aroma", "Lainnya", 45_000, 4, "100 gr"),
    _goods("RJT-TOPI", "Topi Rajut Bayi", "Fesyen", 50_000, 3),
    _goods("RJT-BROS", "Bros Rajut", "Kriya", 12_500, 14),
    _food("KTM-AYAM", "Kerak Telor Ayam", 25_000, 18),
    _food("KTM-BEBEK", "Kerak Telor Bebek", 30_000, 15),
    replace(
        _food("KOPI-TT-ES", "Teh Tarik Betawi", 15_000, 0, "es"),
        choices=("gula sedikit", "tanpa gula", "es sedikit"),
    ),
    replace(
        _food("KOPI-TT-HGT", "Teh Tarik Betawi", 12_000, 0, "hangat"),
        choices=("gula sedikit", "tanpa gula"),
    ),
    replace(_goods("AYM-PESANAN", "Anyaman Pesanan", "Kriya", 50_000, 0), open_price=True),
    *(
        replace(_goods(f"ECO-KAOS-{size}", "Kaos Ecoprint", "Fesyen", 85_000, 0, size), stock=stock)
        for size, stock in (("S", 6), ("M", 9), ("L", 2), ("XL", 0))
    ),
    replace(
        _food("SOJ-KK250", "Kunyit Kencur", 19_000, 0, "250 ml"),
        barcode="2000000000060",
        stock=24,
    ),
    replace(_food("KRP-EMP", "Emping Melinjo", 27_500, 0, "150 gr"), barcode="2000000000077"),
    replace(_goods("RJT-TAS", "Tas Rajut", "Kriya", 135_000, 0), stock=3),
)
