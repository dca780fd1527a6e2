"""Starting the real programs for a measurement, and always ending them by their own ids."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from kiosk.errors import WorldError

START_SECONDS: Final = 60
STOP_SECONDS: Final = 20
LOOK_EVERY_SECONDS: Final = 0.005
KIOSK: Final = str(Path(sys.executable).with_name("kiosk"))
_LOG_TAIL: Final = 2_000


class NotMeasuredError(WorldError):
    """Something that a measurement needs is missing or failed; the text says what."""


class Program:
    """A running program: its process, its port and what it wrote."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
        self.process = process
        self.port = port
        self.started = time.perf_counter()
        self._log = log

    @property
    def url(self) -> str:
        """Its address on this machine."""
        return f"http://127.0.0.1:{self.port}"

    def wait_for_port(self) -> None:
        """Return when the port takes connections; raises NotMeasuredError."""
        give_up_at = time.monotonic() + START_SECONDS
        while not self._takes_connections():
            if self.process.poll() is not None or time.monotonic() > give_up_at:
                raise NotMeasuredError(f"a program did not start: {self.last_words()}")
            time.sleep(LOOK_EVERY_SECONDS)

    def last_words(self) -> str:
        """Give the end of what it wrote."""
        return self._log.read_text("utf-8", "replace")[-_LOG_TAIL:].strip()

    def memory_bytes(self) -> int:
        """Add up the PSS of the process and all its descendants."""
        return sum(_pss_bytes(pid) for pid in _family(self.process.pid))

    def _takes_connections(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def running(
    command: Sequence[str],
    folder: Path,
    settings: Mapping[str, str],
    *,
    polite: signal.Signals = signal.SIGTERM,
    user: str | None = None,
) -> Iterator[Program]:
    """Run a command with `settings` in its environment until the block ends.

    `{port}` in the command and in a setting becomes a free port. The program leads a
    process group of its own, asked by `polite` to end however the block ends. Raises
    NotMeasuredError with its last words where it stops answering.
    """
    port = _free_port()
    log = folder / f"program-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            [part.replace("{port}", str(port)) for part in command],
            env={
                **_neutral_environment(),
                **{name: value.replace("{port}", str(port)) for name, value in settings.items()},
            },
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **as_user(user),
        )
    program = Program(process, port, log)
    try:
        yield program
    except ConnectionError as error:
        raise NotMeasuredError(
            f"{Path(command[0]).name}: {error}: {program.last_words()}"
        ) from error
    finally:
        _end(process, polite)


def as_user(user: str | None) -> dict[str, Any]:
    """Give what `subprocess` needs to run something as another user; nothing for ourselves."""
    return {"user": user, "group": user, "extra_groups": []} if user else {}


def _end(process: "subprocess.Popen[bytes]", polite: signal.Signals) -> None:
    """Ask a process to end, wait, and take down what is left of its group."""
    with suppress(ProcessLookupError):
        process.send_signal(polite)
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _neutral_environment() -> dict[str, str]:
    """Give our environment without anybody's settings of a real till or hub."""
    return {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text("ascii").split():
            yield from _family(int(child))


def _pss_bytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise NotMeasuredError(f"the kernel tells no PSS of process {pid}")
