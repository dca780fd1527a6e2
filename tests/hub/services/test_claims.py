"""Claimed payments are listed until somebody said what became of them."""

import pytest

from kiosk.hub.services.claims import campaign_claims
from kiosk.hub.services.ingest import receive_segment
from tests.hub.services.building import CAMPAIGN, KEYS, Journal, line, sale, set_up


@pytest.fixture
def hub(store, clock):
    set_up(store)

    def receive(journal):
        receive_segment(store, clock, KEYS, journal.segment())
        return campaign_claims(store, CAMPAIGN)

    return receive


def test_a_claimed_payment_is_listed_with_its_sale_till_and_time(hub):
    journal = Journal()
    journal.add("sale", sale())
    journal.add("sale", sale([line(qty=3)], method="qris", number="K01-0042"))

    [group], has_more = hub(journal)

    [claim] = group.claims
    assert (group.event, group.amount_rp, has_more) == ("Bazar Jumat", 36_000, False)
    assert (claim.number, claim.till, claim.machine) == ("K01-0042", "K01", "Mesin 1")
    assert (claim.method, claim.reference, f"{claim.at:%H.%M}") == ("qris", "", "10.15")


def test_what_was_confirmed_or_never_came_is_listed_no_more(hub):
    journal = Journal()
    confirmed = journal.add("sale", sale(method="qris"))
    changed = journal.add("sale", sale(method="qris"))
    journal.add("payment_confirmed", {"sale": confirmed, "n": 1})
    journal.add("payment_changed", {"sale": changed, "n": 1, "method": None})

    assert hub(journal) == ([], False)


def test_a_note_that_says_claimed_is_no_claimed_payment(hub):
    journal = Journal()
    journal.add("sale", sale([line() | {"note": '"state":"claimed"'}]))

    assert hub(journal) == ([], False)


def test_a_number_that_is_no_text_does_not_hide_the_payment(hub):
    journal = Journal()
    journal.add("sale", sale(method="qris", number=["?"]))

    [group], _has_more = hub(journal)

    assert group.claims[0].number == ""
