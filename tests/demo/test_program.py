"""The demonstration's made-up program adds up to the two figures that were published."""

from collections import Counter
from datetime import date
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.cli.demo.exports import export_file
from kiosk.cli.demo.past_sales import SOLD, plan_bazaar
from kiosk.cli.demo.products import PRODUCTS
from kiosk.cli.demo.program import EVENTS, FIRST, FRIDAY, INSTALLATIONS, OMZET_RP, SECOND, UNITS
from kiosk.cli.demo.samples import export_header, put_out_samples
from kiosk.cli.demo.vendors import BAZAAR_QRIS, VENDORS
from kiosk.domain.qris import read_static
from kiosk.hub.marketplaces import final, read_export, sementara

PAST = (FIRST, SECOND)
SEEDS = st.integers(0, 2**32)


def machines(event):
    return [machine for machine in INSTALLATIONS if machine.event == event.key]


def test_the_two_events_come_to_the_published_figures():
    assert sum(event.bazaar.units + event.online.units for event in PAST) == UNITS == 3_484
    assert sum(event.bazaar.omzet_rp + event.online.omzet_rp for event in PAST) == OMZET_RP
    assert OMZET_RP == 105_000_000


def test_both_events_lie_within_the_published_days():
    moments = [
        moment
        for event in PAST
        for moment in (
            event.bazaar_start,
            event.bazaar_end,
            event.online_start,
            event.online_end,
        )
    ]

    assert date(2021, 11, 26) == min(moments).date()
    assert max(moments).isoformat() == "2021-12-06T00:00:00+07:00"


@pytest.mark.parametrize("event", PAST, ids=lambda event: event.key)
@settings(max_examples=10, deadline=None)
@given(seed=SEEDS)
def test_a_bazaar_sells_its_figures_in_its_hours_whatever_the_seed(event, seed):
    planned = plan_bazaar(Random(seed), event, machines(event))

    sold = sum((Counter(sale.basket) for sale in planned), Counter())
    assert sold.total() == event.bazaar.units
    omzet = sum(SOLD[place].price_rp * pieces for place, pieces in sold.items())
    assert omzet == event.bazaar.omzet_rp
    assert {sale.at.date() for sale in planned} == set(event.days)
    assert all(event.opens_hour <= sale.at.hour < event.closes_hour for sale in planned)


def test_the_same_seed_sells_the_same():
    assert plan_bazaar(Random(7), FIRST, machines(FIRST)) == plan_bazaar(
        Random(7), FIRST, machines(FIRST)
    )
    assert export_file(Random(7), SECOND) == export_file(Random(7), SECOND)


@pytest.mark.parametrize("event", PAST, ids=lambda event: event.key)
def test_an_export_is_read_as_its_online_figures_and_all_of_it_is_final(event):
    export = read_export("orders.csv", export_file(Random(3), event))

    figures = sementara(export.orders)
    assert (figures.units, figures.omzet_rp) == (event.online.units, event.online.omzet_rp)
    assert final(export.orders) == figures
    assert export.problems == ()
    assert {order.state for order in export.orders} == {"completed", "cancelled", "unpaid"}
    assert {order.channel for order in export.orders} == {"tokopedia", "tiktok"}
    assert all(
        event.online_start <= order.paid_at < event.online_end
        for order in export.orders
        if order.paid_at
    )


def test_an_export_has_the_true_columns():
    assert len(export_header()) == 65
    assert export_header()[0] == "Order ID"


def test_each_vendor_sells_something_and_each_product_has_its_vendor():
    assert {product.vendor for product in PRODUCTS} == {vendor.key for vendor in VENDORS}
    assert len({product.sku for product in PRODUCTS}) == len(PRODUCTS)
    assert len(VENDORS) >= 12


def test_vendors_come_from_all_ten_kecamatan():
    assert {vendor.kelurahan[:8] for vendor in VENDORS} == {f"31.74.{n:02d}" for n in range(1, 11)}


def test_every_qris_code_reads_and_none_is_used_twice():
    payloads = [BAZAAR_QRIS, *(vendor.qris for vendor in VENDORS if vendor.qris)]

    nmids = {read_static(payload).nmid for payload in payloads}

    assert len(nmids) == len(payloads) == 6


def test_the_samples_find_their_products_and_belong_to_the_friday(tmp_path):
    put_out_samples(tmp_path)

    exports = [read_export(path.name, path.read_bytes()) for path in sorted(tmp_path.iterdir())]

    skus = {line.seller_sku for one in exports for order in one.orders for line in order.lines}
    assert skus - {""} <= {product.sku for product in PRODUCTS}
    paid = [order.paid_at for one in exports for order in one.orders if order.paid_at]
    assert (
        sum(FRIDAY.online_start <= moment < FRIDAY.online_end for moment in paid) == len(paid) - 2
    )


def test_the_sample_workbook_holds_the_same_orders_as_the_csv(tmp_path):
    put_out_samples(tmp_path)

    csv, workbook = (
        read_export(name, (tmp_path / name).read_bytes())
        for name in ("tokopedia_tiktok.csv", "tokopedia_tiktok.xlsx")
    )

    assert workbook.orders == csv.orders
    assert workbook.problems == csv.problems == ()


def test_windows_of_the_demonstration_do_not_overlap():
    windows = sorted((event.online_start, event.online_end) for event in EVENTS)

    assert all(end <= start for (_, end), (start, _) in pairwise(windows))
