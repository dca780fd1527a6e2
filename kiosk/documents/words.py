"""The words that stand on paper, in Indonesian and in English.

A small table of its own: documents are pure, and a receipt's language is the event's or the
till's, never that of the person who happens to look at a screen.
"""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from kiosk.domain.methods import kind_of

PaperLanguage = Literal["id", "en"]
LANGUAGES: Final[tuple[PaperLanguage, ...]] = get_args(PaperLanguage)


@dataclass(frozen=True, slots=True)
class ReportWords:
    """The words of the report of a shift, closed or not."""

    title: str
    title_so_far: str
    so_far: str
    opened: str
    closed: str
    by: str
    sales: str
    refunds: str
    units: str
    discounts: str
    claimed: str
    opening_float: str
    settled: str
    expected: str
    counted: str
    difference: str
    seal: str


@dataclass(frozen=True, slots=True)
class SettlementWords:
    """The words of a settlement slip."""

    title: str
    machine: str
    by: str
    commission: str
    share: str
    received: str
    handed: str
    to_stall: str
    by_stall: str
    way: str
    left: str
    still_owes: str
    stall: str


@dataclass(frozen=True, slots=True)
class PaperWords:
    """Every word of every document; `methods` by their kinds."""

    number: str
    date: str
    cashier: str
    goods: str
    subtotal: str
    discount: str
    rounding: str
    total: str
    change: str
    reference: str
    claimed: str
    thanks: str
    contact: str
    shop_online: str
    seal_before: str
    # A slip for what came back.
    voided: str
    returned: str
    receipt: str
    sold_at: str
    approved_by: str
    reason: str
    money_back: str
    buyer: str
    coordinator: str
    # An order slip.
    order: str
    till: str
    note: str
    cancelled: str
    # A receipt as text, shortened; {} is how many lines are left out.
    more_lines: str
    # What a voucher was worth, and change that the buyer left.
    worth: str
    left: dict[str, str]
    # Stamped across what is printed again.
    copy: str
    report: ReportWords
    settlement: SettlementWords
    methods: dict[str, str]

    def method(self, code: str, name: str = "") -> str:
        """Give the word for a method: the organiser's own name, else its kind's."""
        return name or self.methods.get(kind_of(code), code)


INDONESIAN: Final = PaperWords(
    number="No",
    date="Tanggal",
    cashier="Kasir",
    goods="Harga barang",
    subtotal="Subtotal",
    discount="Diskon",
    rounding="Pembulatan",
    total="TOTAL",
    change="Kembali",
    reference="Ref",
    claimed="menunggu konfirmasi",
    thanks="Terima kasih sudah beli lokal",
    contact="Tukar/retur",
    shop_online="Belanja lagi di",
    seal_before="Segel sebelum struk ini",
    voided="DIBATALKAN",
    returned="RETUR",
    receipt="Struk",
    sold_at="dari",
    approved_by="Disetujui",
    reason="Alasan",
    money_back="KEMBALI",
    buyer="Pembeli",
    coordinator="Koordinator",
    order="PESANAN",
    till="Laci",
    note="Catatan",
    cancelled="BATAL",
    more_lines="... dan {} baris lagi",
    worth="Nilai",
    left={"tip": "Direlakan (tip)", "donation": "Direlakan (donasi)"},
    copy="SALINAN",
    report=ReportWords(
        title="LAPORAN TUTUP KASIR",
        title_so_far="LAPORAN SEMENTARA",
        so_far="Sampai",
        opened="Buka",
        closed="Tutup",
        by="oleh",
        sales="Transaksi",
        refunds="Batal/retur",
        units="Produk terjual",
        discounts="Diskon diberikan",
        claimed="belum pasti",
        opening_float="Modal awal",
        settled="Diserahkan ke lapak",
        expected="Kas seharusnya",
        counted="Uang dihitung",
        difference="Selisih",
        seal="Segel jurnal",
    ),
    settlement=SettlementWords(
        title="BAGIAN LAPAK",
        machine="Mesin",
        by="Oleh",
        commission="Komisi",
        share="Bagian lapak",
        received="Diterima langsung",
        handed="Sudah diserahkan",
        to_stall="DISERAHKAN",
        by_stall="DISETOR LAPAK",
        way="dengan",
        left="Sisa untuk lapak",
        still_owes="Sisa setoran lapak",
        stall="Lapak",
    ),
    methods={
        "cash": "Tunai",
        "qris": "QRIS",
        "transfer": "Transfer",
        "debit": "Debit",
        "ewallet": "Dompet digital",
        "voucher": "Voucher",
    },
)
ENGLISH: Final = PaperWords(
    number="No",
    date="Date",
    cashier="Cashier",
    goods="Goods",
    subtotal="Subtotal",
    discount="Discount",
    rounding="Rounding",
    total="TOTAL",
    change="Change",
    reference="Ref",
    claimed="awaiting confirmation",
    thanks="Thank you for buying local",
    contact="Exchanges/returns",
    shop_online="Shop again at",
    seal_before="Seal before this sale",
    voided="VOIDED",
    returned="RETURN",
    receipt="Receipt",
    sold_at="of",
    approved_by="Approved by",
    reason="Reason",
    money_back="REFUND",
    buyer="Buyer",
    coordinator="Coordinator",
    order="ORDER",
    till="Till",
    note="Note",
    cancelled="CANCELLED",
    more_lines="... and {} more lines",
    worth="Worth",
    left={"tip": "Left (tip)", "donation": "Left (donation)"},
    # The coordinators who look for it read Indonesian.
    copy="SALINAN / COPY",
    report=ReportWords(
        title="Z REPORT",
        title_so_far="X REPORT",
        so_far="Until",
        opened="Opened",
        closed="Closed",
        by="by",
        sales="Sales",
        refunds="Voids/returns",
        units="Products sold",
        discounts="Discounts given",
        claimed="unconfirmed",
        opening_float="Opening float",
        settled="Handed to stalls",
        expected="Expected cash",
        counted="Counted cash",
        difference="Difference",
        seal="Journal seal",
    ),
    settlement=SettlementWords(
        title="STALL SETTLEMENT",
        machine="Machine",
        by="By",
        commission="Commission",
        share="Stall's share",
        received="Received directly",
        handed="Handed over before",
        to_stall="HANDED OVER",
        by_stall="PAID IN BY STALL",
        way="by",
        left="Left for the stall",
        still_owes="Left to pay in",
        stall="Stall",
    ),
    methods={
        "cash": "Cash",
        "qris": "QRIS",
        "transfer": "Transfer",
        "debit": "Debit card",
        "ewallet": "E-wallet",
        "voucher": "Voucher",
    },
)
WORDS: Final[dict[PaperLanguage, PaperWords]] = {"id": INDONESIAN, "en": ENGLISH}


def words_of(language: str) -> PaperWords:
    """Give the words of a language; one nobody prints in is Indonesian."""
    return next((WORDS[known] for known in LANGUAGES if known == language), INDONESIAN)
