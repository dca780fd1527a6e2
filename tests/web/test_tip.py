import re

import pytest

from kiosk.services import sales
from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN

ENTRY = re.compile(r'name="id" value="([^"]+)"')


@pytest.fixture
def sale(seller, number):
    """A sale of Rp25.000 with Rp25.000 of change."""
    cart = seller.tap(number["WB86-KOMPLIT"])
    seller.press(f"/carts/{cart}/payments", method="cash", place="1", tendered="50.000")
    return cart


def leave(seller, sale, **form):
    seller.client.declare("tip", "paid-change")
    entry = ENTRY.search(seller.glance(f"/sales/{sale}/tip").text)[1]
    seller.client.declare("tip", "paid-change")
    return seller.press(f"/sales/{sale}/tip", id=entry, **form)


def test_change_is_offered_to_be_left_on_the_screen_after_paying(here, seller, sale):
    answer = leave(seller, sale, reason="donation", amount="20.000")

    assert "Rp20.000" in answer.text
    assert "Rp5.000" in answer.text
    assert sales.sale(here, sale).change_rp == 5_000


def test_a_coordinator_undoes_it_on_the_sales_page(here, seller, sale):
    leave(seller, sale, reason="tip")
    page = seller.look(f"/sales/{sale}")
    undo = re.search(rf"/sales/{sale}/tips/[^/]+/undo", page.text)[0]

    wrong = seller.press(undo, operator=COORDINATOR, pin="000000")
    done = seller.press(undo, operator=COORDINATOR, pin=COORDINATOR_PIN)

    assert "Rp25.000" in seller.look(f"/sales/{sale}").text
    assert wrong.status_code == 422
    assert done.headers["HX-Redirect"] == f"/sales/{sale}"
    assert sales.sale(here, sale).tips == ()


def test_without_scripts_the_form_is_a_page_and_leads_to_the_sale(seller, sale):
    page = seller.look(f"/sales/{sale}/tip").text
    entry = ENTRY.search(page)[1]

    answer = seller.submit(f"/sales/{sale}/tip", id=entry, reason="tip", amount="")

    assert "<html" in page
    assert answer.location == f"/sales/{sale}"


@pytest.mark.parametrize(
    "form",
    [
        {"reason": "tip", "amount": "99.000"},
        {"reason": "sedekah"},
        {"reason": "tip", "amount": "sepuluh"},
        {"reason": "tip", "amount": "0"},
    ],
)
def test_what_cannot_be_left_is_said_in_place(here, seller, sale, form):
    assert leave(seller, sale, **form).status_code == 422
    assert sales.sale(here, sale).tips == ()


def test_a_sale_without_change_offers_nothing(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])

    assert 'name="reason"' not in seller.look(f"/sales/{sale}/tip").text
    assert seller.look(f"/sales/{sale}/tips/x/undo").status_code == 404
