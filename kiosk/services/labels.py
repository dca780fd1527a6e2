"""Labels for goods, above all for those without a barcode: chosen, looked at, printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.clock import stamp
from kiosk.documents.labels import Label, label_of, labels
from kiosk.domain.catalogue import Product, Till
from kiosk.errors import N_, KioskError
from kiosk.services import printers
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.printers import PrinterView
from kiosk.services.printing import queue_at
from kiosk.services.tills import operator_of, till_of
from kiosk.storage import catalogue
from kiosk.storage.database import Connection
from printers.elements import Document
from printers.errors import BarcodeTooWideError
from printers.layout import lay_out
from printers.preview import pieces
from printers.profiles import GENERIC_58, Profile

MOST_LABELS: Final = 100
MOST_SHOWN: Final = 60
# A job that stops half-way is not begun again from its first label.
_LABELS_A_JOB: Final = 10


class LabelCountError(KioskError):
    """A number of labels that is none, or more than anyone means."""

    def __init__(self, text: str) -> None:
        self.text = text[:20]
        super().__init__(
            N_("“%(text)s” is not a number of labels. Type a whole number, at most %(most)d."),
            text=self.text,
            most=MOST_LABELS,
        )


class NoLabelsChosenError(KioskError):
    """A form asks for no label at all."""

    def __init__(self) -> None:
        super().__init__(N_("Type first how many labels of which product you want."))


class NoLabelPrinterError(KioskError):
    """Labels are wanted where nothing prints."""

    def __init__(self) -> None:
        super().__init__(
            N_("This till has no printer for labels. Add one, or choose another till.")
        )


class LabelTooWideError(KioskError):
    """A product's own code is too long for bars on this paper."""

    def __init__(self, name: str) -> None:
        super().__init__(
            N_("The barcode of %(name)s is too long for this paper. Use wider paper."), name=name
        )


@dataclass(frozen=True, slots=True)
class LabelGoods:
    """Goods to choose from: those found, and whether there are more than are shown."""

    products: tuple[Product, ...]
    stalls: Mapping[str, str]
    are_more: bool


def goods(here: Installation, browser: Browser, search: str, *, all_goods: bool) -> LabelGoods:
    """List what this till sells by a part of its name or SKU; raises NoTillError.

    Goods that carry a barcode of their own are left out unless `all_goods` asks for them.
    """
    asked = search.strip().casefold()
    with here.db.read() as connection:
        found = [
            product
            for product in _on_sale(connection, till_of(connection, browser))
            if (all_goods or not product.barcode)
            and asked in f"{product.label} {product.sku}".casefold()
        ]
        names = {stall.id: stall.name for stall in catalogue.stalls(connection).values()}
    return LabelGoods(tuple(found[:MOST_SHOWN]), names, len(found) > MOST_SHOWN)


def profile_of_labels(here: Installation, browser: Browser) -> Profile:
    """Give the kind of printer that prints this till's labels, the usual one where none does."""
    view = _printer(here, browser)
    return view.profile if view else GENERIC_58


def sheet(here: Installation, browser: Browser, counts: Mapping[int, str]) -> Document | None:
    """Write one label of each product chosen, for looking at it; None where none is."""
    with here.db.read() as connection:
        wanted = _wanted(connection, till_of(connection, browser), counts)
    return labels([label for label, _ in wanted]) if wanted else None


def print_labels(here: Installation, browser: Browser, counts: Mapping[int, str]) -> PrinterView:
    """Queue the labels typed, by product number; gives the printer they come out of.

    Raises LabelCountError, NoLabelsChosenError, NoLabelPrinterError, LabelTooWideError and
    NotSignedInError; then nothing is printed.
    """
    operator_of(browser)
    printer = _printer(here, browser)
    if printer is None:
        raise NoLabelPrinterError
    with here.db.write() as connection:
        wanted = _wanted(connection, till_of(connection, browser), counts)
        if not wanted:
            raise NoLabelsChosenError
        for label, _ in wanted:
            _check_fits(label, printer.profile)
        copies = [label for label, count in wanted for _ in range(count)]
        if len(copies) > MOST_LABELS:
            raise LabelCountError(str(len(copies)))
        at = stamp(here.clock.now())
        for part in _parts(copies):
            queue_at(connection, printer.id, N_("Labels"), labels(part), at, purpose="label")
    here.bells.printing.ring()
    return printer


def _printer(here: Installation, browser: Browser) -> PrinterView | None:
    return printers.printer_for(here, browser.till or "", "label")


def _on_sale(connection: Connection, till: Till) -> list[Product]:
    return catalogue.products_on_sale(connection, till.stall)


def _wanted(
    connection: Connection, till: Till, counts: Mapping[int, str]
) -> list[tuple[Label, int]]:
    """Read the numbers typed; an empty field and 0 are none. Raises LabelCountError."""
    read = {number: _count(text) for number, text in counts.items()}
    names = catalogue.stalls(connection)
    return [
        (label_of(product, names[product.stall].name if product.stall in names else ""), count)
        for product in _on_sale(connection, till)
        if (count := read.get(product.number, 0))
    ]


def _count(text: str) -> int:
    typed = text.strip() or "0"
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_LABELS))):
        raise LabelCountError(text)
    count = int(typed)
    if count > MOST_LABELS:
        raise LabelCountError(text)
    return count


def _check_fits(label: Label, profile: Profile) -> None:
    try:
        pieces(lay_out(labels([label]), profile.columns), profile)
    except BarcodeTooWideError:
        raise LabelTooWideError(label.name) from None


def _parts(copies: Sequence[Label]) -> list[Sequence[Label]]:
    return [copies[start : start + _LABELS_A_JOB] for start in range(0, len(copies), _LABELS_A_JOB)]
