"""`kiosk journal`: verify, rebuild and export what happened at an installation."""

from pathlib import Path

import click

from kiosk.domain.money import format_amount
from kiosk.services.installation import open_installation
from kiosk.services.journals import export, rebuild, verify
from kiosk.settings import read_settings
from kiosk.storage.data_folder import DATABASE
from kiosk.storage.database import open_read_only


@click.group()
def journal() -> None:
    """Look after the journal in the folder KIOSK_DATA."""


@journal.command("verify")
def verify_command() -> None:
    """Walk every journal and say whether anything was changed, removed or reordered."""
    connection = open_read_only(read_settings().data / DATABASE)
    verdicts = verify(connection)
    if not verdicts:
        click.echo("There is no journal yet.")
    for verdict in verdicts:
        what = f"{format_amount(verdict.entries)} entries, {format_amount(verdict.sales)} sales"
        if verdict.fault is None:
            click.echo(f"{verdict.journal.id}: {what}, unbroken, none removed. Head {verdict.head}")
        else:
            click.echo(f"{verdict.journal.id}: {what}. BROKEN: {verdict.fault.fact}.")
    if any(verdict.fault for verdict in verdicts):
        raise SystemExit(1)


@journal.command("rebuild")
def rebuild_command() -> None:
    """Replay the journal into fresh tables; the till must not be running."""
    here = open_installation(read_settings())
    rebuilt = rebuild(here)
    replayed = f"Replayed {format_amount(rebuilt.entries)} entries"
    if rebuilt.drifted:
        click.echo(
            f"{replayed}; these tables had drifted and were put right: {', '.join(rebuilt.drifted)}."
        )
    else:
        click.echo(f"{replayed}; every table is as it was.")


@journal.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_command(folder: Path) -> None:
    """Write every journal to FOLDER as *.lapak.gz, for a hub without a network between."""
    here = open_installation(read_settings())
    for path in export(here, folder):
        click.echo(f"Wrote {path}. Take it to the hub: kiosk hub-import {path.name}")
