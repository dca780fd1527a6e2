"""Cookies, the key that signs them, and the token against forged forms.

The token has no time limit and lies in the session, which belongs to the browser and not
to the person: signing out takes the person's keys from the session and never clears it.
"""

import os
import secrets
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Blueprint, Flask
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf import CSRFProtect

from kiosk.errors import N_, KioskError

TILL_COOKIE = "lapak_till"
HUB_COOKIE = "lapak_hub"
KEY_FILE = "secret-key"
SHORTEST_KEY = 32
KEPT_FOR = timedelta(days=366)


class SecretKeyTooShortError(KioskError):
    """KIOSK_SECRET_KEY is set to something that can be guessed."""

    def __init__(self, length: int) -> None:
        self.length = length
        super().__init__(
            N_("KIOSK_SECRET_KEY has %(length)s characters; give it at least %(least)s."),
            length=length,
            least=SHORTEST_KEY,
        )


def load_secret_key(data_folder: Path, configured: str | None = None) -> str:
    """Give the key from the settings, else the data folder's own, made at the first call.

    Two processes that start at once get the same key. Raises SecretKeyTooShortError for a
    configured key below `SHORTEST_KEY` characters, and for a file that was cut short.
    """
    key = configured or _key_of(data_folder / KEY_FILE)
    if len(key) < SHORTEST_KEY:
        raise SecretKeyTooShortError(len(key))
    return key


def _key_of(path: Path) -> str:
    if not path.exists():
        _make_key(path)
    return path.read_text(encoding="ascii").strip()


def _make_key(path: Path) -> None:
    """Write a new key whole and durable, or leave the one another process was faster with."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


class LastingSessions(SecureCookieSessionInterface):
    """Cookies that outlive the browser, so that a pairing survives its restart."""

    def get_expiration_time(self, app: Flask, session: SessionMixin) -> datetime | None:  # noqa: ARG002 - Flask's signature
        """Give the instant at which the browser may forget the cookie."""
        return datetime.now(UTC) + app.permanent_session_lifetime


def install_sessions(app: Flask, *, cookie: str, secret_key: str, https: bool) -> None:
    """Give `app` its session cookie and the CSRF check on every unsafe request."""
    app.config.update(
        SECRET_KEY=secret_key,
        SESSION_COOKIE_NAME=cookie,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=https,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=KEPT_FOR,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.session_interface = LastingSessions()
    CSRFProtect(app)


def exempt_from_csrf(app: Flask, blueprint: Blueprint) -> None:
    """Leave out a blueprint that authenticates each request by itself (the hub's API)."""
    app.extensions["csrf"].exempt(blueprint)
