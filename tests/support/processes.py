"""Starts the programs as a person does, each in a process of its own, and always ends them."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import urllib3

START_SECONDS = 60
STOP_SECONDS = 30
REPOSITORY = Path(__file__).parents[2]
KIOSK = [str(Path(sys.executable).with_name("kiosk"))]


class ProgramError(AssertionError):
    """A program did not start or stop as asked; the text ends with what it wrote."""


def free_port() -> int:
    """Give a port of 127.0.0.1 that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """A running program, its port and what it wrote so far."""

    def __init__(self, process: subprocess.Popen, port: int, log_path: Path) -> None:
        self.process = process
        self.port = port
        self.log_path = log_path

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def log(self) -> str:
        return self.log_path.read_text("utf-8", "replace")

    def wait_until_healthy(self, path: str = "/healthz") -> None:
        """Return when `path` answers 200; raise ProgramError if the program ends before."""
        give_up_at = time.monotonic() + START_SECONDS
        with urllib3.PoolManager(retries=False) as pool:
            while not self._answers(pool, path):
                if self.process.poll() is not None or time.monotonic() > give_up_at:
                    raise ProgramError(f"{self.url}{path} never answered.\n{self.log()}")
                time.sleep(0.05)

    def _answers(self, pool: urllib3.PoolManager, path: str) -> bool:
        try:
            return pool.request("GET", self.url + path, timeout=5).status == 200
        except urllib3.exceptions.HTTPError:
            return False

    def wait(self) -> int:
        """Wait for a program that ends by itself, and give its exit status."""
        return self.process.wait(START_SECONDS)

    def terminate(self) -> int:
        """Ask the program to end, as a service manager does; give its exit status."""
        self.process.terminate()
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired as late:
            raise ProgramError(f"It did not stop.\n{self.log()}") from late

    def kill(self) -> None:
        """Take the power away from the program and everything it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STOP_SECONDS)


class Launcher:
    """Starts programs, and ends at the test's end whatever still runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._programs: list[Program] = []

    def kiosk(self, *arguments: str, health: str | None = "/healthz", **settings: str) -> Program:
        """Start the command `kiosk`; see `start`."""
        return self.start([*KIOSK, *arguments], health=health, **settings)

    def start(
        self, command: list[str], *, health: str | None = "/healthz", **settings: str
    ) -> Program:
        """Start a command with `settings` in its environment.

        `{port}` in the command or in a setting becomes a free port. Returns when `health`
        answers, or at once if it is None.
        """
        port = free_port()
        filled = {name: value.replace("{port}", str(port)) for name, value in settings.items()}
        log_path = self._folder / f"program-{len(self._programs) + 1}.log"
        with log_path.open("wb") as output:
            process = subprocess.Popen(
                [part.replace("{port}", str(port)) for part in command],
                cwd=REPOSITORY,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **filled},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        program = Program(process, port, log_path)
        self._programs.append(program)
        if health is not None:
            program.wait_until_healthy(health)
        return program

    def stop_all(self) -> None:
        """End every program, the last started first, with all that it started."""
        for program in reversed(self._programs):
            if program.process.poll() is None:
                with suppress(ProgramError):
                    program.terminate()
            program.kill()
