"""`kiosk bundle`: take a catalogue file at a machine without a network and without a screen."""

from pathlib import Path

import click

from kiosk.services.bundle_files import read_limited, start_from_file, take_file
from kiosk.services.catalogue_news import CatalogueView, accept_unseen, view
from kiosk.services.installation import open_installation
from kiosk.settings import read_settings


@click.group()
def bundle() -> None:
    """Look after the catalogue in the folder KIOSK_DATA."""


@bundle.command("take")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--code", help="For a fresh machine: the code that came apart from the file.")
@click.option("--yes", is_flag=True, help="Use what is new without being asked.")
def take(file: Path, code: str | None, *, yes: bool) -> None:
    """Take a catalogue FILE of the hub; the till must not be running."""
    here = open_installation(read_settings())
    data = read_limited(file)
    if code is not None:
        start_from_file(here, data, code)
        click.echo("This machine is set up. Start it with: kiosk till")
        return
    if take_file(here, data) == "same":
        click.echo("The file holds the catalogue that is in use; nothing changes.")
        return
    found = view(here)
    _tell(found)
    if yes or click.confirm("Use it?"):
        accept_unseen(here)
        click.echo("It is in use.")
    else:
        click.echo("It waits on the till's page Catalogue.")


def _tell(found: CatalogueView | None) -> None:
    """Say what the catalogue that waits would change."""
    news = found.news if found else None
    for section in news.sections if news else ():
        click.echo(f"{section.title}: {len(section.changes)}")
        for change in section.changes:
            words = ": ".join(word for word in (change.name, change.part) if word)
            shown = change.before is not None or change.after is not None
            click.echo(f"  {words}" + (f"  {change.before} → {change.after}" if shown else ""))
