"""Jobs for RawBT: handed over by a tap, never said to be printed by itself."""

import base64

import pytest

from kiosk.services import carts, paying, sales
from kiosk.services.handing_over import (
    NotPrintableError,
    ToHandOver,
    hand_over,
    link_of,
    to_hand_over,
)
from kiosk.services.paying import PaymentForm
from kiosk.services.print_queue import JobMovedOnError, answer
from kiosk.services.printers import PrinterForm, keep_printer, printer
from kiosk.services.printing import PrinterUnknownError, queue_at
from kiosk.workers.printing import PrinterLoops
from printers.elements import Document, Drawer
from printers.profiles import BATTERY_58
from printers.simulator.machine import Machine
from printers.transports import RAWBT
from tests.support.bazaar import APPROVED, numbers


@pytest.fixture
def tablet(here, paired):
    """The number of a RawBT printer for the receipts of K01."""
    form = PrinterForm("Tablet", RAWBT, BATTERY_58.key, ("K01",))
    return keep_printer(here, paired, None, form, APPROVED)


def sell(here, browser):
    cart = carts.new_cart(here, browser)
    carts.add(here, cart.id, numbers(here)["WB86-KOMPLIT"], None)
    return paying.pay(here, browser, cart.id, PaymentForm("cash", tendered="50.000")).sale_id


def on_paper(link):
    """What a printer puts on paper of the bytes in a link."""
    payload = base64.b64decode(link.removeprefix("intent:base64,").partition("#")[0])
    machine = Machine(BATTERY_58)
    machine.receive(payload, 0)
    machine.advance(0)
    return "\n".join(getattr(piece, "text", "") for piece in machine.paper)


def test_a_receipt_waits_for_the_tap_and_is_then_handed_over_not_printed(here, paired, tablet):
    job = sales.sale(here, sell(here, paired)).job
    asked = to_hand_over(here, tablet, RAWBT)

    hand_over(here, paired, job.id)
    handed, link = link_of(here, job.id)

    assert [one.id for one in asked.waiting] == [job.id]
    assert handed.state == "handed_over"
    assert "K01-0001" in on_paper(link)
    assert [one.id for one in to_hand_over(here, tablet, RAWBT).handed_over] == [job.id]


def test_a_person_says_that_it_came_out(here, paired, tablet):
    sale = sell(here, paired)
    job = sales.sale(here, sale).job
    hand_over(here, paired, job.id)

    answer(here, paired, [job.id], "came-out")

    assert sales.sale(here, sale).job.state == "printed"
    with pytest.raises(JobMovedOnError):
        link_of(here, job.id)


def test_a_repeat_says_that_it_is_one(here, paired, tablet):
    job = sales.sale(here, sell(here, paired)).job
    hand_over(here, paired, job.id)

    answer(here, paired, [job.id], "again")
    hand_over(here, paired, job.id)

    assert "SALINAN" in on_paper(link_of(here, job.id)[1])


def test_a_job_is_handed_over_once(here, paired, tablet):
    job = sales.sale(here, sell(here, paired)).job
    hand_over(here, paired, job.id)

    with pytest.raises(JobMovedOnError):
        hand_over(here, paired, job.id)


def test_no_thread_touches_such_a_printer_and_its_page_says_what_to_do(here, paired, tablet):
    loops = PrinterLoops(here)

    loops._look()

    assert loops._running == {}
    assert printer(here, tablet).state == "hand_over_only"


def test_only_jobs_of_such_a_printer_are_handed_over(here, paired):
    form = PrinterForm("Depan", "null:", "generic-58", ("K01",))
    keep_printer(here, paired, None, form, APPROVED)
    job = sales.sale(here, sell(here, paired)).job

    for number in (job.id, 99):
        with pytest.raises(PrinterUnknownError):
            hand_over(here, paired, number)
    assert to_hand_over(here, 1, "null:") == ToHandOver()


def test_a_job_no_printer_of_this_kind_can_print_says_so(here, paired, tablet):
    with here.db.write() as connection:
        kick = Document((Drawer(),))
        queue_at(connection, tablet, "Laci", kick, "2026-11-20T10:00:00+07:00", purpose="report")

    with pytest.raises(NotPrintableError, match="drawer"):
        hand_over(here, paired, 1)
