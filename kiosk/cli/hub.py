"""`kiosk hub` and `kiosk hub-import`: the hub as gunicorn, and journals that come as files."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click

from kiosk.cli.serving import Server
from kiosk.clock import SystemClock
from kiosk.errors import KioskError
from kiosk.hub.services.accounts import make_first_account, reset_password
from kiosk.hub.services.device_keys import DeviceKeys
from kiosk.hub.services.journal_files import FileReport, PartRefusedError, take_file
from kiosk.hub.settings import HubSettings, load_settings
from kiosk.hub.storage.migrations import migrate
from kiosk.hub.storage.store import Store
from kiosk.webtools.logs import configure_logging
from kiosk.webtools.sessions import load_secret_key
from kiosk.wire.segments import LARGEST_SEGMENT_BYTES

LOCK_FILE: Final = "hub.lock"
# A file of the largest segments for a year of Fridays is far below this.
LARGEST_FILE_BYTES: Final = 256 * LARGEST_SEGMENT_BYTES


class HubRunningError(KioskError):
    """Another process serves this data folder's SQLite file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            "Another hub is running on %(folder)s. Stop it first, or use PostgreSQL.",
            folder=folder,
        )


def _make_app() -> Any:
    from kiosk.hub.wsgi import make_app  # noqa: PLC0415 - the parent stays small

    return make_app()


def _options(settings: HubSettings) -> dict[str, Any]:
    """Give gunicorn's options: threads in as many processes as the store takes."""
    return {
        "bind": f"{settings.host}:{settings.port}",
        "workers": settings.workers,
        "threads": settings.threads,
        "proc_name": "kiosk hub",
    }


@contextmanager
def only_hub(settings: HubSettings) -> Iterator[None]:
    """Hold the data folder where the store is a file; raises HubRunningError."""
    if not settings.is_sqlite:
        yield
        return
    with (settings.data / LOCK_FILE).open("a", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HubRunningError(settings.data) from None
        yield


@click.command()
@click.option("--new-password", "login", help="Give this account a new password, say it, and end.")
@click.option("--workers", type=int, help="Processes; more than 1 takes PostgreSQL.")
def hub(workers: int | None, login: str | None) -> None:
    """Serve the hub from KIOSK_DATA (127.0.0.1:8001 unless set otherwise).

    The first start makes an organiser's account and says its password once.
    """
    if workers is not None:
        os.environ["KIOSK_HUB_WORKERS"] = str(workers)
    settings = load_settings(os.environ)
    settings.data.mkdir(parents=True, exist_ok=True)
    store = Store.open(settings.database_url)
    if login is not None:
        _say_new_password(store, login)
        return
    with only_hub(settings):
        migrate(store)
        first = make_first_account(store, SystemClock())
        store.close()
        if first is not None:
            click.echo(f"Sign in as {first[0].login} with the password {first[1]}")
        click.echo(f"Hub on http://{settings.host}:{settings.port}")
        Server(_make_app, _options(settings)).run()


def _say_new_password(store: Store, login: str) -> None:
    migrate(store)
    password = reset_password(store, SystemClock(), by="command line", login=login)
    store.close()
    click.echo(f"The new password of {login} is {password}")


@click.command("hub-import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def hub_import(file: Path) -> None:
    """Take the journals in FILE (*.lapak.gz); what the hub has already is passed over.

    It may run beside the hub: each segment is one short transaction.
    """
    configure_logging()
    settings = load_settings(os.environ)
    if file.stat().st_size > LARGEST_FILE_BYTES:
        raise click.ClickException(f"{file.name} is larger than any file of journals.")
    store = Store.open(settings.database_url)
    migrate(store)
    keys = DeviceKeys(load_secret_key(settings.data, settings.secret_key))
    try:
        report = take_file(store, SystemClock(), keys, file.name, file.read_bytes())
    finally:
        store.close()
    _tell(report)
    if report.refusals:
        raise SystemExit(1)


def _tell(report: FileReport) -> None:
    """Say in words what became of a file."""
    for refusal in report.refusals:
        fact = f" ({refusal.error.fact})" if isinstance(refusal.error, PartRefusedError) else ""
        click.echo(f"Part {refusal.part} was not taken: {refusal.error}{fact}", err=True)
    for machine in report.machines.values():
        click.echo(f"{machine.name}: {machine.stored} new, {machine.skipped} known already")
    for one in report.reviewed:
        click.echo(f"Entry {one.seq}: {one.fact}.")
    click.echo(
        f"{report.stored} entries taken, {report.skipped} were known already, "
        f"{len(report.reviewed)} are in the review tray."
    )
