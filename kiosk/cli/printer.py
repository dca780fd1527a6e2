"""`kiosk printer`: list printers, print a test page, or be a virtual printer."""

from pathlib import Path

import click

from kiosk.errors import WorldError
from kiosk.settings import read_settings
from kiosk.storage.data_folder import DATABASE
from kiosk.storage.database import open_read_only
from kiosk.storage.printers import printers
from printers.errors import PrinterError
from printers.layout import lay_out
from printers.profiles import PROFILES, profile
from printers.testpage import page
from printers.transports import transport_for, write_paced

WRITE_SECONDS = 30.0
FINISH_SECONDS = 2.0


@click.group()
def printer() -> None:
    """Find printers, try them, or simulate one."""


@printer.command("list")
def list_command() -> None:
    """List the printers of the till in KIOSK_DATA, each with its state."""
    rows = printers(open_read_only(read_settings().data / DATABASE))
    if not rows:
        click.echo("There is no printer yet. Add one on the till's page Printer.")
    for row in rows:
        click.echo(f"{row.id}  {row.name}  {row.address}  {row.profile}  {row.state} {row.fact}")


@printer.command("test")
@click.argument("address")
@click.option(
    "--profile",
    "key",
    type=click.Choice(sorted(PROFILES)),
    default="generic-80-48",
    show_default=True,
    help="What the printer is like.",
)
def test_command(address: str, key: str) -> None:
    """Print a test page at ADDRESS, e.g. tcp://127.0.0.1:9100 or device:///dev/usb/lp0."""
    from printers.encode import encode  # noqa: PLC0415 - the encoder takes half a second to load

    chosen = profile(key)
    try:
        transport = transport_for(address)
        transport.open()
        try:
            payload = encode(lay_out(page(chosen, address), chosen.columns), chosen)
            write_paced(transport, payload, WRITE_SECONDS, chosen)
            transport.finish(FINISH_SECONDS)
        finally:
            transport.close()
    except PrinterError as error:
        raise WorldError(str(error)) from None
    click.echo(f"Sent {len(payload)} bytes. Look whether the page came out whole.")


@printer.command("simulate")
@click.option("--port", type=click.IntRange(1, 65_535), default=9100, show_default=True)
@click.option(
    "--paper",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the paper in this file, for the till's paper page.",
)
@click.option(
    "--control",
    type=click.IntRange(0, 65_535),
    help="Port of its panel: switch faults and see the paper.",
)
@click.option(
    "--profile",
    "key",
    type=click.Choice(sorted(PROFILES)),
    default="simulator",
    show_default=True,
    help="What kind of printer to be.",
)
@click.option(
    "--speed", type=click.IntRange(0, 1_000), help="Millimetres a second; 0 prints at once."
)
@click.option(
    "--buffer",
    type=click.IntRange(16, 1_000_000),
    default=4096,
    show_default=True,
    help="Bytes it takes before they are on paper.",
)
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="NAME=VALUE",
    help="Begin with a fault, e.g. black_hole=1 or reply_delay_seconds=5; the panel lists them.",
)
@click.option("--roll", type=click.IntRange(0, 1_000_000), help="Millimetres of paper it has.")
def simulate_command(
    port: int,
    paper: Path | None,
    control: int | None,
    key: str,
    speed: int | None,
    buffer: int,
    faults: tuple[str, ...],
    roll: int | None,
) -> None:
    """Be a virtual printer on 127.0.0.1 until it is told to end."""
    # Only this command needs them.
    from printers.simulator.control import BadFaultError  # noqa: PLC0415
    from printers.simulator.service import Setup, run_simulator  # noqa: PLC0415

    if paper:
        paper.parent.mkdir(parents=True, exist_ok=True)
        paper.touch()
    given = dict(fault.partition("=")[::2] for fault in faults)
    setup = Setup(port, paper, control, profile(key), speed, buffer, roll, given)
    try:
        run_simulator(setup, click.echo)
    except BadFaultError as error:
        raise WorldError(str(error)) from None
    except OSError as error:
        raise WorldError(f"a port cannot be used: {error.strerror}") from None
