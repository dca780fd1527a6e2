"""Settling a stall at a screen: found by its menu, handed over, and taken back."""

import re

import pytest

from tests.support.bazaar import BATIK, COORDINATOR, COORDINATOR_PIN

PAGE = f"/settlements/{BATIK}"
APPROVED = {"operator": COORDINATOR, "pin": COORDINATOR_PIN}


@pytest.fixture
def sold(seller, number):
    """A piece of batik that was sold."""
    seller.buy(number["BTK-ONDEL"])
    return seller


def entry_id(page):
    return re.search(r'name="id" value="([^"]+)"', page)[1]


def settle(seller, **form):
    made = entry_id(seller.look(PAGE).text)
    return made, seller.press(PAGE, id=made, **form)


def test_a_stall_is_found_settled_and_seen_as_settled(sold):
    assert PAGE in sold.look("/settlements").text
    assert 'href="/settlements"' in sold.look("/shift").text

    _, answer = settle(sold, way="cash", amount="", **APPROVED)

    assert answer.headers["HX-Redirect"].startswith(PAGE)
    assert "Semua sudah diserahkan" in sold.look(PAGE).text
    assert "Diserahkan ke lapak" in sold.look("/shift").text


def test_what_is_typed_wrong_is_said_in_place_and_nothing_is_handed_over(sold):
    refused = [
        settle(sold, way="cash", amount=text, **APPROVED)[1]
        for text in ("-5", "1e3", "200.000", "9" * 40)
    ]
    refused.append(settle(sold, way="", amount="1000", **APPROVED)[1])
    refused.append(settle(sold, way="cash", amount="1000", operator=COORDINATOR, pin="1")[1])

    assert {answer.status_code for answer in refused} == {422}
    assert "Rp157.500" in sold.look(PAGE).text


def test_a_settlement_is_taken_back_with_a_pin(sold):
    made, _ = settle(sold, way="cash", amount="50.000", **APPROVED)

    asked = sold.look(f"{PAGE}/{made}/undo").text
    without = sold.press(f"/settlements/entries/{made}/undo")
    sold.press(f"/settlements/entries/{made}/undo", **APPROVED)

    assert "Rp50.000" in asked
    assert without.status_code == 403
    assert "ditarik kembali" in sold.look(PAGE).text
    assert sold.press(f"/settlements/entries/{made}/undo", **APPROVED).status_code == 409


def test_what_is_not_there_is_not_found(sold):
    assert sold.look("/settlements/nobody").status_code == 404
    assert sold.look(f"{PAGE}/nothing/undo").status_code == 404
    assert sold.press("/settlements/entries/nothing/print").status_code == 404
    assert "Belum ada lapak" in sold.look("/settlements?event=another").text
