"""`kiosk till`: the till program, one worker process on one data folder."""

from typing import Any

import click

from kiosk.cli.serving import Server
from kiosk.settings import Settings, read_settings
from kiosk.storage.data_folder import DataFolder
from kiosk.storage.database import Database
from kiosk.storage.migrations import migrate


@click.command()
def till() -> None:
    """Serve the till from the folder KIOSK_DATA (127.0.0.1:8000 unless set otherwise)."""
    settings = read_settings()
    folder = DataFolder(settings.data)
    folder.acquire()
    database = Database(folder.database, journal_mode=settings.journal_mode)
    migrate(database.tables())
    database.close()
    folder.release()
    click.echo(f"Till on http{'s' if settings.tls_cert else ''}://{settings.host}:{settings.port}")
    Server(_make_app, _options(settings)).run()


def _make_app() -> Any:
    from kiosk.wsgi import make_app  # noqa: PLC0415 - the parent stays small

    return make_app()


def _options(settings: Settings) -> dict[str, Any]:
    """Give gunicorn's options: one process is one SQLite writer, threads serve the pages."""
    options: dict[str, Any] = {
        "bind": f"{settings.host}:{settings.port}",
        "workers": 1,
        "threads": settings.threads,
        "proc_name": "kiosk till",
    }
    if settings.tls_cert:
        options |= {"certfile": str(settings.tls_cert), "keyfile": str(settings.tls_cert)}
    return options
