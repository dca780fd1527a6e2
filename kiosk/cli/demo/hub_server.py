"""The hub's device API within this process, for as long as the seed is sown.

The machines of the demonstration enrol and upload by HTTP, as any machine does; the pages
are not needed for that, and gunicorn comes only when there is something to show.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.serving import WSGIRequestHandler, make_server

from kiosk.hub.app import create_app
from kiosk.hub.settings import HubSettings
from kiosk.hub.storage.store import Store


class _QuietHandler(WSGIRequestHandler):
    """Answers requests without a line on the console for each."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def hub_server(settings: HubSettings, store: Store) -> Iterator[str]:
    """Serve the API at the settings' host and port, and give its address."""
    app = create_app(settings, store)
    server = make_server(
        settings.host, settings.port, app, threaded=True, request_handler=_QuietHandler
    )
    thread = threading.Thread(target=server.serve_forever, name="seed hub", daemon=True)
    thread.start()
    try:
        yield f"http://{settings.host}:{settings.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
