"""A marketplace's file becomes orders: every row counted, or shown with the reason why not.

Rows of one order may stand apart. An order keeps its rows' order, and what is the
order's own (times, invoice, refund) is kept once.
"""

import datetime as dt
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kiosk.domain.money import ZERO, Rupiah, format_rupiah, share_out, total
from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces import reasons
from kiosk.hub.marketplaces.cells import LostDigitsError, as_text
from kiosk.hub.marketplaces.layout import Layout
from kiosk.hub.marketplaces.limits import Limits, TooManyRowsError
from kiosk.hub.marketplaces.orders import (
    Channel,
    Export,
    Order,
    OrderLine,
    RowProblem,
    State,
    combined_state,
    is_sementara,
)
from kiosk.hub.marketplaces.recognise import NO_LAYOUTS, Recognised, recognise
from kiosk.hub.marketplaces.row import Row, UnreadableFactError
from kiosk.hub.marketplaces.rows import read_sheets

# A price below this is likelier 35.000 read as 35 than a price.
_SMALLEST_PRICE_RP = Rupiah(100)
# A spreadsheet keeps this many digits of a number and writes zeros for the rest.
_SPREADSHEET_DIGITS = 15

_ROWS_A_STEP = 2_000
# What a row must reach: left out, these would count as nothing.
_COUNTED = frozenset({"quantity", "unit_price", "before_discount", "omzet"})

DEFAULT_LIMITS = Limits()


class RoundedIdsError(KioskError):
    """A spreadsheet program rounded the file's long numbers: orders can no longer be told apart."""

    def __init__(self, name: str, row: int, text: str) -> None:
        self.name = name
        self.row = row
        self.text = text
        super().__init__(
            N_(
                "A spreadsheet program rounded the numbers in %(name)s (row %(row)s: “%(text)s”). "
                "Download it once more, and import it without opening it first."
            ),
            name=name,
            row=row,
            text=text,
        )


@dataclass(slots=True)
class _Draft:
    """An order while its rows are being read."""

    layout: Layout
    first_row: int
    part: int
    status: str
    order_id: str
    invoice_number: str
    channel: Channel
    created_at: dt.datetime | None
    paid_at: dt.datetime | None
    completed_at: dt.datetime | None
    cancelled_at: dt.datetime | None
    cod: bool
    refund_rp: Rupiah = ZERO
    lines: list[OrderLine] = field(default_factory=list)
    keys: dict[str, OrderLine] = field(default_factory=dict)

    def times(self) -> Iterator[dt.datetime]:
        """Give every time this order knows."""
        return filter(None, (self.created_at, self.paid_at, self.completed_at, self.cancelled_at))

    def order(self) -> Order:
        """Finish the order."""
        return Order(
            source=self.layout.source,
            channel=self.channel,
            order_id=self.order_id,
            invoice_number=self.invoice_number,
            status=self.status,
            state=combined_state(line.state for line in self.lines),
            created_at=self.created_at,
            paid_at=self.paid_at,
            completed_at=self.completed_at,
            cancelled_at=self.cancelled_at,
            refund_rp=self.refund_rp,
            cod=self.cod,
            lines=tuple(self.lines),
        )


def read_export(
    name: str,
    data: bytes,
    limits: Limits = DEFAULT_LIMITS,
    mapped: Mapping[str, Layout] = NO_LAYOUTS,
) -> Export:
    """Read a marketplace's order export from a file's bytes.

    `name` is only what messages call the file; `mapped` are layouts that were made by hand,
    by header signature, and come before the known ones. Raises KioskError where no total
    could be trusted: see `read_sheets`, `recognise`, TooManyRowsError and RoundedIdsError.
    """
    steps = read_export_steps(name, data, limits, mapped)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            export: Export = end.value
            return export


def read_export_steps(
    name: str, data: bytes, limits: Limits, mapped: Mapping[str, Layout]
) -> Generator[int, None, Export]:
    """Do what `read_export` does, giving now and then how many rows are read.

    The first step, 0 rows, comes once the file is recognised.
    """
    recognised = recognise(name, read_sheets(name, data, limits, formulas=False), mapped)
    reading = _Reading(name, recognised, limits)
    yield 0
    for number, row in enumerate(reading.rows(), start=1):
        reading.take(row)
        if number % _ROWS_A_STEP == 0:
            yield number
    return reading.export()


class _Reading:
    """One pass over a recognised sheet."""

    def __init__(self, name: str, recognised: Recognised, limits: Limits) -> None:
        self._name = name
        self._recognised = recognised
        self._layout = recognised.layout
        self._limits = limits
        self._drafts: dict[str, _Draft] = {}
        self._leader: Row | None = None  # the row that last named its order
        self._problems: list[RowProblem] = []
        self._part = 0  # counts the headers that stand within the rows
        self._row_count = 0
        self._long_ids = 0
        self._rounded_ids = 0
        if self._layout.caution:
            self._problems.append(
                RowProblem(recognised.header_row, "", "", self._layout.caution, counted=True)
            )

    def rows(self) -> Iterator[Row]:
        """Give the rows below the header that hold an order's line.

        Blank rows, the description below the header and a header pasted again are none.
        """
        header_row = self._recognised.header_row
        for number, cells in enumerate(self._recognised.sheet.rows(), start=1):
            if number <= header_row or not any(cells) or not any(map(as_text, cells)):
                continue
            row = Row(
                number,
                cells,
                self._recognised.places,
                self._recognised.titles,
                self._layout.formats,
            )
            if self._is_about_columns(row, is_first=number == header_row + 1):
                self._part += row.text("order_id") == row.titles["order_id"]
                continue
            self._row_count += 1
            if self._row_count > self._limits.rows:
                raise TooManyRowsError(self._name, self._limits.rows)
            yield row

    def _is_about_columns(self, row: Row, *, is_first: bool) -> bool:
        text = row.text("order_id")
        described = is_first and " " in text and not any(character.isdigit() for character in text)
        return described or text == row.titles["order_id"]

    def take(self, row: Row) -> None:
        """Put a row to its order, or among the problems."""
        if self._layout.carried and self._continues(row):
            row.leader, row.carried = self._leader, self._layout.carried
        else:
            self._leader = row
        try:
            draft = self._draft(row)
            self._add_line(draft, row)
        except LostDigitsError as error:
            raise RoundedIdsError(self._name, row.number, error.text) from error
        except UnreadableFactError as error:
            self._problems.append(error.problem)
        self._problems += row.notes

    def _continues(self, row: Row) -> bool:
        """Say whether a row goes on with the order of the row that last named one."""
        order_id = row.text("order_id")
        if not order_id:
            return True
        same = self._leader is not None and self._leader.text("order_id") == order_id
        return same and self._layout.repeats_order_id

    def _draft(self, row: Row) -> _Draft:
        """Find the row's order, or begin it; an order is kept only once a line is in it."""
        order_id = self._identifier(row, "order_id")
        if not order_id:
            raise row.refusal("order_id", reasons.NO_ORDER_NUMBER)
        for fact in _COUNTED & self._layout.required:
            if row.is_cut_before(fact):
                raise row.refusal(fact, reasons.ROW_CUT_OFF)
        draft = self._drafts.get(order_id)
        if draft is None:
            invoice = (
                order_id if self._layout.invoice_is_order_id else self._identifier(row, "invoice")
            )
            draft = _Draft(
                layout=self._layout,
                first_row=row.number,
                part=self._part,
                status=row.label("status"),
                order_id=order_id,
                invoice_number=invoice,
                channel=self._layout.channel(row),
                created_at=row.time("created_at"),
                paid_at=self._layout.paid_at(row),
                completed_at=row.time("completed_at"),
                cancelled_at=row.time("cancelled_at"),
                cod=row.is_cod(),
            )
            self._drafts[order_id] = draft
        elif draft.part != self._part:
            raise row.refusal("order_id", reasons.ORDER_IN_TWO_PARTS)
        return draft

    def _add_line(self, draft: _Draft, row: Row) -> None:
        value = self._layout.value(row)
        refund_rp = row.rupiah("refund")
        state = self._state(draft, row)
        line = OrderLine(
            n=len(draft.lines) + 1,
            state=state,
            marketplace_sku_id=self._identifier(row, "sku_id"),
            seller_sku=row.label("seller_sku") or row.label("parent_sku"),
            product_name=row.label("product_name"),
            variation=row.label("variation"),
            quantity=value.quantity,
            returned_quantity=value.returned_quantity,
            unit_price_rp=value.unit_price_rp,
            omzet_rp=value.omzet_rp,
            seller_omzet_rp=value.seller_omzet_rp,
        )
        key = self._layout.key(row)
        if key and key in draft.keys:
            same = replace(line, n=draft.keys[key].n) == draft.keys[key]
            raise row.refusal("order_id", reasons.SAME_ROW_TWICE if same else reasons.ROWS_DISAGREE)
        if ZERO < line.unit_price_rp < _SMALLEST_PRICE_RP:
            row.note("unit_price", reasons.PRICE_TOO_SMALL)
        draft.refund_rp = max(draft.refund_rp, refund_rp)
        draft.lines.append(line)
        if key:
            draft.keys[key] = line

    def _state(self, draft: _Draft, row: Row) -> State:
        """Say what became of a row, in this order: its dates, its status, its payment."""
        if self._layout.cancelled_by_date and row.time("cancelled_at") is not None:
            return "cancelled"
        state = self._layout.words.state(row.text("status"))
        if state == "unknown":
            row.note("status", reasons.UNKNOWN_STATUS)
        elif draft.paid_at is None and state in ("paid", "completed") and not draft.cod:
            row.note("paid_at", reasons.NO_PAYMENT_TIME)
        elif draft.paid_at is None and state == "paid":
            return "unpaid"  # on its way, and to be paid at the door
        return state

    def _identifier(self, row: Row, fact: str) -> str:
        """Give an id, keeping count of those that end in zeros where a spreadsheet writes zeros."""
        text = row.identifier(fact)
        if len(text) > _SPREADSHEET_DIGITS and text.isdecimal():
            self._long_ids += 1
            self._rounded_ids += not text[_SPREADSHEET_DIGITS:].strip("0")
        return text

    def export(self) -> Export:
        """Finish the export; raises RoundedIdsError where every long id was rounded."""
        if self._long_ids > 1 and self._long_ids == self._rounded_ids:
            draft = next(iter(self._drafts.values()))
            raise RoundedIdsError(self._name, draft.first_row, draft.order_id)
        drafts = [draft for draft in self._drafts.values() if draft.lines]
        for draft in drafts:
            if _give_money_back(draft):
                self._problems.append(self._money_back_note(draft))
        return Export(
            source=self._layout.source,
            source_version=self._recognised.signature,
            orders=tuple(draft.order() for draft in drafts),
            problems=tuple(sorted(self._problems, key=lambda problem: problem.row)),
            as_of=_newest(drafts),
            row_count=self._row_count,
        )

    def _money_back_note(self, draft: _Draft) -> RowProblem:
        column = self._recognised.titles["refund"]
        amount = format_rupiah(draft.refund_rp)
        return RowProblem(draft.first_row, column, amount, reasons.MONEY_BACK_ONLY, counted=True)


def _give_money_back(draft: _Draft) -> bool:
    """Take a refund without returned pieces off the lines it can belong to, in proportion.

    Where pieces came back they say what the refund was for, and nothing more is taken off.
    What exceeds the goods was shipping or a fee, which are in no figure.
    """
    sold = [place for place, line in enumerate(draft.lines) if is_sementara(line)]
    if not draft.refund_rp or not sold or any(line.returned_quantity for line in draft.lines):
        return False
    weights = [draft.lines[place].omzet_rp for place in sold]
    shares = share_out(min(draft.refund_rp, total(weights)), weights)
    for place, share in zip(sold, shares, strict=True):
        draft.lines[place] = replace(draft.lines[place], refunded_rp=share)
    return True


def _newest(drafts: Iterable[_Draft]) -> dt.datetime | None:
    return max((time for draft in drafts for time in draft.times()), default=None)
