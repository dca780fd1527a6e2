"""A till that prints in English does so on every paper: receipts, copies, slips, reports."""

import pytest

from kiosk.services import carts, paying, print_queue, sales, shifts
from kiosk.services.paying import PaymentForm
from kiosk.services.printers import PrinterForm, keep_printer
from kiosk.storage.receipt_texts import keep_till_language
from printers.layout import as_text, lay_out
from tests.support.bazaar import APPROVED, WEDANG

FORM = PrinterForm("Depan", "null:", "generic-58", ("K01",), stalls=(WEDANG,))


@pytest.fixture
def printer(here, paired):
    """The till's printer, of every purpose; the till speaks English, its event does not."""
    made = keep_printer(here, paired, None, FORM, APPROVED)
    with here.db.write() as connection:
        keep_till_language(connection, "K01", "en")
    return made


def on_paper(here, job):
    return as_text(lay_out(print_queue.story(here, job.id).document, 32))


def papers(here, printer):
    return [on_paper(here, job) for job in reversed(print_queue.jobs(here, printer))]


def sell(here, paired, number):
    cart = carts.new_cart(here, paired)
    carts.add(here, cart.id, number["WB86-KOMPLIT"], None)
    paying.pay(here, paired, cart.id, PaymentForm("cash"))
    return cart.id


def test_the_slip_of_an_order_speaks_the_language_of_its_till(here, paired, number, printer):
    sell(here, paired, number)

    (slip,) = [text for text in papers(here, printer) if "ORDER" in text]

    assert "Till" in slip
    assert "PESANAN" not in slip


def test_the_report_of_a_shift_speaks_the_language_of_its_till(here, paired, printer):
    shifts.close_shift(here, paired, {100_000: "2"}, "")

    (report,) = papers(here, printer)

    assert "Z REPORT" in report
    assert "Opening float" in report
    assert "Laci 1" in report
    assert "LAPORAN" not in report


def test_a_copy_in_english_is_marked_for_both_who_read_it(here, paired, number, printer):
    sale_id = sell(here, paired, number)

    sales.reprint(here, paired, sale_id, APPROVED)

    assert papers(here, printer)[-1].splitlines()[0].strip() == "SALINAN / COPY"


def test_a_repeat_of_a_receipt_in_doubt_is_marked_in_its_tills_language(
    here, paired, number, printer
):
    sell(here, paired, number)
    first = print_queue.jobs(here, printer)[-1]
    with here.db.write() as connection:
        connection.execute("UPDATE print_jobs SET state = 'unsure' WHERE id = ?", [first.id])

    print_queue.answer(here, paired, [first.id], "again")

    assert on_paper(here, first).splitlines()[0].strip() == "SALINAN / COPY"
