"""`kiosk till`: the till program, one worker process on one data folder."""

import ctypes
import gc
from contextlib import suppress
from typing import Any, Final

import click

from kiosk.cli.serving import Server
from kiosk.settings import Settings, read_settings
from kiosk.storage.data_folder import DataFolder

_M_ARENA_MAX: Final = -8  # malloc.h


@click.command()
def till() -> None:
    """Serve the till from the folder KIOSK_DATA (127.0.0.1:8000 unless set otherwise)."""
    settings = read_settings()
    # The worker takes the folder for good; asked here first, so that the answer is a sentence.
    folder = DataFolder(settings.data)
    folder.acquire()
    folder.release()
    click.echo(f"Till on http{'s' if settings.tls_cert else ''}://{settings.host}:{settings.port}")
    _save_memory()
    Server(_make_app, _options(settings)).run()


def _save_memory() -> None:
    """Keep the worker small; to be called while there is one thread."""
    # glibc gives every thread a heap of its own; with one interpreter lock that only costs.
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
    # What is loaded by now is the worker's too: kept out of its collections, it stays shared.
    gc.collect()
    gc.freeze()


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
