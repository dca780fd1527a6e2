import pytest

from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.services.payment_totals import payment_totals
from tests.hub.services.building import (
    CAMPAIGN,
    EVENT,
    KEYS,
    Journal,
    entry_id,
    payments_of,
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


def part(n, method, amount_rp, state="final", **more):
    return {"n": n, "method": method, "amount_rp": amount_rp, "state": state, **more}


OVERPAID = sale(
    payments=[part(1, "transfer", 30_000), part(2, "cash", -6_000, tendered_rp=0, change_rp=6_000)]
)


def test_cash_given_back_of_an_overpayment_comes_off_the_cash_and_counts_as_no_payment(hub):
    journal = Journal()
    journal.add("sale", OVERPAID)

    hub(journal.segment())

    assert tray_of(hub.store) == []
    assert totals_of(hub.store) == (2, 24_000)
    assert payments_of(hub.store) == {("transfer", "final"): 30_000, ("cash", "final"): -6_000}
    counted = {one.method: one.payments for one in payment_totals(hub.store, CAMPAIGN, EVENT)}
    assert counted == {"cash": 0, "transfer": 1}


def test_only_cash_goes_back_within_a_sale(hub):
    journal = Journal()
    journal.add_raw(body=sale(payments=[part(1, "cash", 30_000), part(2, "qris", -6_000)]))

    hub(journal.segment())

    assert tray_of(hub.store) == [(2, "body")]


def test_change_that_a_buyer_left_is_in_no_figure(hub):
    journal = Journal()
    sold = journal.add("sale", sale())
    journal.add(
        "cash_moved",
        {"shift": entry_id(0xFFFF), "amount_rp": 6_000, "reason": "tip", "sale": sold},
    )

    hub(journal.segment())

    assert tray_of(hub.store) == []
    assert totals_of(hub.store) == (2, 24_000)
    assert payments_of(hub.store) == {("cash", "final"): 24_000}


def test_methods_of_the_organisers_choosing_count_by_their_codes_and_go_back_by_them(hub):
    journal = Journal()
    wallet = [part(1, "ewallet-gopay", 24_000, "claimed", name="GoPay")]
    sold = journal.add("sale", sale(payments=wallet))
    journal.add("refund", refund(sold, [(1, 1, 12_000)], "ewallet-gopay"))

    hub(journal.segment())

    assert payments_of(hub.store) == {("ewallet-gopay", "claimed"): 12_000}


def test_an_order_of_nothing_has_no_payment_and_counts_none(hub):
    journal = Journal()
    free = sale()
    lines = [{**one, "total_rp": 0, "discount_rp": 24_000} for one in free["lines"]]
    journal.add("sale", {**free, "lines": lines, "total_rp": 0, "payments": []})

    hub(journal.segment())

    assert tray_of(hub.store) == []
    assert payments_of(hub.store) == {}
