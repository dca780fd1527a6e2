"""Whose turn it is at a printer, and which receipts nobody waits for any more."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import stamp
from kiosk.services import print_queue, printers, printing, sales
from kiosk.services.print_queue import JobMovedOnError
from kiosk.services.printers import PrinterForm, keep_printer
from kiosk.storage import print_history, print_jobs, rolls
from kiosk.workers.printing import Owner, printer_keys
from kiosk.workers.waiting_ages import WaitingAges
from printers.elements import Document, Text
from printers.simulator import Simulator
from tests.support.bazaar import APPROVED, SteadyClock, close_bazaar, open_bazaar, open_till
from tests.workers.selling import sell

HOLD_SECONDS = 300
RETRY_SECONDS = 5


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


@pytest.fixture
def number(here, at_till, printer):
    """The number of the front printer."""
    form = PrinterForm("Depan", printer.address, "simulator", ("K01",))
    return keep_printer(here, at_till, None, form, APPROVED)


def owner_of(here, number):
    with here.db.read() as connection:
        keys = {key.id: key for key in printer_keys(connection)}
    return Owner(here, keys[number])


def job_of(here, sale_id):
    return sales.sale(here, sale_id).job


def state_of(here, sale_id):
    return job_of(here, sale_id).state


def queue_document(here, number, title, purpose):
    with here.db.write() as connection:
        document = Document((Text(title),))
        at = stamp(here.clock.now())
        printing.queue_at(connection, number, title, document, at, purpose=purpose)


def print_everything(at_work, here):
    while at_work.step():
        here.clock.pass_seconds(1)


def titles_on_paper(printer, *titles):
    """Give the titles in the order in which they came out."""
    lines = [
        line for piece in printer.paper for line in titles if line in getattr(piece, "text", "")
    ]
    return list(dict.fromkeys(lines))


def test_a_waiting_buyer_comes_before_slips_and_slips_before_reports(
    here, at_till, printer, number
):
    for purpose in ("label", "report", "slip"):
        queue_document(here, number, purpose.upper(), purpose)
    sell(here, at_till)

    print_everything(owner_of(here, number), here)

    order = titles_on_paper(printer, "K01-0001", "SLIP", "REPORT", "LABEL")
    assert order == ["K01-0001", "SLIP", "REPORT", "LABEL"]


def test_receipts_that_waited_too_long_are_held_when_the_printer_comes_back(
    here, at_till, printer, number
):
    at_work = owner_of(here, number)
    printer.set_faults(cover_open=True)
    old = [sell(here, at_till) for _ in range(3)]
    queue_document(here, number, "LAPORAN", "report")
    at_work.step()
    here.clock.pass_seconds(HOLD_SECONDS - RETRY_SECONDS)
    young = sell(here, at_till)
    at_work.step()
    here.clock.pass_seconds(2 * RETRY_SECONDS)
    printer.mend()

    print_everything(at_work, here)

    assert [state_of(here, one) for one in old] == ["held"] * 3
    assert state_of(here, young) == "printed"
    assert titles_on_paper(printer, "K01-0004", "LAPORAN") == ["K01-0004", "LAPORAN"]
    assert len(printers.printer(here, number).held) == 3


def test_held_receipts_are_printed_behind_the_buyers_who_wait_now(here, at_till, printer, number):
    at_work = owner_of(here, number)
    old = hold_one(here, at_till, printer, at_work)
    print_queue.answer(here, at_till, [job_of(here, old).id], "print")
    sell(here, at_till)

    print_everything(at_work, here)

    assert titles_on_paper(printer, "K01-0001", "K01-0002") == ["K01-0002", "K01-0001"]
    assert state_of(here, old) == "printed"


def test_who_skips_old_receipts_drops_none_that_somebody_else_has_printed(
    here, at_till, printer, number
):
    old = hold_one(here, at_till, printer, owner_of(here, number))
    job = job_of(here, old)
    print_queue.answer(here, at_till, [job.id], "print")

    with pytest.raises(JobMovedOnError):
        print_queue.answer(here, at_till, [job.id], "skip")

    assert state_of(here, old) == "waiting"


def test_a_skipped_receipt_is_kept_with_who_skipped_it_and_may_still_be_printed(
    here, at_till, printer, number
):
    at_work = owner_of(here, number)
    old = hold_one(here, at_till, printer, at_work)
    job = job_of(here, old)
    print_queue.answer(here, at_till, [job.id], "skip")
    at_work.step()
    never_came_out = not titles_on_paper(printer, "K01-0001")

    print_queue.answer(here, at_till, [job.id], "print")
    print_everything(at_work, here)

    with here.db.read() as connection:
        moves = print_history.moves_of_job(connection, job.id)
    assert never_came_out
    assert [(one.state, one.answered_by) for one in moves] == [
        ("held", None),
        ("dropped", "Rina"),
        ("waiting", "Rina"),
        ("printing", None),
        ("printed", None),
    ]
    assert not titles_on_paper(printer, "SALINAN")


def hold_one(here, at_till, printer, at_work):
    """Sell with the cover open, and close it when the buyer has gone."""
    printer.set_faults(cover_open=True)
    sale_id = sell(here, at_till)
    at_work.step()
    here.clock.pass_seconds(HOLD_SECONDS + 1)
    printer.mend()
    at_work.step()
    assert state_of(here, sale_id) == "held"
    return sale_id


def test_a_long_queue_at_a_printer_that_works_is_not_held(here, at_till, printer, number):
    at_work = owner_of(here, number)
    at_work.step()
    waiting = [sell(here, at_till) for _ in range(3)]
    at_work.step()
    here.clock.pass_seconds(HOLD_SECONDS + 1)

    print_everything(at_work, here)

    assert [state_of(here, one) for one in waiting] == ["printed"] * 3


def test_receipts_left_from_before_a_restart_are_held_by_their_own_time(
    here, at_till, printer, number
):
    left = sell(here, at_till)
    here.clock.pass_seconds(HOLD_SECONDS + 1)
    fresh = sell(here, at_till)

    print_everything(owner_of(here, number), here)

    assert (state_of(here, left), state_of(here, fresh)) == ("held", "printed")


@given(
    jump_seconds=st.integers(-(10**9), 10**9),
    waits=st.lists(st.integers(0, 200), min_size=1, max_size=6),
)
def test_a_jump_of_the_clock_makes_no_receipt_older_or_younger(jump_seconds, waits):
    clock = JumpingClock()
    ages = WaitingAges(clock)
    ages.look({})

    queued_at = stamp(clock.now())
    clock.ahead_seconds += jump_seconds
    ages.look({1: queued_at})
    for seconds in waits:
        clock.pass_seconds(seconds)
        ages.look({1: queued_at})

    assert ages.older_than(HOLD_SECONDS) == ([1] if sum(waits) > HOLD_SECONDS else [])


class JumpingClock(SteadyClock):
    """A clock whose wall time is set while its seconds go on."""

    ahead_seconds = 0

    def now(self):
        return self.instant + timedelta(seconds=self.ahead_seconds)


def test_one_answer_for_several_jobs_leaves_those_alone_that_have_moved_on(
    here, at_till, printer, number
):
    waiting = [job_of(here, sell(here, at_till)).id for _ in range(3)]
    print_queue.answer(here, at_till, waiting[:1], "cancel")

    moved = print_queue.answer(here, at_till, waiting, "cancel")

    assert moved == 2
    with pytest.raises(JobMovedOnError):
        print_queue.answer(here, at_till, waiting, "cancel")


def test_paper_is_counted_when_it_was_used_and_not_before(here, at_till, printer, number):
    at_work = owner_of(here, number)
    printer.set_faults(cover_open=True)
    sell(here, at_till)
    at_work.step()
    before = used_rows(here, number)
    printer.mend()
    here.clock.pass_seconds(RETRY_SECONDS)

    print_everything(at_work, here)

    assert before == 0
    assert used_rows(here, number) > 500


def used_rows(here, number):
    with here.db.read() as connection:
        return rolls.roll(connection, number).used_rows


def test_finished_jobs_are_forgotten_after_a_while_and_open_ones_never(
    here, at_till, printer, number
):
    printed, waiting = sell(here, at_till), sell(here, at_till)
    owner_of(here, number).step()
    later = stamp(here.clock.now() + timedelta(days=1))

    with here.db.write() as connection:
        forgotten = print_history.forget_finished(connection, number, later)
        left = print_jobs.jobs_of_printer(connection, number, 10)

    assert forgotten == 1
    assert job_of(here, printed) is None
    assert [job.sale for job in left] == [waiting]
