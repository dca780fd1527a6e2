"""`kiosk demo`: till, hub and virtual printer with the program of late 2021, in one go."""

import logging
import signal
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click

from kiosk.cli.demo.folder import DemoFolder
from kiosk.cli.demo.programs import HOST, Child, Program, check_port
from kiosk.cli.demo.seed import sow_once
from kiosk.cli.demo.till_seed import point_printer
from kiosk.cli.demo.welcome import Ports, welcome
from kiosk.webtools.logs import configure_logging

_LOOK_EVERY_SECONDS = 0.5
_STICK = "FLASHDISK PANITIA"

_PORT = click.IntRange(1024, 65_535)


@click.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var"),
    show_default=True,
    help="Where the demonstration keeps its data.",
)
@click.option("--till-port", type=_PORT, default=8000, show_default=True)
@click.option("--hub-port", type=_PORT, default=8001, show_default=True)
@click.option("--printer-port", type=_PORT, default=9100, show_default=True)
@click.option("--fresh", is_flag=True, help="Forget what was sold and imported, and begin anew.")
def demo(folder: Path, till_port: int, hub_port: int, printer_port: int, *, fresh: bool) -> None:
    """Show a Friday: till, hub and virtual printer on this machine, with data to look at."""
    configure_logging(level=logging.WARNING)
    ports = Ports(till_port, hub_port, printer_port)
    with closing(DemoFolder(folder)) as held:
        check_port(ports.till, "till", "till-port")
        check_port(ports.hub, "hub", "hub-port")
        check_port(ports.printer, "virtual printer", "printer-port")
        check_port(ports.panel, "virtual printer's panel", "printer-port")
        stop = _stop_when_told()
        sow_once(held, fresh=fresh, hub_port=ports.hub, printer_port=ports.printer, tell=click.echo)
        _run(ports, held, stop)


def _run(ports: Ports, folder: DemoFolder, stop: threading.Event) -> None:
    """Run the three programs until `stop`; raises NotStartedError where one does not answer."""
    paper = point_printer(folder.till, ports.printer)
    folder.logs.mkdir(exist_ok=True)
    _plug_in_a_stick(folder)
    children = [Child(program) for program in _programs(ports, folder, paper)]
    try:
        if not stop.is_set():
            _start(children, stop)
        if not stop.is_set():
            click.echo(welcome(ports, folder, int(paper.stem)))
        while not stop.wait(_LOOK_EVERY_SECONDS):
            for child in children:
                child.look_after(click.echo)
        click.echo("Ending …")
    finally:
        # Also where the terminal is gone and nothing can be said any more.
        _end(children)


def _stop_when_told() -> threading.Event:
    """Give the event that Ctrl+C, a service manager or a closed terminal sets."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _plug_in_a_stick(folder: DemoFolder) -> None:
    """Lay a folder where the demonstration's till looks for USB sticks."""
    (folder.sticks / _STICK).mkdir(parents=True, exist_ok=True)


def _programs(ports: Ports, folder: DemoFolder, paper: Path) -> list[Program]:
    """Say what runs, in the order in which it starts."""
    hub_url = f"http://{HOST}:{ports.hub}"
    return [
        Program(
            "hub",
            ("hub",),
            {"KIOSK_DATA": str(folder.hub), "KIOSK_HUB_PORT": str(ports.hub)},
            folder.logs / "hub.log",
            f"{hub_url}/healthz",
        ),
        Program(
            "virtual printer",
            (
                "printer",
                "simulate",
                "--port",
                str(ports.printer),
                "--paper",
                str(paper),
                "--control",
                str(ports.panel),
            ),
            {},
            folder.logs / "printer.log",
        ),
        Program(
            "till",
            ("till",),
            {
                "KIOSK_DATA": str(folder.till),
                "KIOSK_PORT": str(ports.till),
                "KIOSK_HUB_URL": hub_url,
                # The demonstration looks for printers on this machine alone.
                "KIOSK_PRINTER_SCAN": "127.0.0.0/29",
                "KIOSK_STICKS": str(folder.sticks),
            },
            folder.logs / "till.log",
            f"http://{HOST}:{ports.till}/healthz",
        ),
    ]


def _start(children: Sequence[Child], stop: threading.Event) -> None:
    click.echo("Starting hub, virtual printer and till …")
    for child in children:
        child.start()
    for child in children:
        child.wait_until_healthy(stop.is_set)


def _end(children: Sequence[Child]) -> None:
    """End the till first, so that its last sales still find the hub and the printer."""
    *others, till = children
    for together in ([till], others):
        for child in together:
            child.ask_to_end()
        for child in together:
            child.wait_for_end()
