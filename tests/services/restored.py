"""Machines that are lost and come back, for the tests of restoring."""

import itertools

from kiosk.services import browsers, carts, journals, paying
from kiosk.services.installation import open_installation
from kiosk.services.paying import PaymentForm
from kiosk.services.restoring import Wish
from kiosk.services.sign_in import sign_in
from kiosk.settings import read_settings
from kiosk.storage import staff_secrets, uploads
from kiosk.storage.projections import TABLES
from tests.support.bazaar import (
    CASHIER,
    CASHIER_PIN,
    DEVICE,
    INSTALLATION,
    SECRET,
    SteadyClock,
    bundle_document,
    numbers,
)

SURE = Wish()
ACCEPTED = Wish(up_to_fault=True)


def sell(here, browser, times=1):
    known = numbers(here)
    for _ in range(times):
        cart = carts.new_cart(here, browser)
        carts.add(here, cart.id, known["WB86-KOMPLIT"], None)
        paying.pay(here, browser, cart.id, PaymentForm("cash"))


def fresh(tmp_path, name="new"):
    return read_settings({"KIOSK_DATA": str(tmp_path / name)})


_minutes = itertools.count()


def later_clock():
    """Each a minute after the last, so that no two machines make the same id."""
    clock = SteadyClock("2026-11-20T12:00:00+07:00")
    clock.pass_seconds(60 * next(_minutes))
    return clock


def awake(settings, clock=None):
    """Open a restored installation as a till does, and give its cashier back her PIN."""
    here = open_installation(settings, clock or later_clock())
    with here.db.write() as connection:
        document = bundle_document()
        staff_secrets.replace(
            connection, {person["id"]: person["pin_hash"] for person in document["staff"]}
        )
    return here


def signed_in(here):
    browser = browsers.assign_till(here, browsers.pair_local(here), "K01")
    return sign_in(here, browser, CASHIER, CASHIER_PIN)


def make_a_device_of(here):
    here.folder.keep_secret(SECRET)
    with here.db.write() as connection:
        uploads.begin_enrolment(connection, "http://127.0.0.1:9", "0" * 64)
        uploads.finish_enrolment(connection, DEVICE, INSTALLATION)


def all_numbers(here):
    with here.db.read() as connection:
        rows = connection.execute("SELECT number FROM sales ORDER BY journal, seq")
        return [row["number"] for row in rows]


def projections(here):
    with here.db.read() as connection:
        return {table: journals.rows(connection, table) for table in TABLES}
