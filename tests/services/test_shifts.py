import pytest

from kiosk.domain.money import AmountNotUnderstoodError
from kiosk.domain.shifts import (
    CartsStillOpenError,
    CountNotUnderstoodError,
    NoOpenShiftError,
    ReasonMissingError,
    ShiftAlreadyOpenError,
)
from kiosk.services import carts, paying, shifts
from kiosk.services.paying import PaymentForm
from kiosk.services.print_queue import jobs
from kiosk.services.printers import PrinterForm, keep_printer
from kiosk.services.shifts import NoReportPrinterError
from tests.support.bazaar import APPROVED, open_till


def sell(here, paired, number, form):
    cart = carts.new_cart(here, paired)
    carts.add(here, cart.id, number["WB86-KOMPLIT"], None)
    paying.pay(here, paired, cart.id, form)


def test_a_till_is_open_once(here, paired):
    with pytest.raises(ShiftAlreadyOpenError, match="Rina"):
        shifts.open_shift(here, paired, "0")


def test_a_float_with_letters_opens_nothing(here):
    with pytest.raises(AmountNotUnderstoodError):
        open_till(here, "K02", float_text="dua ratus")

    assert shifts.current_shift(here, "K02") is None


def test_a_right_count_closes_and_fixes_what_was_expected(here, paired, number):
    sell(here, paired, number, PaymentForm("cash", tendered="50.000"))
    sell(here, paired, number, PaymentForm("qris"))

    report = shifts.close_shift(here, paired, {100_000: "2", 20_000: "1", 5_000: "1"}, "")

    assert (report.closing.counted_rp, report.closing.expected_rp) == (225_000, 225_000)
    assert report.closing.difference_rp == 0
    assert (report.sold.sales, report.sold.units, report.sold.omzet_rp) == (2, 2, 50_000)
    assert report.claimed_rp == 25_000
    assert shifts.current_shift(here, "K01") is None


def test_a_large_difference_asks_why_and_then_closes_all_the_same(here, paired):
    with pytest.raises(ReasonMissingError):
        shifts.close_shift(here, paired, {50_000: "1"}, " ")

    report = shifts.close_shift(here, paired, {50_000: "1"}, "dipinjam lapak sebelah")

    assert report.closing.difference_rp == -150_000
    assert report.closing.reason == "dipinjam lapak sebelah"


def test_a_small_difference_needs_no_reason(here, paired):
    report = shifts.close_shift(here, paired, {100_000: "2", 1_000: "10"}, "")

    assert report.closing.difference_rp == 10_000


def test_a_count_with_letters_closes_nothing(here, paired):
    with pytest.raises(CountNotUnderstoodError):
        shifts.close_shift(here, paired, {100_000: "dua"}, "")

    assert shifts.current_shift(here, "K01") is not None


def test_an_order_with_goods_in_it_keeps_the_till_open(here, paired, number):
    cart = carts.new_cart(here, paired)
    carts.add(here, cart.id, number["KRP-TMP"], None)

    with pytest.raises(CartsStillOpenError):
        shifts.close_shift(here, paired, {100_000: "2"}, "")
    carts.empty(here, cart.id)

    assert shifts.close_shift(here, paired, {100_000: "2"}, "").closing is not None


def test_a_closed_till_takes_no_money_until_it_is_opened_again(here, paired, number):
    cart = carts.new_cart(here, paired)
    shifts.close_shift(here, paired, {100_000: "2"}, "")

    with pytest.raises(NoOpenShiftError):
        carts.active_cart(here, paired)
    shifts.open_shift(here, paired, "100.000")
    carts.add(here, cart.id, number["KRP-TMP"], None)

    assert paying.pay(here, paired, cart.id, PaymentForm("cash")).sale_id == cart.id


def test_a_shift_closed_and_opened_on_one_day_goes_on_with_the_numbers(here, paired, number):
    sell(here, paired, number, PaymentForm("cash"))
    shifts.close_shift(here, paired, {100_000: "2", 20_000: "1", 5_000: "1"}, "")
    shifts.open_shift(here, paired, "0")
    sell(here, paired, number, PaymentForm("cash"))

    with here.db.read() as connection:
        numbers = [
            row["number"] for row in connection.execute("SELECT number FROM sales ORDER BY seq")
        ]
    assert numbers == ["K01-0001", "K01-0002"]


def test_closing_prints_the_z_report_where_there_is_a_printer(here, paired):
    form = PrinterForm("Depan", "null:", "generic-80-48", ("K01",))
    printer = keep_printer(here, paired, None, form, APPROVED)

    shifts.close_shift(here, paired, {100_000: "2"}, "")

    assert [job.title for job in jobs(here, printer)] == ["Z"]


def test_the_report_so_far_prints_without_the_cash_that_should_be_there(here, paired):
    with pytest.raises(NoReportPrinterError):
        shifts.print_so_far(here, paired)
    form = PrinterForm("Depan", "null:", "generic-80-48", ("K01",))
    printer = keep_printer(here, paired, None, form, APPROVED)

    shifts.print_so_far(here, paired)

    [job] = jobs(here, printer)
    assert job.title == "X"
    with here.db.read() as connection:
        [stored] = connection.execute("SELECT document FROM print_jobs").fetchone()
    assert "LAPORAN SEMENTARA" in stored
    assert "Modal awal" in stored
    assert "Kas seharusnya" not in stored


def test_a_closed_shift_is_frozen_by_the_database(here, paired):
    shifts.close_shift(here, paired, {100_000: "2"}, "")

    for change in (
        "UPDATE shifts SET counted_rp = 0",
        "UPDATE entries SET stored = x''",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE seq = 1",
    ):
        with (
            pytest.raises(Exception, match=r"never changed|never removed|must follow"),
            here.db.write() as connection,
        ):
            connection.execute(change)
