"""The hub's settings: the environment first, then `hub.toml` in the data folder.

Every wrong setting is named in one error, so that a start is tried once and not five times.
Nothing is created here.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from kiosk.errors import N_, KioskError

FILE_NAME: Final = "hub.toml"
DATABASE_FILE: Final = "hub.db"
DEFAULT_PORT: Final = 8001
SHORTEST_KEY: Final = 32
_LARGEST_PORT: Final = 65_535
_MOST_WORKERS: Final = 64
_MOST_THREADS: Final = 64

# The word in the file → the word in the environment.
_NAMES: Final = {
    "database": "KIOSK_HUB_DATABASE",
    "secret_key": "KIOSK_SECRET_KEY",
    "public_url": "KIOSK_HUB_PUBLIC_URL",
    "host": "KIOSK_HUB_HOST",
    "port": "KIOSK_HUB_PORT",
    "workers": "KIOSK_HUB_WORKERS",
    "threads": "KIOSK_HUB_THREADS",
    "insecure": "KIOSK_HUB_INSECURE",
}
_YES_OR_NO: Final = {"1": True, "true": True, "0": False, "false": False, "": False}


class SettingsError(KioskError):
    """Settings that the hub cannot start with, all of them."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(
            N_("The hub cannot start with these settings. Correct them: %(faults)s"),
            faults="; ".join(faults),
        )


@dataclass(frozen=True, slots=True)
class HubSettings:
    """What the hub needs to know before it starts.

    `database_url` is an SQLAlchemy URL. `secret_key` is None where the data folder's own
    file holds the key. `public_url` is the address that tills and people use, without a
    slash at its end; `insecure` lets devices speak to it without https.
    """

    data: Path
    database_url: str
    secret_key: str | None = None
    public_url: str | None = None
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    workers: int = 1
    threads: int = 16
    insecure: bool = False

    @property
    def public_host(self) -> str:
        """The host name of the public address, '' where there is none."""
        return urlsplit(self.public_url or "").hostname or ""

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is a file of this machine."""
        return self.database_url.startswith("sqlite:")


def load_settings(environ: Mapping[str, str], default_data: Path = Path("var/hub")) -> HubSettings:
    """Read the settings; raises SettingsError naming every one that is wrong."""
    data = Path(environ.get("KIOSK_DATA") or default_data).absolute()
    faults: list[str] = []
    found = _read_file(data / FILE_NAME, faults)
    found.update({word: environ[name] for word, name in _NAMES.items() if name in environ})
    values = _Values(found, faults)
    settings = HubSettings(
        data=data,
        database_url=values.database(data),
        secret_key=values.secret_key(),
        public_url=values.public_url(),
        host=values.text("host") or "127.0.0.1",
        port=values.number("port", DEFAULT_PORT, 0, _LARGEST_PORT),
        workers=values.number("workers", 1, 1, _MOST_WORKERS),
        threads=values.number("threads", 16, 1, _MOST_THREADS),
        insecure=values.yes_or_no("insecure"),
    )
    if settings.is_sqlite and settings.workers > 1:
        faults.append(
            "KIOSK_HUB_WORKERS: one SQLite file has one process; set 1, or use PostgreSQL"
        )
    if faults:
        raise SettingsError(faults)
    return settings


def _read_file(path: Path, faults: list[str]) -> dict[str, Any]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        faults.append(f"{path.name}: cannot be read ({error})")
        return {}
    faults.extend(f"{path.name}: “{word}” is no setting" for word in document.keys() - _NAMES)
    return {word: value for word, value in document.items() if word in _NAMES}


class _Values:
    """Found values, each read with its own rule; what is wrong is put down in `faults`."""

    def __init__(self, found: Mapping[str, Any], faults: list[str]) -> None:
        self._found = found
        self._faults = faults

    def text(self, word: str) -> str:
        """Give a text without spaces around it, '' where it is not set."""
        return str(self._found.get(word, "")).strip()

    def number(self, word: str, default: int, least: int, most: int) -> int:
        """Give a whole number between two bounds."""
        text = self.text(word)
        if not text:
            return default
        if text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most:  # noqa: PLR2004 - digits
            return int(text)
        self._faults.append(f"{_NAMES[word]}: “{text}” is no number from {least} to {most}")
        return default

    def yes_or_no(self, word: str) -> bool:
        """Give a switch: 1 or 0."""
        text = self.text(word).lower()
        if text not in _YES_OR_NO:
            self._faults.append(f"{_NAMES[word]}: “{text}” is neither 1 nor 0")
        return _YES_OR_NO.get(text, False)

    def secret_key(self) -> str | None:
        """Give the configured key; its text is never repeated in a fault."""
        text = self.text("secret_key")
        if text and len(text) < SHORTEST_KEY:
            self._faults.append(
                f"{_NAMES['secret_key']}: has {len(text)} characters, at least {SHORTEST_KEY} are needed"
            )
        return text or None

    def public_url(self) -> str | None:
        """Give the public address, without a slash at its end."""
        text = self.text("public_url").rstrip("/")
        if text and not text.startswith(("https://", "http://")):
            self._faults.append(
                f"{_NAMES['public_url']}: “{text}” begins with neither https:// nor http://"
            )
        return text or None

    def database(self, data: Path) -> str:
        """Give the store's URL; its password is never repeated in a fault."""
        text = self.text("database")
        if not text:
            return f"sqlite:///{data / DATABASE_FILE}"
        if not text.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://")):
            self._faults.append(
                f"{_NAMES['database']}: begin it with sqlite:/// or postgresql+psycopg://"
            )
        return text.replace("postgresql://", "postgresql+psycopg://", 1)
