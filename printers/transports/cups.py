"""A printer behind a CUPS queue: the job goes through `lp` untouched, and `lpstat` is asked.

CUPS says that it passed the bytes on, never that they are on paper; so a job that left the
queue is sent and unconfirmed, and one that CUPS still has when time is up is asked of a
person. Programs are run without a shell, with the queue's name checked.
"""

import os
import re
import subprocess
import time
from typing import Final

from printers.errors import (
    CupsSilentError,
    NoCupsError,
    NoQueueError,
    QueueRefusedError,
    QueueStoppedError,
    StillQueuedError,
)

QUEUE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,126}")
_ASK_SECONDS: Final = 5.0
_POLL_SECONDS: Final = 0.1
_LONGEST_SAID: Final = 200
_REQUEST_ID: Final = re.compile(r"(\S+-\d+) \(")
_TITLE: Final = "Lapak"


def run_cups(
    *arguments: str, data: bytes = b"", timeout_seconds: float = _ASK_SECONDS
) -> tuple[int, str]:
    """Run one of the programs of CUPS; its code and what it said, in plain English.

    Raises `NoCupsError` where it is not installed, `CupsSilentError` when it does not end.
    """
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        ended = subprocess.run(  # noqa: S603 - no shell, and the queue's name is checked
            arguments,
            input=data,
            capture_output=True,
            timeout=timeout_seconds,
            env=environment,
            check=False,
        )
    except OSError as error:
        raise NoCupsError from error
    except subprocess.TimeoutExpired as error:
        raise CupsSilentError from error
    said = (ended.stdout + ended.stderr).decode("utf-8", "replace").strip()
    return ended.returncode, said


class CupsTransport:
    """One job for one queue: collected by `write`, handed over by `finish`."""

    answers = False

    def __init__(self, queue: str) -> None:
        self.queue = queue
        self.bytes_sent = 0
        self.ticket = ""
        self._job = bytearray()

    def open(self) -> None:
        """Ask CUPS for the queue. Raises `NoQueueError`, `QueueStoppedError`, `NoCupsError`."""
        self.bytes_sent = 0
        self.ticket = ""
        self._job.clear()
        code, said = run_cups("lpstat", "-p", self.queue)
        if code or not said:
            raise NoQueueError(queue=self.queue)
        if " disabled " in said.splitlines()[0]:
            raise QueueStoppedError(queue=self.queue)

    def write(self, data: bytes, timeout_seconds: float) -> None:  # noqa: ARG002 - memory does not wait
        """Collect the job; CUPS takes it whole or not at all."""
        self._job += data

    def read(self, timeout_seconds: float) -> bytes:  # noqa: ARG002 - CUPS never passes answers on
        """Nothing ever comes."""
        return b""

    def finish(self, timeout_seconds: float) -> None:
        """Hand the job over once, and wait until CUPS has passed it on.

        Raises `NoCupsError` and `QueueRefusedError` with nothing sent, `CupsSilentError` when
        nobody knows, and `StillQueuedError` when time is up.
        """
        if self._job:
            self._hand_over()
            self._wait_until_passed_on(timeout_seconds)

    def close(self) -> None:
        """Forget what was not handed over."""
        self._job.clear()

    def _hand_over(self) -> None:
        job = bytes(self._job)
        self._job.clear()
        # Until `lp` says no, CUPS may have the job.
        self.bytes_sent = len(job)
        try:
            code, said = run_cups("lp", "-d", self.queue, "-o", "raw", "-t", _TITLE, data=job)
        except NoCupsError:
            self.bytes_sent = 0
            raise
        if code:
            self.bytes_sent = 0
            raise QueueRefusedError(said=said[:_LONGEST_SAID])
        found = _REQUEST_ID.search(said)
        self.ticket = found[1] if found else self.queue

    def _wait_until_passed_on(self, timeout_seconds: float) -> None:
        deadline = time.monotonic() + timeout_seconds
        while self._is_queued():
            if time.monotonic() >= deadline:
                raise StillQueuedError(ticket=self.ticket)
            time.sleep(_POLL_SECONDS)

    def _is_queued(self) -> bool:
        """Say whether the job is among those CUPS has not completed."""
        _, said = run_cups("lpstat", "-W", "not-completed", "-o", self.queue)
        return any(line.split(maxsplit=1)[:1] == [self.ticket] for line in said.splitlines())
