"""Files whose columns were mapped by hand, on both stores: remembered, counted, kept apart."""

import pytest

from kiosk.domain.money import Rupiah
from kiosk.hub.marketplaces import UnknownExportError
from kiosk.hub.marketplaces.guessing import look_at
from kiosk.hub.marketplaces.mapped import ColumnMapping
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.column_mappings import (
    ChannelReservedError,
    ColumnMissingError,
    every_mapping,
    forget_mapping,
    open_mapping,
    remember_mapping,
)
from kiosk.hub.services.figures import campaign_total, named_figures
from kiosk.hub.services.import_reading import (
    IMPORT_LIMITS,
    NothingReadableError,
    describe_import,
    read_file_in,
)
from kiosk.hub.services.imports import take_import
from kiosk.hub.services.matching import forget_batch, remember_matches, unmatched_choices
from kiosk.hub.services.vendors import save_vendor
from kiosk.hub.storage.imports import Counted
from kiosk.hub.storage.matches import Match
from kiosk.hub.storage.vendors import Vendor
from tests.hub.setup.test_import_undo import friday  # noqa: F401 - the fixture is used by name

DATA = b"Order No,Paid,Buyer,Item,Total\n1001,20/11/2026 09:00,Rahasia,Jahe,15000\n"
COLUMNS = {"order_id": "Order No", "paid_at": "Paid", "product_name": "Item", "omzet": "Total"}
JAHE = Counted(1, Rupiah(15_000), 1, Rupiah(15_000))


def mapping(data=DATA, **changes):
    said = {
        "signature": look_at("x", data, IMPORT_LIMITS).signature, "channel": "Toko Uji",
        "columns": COLUMNS, "words": {}, "every_row": "completed", "dates": "day_first",
        "amounts": "either",
    }  # fmt: skip
    return ColumnMapping(**(said | changes))


def read(store, clock, data=DATA, shop=""):
    entry = read_file_in(store, clock, "sari", "c", "toko.csv", data)
    return describe_import(store, clock, "sari", entry, entry.as_of, shop)


def test_a_mapping_is_remembered_changed_and_forgotten(friday, clock):  # noqa: F811 - the fixture
    remember_mapping(friday, clock, "sari", mapping())
    remember_mapping(friday, clock, "sari", mapping(channel="Blibli", words={"Lunas": "paid"}))
    said = open_mapping(friday, mapping().signature).mapping

    forget_mapping(friday, clock, "sari", said.signature)

    assert (said.channel, said.words, said.columns) == ("Blibli", {"Lunas": "paid"}, COLUMNS)
    assert every_mapping(friday) == []
    with pytest.raises(NotFoundError):
        forget_mapping(friday, clock, "sari", said.signature)
    with pytest.raises(UnknownExportError):
        read(friday, clock)


def test_a_mapping_that_gives_no_total_is_refused(friday, clock):  # noqa: F811 - the fixture
    with pytest.raises(ColumnMissingError):
        remember_mapping(friday, clock, "sari", mapping(columns={"order_id": "Order No"}))
    with pytest.raises(ChannelReservedError):
        remember_mapping(friday, clock, "sari", mapping(channel="rekap"))


def test_a_file_whose_rows_are_all_unreadable_is_refused_with_the_first_reason(friday, clock):  # noqa: F811 - the fixture
    remember_mapping(friday, clock, "sari", mapping())

    with pytest.raises(NothingReadableError) as refused:
        read(friday, clock, DATA.replace(b"15000", b"15.5"))

    assert (refused.value.problem.row, refused.value.problem.column) == (2, "Total")


def test_two_shops_that_number_alike_do_not_overwrite_each_other(friday, clock):  # noqa: F811 - the fixture
    save_vendor(
        friday, clock, "sari",
        Vendor("w", "c", "Jamu", "", "", "31.74.07.1001", "", None, None, 0, active=True),
    )  # fmt: skip
    remember_mapping(friday, clock, "sari", mapping())
    take_import(friday, clock, "sari", read(friday, clock, shop="v"))
    other = DATA.replace(b"Jahe", b"Jamu")

    plan = take_import(friday, clock, "sari", read(friday, clock, other, shop="w"))
    remember_mapping(friday, clock, "sari", mapping(channel="Toko Jamu"))
    take_import(friday, clock, "sari", read(friday, clock, other + b"\n", shop="w"))

    assert len(plan.of_fate("other_shop")) == 1
    assert {row.key: row.counted for row in named_figures(friday, "c", "vendor")} == {
        "v": JAHE,
        "w": JAHE,
    }


def test_what_only_the_vendor_is_known_of_is_matched_and_undone_at_once(friday, clock):  # noqa: F811 - the fixture
    remember_mapping(friday, clock, "sari", mapping())
    take_import(friday, clock, "sari", read(friday, clock))
    listing = unmatched_choices(friday, "c", [])[0]

    batch = remember_matches(
        friday, clock, "sari", "c", [Match(listing.source, listing.key, vendor="v")]
    )
    known = {row.key: row.counted for row in named_figures(friday, "c", "vendor")}
    left = unmatched_choices(friday, "c", [])
    undone = forget_batch(friday, clock, "sari", "c", batch)

    assert (known, left, undone) == ({"v": JAHE}, [], 1)
    assert {row.key for row in named_figures(friday, "c", "vendor")} == {""}
    assert campaign_total(friday, "c") == JAHE
