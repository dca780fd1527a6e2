"""Printers that do and say anything at all: the queue goes on, and no thread is lost to them."""

import contextlib
import socket
import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printers.simulator import Simulator
from tests.printers.counter import FULL, HASTY, Counter, copies_on, failures_in
from tests.printers.jobs import FAST, MemoryJobs, spooler

# Every row and every byte takes as long as it takes.
pytestmark = [pytest.mark.timeout(0)] if FULL else []
EXAMPLES = 300 if FULL else 2

BY_CONFIRMATION = {"process_id": FAST, "gs_r": replace(FAST, confirm="gs_r")}
FAULTS = (
    {},
    {"paper_rows": 0},
    {"paper_rows": 150},
    {"paper_rows": 330},
    {"paper_rows": None},
    {"cover_open": True},
    {"mute": True},
    {"garbage": True},
    {"black_hole": True},
    {"drop_after_bytes": 3},
    {"drop_after_bytes": 8400},
    {"drop_after_bytes": 8900},
    {"stale_bytes": b"\x12\x1a\x00\x10"},
    {"reply_delay_seconds": 0.2},
)
ACTIONS = ("mend", "reload_paper", "refuse", "accept_again", "power_off", "power_on")
happenings = st.one_of(st.sampled_from(FAULTS), st.sampled_from(ACTIONS))


@given(st.lists(st.lists(happenings, max_size=6), min_size=4, max_size=4))
@settings(max_examples=EXAMPLES, deadline=None)
def test_whatever_happens_to_a_printer_in_whatever_order(days):
    def day(printer, number):
        counter = Counter(printer.address)
        for happening in days[number]:
            if isinstance(happening, str):
                getattr(printer, happening)()
            else:
                printer.set_faults(**happening)
            counter.sell()
            counter.step()
        counter.settle(printer)
        (last,) = counter.sell()
        counter.settle(printer)
        assert counter.wrong_on(printer.paper) == []
        assert copies_on(printer.paper, counter.numbers[last]) == (1, 0)

    assert failures_in(range(len(days)), day) == {}


class Babbler:
    """Accepts connections, says the same bytes again and again, and reads nothing of worth."""

    def __init__(self, words, times):
        self._words, self._times = words, times
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run)

    @property
    def address(self):
        return f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stopping.set()
        self._thread.join()
        self._listener.close()

    def _run(self):
        while not self._stopping.is_set():
            with contextlib.suppress(OSError):
                connection, _ = self._listener.accept()
                with connection:
                    connection.settimeout(0.05)
                    self._talk(connection)

    def _talk(self, connection):
        for _ in range(self._times):
            if self._stopping.is_set():
                return
            connection.sendall(self._words)
        while not self._stopping.is_set():
            try:
                if not connection.recv(65536):
                    return
            except TimeoutError:
                continue
            connection.sendall(self._words)


replies = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.sampled_from((b"\x12", b"\x1a\x32\x12\x72", b"\x37\x22!!!!\x00", b"\x10\x00\x00\x00")),
    ),
    max_size=8,
).map(b"".join)


@given(replies, st.sampled_from(("process_id", "gs_r")))
@settings(max_examples=5 * EXAMPLES, deadline=None)
def test_nothing_a_printer_says_ends_the_thread_or_holds_it_up(words, confirm):
    jobs = MemoryJobs()
    jobs.add()

    with Babbler(words, 1) as printer:
        spooler(jobs, printer.address, BY_CONFIRMATION[confirm], timeouts=HASTY).step()

    assert set(jobs.states.values()) <= {"waiting", "unsure", "printed"}


def test_a_printer_that_never_stops_talking_is_cut_short():
    jobs = MemoryJobs()
    jobs.add()

    with Babbler(bytes(range(256)) * 64, 10**9) as printer:
        worker = spooler(jobs, printer.address, timeouts=HASTY)
        worker.step()
        worker.check()

    assert jobs.states[1] in ("waiting", "unsure")


def test_two_printers_do_not_hold_each_other_up():
    with Simulator() as dead, Simulator() as live:
        dead.set_faults(black_hole=True)
        at_dead, at_live = Counter(dead.address), Counter(live.address)
        at_dead.sell(2)
        at_live.sell(2)
        thread = threading.Thread(target=at_dead.step)
        thread.start()
        while at_live.step():
            pass
        thread.join()

    assert at_live.states() == {"printed"}
    assert at_dead.states() == {"waiting"}
