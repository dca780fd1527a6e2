"""Duplicate vendors: found by phone, name and place, and merged with their whole history.

Sales, online rows, goods, offers and tills of the one who goes count as the other's from
then on, also what arrives later; no total changes in sum. It can be undone at any time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.errors import N_, KioskError
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.storage import merges as rows
from kiosk.hub.storage.imports import Counted, figures_by
from kiosk.hub.storage.journals import lock_counting
from kiosk.hub.storage.merges import Merge
from kiosk.hub.storage.rekaps import settle_rekaps
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import Vendor, find_vendor, list_vendors, products_by_vendor

# How alike two names are, of 100: anywhere, and where place or owner agree too.
ALIKE: Final = 90
ALIKE_NEARBY: Final = 75
_FEWEST_DIGITS: Final = 8
MOST_SHOWN: Final = 50


class SameVendorError(KioskError):
    """A vendor cannot be merged into herself."""

    def __init__(self) -> None:
        super().__init__(N_("Choose two different vendors."))


class MergedAlreadyError(KioskError):
    """One of the two was merged before."""

    def __init__(self, name: str) -> None:
        super().__init__(
            N_("“%(name)s” has been merged already. Undo that first, or merge the other way."),
            name=name,
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A vendor with what hangs on her."""

    vendor: Vendor
    products: int
    counted: Counted


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two who may be one, and why: some of `phone`, `owner`, `name`, `place`.

    The one with the larger history comes first; she is the one to keep.
    """

    keep: Candidate
    drop: Candidate
    why: tuple[str, ...]
    alike: int


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A merge with names: who went into whom, when, by whom, and whether it stands."""

    merge: Merge
    gone: str
    kept: str
    who: str


def phone_of(contact: str) -> str:
    """Give the digits by which a number is known, however it is written; '' for none.

    `0812-3456-789`, `+62 812 3456 789` and `8123456789` are one.
    """
    digits = re.sub(r"\D", "", contact)
    digits = digits.removeprefix("62") if digits.startswith("62") else digits.removeprefix("0")
    return digits if len(digits) >= _FEWEST_DIGITS else ""


def find_duplicates(store: Store, campaign_id: str) -> list[Duplicate]:
    """Give the pairs that may be one vendor, the surest first."""
    with store.read() as connection:
        known = list_vendors(connection, campaign_id)
        goods = products_by_vendor(connection, campaign_id)
        counted = figures_by(connection, campaign_id, ("vendor",))
    candidates = [
        Candidate(one, goods.get(one.id, 0), counted.get((one.id,), Counted())) for one in known
    ]
    found = list(_pairs(candidates))
    found.sort(key=lambda pair: ("phone" not in pair.why, -pair.alike, pair.keep.vendor.name))
    return found[:MOST_SHOWN]


def _pairs(candidates: list[Candidate]) -> Iterator[Duplicate]:
    # Loaded only here: a page that compares no names does not pay for it.
    from rapidfuzz import fuzz, utils  # noqa: PLC0415

    names = {one.vendor.id: utils.default_process(one.vendor.name) for one in candidates}
    owners = {one.vendor.id: utils.default_process(one.vendor.owner) for one in candidates}
    phones = {one.vendor.id: phone_of(one.vendor.contact) for one in candidates}
    for one, other in combinations(candidates, 2):
        here, there = one.vendor, other.vendor
        alike = int(fuzz.token_sort_ratio(names[here.id], names[there.id]))
        same_phone = phones[here.id] != "" and phones[here.id] == phones[there.id]
        same_owner = owners[here.id] != "" and owners[here.id] == owners[there.id]
        same_place = here.kelurahan == there.kelurahan
        needed = ALIKE_NEARBY if same_place or same_owner else ALIKE
        if not (same_phone or alike >= needed or (same_owner and same_place)):
            continue
        said = (
            ("phone", same_phone),
            ("owner", same_owner),
            ("name", alike >= needed),
            ("place", same_place),
        )
        keep, drop = sorted((one, other), key=_history, reverse=True)
        yield Duplicate(keep, drop, tuple(word for word, holds in said if holds), alike)


def _history(one: Candidate) -> tuple[bool, int, int, str]:
    return one.vendor.active, one.counted.omzet_rp, one.products, one.vendor.id


def merge_vendors(
    store: Store, clock: Clock, by: str, campaign_id: str, *, gone: str, kept: str
) -> Merge:
    """Let one vendor count as another, with all she has.

    Raises SameVendorError, MergedAlreadyError and NotFoundError.
    """
    if gone == kept:
        raise SameVendorError

    def step(connection: Connection) -> Merge:
        lock_counting(connection)
        goes = _standing(connection, campaign_id, gone)
        stays = _standing(connection, campaign_id, kept)
        before = rows.list_merges(connection, campaign_id)
        if any(one.kept == gone and one.undone_at is None for one, _who in before):
            raise MergedAlreadyError(goes.name)
        moved = rows.take_hers(connection, gone, kept)
        rows.count_as(connection, gone, kept)
        settle_rekaps(connection, campaign_id)
        merge = Merge(clock.new_id(), campaign_id, gone, kept, moved, clock.now(), by, None)
        rows.insert_merge(connection, merge)
        facts = {"name": f"{goes.name} → {stays.name}", "products": len(moved["products"])}
        audit(connection, clock, by=by, action="vendors merged", subject=kept, facts=facts)
        return merge

    return store.retrying(step)


def undo_merge(store: Store, clock: Clock, by: str, campaign_id: str, merge_id: str) -> None:
    """Part two vendors again; a merge that was undone before stays so. Raises NotFoundError."""

    def step(connection: Connection) -> None:
        lock_counting(connection)
        merge = rows.find_merge(connection, merge_id)
        if merge is None or merge.campaign != campaign_id:
            raise NotFoundError
        if merge.undone_at is not None:
            return
        rows.count_apart(connection, merge.gone, active=bool(merge.moved["active"]))
        settle_rekaps(connection, campaign_id)
        rows.give_back(connection, merge)
        rows.mark_undone(connection, merge_id, by, clock.now())
        goes, stays = (find_vendor(connection, one) for one in (merge.gone, merge.kept))
        assert goes is not None
        assert stays is not None
        facts = {"name": f"{goes.name} ← {stays.name}"}
        audit(connection, clock, by=by, action="vendors parted", subject=merge.kept, facts=facts)

    store.retrying(step)


def campaign_merges(store: Store, campaign_id: str) -> list[MergeRow]:
    """Give a campaign's merges, the last first."""
    with store.read() as connection:
        found = rows.list_merges(connection, campaign_id)
        names = {one.id: one.name for one in list_vendors(connection, campaign_id)}
        names |= rows.names_of_gone(connection, campaign_id)
    return [
        MergeRow(merge, names.get(merge.gone, ""), names.get(merge.kept, ""), who)
        for merge, who in found
    ]


def _standing(connection: Connection, campaign_id: str, vendor_id: str) -> Vendor:
    vendor = find_vendor(connection, vendor_id)
    if vendor is None or vendor.campaign != campaign_id:
        raise NotFoundError
    if vendor.merged_into is not None:
        raise MergedAlreadyError(vendor.name)
    return vendor
