"""Which marketplace a file comes from, told by the names of its columns.

Neither the file's name nor the position of a column is trusted: a header may stand below
a preamble, in any sheet, in any order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from types import MappingProxyType
from typing import Final

from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces.cells import as_text
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
# With more than this part of its columns missing, a file is not that export at all.
_MOST_MISSING = 0.5


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


class SeveralSheetsError(KioskError):
    """Orders stand on more than one sheet, and only one could be read."""

    def __init__(self, name: str, sheets: Sequence[str]) -> None:
        self.name = name
        self.sheets = tuple(sheets)
        super().__init__(
            N_(
                "%(name)s has orders on several sheets: %(sheets)s. Save each as a file of its own."
            ),
            name=name,
            sheets=", ".join(self.sheets),
        )


NO_LAYOUTS: Final[Mapping[str, Layout]] = MappingProxyType({})


def recognise(
    name: str, sheets: Iterable[Sheet], mapped: Mapping[str, Layout] = NO_LAYOUTS
) -> Recognised:
    """Find the one sheet, and in it the first row, with all columns of a known export.

    Where two exports fit a row, the one with more of its columns there wins; a layout that
    a person made for exactly these columns wins over both. Raises
    SeveralSheetsError; MissingColumnsError if at least half of the needed columns were
    found, and UnknownExportError otherwise.
    """
    tops = [(sheet, top_rows(sheet)) for sheet in sheets]
    found = [
        match for sheet, top in tops if (match := _recognise_sheet(sheet, top, mapped)) is not None
    ]
    if len(found) > 1:
        raise SeveralSheetsError(name, [match.sheet.name for match in found])
    if found:
        return found[0]
    rows = [names for _, top in tops for names in top]
    raise _unrecognised(name, rows)


def top_rows(sheet: Sheet) -> list[list[str]]:
    """Give the rows among which a header may stand, as clean texts."""
    return [[as_text(cell) for cell in cells] for cells in islice(sheet.rows(), HEADER_ROWS)]


def _recognise_sheet(
    sheet: Sheet, top: Sequence[Sequence[str]], mapped: Mapping[str, Layout]
) -> Recognised | None:
    for number, names in enumerate(top, start=1):
        by_hand = mapped.get(header_signature(names)) if mapped else None
        if by_hand is not None:
            return _recognised(by_hand, sheet, number, names)
        found = [(layout, _places(layout, names)) for layout in LAYOUTS]
        complete = [pair for pair in found if pair[0].required <= pair[1].keys()]
        if complete:
            layout, _found = max(complete, key=lambda pair: len(pair[1]))
            return _recognised(layout, sheet, number, names)
    return None


def _recognised(layout: Layout, sheet: Sheet, number: int, names: Sequence[str]) -> Recognised:
    places = _places(layout, names)
    titles = {fact: names[place] for fact, place in places.items()}
    return Recognised(layout, sheet, number, places, titles, header_signature(names))


def _unrecognised(name: str, rows: Sequence[Sequence[str]]) -> KioskError:
    """Say what is missing from the export that came nearest, or which columns there were."""
    nearest = [
        (len(missing) / len(layout.required), layout, missing)
        for names in rows
        for layout in LAYOUTS
        if (missing := layout.required - _places(layout, names).keys())
    ]
    share, layout, missing = min(nearest, key=itemgetter(0), default=(1.0, LAYOUTS[0], frozenset()))
    if share <= _MOST_MISSING:
        return MissingColumnsError(
            name, layout.title, sorted(layout.columns[fact][0] for fact in missing)
        )
    widest = max(([text for text in names if text] for names in rows), key=len, default=[])
    return UnknownExportError(name, widest)


def _places(layout: Layout, names: Sequence[str]) -> dict[str, int]:
    """Say where a layout's facts stand; of two columns of one name the first counts."""
    places: dict[str, int] = {}
    for place, text in enumerate(names):
        fact = layout.names.get(normal_name(text))
        if fact is not None:
            places.setdefault(fact, place)
    return places
