"""Figures as pages name, sort and filter them; the sums themselves are the services' business."""

from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from kiosk.hub.services.figures import ONLY_VENDOR_KNOWN, NamedFigures
from kiosk.hub.storage.imports import Counted
from kiosk.hub.web.channels import CHANNELS

SORTS: Final = ("name", "units", "omzet_rp", "units_final", "omzet_final_rp")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table, or a ranked bar."""

    key: str
    name: str
    units: int
    omzet_rp: int
    units_final: int
    omzet_final_rp: int


@dataclass(frozen=True, slots=True)
class View:
    """What the address of a table says: by what, of which event, which names, in which order.

    `sort` is one of `SORTS`, with a dash in front for the largest first.
    """

    by: str
    event: str
    search: str
    sort: str

    def toggled(self, column: str) -> str:
        """Give the order that pressing a column's head asks for."""
        largest_first = f"-{column}"
        if column == "name":
            return largest_first if self.sort == column else column
        return column if self.sort == largest_first else largest_first


def group_words() -> dict[str, str]:
    """Give the words for the groups that figures come in."""
    return {
        "channel": _("Channel"),
        "event": _("Event"),
        "vendor": _("Vendor"),
        "kecamatan": _("Kecamatan"),
        "kelurahan": _("Kelurahan"),
        "binaan": _("Guiding office"),
        "product": _("Product"),
        "category": _("Category"),
        "hour": _("Hour"),
    }


def rows_of(group: str, figures: list[NamedFigures]) -> list[Row]:
    """Give every group its name, also those that have none of their own."""
    return [
        Row(
            one.key,
            named(group, one.key, one.name),
            one.counted.units,
            one.counted.omzet_rp,
            one.counted.units_final,
            one.counted.omzet_final_rp,
        )
        for one in figures
        if one.counted != Counted()
    ]


def named(group: str, key: str, name: str = "") -> str:
    """Name a group's key: by the name it has in the store, or by a word of ours."""
    if name:
        return name
    if group == "channel":
        return channel_words().get(key, key)
    if group == "event":
        return str(_("Outside every window"))
    if group == "hour" and key:
        day, _t, hour = key.partition("T")
        return f"{day} {hour}.00"
    if key == ONLY_VENDOR_KNOWN:
        return str(_("Product not known yet, vendor known"))
    return key or _nameless(group)


def _nameless(group: str) -> str:
    """Say what belongs to none of a group, and so has a heading of its own."""
    words = {
        "vendor": _("Vendor not known yet"),
        "product": _("Neither product nor vendor known yet"),
        "category": _("Without a category"),
        "kecamatan": _("Kecamatan not known"),
        "kelurahan": _("Kelurahan not known"),
        "binaan": _("Without a guiding office"),
        "hour": _("Without a time of payment"),
    }
    return str(words.get(group, _("Not matched yet")))


def channel_words() -> dict[str, str]:
    """Give the words for where something was sold."""
    return CHANNELS | {"preorder": str(_("Pre-orders at the bazaar"))}


def arranged(rows: list[Row], view: View) -> list[Row]:
    """Leave the rows whose names hold what is searched for, in the order asked for."""
    column = view.sort.lstrip("-")
    needle = view.search.casefold()
    kept = [row for row in rows if needle in row.name.casefold()]
    kept.sort(key=lambda row: row.name.casefold())
    if column == "name":
        return kept[::-1] if view.sort.startswith("-") else kept
    return sorted(kept, key=lambda row: getattr(row, column), reverse=view.sort.startswith("-"))


def summed(rows: list[Row]) -> Counted:
    """Add rows up."""
    return sum(
        (
            Counted(row.units, row.omzet_rp, row.units_final, row.omzet_final_rp)  # type: ignore[arg-type] # rupiah, as they came
            for row in rows
        ),
        Counted(),
    )
