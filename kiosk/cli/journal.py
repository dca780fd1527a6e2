"""`kiosk journal`: verify, rebuild and export what happened at an installation."""

from pathlib import Path

import click

from kiosk.clock import SystemClock
from kiosk.domain.money import format_amount
from kiosk.services.checkup import describe, look_at
from kiosk.services.installation import open_installation
from kiosk.services.journals import export, rebuild, verify
from kiosk.settings import read_settings


@click.group()
def journal() -> None:
    """Look after the journal in the folder KIOSK_DATA."""


@journal.command("verify")
def verify_command() -> None:
    """Walk every journal and say whether anything was changed, removed or reordered."""
    here = look_at(read_settings(), SystemClock())
    with here.db.read() as connection:
        verdicts = verify(connection)
    if not verdicts:
        click.echo("There is no journal yet.")
    for verdict in verdicts:
        click.echo(describe(verdict))
    if any(verdict.fault for verdict in verdicts):
        raise SystemExit(1)


@journal.command("rebuild")
def rebuild_command() -> None:
    """Replay the journal into fresh tables; the till must not be running."""
    here = open_installation(read_settings())
    rebuilt = rebuild(here)
    replayed = f"Replayed {format_amount(rebuilt.entries)} entries"
    if rebuilt.drifted:
        tables = ", ".join(rebuilt.drifted)
        click.echo(f"{replayed}; these tables had drifted and were put right: {tables}.")
    else:
        click.echo(f"{replayed}; every table is as it was.")


@journal.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_command(folder: Path) -> None:
    """Write every journal to FOLDER as *.lapak.gz, for a hub without a network between.

    It may run beside the till.
    """
    here = look_at(read_settings(), SystemClock())
    for path in export(here, folder):
        click.echo(f"Wrote {path}. Take it to the hub: kiosk hub-import {path.name}")
