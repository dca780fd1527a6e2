"""`kiosk till`: the till program, as gunicorn with one worker process.

The parent imports nothing of the pages: it only watches the worker, and starts it again
when a loop died.
"""

from typing import Any

import click
from gunicorn.app.base import BaseApplication

from kiosk.settings import Settings, read_settings
from kiosk.storage.data_folder import DataFolder
from kiosk.storage.database import Database
from kiosk.storage.migrations import migrate

KEEP_ALIVE_SECONDS = 75
GRACE_SECONDS = 10


class TillServer(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn with our settings instead of a command line."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Say how gunicorn is to run."""
        for name, value in gunicorn_options(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the application; runs in the worker."""
        from kiosk.wsgi import make_app  # noqa: PLC0415 - the parent stays small

        return make_app()


def gunicorn_options(settings: Settings) -> dict[str, Any]:
    """Give gunicorn's options: one process is one SQLite writer, threads serve the pages."""
    options: dict[str, Any] = {
        "bind": f"{settings.host}:{settings.port}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": settings.threads,
        "keepalive": KEEP_ALIVE_SECONDS,
        "graceful_timeout": GRACE_SECONDS,
        "control_socket_disable": True,
        "proc_name": "kiosk till",
        "loglevel": "warning",
        # No proxy stands before a till, so no header may say it came by one.
        "forwarded_allow_ips": "",
    }
    if settings.tls_cert:
        options |= {"certfile": str(settings.tls_cert), "keyfile": str(settings.tls_cert)}
    return options


@click.command()
def till() -> None:
    """Serve the till from the folder KIOSK_DATA (127.0.0.1:8000 unless set otherwise)."""
    settings = read_settings()
    folder = DataFolder(settings.data)
    folder.acquire()
    database = Database(folder.database)
    migrate(database.tables())
    database.close()
    folder.release()
    click.echo(f"Till on http{'s' if settings.tls_cert else ''}://{settings.host}:{settings.port}")
    TillServer(settings).run()
