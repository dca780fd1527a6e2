"""Files of earlier releases, as tills at bazaars have them, opened by this one.

`files/schema-N.db.gz` was written by the release whose newest step was N, and is never
made again: sales by cash, QRIS and transfer, a void, a return, a reprint, a closed shift,
jobs in the queue, an open order with goods in it and one that is half paid.
"""

import gzip
from pathlib import Path

import pytest

from kiosk.domain.money import Rupiah
from kiosk.services import carts, journals, paying, sales
from kiosk.services.installation import open_installation
from kiosk.services.paying import PaymentForm
from kiosk.settings import read_settings
from kiosk.storage import browsers
from tests.support.bazaar import SECRET, SteadyClock, close_bazaar

FILES = Path(__file__).with_name("files")
FULL_CART, HALF_PAID_CART = (f"01a1f6e9-3100-7000-8000-0000000000{n}" for n in (11, 12))


@pytest.fixture(params=sorted(FILES.glob("*.db.gz")), ids=lambda path: path.name.split(".")[0])
def upgraded(request, tmp_path):
    (tmp_path / "till.db").write_bytes(gzip.decompress(request.param.read_bytes()))
    settings = read_settings({"KIOSK_DATA": str(tmp_path)})
    here = open_installation(settings, SteadyClock("2026-11-20T11:00:00+07:00"))
    here.folder.keep_secret(SECRET)
    yield here
    close_bazaar(here)


def browser_of(here, till):
    with here.db.read() as connection:
        row = connection.execute("SELECT id FROM browsers WHERE till = :till", {"till": till})
        return browsers.browser(connection, row.fetchone()["id"])


def test_an_older_file_keeps_its_journal_and_projects_it_as_before(upgraded):
    with upgraded.db.read() as connection:
        (verdict,) = journals.verify(connection)

    rebuilt = journals.rebuild(upgraded)

    assert (verdict.entries, verdict.sales, verdict.fault) == (13, 4, None)
    assert rebuilt.drifted == ()


def test_orders_of_an_older_file_are_there_and_can_be_paid(upgraded):
    cart = carts.resume(upgraded, browser_of(upgraded, "K02"), FULL_CART)

    answer = paying.pay(
        upgraded, browser_of(upgraded, "K02"), cart.id, PaymentForm("cash", tendered="100.000")
    )

    assert cart.total_rp == Rupiah(95_000)
    assert sales.sale(upgraded, answer.sale_id).sale.total_rp == Rupiah(95_000)


def test_a_half_paid_order_of_an_older_file_keeps_its_part(upgraded):
    found = paying.due(upgraded, HALF_PAID_CART)

    assert [part.amount_rp for part in found.payments] == [Rupiah(5_000)]
    assert found.rest_rp == Rupiah(3_505)
