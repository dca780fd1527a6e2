"""The demonstration's vendors: made up, from all ten kecamatan, by official kelurahan code.

The QRIS payloads are synthetic: true issuers' prefixes, merchant numbers of zeros.
"""

from dataclasses import dataclass
from typing import Final

# Shown for carts with goods of several stalls; synthetic like the others.
BAZAAR_QRIS: Final = (
    "00020101021126690017ID.CO.BANKDKI.WWW011893600111000000000602150000000000000060303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000060303UMI5204549953033605802ID"
    "5917BAZAAR UJI JAKSEL6015JAKARTA SELATAN61051211062070703A016304310C"
)

_QRIS_WEDANG: Final = (
    "00020101021126610014COM.GO-JEK.WWW01189360091400000000010210G0000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204581253033605802ID"
    "5913WEDANG UJI 866015JAKARTA SELATAN61051211062070703A016304ECDB"
)
_QRIS_JAMU: Final = (
    "00020101021126570011ID.DANA.WWW011893600915000000000202090000000020303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000020303UMI5204549953033605802ID"
    "5908JAMU UJI6015Jakarta Selatan6105121206304CA55"
)
_QRIS_BATIK: Final = (
    "00020101021126610016ID.CO.SHOPEE.WWW01189360091800000000030208000000030303UKE"
    "51440014ID.CO.QRIS.WWW0215ID10200000000030303UKE5204569953033605802ID"
    "5920BATIK UJI, JAGAKARSA6015JAKARTA SELATAN61051262062070703A016304D272"
)
_QRIS_KERIPIK: Final = (
    "00020101021126690017ID.CO.BANKDKI.WWW011893600111000000000402150000000000000040303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000040303UMI5204546253033605802ID"
    "5920KERIPIK UJI & SAMBAL6015JAKARTA SELATAN61051271062070703A01630461F6"
)
_QRIS_KOPI: Final = (
    "00020101021126670016COM.NOBUBANK.WWW01189360050300000000050214000000000000050303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000050303UMI5204581453033605802ID"
    "5908KOPI UJI6015JAKARTA SELATAN61051243062070703A016304746D"
)


@dataclass(frozen=True, slots=True)
class DemoVendor:
    """A vendor; `key` heads her SKUs, `stage` is one of seven.

    `shop_url` leads nowhere, and nobody has a `transfer_account` like it.
    """

    key: str
    name: str
    owner: str
    kelurahan: str
    binaan: str
    stage: int
    qris: str | None = None
    shop_url: str = ""
    transfer_account: str = ""


VENDORS: Final = (
    DemoVendor(
        "WB86",
        "Wedang Batavia 86",
        "Ratna Widuri",
        "31.74.07.1001",
        "PPKUKM",
        6,
        _QRIS_WEDANG,
        "https://toko.example/wedang-batavia",
        "Bank Contoh 000-111-222, a.n. Ratna Widuri",
    ),
    DemoVendor("SOJ", "Sari Oma Jamu", "Juminten", "31.74.10.1002", "PPAPP", 5, _QRIS_JAMU),
    DemoVendor("BTK", "Batik Setu Ondel", "Siti Aminah", "31.74.09.1002", "PPKUKM", 6, _QRIS_BATIK),
    DemoVendor("KRP", "Keripik Mak Ijah", "Khadijah", "31.74.01.1003", "PPKUKM", 5, _QRIS_KERIPIK),
    DemoVendor("KOPI", "Kopi Cilandak Pagi", "Bayu", "31.74.06.1001", "Parekraf", 6, _QRIS_KOPI),
    DemoVendor("KUE", "Dapur Kembang Goyang", "Nurlela", "31.74.05.1003", "KPKP", 4),
    DemoVendor("NUB", "Nasi Uduk Bangka", "Romlah", "31.74.03.1002", "PPKUKM", 3),
    DemoVendor("SBL", "Sambal Kebayoran", "Dewi Lestiani", "31.74.05.1001", "PPAPP", 5),
    DemoVendor("MDU", "Madu Rimba Pancoran", "Hendra", "31.74.08.1001", "KPKP", 5),
    DemoVendor("ECO", "Ecoprint Setiabudi", "Maya", "31.74.02.1001", "Parekraf", 7),
    DemoVendor("AYM", "Anyaman Ragunan", "Sulastri", "31.74.04.1004", "Parekraf", 5),
    DemoVendor("OND", "Kriya Ondel Kebagusan", "Mamat", "31.74.04.1007", "Parekraf", 4),
    DemoVendor("SBN", "Sereh Wangi Ciganjur", "Fitri", "31.74.09.1003", "Nakertransgi", 5),
    DemoVendor("RJT", "Rajut Petukangan", "Yuliana", "31.74.10.1003", "Sosial", 2),
    DemoVendor("KTM", "Kerak Telor Mampang", "Jali", "31.74.03.1001", "PPKUKM", 3),
)
