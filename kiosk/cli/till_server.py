"""The till's server: one worker process on one data folder, and a small one that watches it.

Nothing here reads a command line, so that the small one need not hold what does.
"""

from typing import Any

from kiosk.cli.memory import give_back, use_one_heap
from kiosk.cli.serving import Server
from kiosk.settings import Settings, read_settings
from kiosk.storage.data_folder import DataFolder


def serve_till() -> None:
    """Serve the till until it is asked to stop; raises SettingsError, DataFolderInUseError."""
    settings = read_settings()
    # The worker takes the folder for good; asked here first, so that the answer is a sentence.
    folder = DataFolder(settings.data)
    folder.acquire()
    folder.release()
    scheme = "https" if settings.tls_cert else "http"
    print(f"Till on {scheme}://{settings.host}:{settings.port}", flush=True)  # noqa: T201 - for who started it
    use_one_heap()
    give_back()
    Server(_make_app, _options(settings)).run()


def _make_app() -> Any:
    from kiosk.wsgi import make_app  # noqa: PLC0415 - the parent stays small

    app = make_app()
    give_back()
    return app


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
