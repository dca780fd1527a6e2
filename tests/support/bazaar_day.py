"""A served till for one flow: an installation of its own, and browsers paired with it.

Chromium is the session's; everything else is fresh, so no flow sees another's orders.
"""

import threading

from werkzeug.serving import make_server

from kiosk.app import create_app
from kiosk.services.browsers import assign_till, pair_local
from kiosk.services.sign_in import sign_in
from kiosk.webtools.sessions import TILL_COOKIE
from tests.support.bazaar import (
    CASHIER,
    CASHIER_PIN,
    close_bazaar,
    numbers,
    open_bazaar,
    open_till,
)


class BazaarDay:
    """An installation, its server, and the browsers that are paired with it."""

    def __init__(self, folder, bundle) -> None:
        self.here = open_bazaar(folder, bundle=bundle)
        self.number = numbers(self.here)
        self._app = create_app(self.here)
        self._server = make_server("127.0.0.1", 0, self._app, threaded=True)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        close_bazaar(self.here)

    def open_drawer(self, till="K01"):
        """Open a drawer; gives Rina's browser, paired and signed in there."""
        return open_till(self.here, till=till)

    def one_more_browser(self, till="K01", operator=CASHIER, pin=CASHIER_PIN):
        """Pair another browser with an open drawer and sign somebody in at it."""
        browser = assign_till(self.here, pair_local(self.here), till)
        return sign_in(self.here, browser, operator, pin)

    def cookie_of(self, browser) -> dict:
        """Give the cookie by which the server knows a browser, as Playwright takes it."""
        signer = self._app.session_interface.get_signing_serializer(self._app)
        value = signer.dumps({"browser": browser.id})
        return {"name": TILL_COOKIE, "value": value, "url": self.url}
