"""Serving one of the two programs: gunicorn with our settings instead of a command line.

The parent imports nothing of the pages, so it stays small; it only watches its workers and
starts again the one that ended.
"""

from collections.abc import Callable
from typing import Any, Final

from gunicorn.app.base import BaseApplication

KEEP_ALIVE_SECONDS: Final = 75
GRACE_SECONDS: Final = 10


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """One program's server; `make_app` runs in each worker, `options` are gunicorn's own."""

    def __init__(self, make_app: Callable[[], Any], options: dict[str, Any]) -> None:
        self._make_app = make_app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Say how gunicorn is to run."""
        for name, value in (_SHARED | self._options).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the application."""
        return self._make_app()


_SHARED: Final[dict[str, Any]] = {
    "worker_class": "gthread",
    "keepalive": KEEP_ALIVE_SECONDS,
    "graceful_timeout": GRACE_SECONDS,
    "control_socket_disable": True,
    "loglevel": "warning",
    # No header may say that a request came by https when it did not.
    "forwarded_allow_ips": "",
}
