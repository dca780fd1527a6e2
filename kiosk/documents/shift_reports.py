"""The reports of a shift: what it sold and took so far (X), and what was counted in the end (Z)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.documents.frames import written_at
from kiosk.documents.words import INDONESIAN, PaperWords
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
class Closing:
    """How a shift was closed; `head` is eight hex digits of the journal's seal.

    `pieces` are the notes and coins that were counted, by what each is worth.
    """

    counted_rp: Rupiah
    expected_rp: Rupiah
    reason: str
    head: str
    pieces: tuple[tuple[Rupiah, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftSlip:
    """The facts of a shift; instants are ISO 8601 in WIB.

    Without a `closing` it is an X report, up to `until` and asked for by `by`: it says
    nothing of the cash that should be there, for that is counted blind. Units, omzet,
    rounding and takings are less what came back; `refunded_rp` is its money. `discount_rp` was
    taken off before the omzet. `settled` is how often stalls got cash from the drawer, and how much.
    """

    event: str
    till: str
    opened_at: str
    opened_by: str
    until: str
    by: str
    sales: int
    units: int
    omzet_rp: Rupiah
    rounding_rp: Rupiah
    refunds: int
    refunded_rp: Rupiah
    takings: Sequence[MethodTakings]
    float_rp: Rupiah
    closing: Closing | None
    tips: Sequence[TipTakings] = ()
    discount_rp: Rupiah = ZERO
    settled: tuple[int, Rupiah] = (0, ZERO)
    words: PaperWords = INDONESIAN


def shift_report(report: ShiftSlip) -> Document:
    """Write a shift as a slip; a closed one's is for the coordinator's folder."""
    closing = report.closing
    return Document((*_sold(report), *(_counted(report, closing) if closing else ()), Cut()))


def _sold(report: ShiftSlip) -> Iterator[Element]:
    words, said = report.words, report.words.report
    yield Heading(said.title if report.closing else said.title_so_far)
    yield Text(report.event, align="center")
    yield Rule()
    yield Pair(words.till, report.till)
    yield Pair(said.opened, written_at(report.opened_at))
    yield Pair(f"  {said.by}", report.opened_by)
    yield Pair(said.closed if report.closing else said.so_far, written_at(report.until))
    yield Pair(f"  {said.by}", report.by)
    yield Rule()
    yield Pair(said.sales, format_amount(report.sales))
    if report.refunds:
        yield Pair(f"{said.refunds} x{report.refunds}", format_amount(-report.refunded_rp))
    yield Pair(said.units, format_amount(report.units))
    if report.discount_rp:
        yield Pair(said.discounts, format_amount(-report.discount_rp))
    yield Pair("Omzet", format_rupiah(report.omzet_rp), bold=True)
    if report.rounding_rp:
        yield Pair(words.rounding, format_amount(report.rounding_rp))
    yield Rule()
    for taking in report.takings:
        word = words.method(taking.method, taking.name)
        claimed = f" ({said.claimed})" if taking.state == "claimed" else ""
        yield Pair(f"{word}{claimed} x{taking.payments}", format_amount(taking.amount_rp))
    if report.takings:
        yield Rule()
    yield Pair(said.opening_float, format_amount(report.float_rp))
    times, settled_rp = report.settled
    if times:
        yield Pair(f"{said.settled} x{times}", format_amount(-settled_rp))
    for tip in report.tips:
        yield Pair(f"{words.left[tip.reason]} x{tip.times}", format_amount(tip.amount_rp))


def _counted(report: ShiftSlip, closing: Closing) -> Iterator[Element]:
    words, said = report.words, report.words.report
    for worth_rp, count in closing.pieces:
        yield Pair(f"{count} x {format_amount(worth_rp)}", format_amount(count * worth_rp))
    yield Pair(said.expected, format_amount(closing.expected_rp))
    yield Pair(said.counted, format_amount(closing.counted_rp))
    yield Pair(said.difference, format_amount(closing.counted_rp - closing.expected_rp), bold=True)
    if closing.reason:
        yield Text(f"{words.reason}: {closing.reason}")
    yield Rule()
    yield Pair(said.seal, closing.head)
    yield Feed(3)
    yield Pair(words.cashier, words.coordinator)
