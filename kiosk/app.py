"""The till's composition root: an installation and its pages, put together."""

from typing import Final

from flask import Flask

from kiosk.services.catalogue import is_set_up
from kiosk.services.installation import Installation
from kiosk.web.pages import register
from kiosk.webtools.application import WebSettings, create_flask
from kiosk.webtools.health import install_health
from kiosk.webtools.sessions import TILL_COOKIE, load_secret_key

# One file of each kind, so that a page is a handful of requests.
# A script takes what it needs at once from those before it, see static/js/till/page.js.
_SCRIPTS: Final = (
    "page",
    "connection",
    "sending",
    "grid",
    "cart",
    "pay",
    "sheet",
    "open-orders",
    "news",
    "matching",
    "scan",
    "search",
    "goods",
    "keypad",
    "presses",
    "receipt",
    "shown",
    "keys",
)
BUNDLES: Final = {
    "till.css": (
        "css/base.css",
        "css/till.css",
        "css/till-goods.css",
        "css/till-pay.css",
        "css/till-paid.css",
        "css/till-sheet.css",
        "css/till-queue.css",
    ),
    "display.css": ("css/base.css", "css/display.css"),
    "till.js": (
        "vendor/htmx-2.0.11.min.js",
        *(f"js/till/{name}.js" for name in _SCRIPTS),
    ),
}


def create_app(here: Installation) -> Flask:
    """Make the till's application; no loop is started here."""
    app = create_flask(
        "kiosk",
        WebSettings(
            cookie=TILL_COOKIE,
            secret_key=load_secret_key(here.folder.path, here.settings.secret_key),
            https=here.settings.tls_cert is not None,
            bundles=BUNDLES,
            error_style_sheets=("till.css",),
        ),
    )
    app.extensions["lapak"] = here
    install_health(app, lambda: _check(here))
    register(app)
    return app


def _check(here: Installation) -> None:
    """Read the file; raises where it cannot be."""
    is_set_up(here)
