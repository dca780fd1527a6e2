"""A price that changed while its product is in an open order: shown at its line, with a choice."""

import re

import pytest

from kiosk.services import journals
from kiosk.services.bundles import apply_bundle
from kiosk.storage import journal
from tests.support.bazaar import bundle_document


@pytest.fixture
def cart(here, seller, number):
    """An order with one wedang komplit, begun at 25.000, which now costs 27.500."""
    begun = seller.tap(number["WB86-KOMPLIT"])
    document = bundle_document("f" * 16)
    document["products"][0]["price_rp"] = 27_500
    with here.db.write() as connection:
        apply_bundle(here, connection, document)
    return f"/carts/{begun}"


def version(text):
    return re.search(r'data-version="(\d+)"', text)[1]


def test_an_open_page_hears_of_the_new_price_by_itself(seller, cart):
    page = seller.glance(f"{cart}/news?seen=1-0&queue=")

    assert "25.000 → 27.500" in page.text


def test_the_earlier_price_may_be_kept_taken_back_and_is_sealed(here, seller, cart):
    shown = seller.glance(cart).text

    kept = seller.press(f"{cart}/line/1/price/old", version=version(shown))
    undone = seller.press(f"{cart}/undo", version=version(kept.text))
    seller.press(f"{cart}/line/1/price/old", version=version(undone.text))
    seller.press(f"{cart}/payments", method="cash", place="1", tendered="25.000")

    assert "Harga sebelumnya dipakai" in kept.text
    assert "25.000 → 27.500" in undone.text
    with here.db.read() as connection:
        current = journal.current(connection)
        sale = journal.read_at(connection, 1, journal.head(connection, current).seq)
    assert sale.body["lines"][0]["price_rp"] == 25_000
    assert journals.rebuild(here).drifted == ()


def test_the_new_price_once_taken_is_no_news_any_more(seller, cart):
    shown = seller.glance(cart).text

    taken = seller.press(f"{cart}/line/1/price/new", version=version(shown))

    assert "27.500" in taken.text
    assert "→" not in taken.text


def test_a_choice_made_on_an_older_order_is_refused(seller, cart):
    assert seller.press(f"{cart}/line/1/price/old", version="0").status_code in (409, 422)
