"""A figure opens down to the entries and rows it is made of, and they add up to it."""

import pytest
from sqlalchemy import insert

from kiosk.hub.services.figures import GROUPS, named_figures
from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.services.opened_payments import open_payments
from kiosk.hub.services.opening import (
    every_bazaar_row,
    every_online_row,
    open_bazaar,
    open_figure,
    open_online,
)
from kiosk.hub.services.payment_totals import payment_totals
from kiosk.hub.services.wanted import Asked
from kiosk.hub.storage import tables
from kiosk.hub.storage.imports import Counted
from kiosk.hub.storage.orders import OnlineLine, OnlineOrder, replace_orders
from kiosk.hub.storage.scope import OutOfScopeError, Scope
from tests.hub.services.building import (
    CAMPAIGN,
    EVENT,
    KEYS,
    PRODUCT,
    VENDOR,
    Journal,
    line,
    refund,
    sale,
    set_up,
)

OTHER = "00000000-0000-7000-8000-0000000000b2"
PAID = "2026-11-20T08:00:00.000+00:00"


@pytest.fixture
def friday(store, clock):
    """A bazaar with sales, refunds and a pre-order, and three online orders beside it."""
    set_up(store)
    journal = Journal()
    first = journal.add("sale", sale([line(1, 3), line(2, 500, 80_000, "g", 40_000)]))
    journal.add("sale", sale([line(product=OTHER)], flags=["preorder"], number="K01-0002"))
    qris = journal.add("sale", sale([line(qty=5)], method="qris", number="K01-0003"))
    journal.add("refund", refund(first, [(1, 1, 12_000), (2, 500, 40_000)]))
    journal.add("refund", refund("00000000-0000-7000-9000-00000000ffff", [(1, 1, 5_000)]))
    journal.add("payment_changed", {"sale": qris, "n": 1, "method": "transfer"})
    receive_segment(store, clock, KEYS, journal.segment())
    with store.begin() as connection:
        connection.execute(insert(tables.imports).values(**an_import()))
        replace_orders(connection, CAMPAIGN, "import", "shopee", [online(n) for n in range(3)])
    return store


def an_import():
    words = {"id": "import", "campaign": CAMPAIGN, "source": "shopee", "file_name": "Order.csv"}
    more = {"file_sha256": "0" * 64, "imported_at": PAID, "imported_by": "sari", "as_of": PAID}
    return words | more | {"orders": 3, "problems": 0, "state": "taken"}


def online(n):
    known = (PRODUCT, VENDOR, "kuliner") if n else ("", "", "")
    lines = (OnlineLine(1, *known, "Wedang 100%", "sku\t1", n + 1, 9_000, n, 9_000 * bool(n)),)
    event = EVENT if n < 2 else ""
    return OnlineOrder(f"o{n}", "shopee", None, "paid", "Dibayar", PAID, event, PAID, lines)


def added_up(store, asked):
    rows = [
        Counted(row.units, row.omzet_rp, row.units, row.omzet_rp)
        for row in every_bazaar_row(store, asked)
    ]
    rows += [
        Counted(row.units, row.omzet_rp, row.units_final, row.omzet_final_rp)
        for row in every_online_row(store, asked)
    ]
    return sum(rows, Counted())


def test_the_parts_of_every_figure_add_up_to_it(friday):
    asked = [(group, event) for group in GROUPS for event in (None, EVENT)]
    figures = [
        (Asked(CAMPAIGN, group, one.key, event), one.counted)
        for group, event in asked
        for one in named_figures(friday, CAMPAIGN, group, event=event)
    ]

    opened = [(one, added_up(friday, one)) for one, _counted in figures]

    assert opened == figures
    assert [(one, open_figure(friday, one).counted) for one, _ in figures] == figures


def test_payments_of_a_way_to_pay_add_up_also_where_a_till_changed_it(friday):
    totals = payment_totals(friday, CAMPAIGN)

    for one in totals:
        opened = open_payments(friday, Asked(CAMPAIGN, "", one.method), one.state)
        assert sum(row.amount_rp for row in opened.rows) == one.amount_rp, one
    assert {one.method for one in totals} == {"cash", "transfer"}


def test_a_long_figure_is_paged_without_leaving_anything_out(friday):
    asked = Asked(CAMPAIGN, "event", EVENT)
    whole = open_bazaar(friday, asked).rows
    orders = open_online(friday, asked).rows

    pages, page = [], open_bazaar(friday, asked, most=1)
    while page.more:
        pages += page.rows
        page = open_bazaar(friday, asked, page.more, most=1)
    first = open_online(friday, asked, most=1)
    second = open_online(friday, asked, first.more, most=1)

    assert pages + page.rows == whole
    assert first.rows + second.rows == orders
    assert second.more is None


def test_a_figure_is_searched_by_receipt_goods_and_order(friday):
    asked = [Asked(CAMPAIGN, "event", EVENT, search=words) for words in ("k01-0003", "o1", "100%_")]

    receipt, order, nothing = [
        ({row.number for row in open_bazaar(friday, one).rows}, open_online(friday, one).rows)
        for one in asked
    ]

    assert receipt == ({"K01-0003"}, [])
    assert [row.order_id for row in order[1]] == ["o1"]
    assert nothing == (set(), [])


def test_preorders_and_what_nobody_knows_stand_under_headings_of_their_own(friday):
    channels = {one.key: one.counted.units for one in named_figures(friday, CAMPAIGN, "channel")}
    outside = named_figures(friday, CAMPAIGN, "event")
    vendors = {one.key for one in named_figures(friday, CAMPAIGN, "vendor")}

    assert channels == {"bazaar": 3 + 1 + 5 - 1 - 1, "preorder": 2, "shopee": 6}
    assert {one.key for one in outside} == {EVENT, ""}
    assert vendors == {VENDOR, ""}


def test_a_mentor_opens_what_her_vendors_sold_and_nothing_else(friday):
    hers = friday.scoped(Scope("kecamatan", "31.74.01"))
    others = friday.scoped(Scope("kecamatan", "31.74.07"))
    asked = Asked(CAMPAIGN, "event", EVENT)

    assert added_up(hers, asked) == open_figure(hers, asked).counted
    assert {row.vendor for row in open_online(hers, asked).rows} == {VENDOR}
    assert open_bazaar(hers, asked).rows
    assert added_up(others, asked) == Counted()
    with pytest.raises(OutOfScopeError):
        open_payments(hers, Asked(CAMPAIGN, "", "cash"), "final")
