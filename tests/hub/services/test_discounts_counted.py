"""Discounts at the hub: omzet is after them, and who bears them is shown, in any order."""

import pytest

from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.discount_totals import DiscountTotal, discount_totals
from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.services.opened_discounts import open_discounts
from kiosk.hub.services.projection import rebuild
from kiosk.hub.services.wanted import Asked
from kiosk.hub.storage.scope import Scope
from tests.hub.services.building import (
    CAMPAIGN,
    EVENT,
    KEYS,
    OPENED,
    VENDOR,
    Journal,
    line,
    refund,
    sale,
    set_up,
    totals_of,
    tray_of,
)


@pytest.fixture
def hub(store, clock):
    set_up(store)

    def receive(segment):
        return receive_segment(store, clock, KEYS, segment)

    receive.store = store
    return receive


def given(amount_rp, borne_by=VENDOR, reason="Langganan"):
    return {"line": 1, "amount_rp": amount_rp, "borne_by": borne_by, "reason": reason}


def discounted(*discounts):
    """Two cups at Rp12.000, less these."""
    off = sum(one["amount_rp"] for one in discounts)
    cups = {**line(1, 2, total_rp=24_000 - off), "discount_rp": off}
    return sale([cups], discounts=list(discounts))


def test_omzet_is_after_discounts_and_each_bearer_is_shown(hub):
    journal = Journal()
    journal.add("sale", discounted(given(2_000), given(1_000, "bazaar", "3 untuk Rp33.000")))
    journal.add("sale", discounted(given(500)))
    hub(journal.segment())

    assert totals_of(hub.store) == (4, 44_500)
    assert discount_totals(hub.store, CAMPAIGN) == [
        DiscountTotal(VENDOR, "Wedang Sari", "Langganan", 2, 2_500),
        DiscountTotal("bazaar", None, "3 untuk Rp33.000", 1, 1_000),
    ]
    assert discount_totals(hub.store, CAMPAIGN, EVENT) == discount_totals(hub.store, CAMPAIGN)
    assert discount_totals(hub.store, CAMPAIGN, "another") == []


def test_a_sale_given_away_counts_its_discount_and_no_omzet(hub):
    journal = Journal()
    journal.add("sale", discounted(given(24_000, "bazaar", "Hadiah")))
    hub(journal.segment())

    assert totals_of(hub.store)[1] == 0
    assert discount_totals(hub.store, CAMPAIGN)[0].amount_rp == 24_000


def test_sending_again_and_refunding_change_no_discount(hub):
    journal = Journal()
    sold = journal.add("sale", discounted(given(2_000)))
    hub(journal.segment())
    hub(journal.segment())
    journal.add("refund", refund(sold, [(1, 1, 11_000)]))
    hub(journal.segment())

    assert totals_of(hub.store) == (1, 11_000)
    assert [one.amount_rp for one in discount_totals(hub.store, CAMPAIGN)] == [2_000]
    rebuild(hub.store, OPENED)
    assert [one.amount_rp for one in discount_totals(hub.store, CAMPAIGN)] == [2_000]


@pytest.mark.parametrize(
    "strange",
    [
        None,
        "10%",
        [None],
        [{"amount_rp": "2000", "borne_by": "bazaar", "reason": ""}],
        [{"amount_rp": -5, "borne_by": "bazaar", "reason": ""}],
        [{"amount_rp": 2_000, "borne_by": 7, "reason": ""}],
        [{"amount_rp": 10**30, "borne_by": "bazaar", "reason": ""}],
    ],
)
def test_what_is_no_discount_counts_nothing_and_its_sale_counts(hub, strange):
    journal = Journal()
    journal.add("sale", sale([line(1, 2)], discounts=strange))
    hub(journal.segment())

    assert totals_of(hub.store) == (2, 24_000)
    assert tray_of(hub.store) == []
    assert discount_totals(hub.store, CAMPAIGN) == []


def opened(store, bearer, reason):
    """Give (receipt, amount) of a figure's parts."""
    found = open_discounts(store, Asked(CAMPAIGN, "", bearer), reason)
    assert found.more is None
    return [(row.number, row.amount_rp) for row in found.rows]


def test_a_discount_figure_opens_down_to_its_sales_also_for_whoever_looks_after_its_bearer(hub):
    journal = Journal()
    journal.add("sale", discounted(given(2_000), given(1_000, "bazaar", "Langganan")))
    journal.add("sale", {**discounted(given(500)), "number": "K01-0002"})
    journal.add("sale", discounted(given(700, reason="Tetangga")))
    hub(journal.segment())
    hers = hub.store.scoped(Scope("kecamatan", "31.74.01"))
    others = hub.store.scoped(Scope("kecamatan", "31.74.07"))

    assert opened(hub.store, VENDOR, "Langganan") == [("K01-0002", 500), ("K01-0001", 2_000)]
    assert opened(hub.store, "bazaar", "Langganan") == [("K01-0001", 1_000)]
    assert opened(hers, VENDOR, "Tetangga") == [("K01-0001", 700)]
    for store, bearer in ((others, VENDOR), (hers, "bazaar")):
        with pytest.raises(NotFoundError):
            opened(store, bearer, "Langganan")
