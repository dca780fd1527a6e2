"""The hub's application: the one place where its parts are put together."""

from typing import Final

from flask import Flask
from sqlalchemy import select

from kiosk.clock import Clock, SystemClock
from kiosk.hub.services.device_keys import DeviceKeys
from kiosk.hub.settings import HubSettings
from kiosk.hub.storage.store import Store
from kiosk.hub.web import api, pages
from kiosk.hub.web.parts import HubParts
from kiosk.hub.web.plain import PlainRequest
from kiosk.webtools.application import WebSettings, create_flask
from kiosk.webtools.health import install_health
from kiosk.webtools.sessions import HUB_COOKIE, exempt_from_csrf, load_secret_key

# One file of each kind, so that a page is a handful of requests.
BUNDLES: Final = {
    "hub.css": (
        "css/base.css",
        "css/hub.css",
        "css/hub-imports.css",
        "css/hub-reports.css",
        "css/hub-totals.css",
        "css/paper.css",
    ),
    "hub.js": (
        "vendor/htmx-2.0.11.min.js",
        "vendor/idiomorph-ext-0.8.0.min.js",
        "js/hub.js",
    ),
}


def create_app(
    settings: HubSettings, store: Store | None = None, clock: Clock | None = None
) -> Flask:
    """Put the hub together; the store is opened from the settings where none is given.

    Migrations have run before (see `storage.migrations`). Raises SecretKeyTooShortError.
    """
    secret_key = load_secret_key(settings.data, settings.secret_key)
    app = create_flask(
        __name__,
        WebSettings(
            cookie=HUB_COOKIE,
            secret_key=secret_key,
            allowed_hosts=[settings.public_host] if settings.public_host else [],
            https=(settings.public_url or "").startswith("https://"),
            bundles=BUNDLES,
            error_style_sheets=("hub.css",),
        ),
    )
    parts = HubParts(
        settings,
        store or Store.open(settings.database_url),
        clock or SystemClock(),
        DeviceKeys(secret_key),
    )
    app.extensions["hub"] = parts
    app.request_class = PlainRequest
    app.register_blueprint(api.blueprint)
    exempt_from_csrf(app, api.blueprint)
    app.register_blueprint(pages.blueprint)

    install_health(app, lambda: _check(parts))
    return app


def _check(parts: HubParts) -> None:
    """Ask the store for something; raises where it does not answer."""
    with parts.store.read() as connection:
        connection.execute(select(1))
