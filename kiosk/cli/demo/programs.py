"""The programs of the demonstration as children of this process: started, watched, ended.

A child that dies is started again, after a pause that grows while it keeps dying. Each is
ended by its own process id.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import urllib3

from kiosk.errors import KioskError, WorldError

HOST: Final = "127.0.0.1"
START_SECONDS: Final = 60
STOP_SECONDS: Final = 20
# A child that ran so long was well; the pause before its next start is the shortest again.
WELL_AFTER_SECONDS: Final = 60
LONGEST_PAUSE_SECONDS: Final = 30
_ANSWER_SECONDS: Final = 2
_OK: Final = 200


class PortInUseError(KioskError):
    """Something else listens where a program of the demonstration should."""

    def __init__(self, port: int, what: str, option: str) -> None:
        self.port = port
        super().__init__(
            "Port %(port)d, for the %(what)s, is in use by another program. End that one, or "
            "choose another port: kiosk demo --%(option)s %(other)d",
            port=port,
            what=what,
            option=option,
            other=port + 100,
        )


class NotStartedError(WorldError):
    """A program of the demonstration does not answer; its log says why."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program to run: its words after `kiosk`, its settings, and where its output goes."""

    name: str
    words: Sequence[str]
    settings: Mapping[str, str]
    log: Path
    health_url: str | None = None


def check_port(port: int, what: str, option: str) -> None:
    """Raise PortInUseError where a port of this machine is taken."""
    with socket.socket() as probe:
        # As servers do: a port whose last connections are only dying away is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise PortInUseError(port, what, option) from None


class Child:
    """A program's process, and when it is to be started again if it died."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._pause_seconds = 0
        self._start_again_at = 0.0

    def start(self) -> None:
        """Start the program in a session of its own, so that Ctrl+C reaches it by us alone."""
        with self.program.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                [str(Path(sys.executable).with_name("kiosk")), *self.program.words],
                env={**_environment(), **self.program.settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started_at = time.monotonic()

    def has_ended(self) -> bool:
        """Say whether its process is gone."""
        return self._process is None or self._process.poll() is not None

    def look_after(self, tell: Callable[[str], None]) -> None:
        """Start it again where it died and its pause is over; `tell` hears of both."""
        if not self.has_ended():
            return
        now = time.monotonic()
        if not self._start_again_at:
            if now - self._started_at > WELL_AFTER_SECONDS:
                self._pause_seconds = 0
            self._pause_seconds = min(2 * self._pause_seconds or 1, LONGEST_PAUSE_SECONDS)
            self._start_again_at = now + self._pause_seconds
            tell(
                f"The {self.program.name} ended; it starts again in {self._pause_seconds} s. "
                f"Why: {self.program.log}"
            )
        elif now >= self._start_again_at:
            self._start_again_at = 0.0
            self.start()
            tell(f"The {self.program.name} runs again.")

    def ask_to_end(self) -> None:
        """Ask the process to finish what it does and end."""
        if self._process is not None and not self.has_ended():
            self._process.terminate()

    def wait_for_end(self) -> None:
        """Wait until it ended; one that does not is killed with what it started."""
        if self._process is None:
            return
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            # The process leads its own session, so this reaches its workers and nobody else.
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def wait_until_healthy(self, stopped: Callable[[], bool]) -> None:
        """Return when the program answers, or when `stopped` says so; raises NotStartedError."""
        url = self.program.health_url
        if url is None:
            return
        give_up_at = time.monotonic() + START_SECONDS
        with urllib3.PoolManager(retries=False) as pool:
            while not stopped() and not _answers(pool, url):
                if self.has_ended() or time.monotonic() > give_up_at:
                    raise NotStartedError(
                        f"the {self.program.name} does not start; {self.program.log} says why. "
                        "If the data are the reason, kiosk demo --fresh begins anew"
                    )
                time.sleep(0.1)


def _answers(pool: urllib3.PoolManager, url: str) -> bool:
    try:
        return pool.request("GET", url, timeout=_ANSWER_SECONDS).status == _OK
    except urllib3.exceptions.HTTPError:
        return False


def _environment() -> dict[str, str]:
    """Give this process's environment without the settings of other tills and hubs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
    return {**kept, "PYTHONUNBUFFERED": "1"}
