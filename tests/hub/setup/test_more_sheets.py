"""Events, staff and machines by spreadsheet: out and in again, wrong cells named, undone."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.hub.services.campaigns import save_campaign
from kiosk.hub.services.devices import save_installation
from kiosk.hub.services.events import save_event
from kiosk.hub.services.offers import save_offer
from kiosk.hub.services.products import save_product
from kiosk.hub.services.sheet_cells import read_table
from kiosk.hub.services.sheet_kinds import KINDS
from kiosk.hub.services.sheets import (
    download,
    dry_run,
    read_sheet_in,
    take_sheet,
    undo_sheet,
)
from kiosk.hub.services.staff import event_staff, save_staff
from kiosk.hub.services.undoing import RowChangedError
from kiosk.hub.services.vendors import save_vendor
from kiosk.hub.services.workbooks import write_workbook
from kiosk.hub.storage.campaigns import Campaign
from kiosk.hub.storage.devices import Installation
from kiosk.hub.storage.offers import CampaignOffer
from kiosk.hub.storage.products import CampaignProduct
from kiosk.hub.storage.staff import EventStaff
from kiosk.hub.storage.vendors import Vendor
from tests.hub.setup.test_windows import MIDNIGHT, event

VENDOR = Vendor("v", "c", "Wedang", "", "", "31.74.07.1001", "", None, None, 0, active=True)
KIND = ["events", "staff", "devices", "campaigns", "offers"]
# A sheet of campaigns belongs to none.
OWNER = {"campaigns": ""}
ADDS = {
    "events": "Acara,Bazar mulai,Bazar selesai,Target (Rp)\nBazar Dua,27/11/2026 07.00,27-11-2026 17:00,150jt\n",
    "staff": "Acara,Nama,Peran,PIN\ne,Budi,kasir,4711\ne,Wati,koordinator,135790\n",
    "campaigns": "Program,Kota,Target (Rp)\nSabtu,Jakarta Timur,150jt\nMinggu,,\n",
    "offers": 'Promo,SKU,Buah,Harga,Ditanggung\n2 lagi,wb-1;WB-2,2,"40.000",program\n3 jahe,"WB-2, WB-1",3,50rb,\n',
    "devices": "Acara,Mesin,Kode laci,Penjual\ne,Mesin 9,K07,Wedang\ne,Mesin 9,K08,\ne,Mesin 1,K02,\n",
}
WRONG = {
    "events": (
        ("Acara,Bazar mulai,Bazar selesai,Daring mulai\n"
        "A,2026-11-27 17:00,2026-11-27 07:00,\nB,kapan saja,2026-11-27 07:00,\nC,1/1/2027,2/1/2027,1/1/2027\n"),
        [(2, "Bazar selesai", "BazaarWindowError"), (3, "Bazar mulai", "EventTimeError"),
         (4, "Daring selesai", "OnlineWindowIncompleteError")],
    ),
    "staff": (
        "ID,Acara,Nama,Peran,PIN,Penjual\n,lain,A,kasir,1234,\n,e,B,raja,1234,\n,e,C,kasir,,\n,e,D,panitia,1234,\nx,e,E,kasir,1234,Nihil\n",
        [(2, "Acara", "NoSuchEventError"), (3, "Peran", "RoleUnknownError"),
         (4, "PIN baru", "PinMissingError"), (5, "PIN baru", "PinTooShortError"),
         (6, "ID", "StaffIdUnknownError"), (6, "Penjual", "NoSuchVendorError")],
    ),
    "campaigns": (
        "ID,Program,Target\n,,1jt\n,Sabtu,banyak\nx,Senin,\n,jumat,\n,Jumat,\n",
        [(2, "Program", "EmptyCellError"), (3, "Target (Rp)", "PriceError"), (4, "ID", "IdUnknownError"),
         (6, "Program", "RowTwiceError")],
    ),
    "offers": (
        ("Promo,SKU,Buah,Harga,Ditanggung,Berlaku\nA,NIHIL,2,1000,,\nB,,2,1000,,\nC,WB-1;KG,2,1000,,\nD,WB-1,1,1000,,\n"
        "E,WB-1,2,,,\nF,WB-1,2,1000,pembeli,\n,WB-1,2,1000,,mungkin\n"),
        [(2, "SKU", "OfferSkuUnknownError"), (3, "SKU", "OfferGoodsError"), (4, "SKU", "OfferUnfitGoodsError"),
         (5, "Buah", "OfferPiecesError"), (6, "Harga (Rp)", "EmptyCellError"),
         (7, "Ditanggung", "BearerUnknownError"), (8, "Promo", "EmptyCellError"), (8, "Berlaku", "YesOrNoError")],
    ),
    "devices": (
        "Acara,Mesin,Kode laci,Penjual\ne,,K01,\ne,M,laci,\ne,M,K05,\ne,m,k05,Nihil\n",
        [(2, "Mesin", "EmptyCellError"), (3, "Kode laci", "TillCodeError"),
         (5, "Penjual", "NoSuchVendorError"), (5, "Mesin", "RowTwiceError")],
    ),
}  # fmt: skip


@pytest.fixture
def friday(store, clock):
    save_campaign(store, clock, "sari", Campaign("c", "Jumat", "", None, MIDNIGHT))
    save_vendor(store, clock, "sari", VENDOR)
    save_event(store, clock, "sari", event("e", 0, 24))
    person = EventStaff("s", "e", "Rina", "cashier", "", active=True, vendor="v")
    save_staff(store, clock, "sari", person, "4711")
    save_installation(store, clock, "sari", Installation("i", "e", "Mesin 1"))
    for sku, unit in (("WB-1", "pcs"), ("WB-2", "pcs"), ("KG", "g")):
        product = CampaignProduct(sku, "c", "v", sku, sku, "", "Kuliner", 25_000, unit, active=True)
        save_product(store, clock, "sari", product)
    offer = CampaignOffer("o", "c", "", "3 wedang", (), 3, 60_000, "stall", active=True)
    save_offer(store, clock, "sari", offer, ["WB-1", "WB-2"])
    return store


def read(store, clock, kind, text):
    data = text if isinstance(text, bytes) else text.encode()
    return read_sheet_in(store, clock, "sari", OWNER.get(kind, "c"), kind, "lembar.csv", data)


def take(store, clock, kind, text):
    sheet = read(store, clock, kind, text)
    plan = dry_run(store, sheet)
    assert not plan.errors
    take_sheet(store, clock, "sari", sheet, plan.digest)
    return sheet


@pytest.mark.parametrize("kind", KIND)
def test_what_goes_out_comes_back_in_as_nothing_changes(friday, clock, kind):
    out = download(friday, OWNER.get(kind, "c"), kind, "Lembar")

    plan = dry_run(friday, read(friday, clock, kind, out))

    assert (plan.same, plan.errors, plan.added, plan.changed) == (1, (), [], [])


@pytest.mark.parametrize("kind", KIND)
def test_a_taken_sheet_adds_its_rows_once_and_is_undone_whole(friday, clock, kind):
    before = download(friday, OWNER.get(kind, "c"), kind, "Lembar")
    rows = ADDS[kind].count("\n") - 1

    sheet = take(friday, clock, kind, ADDS[kind])

    again = dry_run(friday, read(friday, clock, kind, ADDS[kind]))
    assert again.added == []
    assert len(again.rows) == rows
    undo_sheet(friday, clock, "sari", sheet)
    assert len(dry_run(friday, read(friday, clock, kind, before)).rows) == 1
    assert dry_run(friday, read(friday, clock, kind, ADDS[kind])).digest != again.digest


@pytest.mark.parametrize("kind", KIND)
def test_every_wrong_cell_is_named_by_row_and_column(friday, clock, kind):
    text, wrong = WRONG[kind]

    plan = dry_run(friday, read(friday, clock, kind, text))

    assert [(one.row, one.column, type(one.error).__name__) for one in plan.errors] == wrong
    assert not plan.can_be_taken


def test_a_new_pin_goes_in_and_an_empty_one_keeps_what_there_is(friday, clock):
    before = event_staff(friday, "e")[0].pin_hash

    take(friday, clock, "staff", "Acara,Nama,Peran,PIN baru\ne,Rina,koordinator,246810\n")
    raised = event_staff(friday, "e")[0]
    take(friday, clock, "staff", "Acara,Nama,Aktif,PIN baru\ne,Rina,tidak,\n")

    assert raised.pin_hash != before
    assert raised.role == "coordinator"
    assert [(one.active, one.pin_hash) for one in event_staff(friday, "e")] == [
        (False, raised.pin_hash)
    ]


def test_an_event_that_is_used_since_is_not_taken_away(friday, clock):
    sheet = take(friday, clock, "events", ADDS["events"])
    take(friday, clock, "staff", "Acara,Nama,PIN\nBazar Dua,Budi,4711\n")

    with pytest.raises(RowChangedError):
        undo_sheet(friday, clock, "sari", sheet)


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12
).map(lambda text: normalize("NFC", text))


@settings(max_examples=30, deadline=None)
@given(
    cells=st.fixed_dictionaries(
        {
            column.key: WORDS
            for column in KINDS["events"].columns
            if column.key not in {"target_rp", "rounding"}
        }
        | {"target_rp": st.integers(0, 10**9), "rounding": st.integers(0, 1000)}
    )
)
def test_every_cell_comes_out_of_a_workbook_as_it_went_in(cells):
    columns = KINDS["events"].columns

    row = read_table("x.xlsx", write_workbook("Lembar", columns, [cells]), columns, "name").rows[0]

    assert {key: row.typed(key) for key in cells} == {
        key: " ".join(str(cell).split()) for key, cell in cells.items()
    }
