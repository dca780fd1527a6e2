"""Which marketplace a file comes from, told by the names of its columns.

Neither the file's name nor the position of a column is trusted: a header may stand below
a preamble, in any sheet, in any order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces.cells import Cell, as_text
from kiosk.hub.marketplaces.layout import Layout, header_signature, normal_name
from kiosk.hub.marketplaces.lazada import LAZADA
from kiosk.hub.marketplaces.rows import Sheet
from kiosk.hub.marketplaces.shopee import SHOPEE
from kiosk.hub.marketplaces.tokopedia_classic import TOKOPEDIA_CLASSIC
from kiosk.hub.marketplaces.tokopedia_legacy import TOKOPEDIA_LEGACY
from kiosk.hub.marketplaces.tokopedia_tiktok import TOKOPEDIA_TIKTOK

LAYOUTS = (TOKOPEDIA_TIKTOK, SHOPEE, TOKOPEDIA_CLASSIC, TOKOPEDIA_LEGACY, LAZADA)

HEADER_ROWS = 20
_NAMES_SHOWN = 12


class UnknownExportError(KioskError):
    """No sheet has the columns of an export that is known.

    `seen` are the column names of the widest row near the top, `signature` names them for
    a mapping made by hand, `known` are the exports' titles.
    """

    def __init__(self, name: str, seen: Sequence[str]) -> None:
        self.name = name
        self.seen = tuple(seen)
        self.signature = header_signature(seen)
        self.known = tuple(layout.title for layout in LAYOUTS)
        super().__init__(
            N_(
                "%(name)s is not an export that is known. Its columns: %(seen)s. Known are: %(known)s."
            ),
            name=name,
            seen=", ".join(text[:40] for text in self.seen[:_NAMES_SHOWN]) or "–",
            known="; ".join(self.known),
        )


class MissingColumnsError(KioskError):
    """A file looks like a known export and lacks columns that the totals need."""

    def __init__(self, name: str, title: str, missing: Sequence[str]) -> None:
        self.name = name
        self.title = title
        self.missing = tuple(missing)
        super().__init__(
            N_(
                "%(name)s looks like %(title)s but lacks %(missing)s. Export it again with every column."
            ),
            name=name,
            title=title,
            missing=", ".join(f"“{column}”" for column in self.missing),
        )


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet that is understood: whose it is, where its header stands, and its columns."""

    layout: Layout
    sheet: Sheet
    header_row: int  # as the person sees it, from 1
    places: Mapping[str, int]
    titles: Mapping[str, str]
    signature: str


def recognise(name: str, sheets: Iterable[Sheet]) -> Recognised:
    """Find the first sheet, and in it the first row, with all columns of a known export.

    Where two exports fit a row, the one with more of its columns there wins. Raises
    MissingColumnsError if at least half of the needed columns were found, and
    UnknownExportError otherwise.
    """
    widest: list[str] = []
    nearest: tuple[float, Layout, frozenset[str]] | None = None
    for sheet in sheets:
        for number, cells in enumerate(islice(sheet.rows(), HEADER_ROWS), start=1):
            names = [as_text(cell) for cell in cells]
            found = [(layout, _places(layout, names)) for layout in LAYOUTS]
            complete = [pair for pair in found if pair[0].required <= pair[1].keys()]
            if complete:
                layout, places = max(complete, key=lambda pair: len(pair[1]))
                titles = {fact: names[place] for fact, place in places.items()}
                return Recognised(layout, sheet, number, places, titles, header_signature(names))
            for layout, places in found:
                missing = layout.required - places.keys()
                share = 1 - len(missing) / len(layout.required)
                if nearest is None or share > nearest[0]:
                    nearest = (share, layout, missing)
            widest = max(widest, [text for text in names if text], key=len)
    if nearest is not None and nearest[0] * 2 >= 1:
        _, layout, missing = nearest
        raise MissingColumnsError(
            name, layout.title, sorted(layout.columns[fact][0] for fact in missing)
        )
    raise UnknownExportError(name, widest)


def _places(layout: Layout, names: Sequence[Cell]) -> dict[str, int]:
    """Say where a layout's facts stand; of two columns of one name the first counts."""
    places: dict[str, int] = {}
    for place, text in enumerate(names):
        fact = layout.names.get(normal_name(as_text(text)))
        if fact is not None:
            places.setdefault(fact, place)
    return places
