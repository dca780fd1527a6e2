"""Offers and rules of discounts in the hub: from the form to what the tills are told."""

import re

import pytest

from kiosk.hub.services.bundles import _content
from kiosk.hub.storage.offers import offers_on_sale
from kiosk.wire.bundles import BundleOffer
from tests.hub.web.steps import FRIDAY

OFFER = {
    "name": "3 untuk Rp50.000",
    "pieces": "3",
    "price_rp": "50.000",
    "borne_by": "bazaar",
    "skus": "WB-1\nwb-2\n",
}


@pytest.fixture
def campaign(organiser):
    """Two vendors: wedang in two kinds and one by weight, and batik."""
    campaign = organiser.campaign()
    wedang = organiser.vendor(campaign)
    batik = organiser.vendor(campaign, name="Batik Uji")
    organiser.product(campaign, wedang, "WB-1", "Wedang Komplit")
    organiser.product(campaign, wedang, "WB-2", "Wedang Korea")
    organiser.product(campaign, wedang, "WB-KG", "Jahe Curah", unit="g")
    organiser.product(campaign, batik, "BT-1", "Kain Batik")
    return campaign


def told(store, campaign):
    with store.read() as connection:
        return offers_on_sale(connection, campaign.rsplit("/", 1)[1])


def add(organiser, campaign, status=303, **changes):
    return organiser.post(f"{campaign}/offers/new", OFFER | changes, status=status)


def test_an_offer_names_goods_by_sku_and_goes_to_the_tills(organiser, store, campaign):
    add(organiser, campaign)

    [offer] = told(store, campaign)
    assert BundleOffer.model_validate(offer).pieces == 3
    assert (offer["name"], offer["price_rp"], offer["borne_by"]) == (
        "3 untuk Rp50.000",
        50_000,
        "bazaar",
    )
    assert len(offer["products"]) == 2
    assert "WB-1, WB-2" in organiser.get(f"{campaign}/offers")


def test_an_offer_is_changed_ended_and_brought_back(organiser, store, campaign):
    add(organiser, campaign)
    address = re.search(r'/offers/[0-9a-f-]{36}(?=")', organiser.get(f"{campaign}/offers"))[0]

    organiser.post(campaign + address, OFFER | {"price_rp": "45.000", "skus": "WB-2"})
    assert [(one["price_rp"], len(one["products"])) for one in told(store, campaign)] == [
        (45_000, 1)
    ]

    organiser.post(f"{campaign}{address}/active", {"active": "0"})
    assert told(store, campaign) == []
    organiser.post(f"{campaign}{address}/active", {"active": "1"})
    assert len(told(store, campaign)) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pieces": "1"}, "2 sampai 99"),
        ({"pieces": "tiga"}, "tiga"),
        ({"price_rp": "gratis"}, "gratis"),
        ({"skus": ""}, "satu SKU per baris"),
        ({"skus": "WB-1\nTAK-ADA"}, "tak-ada"),
        ({"skus": "WB-1\nBT-1"}, "Kain Batik"),
        ({"skus": "WB-KG"}, "Jahe Curah"),
        ({"borne_by": "pembeli"}, "Pilih"),
        ({"name": "x" * 61}, "Persingkat"),
    ],
)
def test_an_offer_that_cannot_be_is_refused_at_its_field_and_keeps_what_was_typed(
    organiser, store, campaign, changes, words
):
    page = add(organiser, campaign, status=422, **changes).text

    assert words in page
    assert 'aria-invalid="true"' in page
    assert told(store, campaign) == []


def test_only_an_organiser_changes_offers(viewer, organiser, campaign):
    assert "Promo baru" not in viewer.get(f"{campaign}/offers")
    viewer.post(f"{campaign}/offers/new", OFFER, status=403)


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({}, {"limit_rp": 50_000, "limit_basis_points": 2_000}),
        (
            {
                "discount_reasons": "Tetangga\n\nTetangga\nRusak",
                "discount_limit_rp": "10.000",
                "discount_limit": "",
            },
            {"reasons": ["Tetangga", "Rusak"], "limit_rp": 10_000, "limit_basis_points": None},
        ),
        (
            {"discount_reasons": "", "discount_limit_rp": "", "discount_limit": "7,5"},
            {"limit_rp": None, "limit_basis_points": 750},
        ),
    ],
)
def test_an_events_rules_of_discounts_go_to_its_tills(organiser, store, fields, rules):
    campaign = organiser.campaign()
    event = organiser.event(campaign, **fields).rsplit("/", 1)[1].split("?")[0]
    organiser.post(f"{campaign}/devices/new", {"name": "Mesin 7", "event": event})
    with store.read() as connection:
        machine = connection.exec_driver_sql("SELECT id FROM installations").scalar_one()
        said = _content(connection, machine)["event"]["discounts"]

    assert {**said, **rules} == said
    assert said["reasons"]


def test_a_reason_too_long_for_a_receipt_is_refused(organiser):
    campaign = organiser.campaign()

    page = organiser.post(
        f"{campaign}/events/new", FRIDAY | {"discount_reasons": "x" * 61}, status=422
    ).text

    assert "Persingkat" in page


def test_discounts_given_are_on_a_page_and_in_a_spreadsheet_of_their_own(organiser, viewer):
    campaign = organiser.campaign()

    assert "Ditanggung" in viewer.get(f"{campaign}/totals/discounts")
    assert "Ditanggung" in viewer.get(f"{campaign}/totals/discounts.csv")
    assert "/totals/discounts" in viewer.get(f"{campaign}/totals")
