"""Undoing imports on both stores: the totals are those of the files that are left."""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from kiosk.domain.money import Rupiah
from kiosk.hub.services.campaigns import NotFoundError, save_campaign
from kiosk.hub.services.events import save_event
from kiosk.hub.services.figures import campaign_total, named_figures
from kiosk.hub.services.import_reading import (
    AsOfInFutureError,
    ShopUnknownError,
    describe_import,
    read_file_in,
)
from kiosk.hub.services.import_undo import ImportNotKeptError, redo_import, undo_import
from kiosk.hub.services.imports import dry_run, open_import, take_import
from kiosk.hub.services.projection import rebuild
from kiosk.hub.services.vendors import save_vendor
from kiosk.hub.storage.campaigns import Campaign
from kiosk.hub.storage.imports import Counted, figures_by
from kiosk.hub.storage.tables import imports
from kiosk.hub.storage.vendors import Vendor
from tests.hub.marketplaces.files import classic_rows, xlsx_file
from tests.hub.setup.test_importing import SAMPLE, TOKOPEDIA
from tests.hub.setup.test_windows import MIDNIGHT, event

LESS = TOKOPEDIA.replace(b",Default,3,1,25000,75000", b",Default,2,1,25000,75000")


@pytest.fixture
def friday(store, clock):
    """A campaign with one Friday and one vendor, some days after it."""
    clock.go_on(days=20)
    save_campaign(store, clock, "sari", Campaign("c", "Jumat", "", None, MIDNIGHT))
    save_event(store, clock, "sari", event("friday", 0, 24))
    vendor = Vendor("v", "c", "Wedang", "", "", "31.74.07.1001", "", None, None, 0, active=True)
    save_vendor(store, clock, "sari", vendor)
    return store


def taken(store, clock, data, **ago):
    entry = read_file_in(store, clock, "sari", "c", "pesanan.csv", data)
    if ago:
        entry = describe_import(store, clock, "sari", entry, clock.now() - timedelta(**ago), "")
    take_import(store, clock, "sari", entry)
    clock.go_on(minutes=1)
    return open_import(store, "c", entry.id)


def every_figure(store):
    with store.read() as connection:
        return figures_by(connection, "c", ("event", "channel", "vendor", "product", "hour"))


def test_the_only_file_undone_leaves_nothing_and_may_be_counted_again(friday, clock):
    entry = taken(friday, clock, TOKOPEDIA)

    undo_import(friday, clock, "sari", entry)
    undone = campaign_total(friday, "c")
    redo_import(friday, clock, "sari", entry)

    assert undone == Counted()
    assert campaign_total(friday, "c") == SAMPLE
    with pytest.raises(NotFoundError):
        redo_import(friday, clock, "sari", entry)


def test_an_update_undone_brings_the_version_before_it_back(friday, clock):
    taken(friday, clock, TOKOPEDIA, days=2)
    newer = taken(friday, clock, LESS, days=1)
    less = campaign_total(friday, "c")

    undo_import(friday, clock, "sari", newer)

    assert less.units == SAMPLE.units - 1
    assert campaign_total(friday, "c") == SAMPLE


def test_a_file_undone_in_the_middle_leaves_the_newest_standing(friday, clock):
    taken(friday, clock, TOKOPEDIA, days=3)
    middle = taken(friday, clock, LESS, days=2)
    newest = taken(friday, clock, TOKOPEDIA + b"\n", days=1)

    undo_import(friday, clock, "sari", middle)
    standing = campaign_total(friday, "c")
    undo_import(friday, clock, "sari", newest)

    assert standing == SAMPLE
    assert campaign_total(friday, "c") == SAMPLE


def test_the_very_same_file_may_be_read_again_once_it_is_undone(friday, clock):
    undo_import(friday, clock, "sari", taken(friday, clock, TOKOPEDIA))

    taken(friday, clock, TOKOPEDIA)

    assert campaign_total(friday, "c") == SAMPLE


def test_an_undone_export_lets_another_exports_word_on_its_orders_count_again(friday, clock):
    taken(friday, clock, _classic("INV/20261120/MPL/0000000011"), days=3)
    before = campaign_total(friday, "c")
    current = taken(friday, clock, TOKOPEDIA, days=1)
    merged = campaign_total(friday, "c")

    undo_import(friday, clock, "sari", current)

    assert merged == SAMPLE
    assert campaign_total(friday, "c") == before == Counted(9, Rupiah(225_000), 9, Rupiah(225_000))


def _classic(invoice):
    """An export of the classic kind with one order of nine pieces."""
    cells = {
        "Nomor Invoice": invoice,
        "Tanggal Pembayaran": "20-11-2026 09:00:00",
        "Status Terakhir": "Pesanan Selesai",
        "Nama Produk": "Wedang",
        "Jumlah Produk Dibeli": "9",
        "Harga Jual (IDR)": "25000",
        "Jumlah Produk Yang Dikurangkan": "0",
    }
    return xlsx_file(classic_rows([cells]))


def test_an_import_of_an_older_hub_says_that_it_cannot_be_undone(friday, clock):
    entry = taken(friday, clock, TOKOPEDIA)
    with friday.begin() as connection:
        connection.execute(update(imports).values(reading=None))

    with pytest.raises(ImportNotKeptError):
        undo_import(friday, clock, "sari", entry)
    taken(friday, clock, LESS, days=1)
    undo_import(friday, clock, "sari", taken(friday, clock, TOKOPEDIA + b"\n"))

    assert campaign_total(friday, "c").units >= SAMPLE.units - 1


def test_a_file_as_of_an_earlier_time_changes_nothing_of_a_newer_one(friday, clock):
    taken(friday, clock, TOKOPEDIA, days=1)
    entry = read_file_in(friday, clock, "sari", "c", "lama.csv", LESS)

    older = describe_import(friday, clock, "sari", entry, clock.now() - timedelta(days=2), "")

    assert dry_run(friday, older).changes == []


def test_a_file_as_of_tomorrow_is_refused(friday, clock):
    entry = read_file_in(friday, clock, "sari", "c", "besok.csv", TOKOPEDIA)

    with pytest.raises(AsOfInFutureError):
        describe_import(friday, clock, "sari", entry, clock.now() + timedelta(days=1), "")


def test_a_file_from_a_vendors_shop_counts_under_her_where_no_product_is_known(friday, clock):
    entry = read_file_in(friday, clock, "sari", "c", "toko.csv", TOKOPEDIA)
    with pytest.raises(ShopUnknownError):
        describe_import(friday, clock, "sari", entry, entry.as_of, "nobody")

    take_import(
        friday, clock, "sari", describe_import(friday, clock, "sari", entry, entry.as_of, "v")
    )

    found = {row.key: row.counted for row in named_figures(friday, "c", "vendor")}
    assert found == {"v": SAMPLE}


FILES = st.tuples(st.integers(1, 4), st.integers(1, 3))  # pieces of one line; days old
STEPS = st.lists(st.one_of(FILES, st.integers(0, 5)), max_size=7)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_order_of_files_and_undos_counts_as_the_files_left_would(store, clock, steps):
    """Every example is a campaign of its own; a rebuild from the rows must agree."""
    campaign = f"c{clock.new_id()}"
    clock.go_on(days=40)
    save_campaign(store, clock, "sari", Campaign(campaign, "Jumat", "", None, MIDNIGHT))
    files = []
    for number, step in zip(count(), steps, strict=False):
        if isinstance(step, tuple):
            files.append(_take(store, clock, campaign, number, *step))
        elif files:
            entry = open_import(store, campaign, files[step % len(files)][0].id)
            (undo_import if entry.counts else redo_import)(store, clock, "sari", entry)
            clock.go_on(minutes=1)

    standing = [
        (as_of, place, pieces)
        for place, (entry, pieces, as_of) in enumerate(files)
        if open_import(store, campaign, entry.id).counts
    ]
    expected = max(standing, default=(None, 0, None))[2]
    total = campaign_total(store, campaign)
    rebuild(store, "2026-12-31T00:00:00.000+00:00")

    assert total.units == (SAMPLE.units - 3 + expected if expected is not None else 0)
    assert campaign_total(store, campaign) == total


def _take(store, clock, campaign, number, pieces, days):
    data = TOKOPEDIA.replace(
        b",Default,3,1,25000,75000", b",Default,%d,1,25000,75000" % pieces
    ) + b"\n" * (number + 1)
    entry = read_file_in(store, clock, "sari", campaign, "pesanan.csv", data)
    as_of = MIDNIGHT + timedelta(days=15 - days)
    take_import(store, clock, "sari", describe_import(store, clock, "sari", entry, as_of, ""))
    clock.go_on(minutes=1)
    return entry, pieces, as_of
