"""`kiosk till`: the till program, one worker process on one data folder."""

import gc
from typing import Any

import click

from kiosk.cli.serving import Server
from kiosk.settings import Settings, read_settings
from kiosk.storage.data_folder import DataFolder


@click.command()
def till() -> None:
    """Serve the till from the folder KIOSK_DATA (127.0.0.1:8000 unless set otherwise)."""
    settings = read_settings()
    # The worker takes the folder for good; asked here first, so that the answer is a sentence.
    folder = DataFolder(settings.data)
    folder.acquire()
    folder.release()
    click.echo(f"Till on http{'s' if settings.tls_cert else ''}://{settings.host}:{settings.port}")
    # What is loaded by now is the worker's too: kept out of its collections, it stays shared.
    gc.collect()
    gc.freeze()
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
