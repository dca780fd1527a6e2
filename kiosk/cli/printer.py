"""`kiosk printer`: list printers, print a test page, or be a virtual printer."""

from pathlib import Path

import click

from kiosk.cli.printers_known import found_nearby, listed, print_test_page
from kiosk.errors import WorldError
from printers.profiles import PROFILES, profile


@click.group()
def printer() -> None:
    """Find printers, try them, or simulate one."""


@printer.command("list")
@click.option("--nearby", is_flag=True, help="Also what is connected and could be added.")
def list_command(*, nearby: bool) -> None:
    """List the printers of the till in KIOSK_DATA, each with its state, uses and queue."""
    for line in listed():
        click.echo(line)
    if nearby:
        for line in found_nearby():
            click.echo(line)


@printer.command("test")
@click.argument("target")
@click.option(
    "--profile",
    "key",
    help="What the printer is like, e.g. generic-58; one of the till's is as it is kept there.",
)
def test_command(target: str, key: str | None) -> None:
    """Print a test page at TARGET: a printer's number or name, or tcp://127.0.0.1:9100."""
    size = print_test_page(target, key)
    click.echo(f"Sent {size} bytes. Look whether the page came out whole.")


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
