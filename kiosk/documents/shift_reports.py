"""The Z report (*Laporan Tutup Kasir*): what a shift sold, took and counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.documents.frames import written_at
from kiosk.documents.words import INDONESIAN
from kiosk.domain.money import ZERO, Rupiah, format_amount, format_rupiah
from kiosk.domain.tips import Reason
from printers.elements import Cut, Document, Element, Feed, Heading, Pair, Rule, Text


@dataclass(frozen=True, slots=True)
class MethodTakings:
    """What one method took in one state (`final` or `claimed`); `name` is the organiser's own."""

    method: str
    state: str
    payments: int
    amount_rp: Rupiah
    name: str = ""


@dataclass(frozen=True, slots=True)
class TipTakings:
    """Change that buyers left for one reason: in the drawer, in no takings and no omzet."""

    reason: Reason
    times: int
    amount_rp: Rupiah


@dataclass(frozen=True, slots=True)
class ZReport:
    """The facts of a closed shift; instants are ISO 8601 in WIB, `head` eight hex digits.

    Units, omzet, rounding and takings are less what came back; `refunded_rp` is its money.
    `discount_rp` was taken off before the omzet.
    """

    event: str
    till: str
    opened_at: str
    opened_by: str
    closed_at: str
    closed_by: str
    sales: int
    units: int
    omzet_rp: Rupiah
    rounding_rp: Rupiah
    refunds: int
    refunded_rp: Rupiah
    takings: Sequence[MethodTakings]
    float_rp: Rupiah
    counted_rp: Rupiah
    expected_rp: Rupiah
    reason: str
    head: str
    tips: Sequence[TipTakings] = ()
    discount_rp: Rupiah = ZERO


def z_report(report: ZReport) -> Document:
    """Write a closed shift as a slip for the coordinator's folder."""
    return Document(tuple(_elements(report)))


def _elements(report: ZReport) -> Iterator[Element]:
    yield Heading("LAPORAN TUTUP KASIR")
    yield Text(report.event, align="center")
    yield Rule()
    yield Pair("Laci", report.till)
    yield Pair("Buka", written_at(report.opened_at))
    yield Pair("  oleh", report.opened_by)
    yield Pair("Tutup", written_at(report.closed_at))
    yield Pair("  oleh", report.closed_by)
    yield Rule()
    yield Pair("Transaksi", format_amount(report.sales))
    if report.refunds:
        yield Pair(f"Batal/retur x{report.refunds}", format_amount(-report.refunded_rp))
    yield Pair("Produk terjual", format_amount(report.units))
    if report.discount_rp:
        yield Pair("Diskon diberikan", format_amount(-report.discount_rp))
    yield Pair("Omzet", format_rupiah(report.omzet_rp), bold=True)
    if report.rounding_rp:
        yield Pair("Pembulatan", format_amount(report.rounding_rp))
    yield Rule()
    for taking in report.takings:
        word = INDONESIAN.method(taking.method, taking.name)
        claimed = " (belum pasti)" if taking.state == "claimed" else ""
        yield Pair(f"{word}{claimed} x{taking.payments}", format_amount(taking.amount_rp))
    yield Rule()
    yield Pair("Modal awal", format_amount(report.float_rp))
    for tip in report.tips:
        yield Pair(f"{INDONESIAN.left[tip.reason]} x{tip.times}", format_amount(tip.amount_rp))
    yield Pair("Kas seharusnya", format_amount(report.expected_rp))
    yield Pair("Uang dihitung", format_amount(report.counted_rp))
    yield Pair("Selisih", format_amount(report.counted_rp - report.expected_rp), bold=True)
    if report.reason:
        yield Text(f"Alasan: {report.reason}")
    yield Rule()
    yield Pair("Segel jurnal", report.head)
    yield Feed(3)
    yield Pair("Kasir", "Koordinator")
    yield Cut()
