"""`kiosk backup`: a checked copy of an installation, beside a running till."""

from pathlib import Path

import click

from kiosk.clock import SystemClock
from kiosk.services.backups import KEEP, back_up
from kiosk.services.checkup import describe
from kiosk.settings import read_settings


@click.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write it here, e.g. a USB stick, instead of KIOSK_DATA/backups.",
)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    default=KEEP,
    show_default=True,
    help="How many backups of this machine stay; older ones are removed.",
)
def backup(folder: Path | None, keep: int) -> None:
    """Copy the till in KIOSK_DATA while it goes on selling, and check the copy.

    The copy holds no PINs, no paired screens and no identity at the hub.
    """
    made = back_up(read_settings(), SystemClock(), folder, keep)
    click.echo(f"Wrote {made.path}")
    for verdict in made.verdicts:
        click.echo(f"  {describe(verdict)}")
    for path in made.removed:
        click.echo(f"Removed {path.name}")
