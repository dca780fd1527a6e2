"""`kiosk backup` and `kiosk restore`: a checked copy beside a running till, and the way back."""

from pathlib import Path

import click

from kiosk.clock import SystemClock
from kiosk.domain.money import format_amount
from kiosk.errors import Message
from kiosk.services.backups import KEEP, SUFFIX, back_up
from kiosk.services.checkup import describe
from kiosk.services.restoring import (
    HubSource,
    Restored,
    Wish,
    restore_backup,
    restore_files,
    restore_from_hub,
)
from kiosk.settings import Settings, read_settings


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
    help="How many stay of this machine, besides one for each of 7 days and 4 weeks.",
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


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--hub", "hub_url", help="Fetch the journals from this hub instead.")
@click.option("--code", help="With --hub: an enrolment code of the lost machine.")
@click.option("--journal", "tip", help="The journal that sold last, where there are several.")
@click.option("--up-to-fault", is_flag=True, help="Restore what holds, and lose the rest.")
def restore(
    sources: tuple[Path, ...],
    hub_url: str | None,
    code: str | None,
    tip: str | None,
    up_to_fault: bool,  # noqa: FBT001 - click passes a flag by name
) -> None:
    """Restore a machine into the new folder KIOSK_DATA, and go on in a new journal.

    SOURCES are one backup, or exported journals (*.lapak.gz) and folders of them.
    """
    settings, wish = read_settings(), Wish(tip, up_to_fault)
    if hub_url:
        if sources or not code:
            raise click.UsageError("--hub takes --code, and no file beside it.")
        restored = restore_from_hub(
            settings, SystemClock(), HubSource(hub_url, code, tip), wish, _tell_progress
        )
    else:
        restored = _restore_here(settings, sources, wish)
    _tell(settings, restored)


def _restore_here(settings: Settings, sources: tuple[Path, ...], wish: Wish) -> Restored:
    backups = [path for path in sources if path.suffix == SUFFIX]
    if not sources or (backups and len(sources) > 1):
        raise click.UsageError("Name one backup, or files of journals, or --hub.")
    if backups:
        return restore_backup(settings, SystemClock(), backups[0], wish)
    return restore_files(settings, SystemClock(), list(sources), wish)


def _tell_progress(what: Message, done: int, total: int) -> None:
    counted = f": {format_amount(done)} of {format_amount(total)}" if total else ""
    click.echo(f"{what}{counted}", err=True)


def _tell(settings: Settings, restored: Restored) -> None:
    """Say what was restored, what is missing, and what a person has to do now."""
    built = restored.built
    click.echo(f"Restored into {settings.data}")
    for one in built.taken:
        click.echo(
            f"  {one.journal.id}: {format_amount(one.entries)} entries, "
            f"{format_amount(one.sales)} sales, unbroken. Head {one.head.hex()[:8]}"
        )
    for sentence in built.missing:
        click.echo(f"  NOT RESTORED: {sentence}")
    click.echo(f"It goes on in journal {built.opened.id}; receipts carry {restored.letter} now.")
    click.echo(f"Open shifts that are sold on: {built.open_shifts}.")
    click.echo("Open orders and waiting receipts are not restored; pair the screens again.")
    for note in restored.notes:
        click.echo(note)
    if not restored.enrolled:
        click.echo(
            "Nobody has a PIN here yet: start the till, open its page /setup, and enter a code "
            "of this machine from the organiser; or give a coordinator one on its page /pins."
        )
