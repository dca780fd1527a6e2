"""What stands around the goods on every slip: the bazaar, its stalls, the organiser's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kiosk.documents.words import INDONESIAN, PaperWords
from kiosk.domain.catalogue import Unit
from kiosk.domain.money import Rupiah, format_amount
from kiosk.domain.tips import Reason
from printers.elements import Element, Heading, KeptImage, Rule, Text


@dataclass(frozen=True, slots=True)
class StallFrame:
    """A stall as its buyers read it; `shop_url` is '' where it sells nothing online."""

    name: str
    kelurahan: str = ""
    shop_url: str = ""


@dataclass(frozen=True, slots=True)
class LeftChange:
    """Change that the buyer left, for a tip or a donation."""

    reason: Reason
    amount_rp: Rupiah


@dataclass(frozen=True, slots=True)
class ReceiptFrame:
    """What stands around the goods; `stalls` are by id, `at` is ISO 8601 in WIB.

    `logo` is the key of a kept picture, `contact` whom to ask about returns. `voided` marks
    what is written of a sale that was taken back whole meanwhile. `seal` are the first eight
    hex digits of the journal's head before this sale, on every tenth receipt; '' on others.
    """

    event: str
    place: str
    header: tuple[str, ...]
    footer: tuple[str, ...]
    stalls: Mapping[str, StallFrame]
    cashier: str
    at: str
    contact: str = ""
    logo: str | None = None
    words: PaperWords = INDONESIAN
    tips: tuple[LeftChange, ...] = ()
    voided: bool = False
    seal: str = ""


_NO_STALL: Final = StallFrame("")


def head(frame: ReceiptFrame) -> Iterator[Element]:
    """Write what stands over every slip of a bazaar: logo, event, place, the organiser's words."""
    if frame.logo:
        yield KeptImage(frame.logo)
    yield Heading(frame.event)
    if frame.place:
        yield Text(frame.place, align="center")
    for line in frame.header:
        yield Text(line, align="center")
    yield Rule()


def stall_head(frame: ReceiptFrame, stall: str) -> Iterator[Element]:
    """Write whose goods follow: the stall, and the kelurahan its vendor is from."""
    shown = frame.stalls.get(stall, _NO_STALL)
    yield Rule()
    yield Text(shown.name, bold=True)
    if shown.kelurahan:
        yield Text(f"Kel. {shown.kelurahan}")


def shop_url(frame: ReceiptFrame, stall: str) -> str:
    """Give where a stall sells online, '' for nowhere."""
    return frame.stalls.get(stall, _NO_STALL).shop_url


def written_at(at: str) -> str:
    """Write an entry's instant as paper does: `20/11/2026 10.42 WIB`."""
    return datetime.fromisoformat(at).strftime("%d/%m/%Y %H.%M WIB")


def quantity(qty: int, unit: Unit) -> str:
    """Write a quantity: `2`, or `1.250 g` for goods by weight."""
    return f"{format_amount(qty)} g" if unit == "g" else str(qty)
