"""A CUPS queue, behind small programs named as CUPS names its own."""

import stat

import pytest

from printers.errors import (
    BadAddressError,
    NoCupsError,
    NoQueueError,
    QueueRefusedError,
    QueueStoppedError,
    StillQueuedError,
)
from printers.profiles import GENERIC_58
from printers.spooler import Timeouts
from printers.transports import CupsTransport, transport_for
from tests.printers.jobs import MemoryJobs, spooler

LP = """#!/bin/sh
if [ -e "$0.refuses" ]; then echo "lp: The printer is not accepting jobs." >&2; exit 1; fi
echo "$@" > "$0.arguments"
cat > "$0.job"
echo "request id is $2-12 (1 file(s))"
"""
LPSTAT = """#!/bin/sh
here=$(dirname "$0")
if [ "$1" = -p ]; then
  if [ "$2" != Depan ]; then echo "lpstat: Invalid destination name" >&2; exit 1; fi
  if [ -e "$here/stopped" ]; then echo "printer Depan disabled since now - paused"; exit 0; fi
  echo "printer Depan is idle.  enabled since now"; exit 0
fi
if [ -e "$here/stuck" ]; then echo "Depan-12  kasir  1024  now"; fi
"""


@pytest.fixture
def cups(tmp_path, monkeypatch):
    """A folder with `lp` and `lpstat`, first in PATH."""
    for name, script in (("lp", LP), ("lpstat", LPSTAT)):
        program = tmp_path / name
        program.write_text(script)
        program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def hand_over(job, seconds=1.0):
    transport = CupsTransport("Depan")
    transport.open()
    transport.write(job[:3], 1)
    transport.write(job[3:], 1)
    transport.finish(seconds)
    return transport


def test_a_job_goes_through_the_queue_untouched_and_keeps_its_name(cups):
    transport = hand_over(b"\x1b@struk\x00\xff")
    transport.finish(1)
    transport.close()

    assert (cups / "lp.job").read_bytes() == b"\x1b@struk\x00\xff"
    assert (cups / "lp.arguments").read_text() == "-d Depan -o raw -t Lapak\n"
    assert transport.ticket == "Depan-12"
    assert transport.bytes_sent == 9
    assert transport.read(0) == b""


def test_a_queue_cups_does_not_know_takes_no_job(cups):
    with pytest.raises(NoQueueError, match="Belakang"):
        CupsTransport("Belakang").open()


def test_a_stopped_queue_says_how_to_start_it(cups):
    (cups / "stopped").touch()

    with pytest.raises(QueueStoppedError, match="cupsenable Depan"):
        CupsTransport("Depan").open()


def test_a_job_cups_refuses_is_surely_not_sent(cups):
    (cups / "lp.refuses").touch()
    transport = CupsTransport("Depan")
    transport.open()
    transport.write(b"struk", 1)

    with pytest.raises(QueueRefusedError, match="not accepting"):
        transport.finish(1)

    assert transport.bytes_sent == 0


def test_a_job_that_stays_with_cups_is_said_by_its_name(cups):
    (cups / "stuck").touch()

    with pytest.raises(StillQueuedError, match="Depan-12"):
        hand_over(b"struk", 0.1)


def test_a_machine_without_cups_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NoCupsError):
        CupsTransport("Depan").open()


@pytest.mark.parametrize("queue", ["", "-o", "a b", "a;rm", "$(id)", "a/b", "x" * 128, "é"])
def test_a_name_no_queue_has_is_no_address(queue):
    with pytest.raises(BadAddressError):
        transport_for(f"cups://{queue}")


def test_a_receipt_given_to_cups_is_printed_but_not_confirmed(cups):
    jobs = MemoryJobs()
    job = jobs.add()

    spooler(jobs, "cups://Depan", GENERIC_58).step()

    assert jobs.states[job] == "printed"
    assert not jobs.confirmed[job]
    assert jobs.tickets[job] == "Depan-12"


def test_a_receipt_cups_still_has_is_asked_of_a_person(cups):
    (cups / "stuck").touch()
    jobs = MemoryJobs()
    job = jobs.add()

    spooler(jobs, "cups://Depan", GENERIC_58, Timeouts(finish=0.1)).step()

    assert (jobs.states[job], jobs.reasons[job]) == ("unsure", "still_queued")
    assert jobs.tickets[job] == "Depan-12"


def test_a_receipt_cups_refuses_waits(cups):
    (cups / "lp.refuses").touch()
    jobs = MemoryJobs()
    job = jobs.add()

    spooler(jobs, "cups://Depan", GENERIC_58).step()

    assert (jobs.states[job], jobs.reasons[job]) == ("waiting", "queue_refused")
