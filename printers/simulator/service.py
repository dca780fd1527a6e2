"""The virtual printer as a program of its own, until it is told to end."""

import signal
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from printers.profiles import DOTS_PER_MM, SIMULATOR, Profile
from printers.simulator.control import ControlPanel, read_fault
from printers.simulator.machine import BUFFER_BYTES
from printers.simulator.server import Simulator
from printers.transports.address import DEFAULT_PORT


@dataclass(frozen=True, slots=True)
class Setup:
    """What printer to be: where, of what kind, how fast, and with how much paper.

    `mm_per_second` None is the kind's own speed, 0 prints at once. `control_port` None leaves
    the panel away, 0 takes a free port. `paper_mm` None is a roll that never ends. `faults` are
    fields of `Faults` as typed.
    """

    port: int = DEFAULT_PORT
    paper_log: Path | None = None
    control_port: int | None = None
    profile: Profile = SIMULATOR
    mm_per_second: int | None = None
    buffer_bytes: int = BUFFER_BYTES
    paper_mm: int | None = None
    faults: Mapping[str, str] = field(default_factory=dict)


def run_simulator(setup: Setup, say: Callable[[str], object] = lambda _: None) -> None:
    """Print until SIGTERM or SIGINT; `say` hears where it can be reached.

    Must run in the main thread. Raises `OSError` when a port is taken, and `BadFaultError`.
    """
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    speed = setup.profile.mm_per_second if setup.mm_per_second is None else setup.mm_per_second
    simulator = Simulator(
        port=setup.port,
        profile=setup.profile,
        paper_log=setup.paper_log,
        speed=speed * DOTS_PER_MM or None,
        buffer_bytes=setup.buffer_bytes,
    )
    if setup.paper_mm is not None:
        simulator.set_faults(paper_rows=setup.paper_mm * DOTS_PER_MM)
    faults = {name: read_fault(name, text) for name, text in setup.faults.items()}
    simulator.set_faults(**faults)
    with ExitStack() as running:
        running.enter_context(simulator)
        say(f"Virtual printer on {simulator.address}")
        if setup.control_port is not None:
            panel = running.enter_context(ControlPanel(simulator, setup.control_port))
            say(f"Its panel on {panel.url}")
        ended.wait()
