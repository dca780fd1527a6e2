"""A counter with one printer: receipts go in, and what lies on the paper is counted.

The person behind it answers for a receipt in doubt by looking at the paper, as people do.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor

from printers.elements import QR, Cut, Document, Heading, Pair, Rule, Text, to_json
from printers.encode import encode
from printers.layout import lay_out
from printers.measure import paper_rows
from printers.simulator import Machine, Simulator
from printers.spooler import Spooler, Timeouts
from printers.transports import transport_for
from tests.printers.jobs import FAST, HandClock, MemoryJobs
from tests.printers.samples import picture

FULL = os.environ.get("LAPAK_PAPER_FAULTS") == "full"
"""Every row and every byte instead of some: for a night, not for every change."""

# Too short for some good answers on a busy machine: what then happens must be right as well.
HASTY = Timeouts(reply=0.15, slowest_reply=0.6, confirm=0.15, poll=0.1, finish=0.2, retry=4.0)
PATIENCE_SECONDS = 20
AT_ONCE = 8


def some(count, most):
    """Give every number below `count`, or in a short run `most` of them, first and last too."""
    if FULL or count <= most:
        return range(count)
    return sorted({n * (count - 1) // (most - 1) for n in range(most)})


def bytes_sent(count, ahead, most):
    """Give byte counts of a job as `some` does; of the `ahead` zero bytes before it a few do."""
    if not FULL:
        return some(ahead + count, most)
    return [*range(0, ahead, 64), *range(ahead, ahead + count)]


def receipt_of(number):
    """Give a receipt with everything that can be cut in two: text, a picture and a drawn code."""
    return Document(
        (
            Heading("Bazar Jumat", 2),
            Pair(f"No {number}", "Kasir Sari"),
            Rule(),
            Text("Kue kering nastar"),
            Pair("  2 x 62.500", "125.000"),
            picture(24, 24),
            Pair("TOTAL Rp", "125.000", bold=True, size=2),
            QR(number, size=2),
            Text("Terima kasih", align="center"),
            Cut(),
        )
    )


def payload_of(document, profile=FAST):
    return encode(lay_out(document, profile.columns), profile)


def rows_of(document, profile=FAST):
    return paper_rows(lay_out(document, profile.columns), profile)


def pieces_of(document, profile=FAST):
    """Print a document on a printer in good health, and give what is on its paper."""
    machine = Machine(profile)
    machine.receive(payload_of(document, profile), 0.0)
    machine.advance(0.0)
    return machine.paper


def copies_on(paper, number, profile=FAST):
    """Count the whole receipts of that number: those without a mark, and those with SALINAN."""
    return copies_of(paper, receipt_of(number), profile)


def copies_of(paper, document, profile):
    """Count how often a document lies there whole: without a mark, and with SALINAN."""
    whole = pieces_of(document, profile)
    mark = pieces_of(document.stamped("SALINAN"), profile)[: -len(whole)]
    starts = [at for at in range(len(paper)) if paper[at : at + len(whole)] == whole]
    marked = sum(at >= len(mark) and paper[at - len(mark) : at] == mark for at in starts)
    return len(starts) - marked, marked


class Counter:
    """One till's side of a printer: a queue in memory, its owner, and a person."""

    def __init__(self, address, name="K01", profile=FAST, timeouts=HASTY, jobs=None):
        self.name = name
        self.profile = profile
        self.jobs = jobs or MemoryJobs()
        self.numbers = {}
        self.clock = HandClock()
        self.spooler = Spooler(
            self.jobs,
            "Depan",
            profile,
            lambda: transport_for(address),
            now=self.clock,
            timeouts=timeouts,
            shared=True,
        )

    def sell(self, count=1):
        """Queue receipts; give the numbers of their jobs."""
        sold = []
        for _ in range(count):
            number = f"{self.name}-{len(self.numbers) + 1:04d}"
            job = self.jobs.add(to_json(receipt_of(number)))
            self.numbers[job] = number
            sold.append(job)
        return sold

    def step(self):
        """Let the owner take one step, after every pause it wants."""
        self.clock.seconds += 60
        return self.spooler.step()

    def states(self):
        return set(self.jobs.states.values())

    def settle(self, printer):
        """Mend the printer, and print and answer until nothing is open any more."""
        printer.mend()
        printer.accept_again()
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while self.states() & {"waiting", "unsure"}:
            assert time.monotonic() < give_up_at, f"stuck: {self.jobs.states} {self.jobs.reasons}"
            while self.step():
                pass
            wait_until_quiet(printer)
            for job, number in self.numbers.items():
                if self.jobs.states[job] == "unsure":
                    self.answer(job, came_out=any(copies_on(printer.paper, number, self.profile)))
        wait_until_quiet(printer)

    def answer(self, job, *, came_out):
        """Say of a receipt in doubt whether it lies there."""
        if came_out:
            self.jobs.move(job, "printed")
            return
        self.jobs.move(job, "waiting")
        self.jobs.stamp(job, "SALINAN")

    def wrong_on(self, paper):
        """Hold the paper against the queue; give what was lost in silence or is there twice."""
        wrong = []
        for job, number in self.numbers.items():
            plain, marked = copies_on(paper, number, self.profile)
            if plain > 1:
                wrong.append(f"{number} lies there {plain} times without a mark")
            if self.jobs.states[job] == "printed" and plain + marked == 0:
                wrong.append(f"{number} was lost: {self.jobs.reasons.get(job)}")
        return wrong


def wait_until_quiet(printer):
    """Wait until the printer has printed all it has, and nobody is connected."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    quiet = 0
    while quiet < 2 and time.monotonic() < give_up_at:
        quiet = quiet + 1 if printer.is_idle else 0
        time.sleep(0.012)


def survives(printer, fault, profile=FAST):
    """Sell with a fault that `fault(counter)` plays, then mend, and count the paper.

    A last receipt, sold when all is well again, comes out whole and at once. Gives the state
    of the first one before anything was mended.
    """
    counter = Counter(printer.address, profile=profile)
    (first,) = counter.sell()
    fault(counter)
    before_mending = counter.jobs.states[first]
    counter.settle(printer)
    (last,) = counter.sell()
    counter.settle(printer)
    assert counter.wrong_on(printer.paper) == []
    assert copies_on(printer.paper, counter.numbers[last], profile) == (1, 0)
    return before_mending


def failures_in(cases, scenario, **printer):
    """Play `scenario(printer, case)` for each case, a few at a time, each on its own printer.

    Gives what failed by its case.
    """

    def play(case):
        with Simulator(**printer) as simulator:
            scenario(simulator, case)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        played = [(case, pool.submit(play, case)) for case in cases]
    return {case: done.exception() for case, done in played if done.exception()}
