"""What must hold on every bad day of a printer, counted on the paper itself.

No receipt is lost in silence: each is on the paper, or waits, or is asked about. None comes
out a second time without SALINAN, the queue is never stuck, and the next receipt is whole.
`LAPAK_PAPER_FAULTS=full` tries every row and every byte.
"""

import threading
import time

import pytest

from printers.encode import END_OF_HEADER, FLUSH
from printers.profiles import EPSON_TM, GENERIC_80_48
from printers.simulator import Simulator
from tests.printers.counter import (
    FULL,
    PATIENCE_SECONDS,
    Counter,
    bytes_sent,
    copies_on,
    failures_in,
    payload_of,
    receipt_of,
    rows_of,
    some,
    survives,
)

# Every row and every byte takes as long as it takes.
pytestmark = [pytest.mark.timeout(0)] if FULL else []
RECEIPT = receipt_of("K01-0001")
ROWS = rows_of(RECEIPT)
BYTES = len(payload_of(RECEIPT))
# Questions and their like, beside the receipt itself.
MORE = 40

STRANGE = (
    {"cover_open": True},
    {"cutter_stuck": True},
    {"black_hole": True},
    {"mute": True},
    {"reply_delay_seconds": 0.4},
    {"stale_bytes": b"\x10\x0c\x00\x00"},
    {"stale_bytes": b"\x12\x12\x12"},
    {"stale_bytes": b"\x37\x22!!!!\x00"},
    {"garbage": True},
)


@pytest.fixture
def printer():
    with Simulator() as simulator:
        yield simulator


def test_a_receipt_without_a_fault_comes_out_once(printer):
    before = survives(printer, lambda counter: counter.step())

    assert before == "printed"
    assert copies_on(printer.paper, "K01-0001") == (1, 0)


def test_paper_that_ends_at_any_row_of_a_receipt_and_is_reloaded():
    def the_roll_ends(printer, row):
        def fault(counter):
            printer.set_faults(paper_rows=row)
            counter.step()

        before = survives(printer, fault)
        assert before in ("waiting", "unsure")

    assert failures_in(some(ROWS, 5), the_roll_ends) == {}


def test_paper_reloaded_while_the_receipt_waits_for_the_printer_s_word():
    def reloaded_at_once(printer, row):
        def fault(counter):
            printer.set_faults(paper_rows=row)
            reload = threading.Timer(0.1, printer.reload_paper)
            reload.start()
            counter.step()
            reload.join()

        survives(printer, fault)

    assert failures_in(some(ROWS, 5), reloaded_at_once) == {}


def test_a_connection_that_drops_after_any_byte():
    def dropped(printer, byte):
        def fault(counter):
            printer.set_faults(drop_after_bytes=byte)
            counter.step()

        survives(printer, fault)

    assert failures_in(bytes_sent(BYTES + MORE, len(FLUSH), 8), dropped) == {}


@pytest.mark.parametrize("kept", [2, 3, 4, 5])
def test_a_connection_that_drops_within_the_header_of_a_picture(printer, kept):
    header = payload_of(RECEIPT).index(b"\x1dv0\0")

    def dropped(counter):
        printer.set_faults(drop_after_bytes=len(END_OF_HEADER) + 9 + len(FLUSH) + header + kept)
        counter.step()

    assert survives(printer, dropped) == "unsure"


def test_a_printer_switched_off_after_any_byte_and_on_again():
    def switched_off(printer, byte):
        def fault(counter):
            printer.power_off_after(byte)
            counter.step()
            printer.power_on()

        survives(printer, fault)

    assert failures_in(some(BYTES + MORE, 5), switched_off, buffer_bytes=64, speed=20_000) == {}


def test_a_printer_that_is_strange_from_the_start():
    def strange(printer, fault):
        def twice(counter):
            printer.set_faults(**STRANGE[fault])
            counter.step()
            counter.step()

        survives(printer, twice)

    assert failures_in(range(len(STRANGE)), strange) == {}


def test_a_printer_that_turns_strange_when_the_receipt_is_sent():
    def strange(printer, fault):
        def in_the_middle(counter):
            counter.jobs.on_begin = lambda: printer.set_faults(**STRANGE[fault])
            counter.step()
            counter.jobs.on_begin = lambda: None

        survives(printer, in_the_middle)

    assert failures_in(range(len(STRANGE)), strange) == {}


def test_a_printer_that_refuses_and_then_accepts(printer):
    def refused(counter):
        printer.refuse()
        counter.step()

    before = survives(printer, refused)

    assert before == "waiting"


@pytest.mark.parametrize("profile", [GENERIC_80_48, EPSON_TM], ids=lambda one: one.key)
def test_other_kinds_of_printers_lose_nothing_either(profile):
    def out_of_paper(printer, row):
        def fault(counter):
            printer.set_faults(paper_rows=row)
            counter.step()

        survives(printer, fault, profile)

    assert failures_in(some(ROWS, 3), out_of_paper, profile=profile) == {}


def test_two_tills_on_one_printer(printer):
    tills = [Counter(printer.address, name) for name in ("K01", "K02")]
    for till in tills:
        till.sell(4)

    def work(till):
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while "waiting" in till.states() and time.monotonic() < give_up_at:
            till.step()

    threads = [threading.Thread(target=work, args=[till]) for till in tills]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for till in tills:
        till.settle(printer)

    for till in tills:
        assert till.wrong_on(printer.paper) == []


def test_the_other_till_s_receipt_is_whole_after_a_broken_picture(printer):
    first, second = Counter(printer.address, "K01"), Counter(printer.address, "K02")
    first.sell()
    second.sell()
    printer.set_faults(drop_after_bytes=len(FLUSH) + MORE + BYTES // 2)
    first.step()
    printer.set_faults(drop_after_bytes=None)

    second.settle(printer)

    assert sum(copies_on(printer.paper, "K02-0001")) >= 1
    assert first.states() == {"unsure"}
