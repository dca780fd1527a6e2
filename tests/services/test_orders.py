"""Orders of stalls: slips as they are paid, and each order handed over once."""

import pytest

from kiosk.domain.operators import NotAllowedError
from kiosk.domain.orders import AlreadyHandedOverError, OrderCancelledError, OrderUnknownError
from kiosk.services import carts, orders, paying, refunds, shifts
from kiosk.services.installation import open_installation
from kiosk.services.paying import PaymentForm
from kiosk.services.refunds import RefundForm
from kiosk.settings import read_settings
from kiosk.storage import print_jobs, printers
from printers.elements import from_json
from printers.layout import as_text, lay_out
from tests.support.bazaar import (
    APPROVED,
    BATIK,
    COORDINATOR,
    COORDINATOR_PIN,
    WEDANG,
    SteadyClock,
    close_bazaar,
    numbers,
    open_bazaar,
    open_till,
)


def sell(here, browser, number, *skus):
    cart = carts.new_cart(here, browser)
    for sku in skus:
        cart = carts.add(here, cart.id, number[sku], None)
    paying.pay(here, browser, cart.id, PaymentForm("cash"))
    return cart.id


def slip_printer(here, *stalls):
    with here.db.write() as connection:
        printer_id = printers.add(connection, "Dapur", "null:", "generic-58")
        for stall in stalls:
            connection.execute(
                "INSERT INTO printer_stalls (stall, printer) VALUES (?, ?)", (stall, printer_id)
            )
    return printer_id


def slips(here, printer_id):
    with here.db.read() as connection:
        rows = print_jobs.jobs_of_printer(connection, printer_id, 50)
    return [as_text(lay_out(from_json(row.document), 32)) for row in reversed(rows)]


def void(here, browser, sale):
    refunds.void(here, browser, sale, RefundForm(here.clock.new_id(), "salah", APPROVED))


def test_each_stall_with_a_printer_gets_a_slip_of_its_own_goods(here, paired, number):
    printer = slip_printer(here, WEDANG)

    sale = sell(here, paired, number, "WB86-KOMPLIT", "WB86-KOMPLIT", "BTK-ONDEL")

    (slip,) = slips(here, printer)
    assert "K01-0001" in slip
    assert "2x Wedang" in slip
    assert "Batik" not in slip
    assert "25.000" not in slip
    assert f"<QR {sale}>" in slip


def test_a_slip_waits_behind_receipts_and_before_reports(here, paired, number):
    printer = slip_printer(here, WEDANG)
    sell(here, paired, number, "WB86-KOMPLIT")

    with here.db.read() as connection:
        (job,) = print_jobs.jobs_of_printer(connection, printer, 5)

    assert job.priority == 2


def test_a_stall_that_wants_no_slips_gets_none(here, paired, number):
    printer = slip_printer(here, WEDANG)
    coordinator = open_till(here, "K02", COORDINATOR, COORDINATOR_PIN)
    orders.set_slips(here, coordinator, WEDANG, wants=False)

    sell(here, paired, number, "WB86-KOMPLIT")
    orders.set_slips(here, coordinator, WEDANG, wants=True)
    sell(here, paired, number, "WB86-KOREA")

    (slip,) = slips(here, printer)
    assert "Wedang" in slip
    assert "K01-0002" in slip


def test_a_cashier_does_not_switch_slips_off(here, paired):
    with pytest.raises(NotAllowedError):
        orders.set_slips(here, paired, WEDANG, wants=False)


def test_a_void_tells_the_kitchen(here, paired, number):
    printer = slip_printer(here, WEDANG)
    sale = sell(here, paired, number, "WB86-KOMPLIT")

    void(here, paired, sale)

    assert slips(here, printer)[-1].split()[0] == "BATAL"


def test_an_order_shows_as_soon_as_it_is_paid_newest_at_the_bottom(here, paired, number):
    before = orders.state(here)
    first = sell(here, paired, number, "WB86-KOMPLIT")
    here.clock.pass_seconds(60)
    second = sell(here, paired, number, "WB86-KOREA", "BTK-ONDEL")

    assert orders.state(here) != before
    assert [one.sale for one in orders.orders_of(here, WEDANG, None)] == [first, second]
    assert [line.name for line in orders.orders_of(here, BATIK, None)[0].lines] == [
        "Kain Batik Cap Biru"
    ]


def test_a_line_is_handed_over_once_and_says_by_whom_and_when(here, paired, number):
    sale = sell(here, paired, number, "WB86-KOMPLIT", "WB86-KOREA")

    orders.hand_over(here, paired, sale, WEDANG, 1)

    (order,) = orders.find(here, "k01-0001")
    assert order.is_open
    assert order.lines[0].handed_over.by == "Rina"
    with pytest.raises(AlreadyHandedOverError, match=r"by Rina at 10\.00"):
        orders.hand_over(here, paired, sale, WEDANG, 1)


def test_a_slip_cannot_be_used_twice(here, paired, number):
    sale = sell(here, paired, number, "WB86-KOMPLIT", "WB86-KOREA")
    orders.hand_over(here, paired, sale, WEDANG, None)

    with pytest.raises(AlreadyHandedOverError):
        orders.hand_over(here, paired, sale, WEDANG, None)
    assert not orders.find(here, sale)[0].is_open


def test_a_wrong_tick_is_taken_back(here, paired, number):
    sale = sell(here, paired, number, "WB86-KOMPLIT", "WB86-KOREA")
    orders.hand_over(here, paired, sale, WEDANG, None)

    orders.take_back(here, paired, sale, WEDANG, 2)

    (order,) = orders.find(here, sale)
    assert [line.is_open for line in order.lines] == [False, True]


def test_a_voided_order_is_cancelled_and_not_handed_over(here, paired, number):
    sale = sell(here, paired, number, "WB86-KOMPLIT")
    void(here, paired, sale)

    (order,) = orders.find(here, "K01-0001")
    assert order.is_cancelled
    with pytest.raises(OrderCancelledError):
        orders.hand_over(here, paired, sale, WEDANG, None)


def test_a_number_nobody_was_given_is_said_to_be_unknown(here, paired):
    with pytest.raises(OrderUnknownError):
        orders.find(here, "K01-9999")
    with pytest.raises(OrderUnknownError):
        orders.hand_over(here, paired, "x", WEDANG, None)


def test_yesterdays_orders_of_a_closed_shift_are_gone(tmp_path):
    clock = SteadyClock()
    here = open_bazaar(tmp_path / "till", clock)
    browser = open_till(here)
    sell(here, browser, numbers(here), "WB86-KOMPLIT")
    clock.pass_seconds(24 * 3600)
    still_open = orders.orders_of(here, WEDANG, None)
    shifts.close_shift(here, browser, {100_000: "2", 5_000: "5"}, "")

    assert len(still_open) == 1
    assert orders.orders_of(here, WEDANG, None) == []
    close_bazaar(here)


def test_what_was_handed_over_outlives_a_restart(tmp_path):
    here = open_bazaar(tmp_path / "till")
    browser = open_till(here)
    sale = sell(here, browser, numbers(here), "WB86-KOMPLIT")
    orders.hand_over(here, browser, sale, WEDANG, None)
    close_bazaar(here)

    again = open_installation(read_settings({"KIOSK_DATA": str(tmp_path / "till")}), SteadyClock())

    assert not orders.find(again, sale)[0].is_open
    close_bazaar(again)
