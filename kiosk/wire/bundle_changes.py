"""What a bundle would change, as a person compares two price lists: counted and named.

Two bundles are held against each other; nothing here knows which one is in force.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kiosk.errors import N_, Message
from kiosk.wire.bundles import Bundle, BundleProduct


@dataclass(frozen=True, slots=True)
class Change:
    """One change: of what, which part of it, from and to where that is short.

    `name` is '' where there is only one such thing, `part` where all of it came or went.

    Whole numbers are rupiah or pieces; None stands where there is nothing to show.
    """

    name: str
    part: str = ""
    before: str | int | None = None
    after: str | int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Changes of one kind, under their heading."""

    title: Message
    changes: tuple[Change, ...]
    is_staff: bool = False


_PRODUCT: Final[Mapping[str, Message]] = {
    "name": N_("Name"),
    "variant": N_("Variant"),
    "category": N_("Category"),
    "sku": N_("SKU"),
    "stock": N_("Stock"),
    "low_stock": N_("Warn at"),
    "barcode": N_("Barcode"),
    "unit": N_("Unit"),
    "choices": N_("Choices"),
    "open_price": N_("Price is typed at the till"),
    "stall": N_("Stall"),
}
_STALL: Final[Mapping[str, Message]] = {
    "name": N_("Name"),
    "vendor": N_("Vendor"),
    "kelurahan": N_("Kelurahan"),
    "qris": N_("QRIS code"),
    "qris_fills": N_("Amount in the QRIS code"),
    "transfer_account": N_("Account for transfers"),
    "commission_basis_points": N_("Commission"),
    "shop_url": N_("Online shop"),
}
_PERSON: Final[Mapping[str, Message]] = {
    "name": N_("Name"),
    "role": N_("Role"),
    "stall": N_("Stall"),
    "pin_hash": N_("PIN"),
}
_TILL: Final[Mapping[str, Message]] = {"name": N_("Name"), "stall": N_("Stall")}
_OFFER: Final[Mapping[str, Message]] = {
    "name": N_("Name"),
    "price_rp": N_("Price"),
    "pieces": N_("Pieces"),
    "products": N_("Goods"),
    "stall": N_("Stall"),
    "borne_by": N_("Who bears it"),
}
_EVENT: Final[Mapping[str, Message]] = {
    "name": N_("Name"),
    "place": N_("Place"),
    "bazaar_start": N_("Opening hours"),
    "bazaar_end": N_("Opening hours"),
    "qris": N_("QRIS code of the bazaar"),
    "cash_rounding_rp": N_("Rounding of cash"),
    "methods": N_("Ways to pay"),
    "discounts": N_("Rules of discounts"),
}
# Parts short enough to be shown as they were and as they are.
_SHOWN: Final = frozenset(
    {"name", "variant", "category", "sku", "stock", "low_stock", "price_rp", "pieces", "place"}
    | {"cash_rounding_rp"}
)


def compare(before: Bundle, after: Bundle) -> list[Section]:
    """List what `after` changes, what touches money first; an empty list where nothing does."""
    goods = _of_goods(before.products, after.products)
    people = _Kind(
        _PERSON, (N_("New people"), N_("People taken off the list"), N_("People changed"))
    ).compare(before.staff, after.staff)
    found = [
        *goods,
        *_Kind(_OFFER, (N_("New offers"), N_("Offers ended"), N_("Offers changed"))).compare(
            before.offers, after.offers
        ),
        *_Kind(_STALL, (N_("New stalls"), N_("Stalls taken off"), N_("Stalls changed"))).compare(
            before.stalls, after.stalls
        ),
        *_Kind(_TILL, (N_("New drawers"), N_("Drawers taken off"), N_("Drawers changed"))).compare(
            before.tills, after.tills
        ),
        _of_event(before, after),
        Section(N_("Receipt texts"), tuple(_texts(before, after))),
        *(Section(one.title, one.changes, is_staff=True) for one in people),
    ]
    return [section for section in found if section.changes]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How things of one kind are compared: their parts, and what came, went and changed."""

    parts: Mapping[str, Message]
    titles: tuple[Message, Message, Message]

    def compare(self, before: Sequence[Any], after: Sequence[Any]) -> list[Section]:
        """Hold two lists against each other by id."""
        old, new = _by_id(before), _by_id(after)
        came, went, changed = self.titles
        return [
            Section(came, tuple(_whole(one) for one in after if one.id not in old)),
            Section(went, tuple(_whole(one) for one in before if one.id not in new)),
            Section(
                changed,
                tuple(
                    change
                    for one in after
                    if one.id in old
                    for change in _parts(_label(one), self.parts, old[one.id], one)
                ),
            ),
        ]


def _of_goods(before: Sequence[BundleProduct], after: Sequence[BundleProduct]) -> list[Section]:
    old = _by_id(before)
    prices = tuple(
        Change(_label(one), "", old[one.id].price_rp, one.price_rp)
        for one in after
        if one.id in old and old[one.id].price_rp != one.price_rp
    )
    titles = (N_("New goods"), N_("Goods taken off sale"), N_("Goods changed"))
    return [Section(N_("Prices"), prices), *_Kind(_PRODUCT, titles).compare(before, after)]


def _of_event(before: Bundle, after: Bundle) -> Section:
    names = {
        "campaign": (N_("Campaign"), before.campaign.name, after.campaign.name),
        "machine": (N_("Machine"), before.installation_name, after.installation_name),
    }
    renamed = [Change("", title, old, new) for title, old, new in names.values() if old != new]
    changed = _parts(after.event.name, _EVENT, before.event, after.event)
    other = [] if before.event.id == after.event.id else [Change(after.event.name, N_("Event"))]
    return Section(N_("Event and rules"), (*other, *renamed, *changed))


def _texts(before: Bundle, after: Bundle) -> Iterable[Change]:
    parts = {
        "header": N_("Heading"),
        "footer": N_("Footer"),
        "contact": N_("Contact for returns"),
        "language": N_("Language"),
        "logo": N_("Logo"),
    }
    for part, title in parts.items():
        if getattr(before.texts, part) != getattr(after.texts, part):
            yield Change("", title)


def _parts(name: str, parts: Mapping[str, Message], before: Any, after: Any) -> list[Change]:
    """Give the parts that differ, each under its word once."""
    found: dict[str, Change] = {}
    for part, title in parts.items():
        old, new = getattr(before, part), getattr(after, part)
        if old != new:
            shown = (old, new) if part in _SHOWN else (None, None)
            found.setdefault(title, Change(name, title, *shown))
    return list(found.values())


def _whole(one: Any) -> Change:
    return Change(_label(one), "", None, getattr(one, "price_rp", None))


def _label(one: Any) -> str:
    variant = getattr(one, "variant", "")
    return f"{one.name} {variant}" if variant else str(one.name)


def _by_id(rows: Iterable[Any]) -> dict[str, Any]:
    return {row.id: row for row in rows}
