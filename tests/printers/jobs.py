"""Jobs kept in memory, with the moves the real store makes and its refusals."""

import time
from dataclasses import replace

from printers.profiles import SIMULATOR
from printers.spooler import Job, Spooler, Timeouts, may_move
from printers.transports import transport_for
from tests.printers.samples import receipt_json

FAST = replace(SIMULATOR, mm_per_second=1000)
# For what must go well even on a busy machine, and for what is to run out of time.
STEADY = Timeouts(reply=5.0, confirm=20.0, poll=0.2, finish=5.0, retry=4.0)
QUICK = Timeouts(reply=0.5, confirm=0.6, poll=0.2, finish=0.5, retry=4.0)


class MemoryJobs:
    def __init__(self):
        self.jobs = {}
        self.states = {}
        self.reasons = {}
        self.payloads = {}
        self.paper_rows = {}
        self.came_back_times = 0
        self.on_begin = lambda: None
        self.sent = {}
        self.confirmed = {}
        self.tickets = {}
        self.printer = []

    def add(self, document=None, stamp=None, priority=0):
        job = Job(len(self.jobs) + 1, document or receipt_json(), stamp, priority)
        self.jobs[job.id] = job
        self.states[job.id] = "waiting"
        return job.id

    def stamp(self, job_id, stamp):
        self.jobs[job_id] = replace(self.jobs[job_id], stamp=stamp)

    def move(self, job_id, new):
        old = self.states[job_id]
        assert old == new == "waiting" or may_move(old, new), f"{old} → {new}"
        self.states[job_id] = new

    def next_waiting(self, _printer):
        waiting = [job for job in self.jobs.values() if self.states[job.id] == "waiting"]
        return min(waiting, key=lambda job: (-job.priority, job.id), default=None)

    def interrupted(self, _printer):
        return [job_id for job_id, state in self.states.items() if state == "printing"]

    def begin(self, _printer, job_id, payload, paper_rows):
        if self.states[job_id] != "waiting":
            return False
        self.move(job_id, "printing")
        self.on_begin()
        self.payloads[job_id] = payload
        self.paper_rows[job_id] = paper_rows
        return True

    def printed(self, job_id, *, confirmed, ticket=""):
        self.move(job_id, "printed")
        self.tickets[job_id] = ticket
        self.confirmed[job_id] = confirmed

    def back_to_waiting(self, job_id, reason):
        self.move(job_id, "waiting")
        self.reasons[job_id] = reason

    def unsure(self, job_id, reason, bytes_sent, *, ticket=""):
        self.move(job_id, "unsure")
        self.tickets[job_id] = ticket
        self.reasons[job_id] = reason
        self.sent[job_id] = bytes_sent

    def failed(self, job_id, reason):
        self.move(job_id, "failed")
        self.reasons[job_id] = reason

    def came_back(self, _printer):
        self.came_back_times += 1

    def printer_state(self, _printer, state):
        self.printer.append(state)


class HandClock:
    """Seconds that pass when the test says so."""

    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds


def spooler(jobs, address, profile=FAST, timeouts=STEADY, now=None):
    return Spooler(
        jobs,
        "Depan",
        profile,
        lambda: transport_for(address),
        now=now or HandClock(),
        timeouts=timeouts,
    )


def eventually(true, seconds=5.0):
    """Wait until something becomes true; says whether it did."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
