"""The virtual printer as a program of its own, until it is told to end."""

import signal
import threading
from pathlib import Path

from printers.profiles import DOTS_PER_MM, SIMULATOR
from printers.simulator.server import Simulator
from printers.transports.address import DEFAULT_PORT


def run_simulator(port: int = DEFAULT_PORT, paper_log: Path | None = None) -> None:
    """Print at the speed of a real printer until SIGTERM or SIGINT.

    Must run in the main thread. Raises `OSError` when the port is taken.
    """
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    speed = SIMULATOR.mm_per_second * DOTS_PER_MM
    with Simulator(port=port, paper_log=paper_log, speed=speed):
        ended.wait()
