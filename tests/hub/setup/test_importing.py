"""Importing on both stores: one order counts once, from whichever export tells it last."""

import gzip
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.clock import stamp_utc
from kiosk.domain.money import Rupiah
from kiosk.hub.marketplaces.layout import normal_name
from kiosk.hub.marketplaces.recognise import LAYOUTS
from kiosk.hub.services.campaigns import NotFoundError, save_campaign
from kiosk.hub.services.events import save_event
from kiosk.hub.services.figures import campaign_total, named_figures
from kiosk.hub.services.import_reading import FileTakenError, read_file_in
from kiosk.hub.services.imports import campaign_imports, drop_import, dry_run, take_import
from kiosk.hub.services.matching import forget, remember_matches, unmatched_choices
from kiosk.hub.services.products import save_product
from kiosk.hub.services.vendors import save_vendor
from kiosk.hub.storage.campaigns import Campaign
from kiosk.hub.storage.imports import Counted, Import, insert_import
from kiosk.hub.storage.matches import Match
from kiosk.hub.storage.orders import OnlineLine, OnlineOrder, replace_orders
from kiosk.hub.storage.products import CampaignProduct
from kiosk.hub.storage.tables import metadata
from kiosk.hub.storage.vendors import Vendor
from tests.hub.marketplaces.files import SHOPEE, TOKOPEDIA_TIKTOK, csv_file, sample_rows
from tests.hub.setup.test_windows import MIDNIGHT, event

SKU_TITLES = {"Product Name", "Nama Produk"}
TOKOPEDIA = (Path(__file__).parents[1] / "marketplaces/samples/tokopedia_tiktok.csv").read_bytes()
SAMPLE = Counted(7, Rupiah(198_000), 6, Rupiah(153_000))


@pytest.fixture
def friday(store, clock):
    """A campaign with one Friday, one vendor and one product."""
    save_campaign(store, clock, "sari", Campaign("c", "Jumat", "", None, MIDNIGHT))
    save_event(store, clock, "sari", event("friday", 0, 24))
    vendor = Vendor("v", "c", "Wedang", "", "", "31.74.07.1001", "", None, None, 0, active=True)
    save_vendor(store, clock, "sari", vendor)
    product = CampaignProduct(
        "p",
        "c",
        "v",
        "WB86-KOMPLIT",
        "Wedang Komplit",
        "",
        "Kuliner",
        Rupiah(25_000),
        "pcs",
        active=True,
    )
    save_product(store, clock, "sari", product)
    return store


def every_byte(store):
    """Give all that a store holds: every cell of every table, packed ones unpacked."""
    found = []
    with store.read() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(table.select()):
                for cell in row:
                    data = cell if isinstance(cell, bytes) else str(cell).encode()
                    found.append(gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data)
    if store.is_sqlite:
        path = Path(store.engine.url.database)
        found += [file.read_bytes() for file in path.parent.glob(f"{path.name}*")]
    return b"\n".join(found)


def read(store, clock, data=TOKOPEDIA, name="pesanan.csv"):
    return read_file_in(store, clock, "sari", "c", name, data)


def test_a_taken_file_counts_once(friday, clock):
    entry = read(friday, clock)
    assert campaign_total(friday, "c") == Counted()

    take_import(friday, clock, "sari", entry)

    assert campaign_total(friday, "c") == SAMPLE
    with pytest.raises(NotFoundError):
        take_import(friday, clock, "sari", entry)
    with pytest.raises(FileTakenError):
        read(friday, clock)


@pytest.mark.parametrize("name", [TOKOPEDIA_TIKTOK, SHOPEE])
def test_what_no_total_needs_is_never_stored_buyers_least_of_all(friday, clock, name):
    header, *rows = sample_rows(name)
    layout = next(one for one in LAYOUTS if normal_name(header[0]) in one.names)
    used = {place for place, title in enumerate(header) if normal_name(title) in layout.names}
    told = [
        [cell if place in used else f"RAHASIA{place}" for place, cell in enumerate(row)]
        for row in rows
    ]

    take_import(friday, clock, "sari", read(friday, clock, csv_file([header, *told]), name))

    assert b"RAHASIA" not in every_byte(friday)
    assert rows[0][header.index(next(iter(SKU_TITLES & set(header))))].encode() in every_byte(
        friday
    )


def test_what_a_dry_run_promises_is_what_taking_it_does(friday, clock):
    entry = read(friday, clock)

    promised = dry_run(friday, entry).changes
    take_import(friday, clock, "sari", entry)

    assert sum((change.after for change in promised), Counted()) == campaign_total(friday, "c")


def test_the_same_order_in_another_export_counts_once(friday, clock):
    _classic_knows(friday, clock, as_of=MIDNIGHT - timedelta(days=9))
    entry = read(friday, clock)

    plan = take_import(friday, clock, "sari", entry)

    assert [planned.order.order_id[-1] for planned in plan.orders if planned.twin] == ["1"]
    assert campaign_total(friday, "c") == SAMPLE


def test_a_newer_export_of_another_kind_is_left_to_count(friday, clock):
    _classic_knows(friday, clock, as_of=MIDNIGHT + timedelta(days=90))

    plan = take_import(friday, clock, "sari", read(friday, clock))

    assert [planned.order.order_id[-1] for planned in plan.of_fate("elsewhere")] == ["1"]
    assert campaign_total(friday, "c").units == SAMPLE.units - 4 + 1


def _classic_knows(store, clock, as_of):
    """Count one unit of the sample's first invoice, as an older kind of export told it."""
    entry = Import(
        "classic",
        "c",
        "tokopedia_classic",
        "laporan.xlsx",
        "",
        MIDNIGHT,
        "sari",
        as_of,
        1,
        0,
        "taken",
    )
    line = OnlineLine(1, "", "", "", "Wedang", "key", 1, Rupiah(1), 1, Rupiah(1))
    order = OnlineOrder(
        "INV/20261120/MPL/0000000011", "tokopedia", "INV/20261120/MPL/0000000011", "paid", "",
        stamp_utc(MIDNIGHT), "friday", stamp_utc(as_of), (line,),
    )  # fmt: skip
    with store.begin() as connection:
        insert_import(connection, entry, b"")
        replace_orders(connection, "c", entry.id, entry.source, [order])


def test_matching_and_forgetting_moves_units_and_changes_no_total(friday, clock):
    take_import(friday, clock, "sari", read(friday, clock))
    listing = unmatched_choices(friday, "c", [])[0]
    match = Match(listing.source, listing.key, "p")

    remember_matches(friday, clock, "sari", "c", [match])
    matched = {row.key: row.counted.units for row in named_figures(friday, "c", "product")}
    forget(friday, clock, "sari", "c", match.source, match.key)
    forgotten = {row.key: row.counted.units for row in named_figures(friday, "c", "product")}

    assert matched["p"] > forgotten["p"]
    assert sum(matched.values()) == sum(forgotten.values()) == SAMPLE.units
    assert campaign_total(friday, "c") == SAMPLE


def test_a_changed_window_counts_the_same_orders_under_another_event(friday, clock):
    take_import(friday, clock, "sari", read(friday, clock))

    save_event(
        friday, clock, "sari", replace(event("friday", 0, 24), online_start=None, online_end=None)
    )

    assert [row.key for row in named_figures(friday, "c", "event")] == [""]
    assert campaign_total(friday, "c") == SAMPLE


def test_a_dropped_file_leaves_nothing(friday, clock):
    entry = read(friday, clock)

    drop_import(friday, clock, "sari", entry)

    assert campaign_imports(friday, "c") == []
    with pytest.raises(NotFoundError):
        dry_run(friday, entry)
