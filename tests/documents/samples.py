"""Every document there is, in every variation that looks different on paper."""

import hashlib
from dataclasses import replace

from kiosk.cli.demo.logo import logo_picture
from kiosk.documents.frames import LeftChange, ReceiptFrame, StallFrame
from kiosk.documents.labels import Label, labels
from kiosk.documents.order_slips import OrderSlip, SlipLine, order_slip
from kiosk.documents.receipts import receipt
from kiosk.documents.refunds import RefundFrame, refund_slip
from kiosk.documents.settlement_slips import SettlementSlip, settlement_slip
from kiosk.documents.shift_reports import (
    Closing,
    MethodTakings,
    ShiftSlip,
    TipTakings,
    shift_report,
)
from kiosk.documents.words import ENGLISH, INDONESIAN
from kiosk.domain.money import Rupiah
from kiosk.domain.payments import Payment
from kiosk.domain.refunds import CameBack, Refund, take_back, take_back_all
from kiosk.domain.sales import Discount, Sale, SaleLine, Share
from kiosk.domain.settlements import Settlement, StallAccount
from printers.logo import prepare_logo
from printers.profiles import Profile
from printers.testpage import page

LOGO = prepare_logo(logo_picture())
KEY = hashlib.sha256(LOGO).hexdigest()
SALE_ID = "019a9f3e-5b00-7000-8000-000000000142"
AT = "2026-11-20T10:42:00+07:00"
STALLS = {
    "wedang": StallFrame("Wedang Uji 86", "Melawai", "https://toko.example/wedang-uji"),
    "keripik": StallFrame("Keripik & Sambal Uji", "Tebet Barat"),
}
FRAME = ReceiptFrame(
    event="Bazar Jumat",
    place="Halaman Kantor Wali Kota",
    header=("Jumat Beli Lokal",),
    footer=("Penukaran 7 hari, bawa struk ini",),
    stalls=STALLS,
    cashier="Rina",
    at=AT,
    contact="meja panitia",
    logo=KEY,
)
PLAIN_FRAME = replace(
    FRAME, place="", header=(), footer=(), contact="", logo=None,
    stalls={key: StallFrame(stall.name) for key, stall in STALLS.items()},
)  # fmt: skip


def line(n, name, stall, qty, price_rp, *, variant="", unit="pcs", note="", discount_rp=0):
    gross_rp = qty * price_rp // (1000 if unit == "g" else 1)
    return SaleLine(
        n, f"product {n}", f"SKU-{n}", name, variant, "Kuliner", stall, qty, unit,
        Rupiah(price_rp), Rupiah(discount_rp), Rupiah(gross_rp - discount_rp), note,
    )  # fmt: skip


def sale(lines, payments, *, discounts=(), rounding_rp=0):
    gross = {}
    borne = {}
    for one in lines:
        gross[one.stall] = gross.get(one.stall, 0) + one.gross_rp
    for one in discounts:
        borne[one.borne_by] = borne.get(one.borne_by, 0) + one.amount_rp
    shares = tuple(
        Share(
            stall, Rupiah(rp), Rupiah(borne.get(stall, 0)), Rupiah(0),
            Rupiah(rp - borne.get(stall, 0)), "0/10000",
        )
        for stall, rp in gross.items()
    )  # fmt: skip
    total_rp = sum(one.total_rp for one in lines) + rounding_rp
    return Sale(
        SALE_ID, "K01-0142", "event", "shift", tuple(lines), tuple(discounts), shares,
        Rupiah(rounding_rp), Rupiah(total_rp), tuple(payments),
    )  # fmt: skip


def cash(amount_rp, tendered_rp, n=1):
    return Payment(
        n, "cash", "bazaar", Rupiah(amount_rp),
        tendered_rp=Rupiah(tendered_rp), change_rp=Rupiah(tendered_rp - amount_rp),
    )  # fmt: skip


def qris(amount_rp, n=1, reference=None):
    return Payment(
        n, "qris", "wedang", Rupiah(amount_rp), nmid="ID1020000000001", reference=reference,
        state="claimed",
    )  # fmt: skip


WEDANG = line(
    1, "Wedang Komplit", "wedang", 2, 25_000, variant="Hangat", note="tanpa gula", discount_rp=5_000
)
OFF = Discount(1, Rupiah(5_000), "wedang", "promo pagi")
PLETOK = line(2, "Bir Pletok Tubruk", "wedang", 1, 35_000)
KERIPIK = line(3, "Keripik Curah", "keripik", 275, 85_050, unit="g")
FULL = sale([WEDANG, PLETOK, KERIPIK], [cash(103_300, 150_000)], discounts=[OFF], rounding_rp=-88)
PLAIN = sale([PLETOK], [cash(35_000, 35_000)])
LONG = sale(
    [
        line(
            1,
            "Sambal bawang cumi asin pedas manis kemasan botol kaca 250 ml",
            "keripik",
            12,
            47_500,
        ),
        line(2, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", "keripik", 1, 1_000_000),
    ],
    [cash(1_570_000, 1_600_000)],
)


def receipts():
    return {
        "receipt": receipt(FULL, FRAME),
        "receipt, English": receipt(FULL, replace(FRAME, words=ENGLISH)),
        "receipt, nothing but goods": receipt(PLAIN, PLAIN_FRAME),
        "receipt, QRIS claimed": receipt(sale([PLETOK], [qris(35_000, reference="4711")]), FRAME),
        "receipt, two payments": receipt(
            sale([PLETOK, KERIPIK], [qris(35_000), cash(23_388, 25_000, n=2)]), FRAME
        ),
        "receipt, change left": receipt(
            sale([PLETOK], [cash(35_000, 50_000)]),
            replace(FRAME, tips=(LeftChange("donation", Rupiah(15_000)),)),
        ),
        "receipt, every tenth": receipt(PLAIN, replace(PLAIN_FRAME, seal="1a2b3c4d")),
        "receipt, every tenth, English": receipt(
            PLAIN, replace(PLAIN_FRAME, words=ENGLISH, seal="1a2b3c4d")
        ),
        "receipt, long names": receipt(LONG, PLAIN_FRAME),
        "copy of a receipt": receipt(FULL, FRAME).stamped(INDONESIAN.copy),
        "copy of a receipt, English": receipt(FULL, replace(FRAME, words=ENGLISH)).stamped(
            ENGLISH.copy
        ),
        "copy of a voided receipt": receipt(FULL, replace(FRAME, voided=True)).stamped(
            INDONESIAN.copy
        ),
    }


def refund(kind, back):
    return Refund(
        "refund", kind, SALE_ID, "journal", "K01-0142", "event", "shift", "salah ketik", back
    )


def refunds():
    frame = RefundFrame(replace(FRAME, at="2026-11-20T11:05:00+07:00"), AT, "Dewi")
    english = replace(frame, receipt=replace(frame.receipt, words=ENGLISH))
    void = refund("void", take_back_all(FULL, CameBack()))
    return {
        "void": refund_slip(void, FULL, frame),
        "void, English": refund_slip(void, FULL, english),
        "refund": refund_slip(refund("refund", take_back(FULL, CameBack(), {1: 1})), FULL, frame),
    }


def reports():
    report = ShiftSlip(
        event="Bazar Jumat",
        till="Laci 1",
        opened_at="2026-11-20T07:02:00+07:00",
        opened_by="Rina",
        until="2026-11-20T17:05:00+07:00",
        by="Rina",
        sales=142,
        units=391,
        omzet_rp=Rupiah(10_840_500),
        rounding_rp=Rupiah(-1_250),
        refunds=2,
        refunded_rp=Rupiah(60_000),
        takings=(
            MethodTakings("cash", "final", 88, Rupiah(6_120_000)),
            MethodTakings("qris", "claimed", 52, Rupiah(4_619_250)),
            MethodTakings("ewallet-gopay", "final", 2, Rupiah(100_000), "GoPay"),
        ),
        float_rp=Rupiah(200_000),
        closing=Closing(
            Rupiah(6_322_000),
            Rupiah(6_325_000),
            "uang kembalian kurang",
            "1a2b3c4d",
            (
                (Rupiah(100_000), 60),
                (Rupiah(50_000), 6),
                (Rupiah(2_000), 11),
            ),
        ),
        tips=(TipTakings("donation", 3, Rupiah(5_000)),),
    )
    return {
        "X report": shift_report(replace(report, closing=None)),
        "X report, English": shift_report(replace(report, closing=None, words=ENGLISH)),
        "Z report": shift_report(report),
        "Z report, English": shift_report(replace(report, words=ENGLISH)),
    }


def slips():
    slip = OrderSlip(
        number="K01-0142",
        sale=SALE_ID,
        stall="Wedang Uji 86",
        till="K01",
        at=AT,
        lines=(
            SlipLine("Wedang Komplit Hangat", 2, "pcs", "tanpa gula"),
            SlipLine("Keripik Curah", 275, "g"),
        ),
    )
    return {
        "order slip": order_slip(slip),
        "order slip, cancelled": order_slip(replace(slip, cancelled=True)),
        "order slip, English": order_slip(replace(slip, words=ENGLISH)),
    }


def settlements():
    account = StallAccount(
        gross_rp=Rupiah(1_250_000),
        discount_rp=Rupiah(25_000),
        commission_rp=Rupiah(122_500),
        received_rp=Rupiah(350_000),
        handed_rp=Rupiah(500_000),
    )
    noon = Settlement("event", "batik", "Batik Uji", account, Rupiah(252_500), "cash", "shift")
    slip = SettlementSlip(
        noon, "Bazar Jumat", "Mesin 7", "Pak Uji", "2026-11-20T12:05:00+07:00", "Rina", "Dewi"
    )  # fmt: skip
    paid_itself = replace(account, received_rp=Rupiah(1_225_000), handed_rp=Rupiah(0))
    pays_in = replace(noon, account=paid_itself, amount_rp=Rupiah(-100_000))
    undone = replace(
        noon,
        account=replace(account, handed_rp=Rupiah(752_500)),
        amount_rp=Rupiah(-252_500),
        undoes="entry",
    )
    return {
        "settlement slip": settlement_slip(slip),
        "settlement slip, English": settlement_slip(replace(slip, words=ENGLISH)),
        "settlement slip, the stall pays in": settlement_slip(replace(slip, settlement=pays_in)),
        "settlement slip, taken back": settlement_slip(replace(slip, settlement=undone)),
    }


def price_labels():
    return {
        "labels": labels(
            [
                Label("Kain Batik Cap Biru", "Rp175.000", "Batik Uji", "2831249024285"),
                Label("Keripik Curah", "Rp85.050/kg", "Keripik & Sambal Uji", "KRP-275"),
                Label("Titipan", "", "Batik Uji", "012345678905"),
            ]
        )
    }


def every_document(profile: Profile):
    """Give each document by its name, pictures in place; the test page is the printer's own."""
    found = {**receipts(), **refunds(), **reports(), **slips(), **settlements(), **price_labels()}
    found["test page"] = page(profile, "Depan")
    return {name: one.with_pictures({KEY: LOGO}.get) for name, one in found.items()}
