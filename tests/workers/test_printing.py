"""From a paid cart to paper: rows, the printer's thread, a socket, and a simulated printer."""

import time

import pytest

from kiosk.services import print_queue, printers, printing, sales
from kiosk.services.approvals import Approval
from kiosk.services.print_queue import JobMovedOnError
from kiosk.services.printers import PrinterForm, PrinterSettingsError, keep_printer
from kiosk.services.sign_in import sign_in
from kiosk.storage import print_jobs
from kiosk.storage.database import DatabaseError
from kiosk.storage.print_jobs import Sending
from kiosk.workers.printing import Owner, PrinterLoops, printer_keys
from printers.simulator import Simulator
from tests.support.bazaar import (
    APPROVED,
    COORDINATOR,
    COORDINATOR_PIN,
    close_bazaar,
    open_bazaar,
    open_till,
)
from tests.workers.selling import sell

PATIENCE_SECONDS = 20


@pytest.fixture
def here(tmp_path):
    installation = open_bazaar(tmp_path / "till")
    yield installation
    close_bazaar(installation)


@pytest.fixture
def at_till(here):
    return open_till(here)


@pytest.fixture
def printer():
    with Simulator() as simulator:
        yield simulator


def add_printer(here, at_till, simulator):
    address = f"tcp://127.0.0.1:{simulator.port}"
    form = PrinterForm("Depan", address, "simulator", ("K01",))
    return keep_printer(here, at_till, None, form, APPROVED)


def owner(here):
    with here.db.read() as connection:
        (key,) = printer_keys(connection)
    return Owner(here, key)


def on_paper(simulator):
    return "\n".join(getattr(piece, "text", "") for piece in simulator.paper)


def state_of(here, sale_id):
    return sales.sale(here, sale_id).job.state


def test_a_paid_cart_comes_out_as_a_receipt_and_the_printer_confirms_it(here, at_till, printer):
    add_printer(here, at_till, printer)
    sale_id = sell(here, at_till)

    assert owner(here).step()

    job = sales.sale(here, sale_id).job
    assert (job.state, job.confirmed) == ("printed", True)
    assert "K01-0001" in on_paper(printer)
    assert "Rp25.000" in on_paper(printer)
    assert "25.000" in on_paper(printer).split("Kembali")[1]


def test_a_copy_says_so_takes_a_coordinator_and_is_in_the_journal(here, at_till, printer):
    add_printer(here, at_till, printer)
    sale_id = sell(here, at_till)
    at_work = owner(here)
    at_work.step()
    with pytest.raises(Exception, match="coordinator"):
        sales.reprint(here, at_till, sale_id, Approval())

    coordinator_at_till = sign_in(here, at_till, COORDINATOR, COORDINATOR_PIN)
    sales.reprint(here, coordinator_at_till, sale_id, Approval())
    at_work.step()

    assert on_paper(printer).count("K01-0001") == 2
    assert on_paper(printer).count("SALINAN") == 1
    assert sales.sale(here, sale_id).copies == 1


def test_receipts_wait_for_a_printer_that_is_switched_off(here, at_till, printer):
    add_printer(here, at_till, printer)
    port_is_closed = Simulator()
    port_is_closed.start()
    address = f"tcp://127.0.0.1:{port_is_closed.port}"
    port_is_closed.stop()
    number = printers.all_printers(here)[0].id
    keep_printer(
        here, at_till, number, PrinterForm("Depan", address, "simulator", ("K01",)), APPROVED
    )
    sale_id = sell(here, at_till)

    owner(here).step()

    view = printers.printer(here, number)
    assert state_of(here, sale_id) == "waiting"
    assert (view.state, view.waiting) == ("refused", 1)


def test_a_job_cut_short_by_a_restart_asks_a_person_and_its_repeat_says_so(here, at_till, printer):
    add_printer(here, at_till, printer)
    sale_id = sell(here, at_till)
    job = sales.sale(here, sale_id).job
    with here.db.write() as connection:
        print_jobs.begin(connection, job.id, Sending(job.printer, b"half", 240), job.created_at)

    at_work = owner(here)

    assert not at_work.step()
    assert state_of(here, sale_id) == "unsure"
    print_queue.answer(here, at_till, [job.id], "again")
    at_work.step()
    assert state_of(here, sale_id) == "printed"
    assert "SALINAN" in on_paper(printer)
    with pytest.raises(JobMovedOnError):
        print_queue.answer(here, at_till, [job.id], "came-out")


def test_a_job_of_which_a_full_disk_kept_no_end_is_asked_after_without_a_restart(
    here, at_till, printer
):
    add_printer(here, at_till, printer)
    sale = sell(here, at_till)
    job = sales.sale(here, sale).job
    at_work = owner(here)
    with here.db.write() as writer:
        writer.execute("PRAGMA query_only = ON")
    with pytest.raises(DatabaseError):
        at_work.step()
    writer.execute("PRAGMA query_only = OFF")
    with here.db.write() as connection:
        print_jobs.begin(connection, job.id, Sending(job.printer, b"half", 240), job.created_at)

    at_work.step()

    assert state_of(here, sale) == "unsure"
    assert "Wedang" not in on_paper(printer)


def test_a_job_sent_elsewhere_in_the_last_moment_is_left_to_its_new_printer(here, at_till, printer):
    add_printer(here, at_till, printer)
    job = sales.sale(here, sell(here, at_till)).job

    with here.db.write() as connection:
        elsewhere = Sending(job.printer + 1, b"half", 240)
        began = print_jobs.begin(connection, job.id, elsewhere, job.created_at)

    assert not began
    assert owner(here).step()


def test_a_person_may_say_that_it_came_out(here, at_till, printer):
    add_printer(here, at_till, printer)
    sale_id = sell(here, at_till)
    job = sales.sale(here, sale_id).job
    with here.db.write() as connection:
        print_jobs.begin(connection, job.id, Sending(job.printer, b"half", 240), job.created_at)
    at_work = owner(here)
    at_work.step()

    print_queue.answer(here, at_till, [job.id], "came-out")

    assert state_of(here, sale_id) == "printed"
    assert not at_work.step()
    assert on_paper(printer) == ""


def test_a_job_that_still_waits_can_be_dropped(here, at_till):
    keep_printer(
        here, at_till, None, PrinterForm("Depan", "null:", "generic-58", ("K01",)), APPROVED
    )
    sale_id = sell(here, at_till)

    print_queue.answer(here, at_till, [sales.sale(here, sale_id).job.id], "cancel")

    assert state_of(here, sale_id) == "dropped"
    assert not owner(here).step()


def test_a_test_page_comes_out(here, at_till, printer):
    number = add_printer(here, at_till, printer)

    printers.print_test_page(here, number)
    owner(here).step()

    assert "HALAMAN UJI" in on_paper(printer)


@pytest.mark.parametrize(
    "form",
    [
        PrinterForm("", "null:", "generic-58", ()),
        PrinterForm("x" * 41, "null:", "generic-58", ()),
        PrinterForm("De\x1bpan", "null:", "generic-58", ()),
        PrinterForm("Depan", "10.0.0.7", "generic-58", ()),
        PrinterForm("Depan", "null:", "daisy-wheel", ()),
    ],
)
def test_a_printer_form_that_does_not_fit_is_refused(here, at_till, form):
    with pytest.raises(PrinterSettingsError):
        keep_printer(here, at_till, None, form, APPROVED)

    assert printers.all_printers(here) == []


def test_a_virtual_printer_needs_no_other_program_and_its_paper_can_be_read(here, at_till):
    form = PrinterForm("Latihan", printing.VIRTUAL, "simulator", ("K01",))
    number = keep_printer(here, at_till, None, form, APPROVED)
    sale_id = sell(here, at_till)

    assert owner(here).step()

    assert state_of(here, sale_id) == "printed"
    assert printers.printer(here, number).is_virtual
    rows = printing.paper(here, number, 0)
    assert any("K01-0001" in row.get("text", "") for row in rows)
    assert printing.paper(here, number, rows[-1]["n"]) == []


def test_a_printer_added_while_the_till_runs_gets_its_thread(here, at_till, printer):
    loops = PrinterLoops(here)
    loops.start()
    add_printer(here, at_till, printer)
    sale_id = sell(here, at_till)

    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while state_of(here, sale_id) != "printed" and time.monotonic() < give_up_at:
        time.sleep(0.05)
    loops.stop(5)

    assert state_of(here, sale_id) == "printed"
