"""Vendors who are one: found, merged with all that was sold, and parted again to the rupiah."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kiosk.hub.services.figures import named_figures
from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.services.merging import (
    MergedAlreadyError,
    SameVendorError,
    campaign_merges,
    find_duplicates,
    merge_vendors,
    phone_of,
    undo_merge,
)
from kiosk.hub.services.projection import rebuild
from kiosk.hub.services.vendors import campaign_vendors, save_vendor
from kiosk.hub.storage import tables
from kiosk.hub.storage.scope import Scope
from kiosk.hub.storage.vendors import find_vendor
from tests.hub.services.building import (
    CAMPAIGN,
    KEYS,
    OPENED,
    VENDOR,
    Journal,
    line,
    refund,
    rows_of,
    sale,
    set_up,
)

TWIN = "00000000-0000-7000-8000-0000000000a2"
COUNTED = (tables.rollups, tables.event_rollups, tables.merged_rollups, tables.discount_rollups)


@pytest.fixture
def twins(store, clock):
    """Wedang Sari twice, once with goods, and a journal that sells under both names."""
    set_up(store)
    with store.read() as connection:
        one = find_vendor(connection, VENDOR)
    save_vendor(store, clock, "sari", replace(one, contact="0812-3456-7890"))
    twin = replace(
        one, id=TWIN, name="Wedang  SARI", kelurahan="31.74.07.1001", contact="+62 812 3456 7890"
    )
    save_vendor(store, clock, "sari", twin)
    return store


def sell(store, clock, journal, *stalls):
    lines = [line(n=n) | {"stall": stall} for n, stall in enumerate(stalls, start=1)]
    sold = journal.add("sale", sale(lines))
    receive_segment(store, clock, KEYS, journal.segment())
    return sold


def by(store, group):
    return {one.key: one.counted.omzet_rp for one in named_figures(store, CAMPAIGN, group)}


def counted(store):
    return {table.name: sorted(rows_of(store, table)) for table in COUNTED}


def merge(store, clock, gone=VENDOR, kept=TWIN):
    return merge_vendors(store, clock, "sari", CAMPAIGN, gone=gone, kept=kept)


def test_a_pair_with_one_phone_and_one_name_is_found(twins, clock):
    pairs = find_duplicates(twins, CAMPAIGN)

    assert [pair.why for pair in pairs] == [("phone", "owner", "name")]
    assert {pairs[0].keep.vendor.id, pairs[0].drop.vendor.id} == {VENDOR, TWIN}
    assert phone_of("08") == ""


def test_what_was_sold_and_what_comes_later_counts_as_the_one_who_stays(twins, clock):
    journal = Journal()
    sell(twins, clock, journal, VENDOR, TWIN)

    merge(twins, clock)
    later = sell(twins, clock, journal, VENDOR)
    journal.add("refund", refund(later, [(1, 1, 12_000)]))
    receive_segment(twins, clock, KEYS, journal.segment())

    assert by(twins, "vendor") == {TWIN: 60_000}
    assert by(twins, "kecamatan") == {"31.74.07": 60_000}
    assert [row.vendor.id for row in campaign_vendors(twins, CAMPAIGN)] == [TWIN]
    assert by(twins.scoped(Scope("kecamatan", "31.74.07")), "vendor") == {TWIN: 60_000}
    assert by(twins.scoped(Scope("kecamatan", "31.74.01")), "vendor") == {}
    with twins.read() as connection:
        assert connection.scalar(select(tables.products.c.vendor)) == TWIN


def test_parting_them_gives_each_her_own_and_her_goods_back(twins, clock):
    journal = Journal()
    sell(twins, clock, journal, VENDOR, TWIN)
    before = counted(twins)
    made = merge(twins, clock)

    undo_merge(twins, clock, "sari", CAMPAIGN, made.id)
    undo_merge(twins, clock, "sari", CAMPAIGN, made.id)

    assert counted(twins) == before
    with twins.read() as connection:
        assert connection.scalar(select(tables.products.c.vendor)) == VENDOR
        assert find_vendor(connection, VENDOR).active
    assert [row.merge.undone_at is not None for row in campaign_merges(twins, CAMPAIGN)] == [True]


def test_nobody_is_merged_with_herself_or_twice_or_round_in_circles(twins, clock):
    with pytest.raises(SameVendorError):
        merge(twins, clock, VENDOR, VENDOR)
    merge(twins, clock)

    for gone, kept in ((VENDOR, TWIN), (TWIN, VENDOR)):
        with pytest.raises(MergedAlreadyError):
            merge(twins, clock, gone, kept)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.sampled_from(["sell one", "sell both", "merge", "undo"]), max_size=7))
def test_any_order_of_sales_merges_and_undos_counts_as_a_rebuild_does(
    twins, clock, journals, steps
):
    journal, made, sold_rp = journals(), None, sum(by(twins, "event").values())
    for step in steps:
        if step == "merge" and made is None:
            made = merge(twins, clock)
        elif step == "undo" and made is not None:
            undo_merge(twins, clock, "sari", CAMPAIGN, made.id)
            made = None
        elif step.startswith("sell"):
            stalls = (VENDOR, TWIN) if step == "sell both" else (VENDOR,)
            sell(twins, clock, journal, *stalls)
            sold_rp += 24_000 * len(stalls)
    as_counted = counted(twins)

    rebuild(twins, OPENED)

    assert counted(twins) == as_counted
    assert sum(by(twins, "vendor").values()) == sold_rp
    if made is not None:
        undo_merge(twins, clock, "sari", CAMPAIGN, made.id)


@pytest.fixture
def journals():
    """A new journal for each example, all of one machine."""
    number = iter(range(2, 1000))
    return lambda: Journal(id=f"00000000-0000-7000-8000-{next(number):012x}")
