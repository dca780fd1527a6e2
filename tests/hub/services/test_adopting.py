"""Products added at a bazaar become products of their vendor at the hub, or what is there already."""

import pytest

from kiosk.domain.barcodes import check_digit
from kiosk.hub.services.figures import named_figures
from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.services.products import campaign_products
from kiosk.hub.services.projection import rebuild
from kiosk.hub.storage import tables
from kiosk.hub.storage.added import list_added
from tests.hub.services.building import (
    CAMPAIGN,
    KEYS,
    PRODUCT,
    VENDOR,
    Journal,
    line,
    rows_of,
    sale,
    set_up,
    tray_of,
)

ADDED = "00000000-0000-7000-8000-0000000ba2a7"
BARCODE = "200000000010" + str(check_digit("200000000010"))


def added(**changes):
    product = {
        "id": ADDED,
        "stall": VENDOR,
        "sku": "BZR-000BA2A7",
        "name": "Sirup Pala",
        "variant": "",
        "category": "Kuliner",
        "price_rp": 32_000,
        "unit": "pcs",
        "barcode": BARCODE,
    }
    return {"what": "product_added", "product": {**product, **changes}}


def send(store, clock, *bodies):
    journal = Journal()
    for kind, body in bodies:
        journal.add(kind, body)
    return receive_segment(store, clock, KEYS, journal.segment())


def test_a_product_added_at_the_bazaar_is_its_vendors_at_the_hub(store, clock):
    set_up(store)

    send(store, clock, ("catalogue_changed", added()))

    row = next(row for row in campaign_products(store, CAMPAIGN) if row.product.id == ADDED)
    assert (row.product.label, row.product.price_rp) == ("Sirup Pala", 32_000)
    assert [(one.added_by, one.matched_by) for one in row.added] == [("Dewi", "")]
    assert tray_of(store) == []


def test_sent_again_and_counted_afresh_it_is_there_once(store, clock):
    set_up(store)
    journal = Journal()
    journal.add("catalogue_changed", added())

    for _ in range(2):
        receive_segment(store, clock, KEYS, journal.segment())
    rebuild(store, "2026-11-20T11:00:00.000+00:00")

    assert len(rows_of(store, tables.added_products)) == 1
    assert len(rows_of(store, tables.products)) == 2


@pytest.mark.parametrize("known", [{"sku": "bzr-000ba2a7"}, {"barcode": f"0{BARCODE}"}])
def test_what_the_vendor_has_already_is_found_by_sku_or_barcode(store, clock, known):
    set_up(store)
    with store.begin() as connection:
        connection.execute(tables.products.update().values(**known))

    send(
        store,
        clock,
        ("catalogue_changed", added()),
        ("sale", sale([line(1, 2, price_rp=32_000, product=ADDED)])),
        ("sale", sale([line(1, 1, price_rp=32_000, product=PRODUCT)], number="K01-0002")),
    )

    figures = {one.key: one.counted.units for one in named_figures(store, CAMPAIGN, "product")}
    assert figures == {PRODUCT: 3}
    with store.read() as connection:
        assert {ADDED} == {one.id for one in list_added(connection, CAMPAIGN)[PRODUCT]}


def test_a_stall_nobody_knows_goes_to_review_and_blocks_nothing(store, clock):
    set_up(store)

    send(
        store,
        clock,
        ("catalogue_changed", added(stall="00000000-0000-7000-8000-00000000dead")),
        ("catalogue_changed", added(price_rp=-1)),
        ("sale", sale()),
    )

    assert tray_of(store) == [(2, "unknown_vendor"), (3, "body")]
    assert len(rows_of(store, tables.products)) == 1
