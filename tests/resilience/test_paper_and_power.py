"""The till is killed at every step of a receipt's way to paper, and the paper is counted.

A till and a printer in processes of their own; between them a gate that takes the till's
power away at an exact byte. `LAPAK_PAPER_FAULTS=full` tries many more steps.
"""

import json
import time
from contextlib import suppress

import pytest
import urllib3

from kiosk.clock import SystemClock
from kiosk.services import print_queue
from kiosk.services.installation import open_installation
from kiosk.services.printers import PrinterForm, keep_printer
from kiosk.settings import read_settings
from kiosk.storage.data_folder import DataFolderInUseError
from kiosk.storage.database import open_read_only
from printers.elements import from_json
from printers.paper import piece_from_row
from printers.profiles import SIMULATOR
from printers.simulator import read_paper
from tests.printers.counter import FULL, copies_of
from tests.support.bazaar import APPROVED, close_bazaar, open_till
from tests.support.gate import Gate
from tests.support.processes import free_port
from tests.workers.selling import sell

# Every row and every byte takes as long as it takes.
pytestmark = [pytest.mark.timeout(0)] if FULL else []
PATIENCE_SECONDS = 60
PREFLIGHT_BYTES = 9
FLUSH_BYTES = 8192
# The receipt of this sale has a few more; at a byte behind its last the till would never stop.
RECEIPT_BYTES = 560
STEPS = (
    {"byte": 0},
    {"byte": PREFLIGHT_BYTES},
    {"byte": PREFLIGHT_BYTES + FLUSH_BYTES + 500},
    {"answer": True},
)
MORE_STEPS = (
    *({"byte": byte} for byte in range(PREFLIGHT_BYTES + 1)),
    *({"byte": PREFLIGHT_BYTES + byte} for byte in range(1, FLUSH_BYTES, 1500)),
    *({"byte": PREFLIGHT_BYTES + FLUSH_BYTES + byte} for byte in range(0, RECEIPT_BYTES, 40)),
    *[{"answer": True}] * 5,
)


class Printer:
    """A virtual printer in its own process, and what is on its paper."""

    def __init__(self, launcher, folder):
        self._log = folder / "paper.jsonl"
        self._panel = free_port()
        self.program = launcher.kiosk(
            "printer", "simulate", "--port", "{port}", "--paper", str(self._log),
            "--control", str(self._panel), "--speed", "0", health=None,
        )  # fmt: skip
        self.wait_until_quiet()

    def wait_until_quiet(self):
        """Wait until all that came is printed; waits for its start, too."""
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        with urllib3.PoolManager(retries=False) as pool:
            while time.monotonic() < give_up_at:
                try:
                    answer = pool.request("GET", f"http://127.0.0.1:{self._panel}/state")
                    if json.loads(answer.data)["idle"]:
                        return
                except urllib3.exceptions.HTTPError:
                    pass
                time.sleep(0.05)
        raise AssertionError(self.program.log())

    def paper(self):
        return [piece_from_row(row) for row in read_paper(self._log)]


@pytest.fixture
def printer(launcher, tmp_path):
    return Printer(launcher, tmp_path)


@pytest.fixture
def gate(printer):
    opened = Gate(printer.program.port)
    yield opened
    opened.close()


class Counter:
    """The till's folder while no till runs on it."""

    def __init__(self, folder, gate):
        self.folder = folder
        with self.opened() as here:
            self.at_till = open_till(here)
            form = PrinterForm("Depan", gate.address, "simulator", ("K01",))
            self.number = keep_printer(here, self.at_till, None, form, APPROVED)

    def opened(self):
        return Opened(self.folder)

    def sell(self):
        with self.opened() as here:
            sell(here, self.at_till)

    def jobs(self):
        connection = open_read_only(self.folder / "till.db")
        rows = connection.execute("SELECT id, title, state, document FROM print_jobs").fetchall()
        connection.close()
        return rows

    def states(self):
        return {row["state"] for row in self.jobs()}

    def answer(self, paper):
        """Look at the paper for every receipt in doubt, and say what lies there."""
        with self.opened() as here:
            for row in self.jobs():
                if row["state"] == "unsure":
                    lies_there = any(copies_of(paper, from_json(row["document"]), SIMULATOR))
                    said = "came-out" if lies_there else "again"
                    print_queue.answer(here, self.at_till, [row["id"]], said)


class Opened:
    """The folder in this process, as soon as the killed one has let go of it."""

    def __init__(self, folder):
        settings = read_settings({"KIOSK_DATA": str(folder)})
        for _ in range(100):
            with suppress(DataFolderInUseError):
                self.here = open_installation(settings, SystemClock())
                return
            time.sleep(0.05)
        raise AssertionError("the killed till never let go of its folder")

    def __enter__(self):
        return self.here

    def __exit__(self, *_):
        close_bazaar(self.here)


def run_until(counter, start_till, *states):
    """Let the till run until no job is in these states."""
    program = start_till()
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while counter.states() & set(states):
        assert time.monotonic() < give_up_at, program.log()
        time.sleep(0.05)
    program.kill()


def test_no_receipt_is_lost_or_doubled_when_the_till_is_killed_at_any_step(
    start_till, bazaar_folder, gate, printer
):
    counter = Counter(bazaar_folder[0], gate)

    for step in MORE_STEPS if FULL else STEPS:
        counter.sell()
        running = []
        gate.stop_at(lambda running=running: kill(running), **step)
        running.append(start_till(health=None))
        running[0].process.wait(PATIENCE_SECONDS)
    run_until(counter, start_till, "waiting", "printing")
    printer.wait_until_quiet()
    left_in_doubt = counter.states()
    counter.answer(printer.paper())
    run_until(counter, start_till, "waiting", "printing", "unsure")
    printer.wait_until_quiet()

    assert left_in_doubt == {"printed", "unsure"}
    paper = printer.paper()
    for row in counter.jobs():
        plain, marked = copies_of(paper, from_json(row["document"]), SIMULATOR)
        assert row["state"] == "printed"
        assert plain <= 1, f"{row['title']} lies there {plain} times without a mark"
        assert plain + marked >= 1, f"{row['title']} was lost"


def kill(running):
    """Take the till's power away; it may be up before its starter has noted it."""
    while not running:
        time.sleep(0.001)
    running[0].kill()
