"""The till's settings: from the environment, then from `till.toml` in the data folder.

Every wrong setting is named in one error at start, so nobody corrects them one by one.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kiosk.errors import N_, Message

FILE: Final = "till.toml"
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
# How SQLite commits; left out, the engine decides. A faulty engine is not talked into WAL.
SAFE_JOURNAL_MODE: Final = "truncate"
# The prefix of the largest network that is searched for printers: 1,022 addresses.
WIDEST_SCAN: Final = 22


class SettingsError(Exception):
    """One or more settings are wrong; the text names each and says what is expected."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("These settings are wrong:\n" + "\n".join(f"  - {one}" for one in faults))


@dataclass(frozen=True, slots=True)
class Settings:
    """What a till needs to know before it starts."""

    data: Path
    hub_url: str
    hub_insecure: bool
    host: str
    port: int
    threads: int
    tls_cert: Path | None
    secret_key: str | None
    journal_mode: str | None
    printer_scan: tuple[IPv4Network, ...]
    second_copy: Path | None
    second_copy_shares_disk: bool
    sticks: tuple[Path, ...]
    backup_folder: Path | None
    print_folder: Path | None
    backup_minutes: int
    backup_keep: int
    receipt_hold_seconds: int
    print_history_days: int


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read and check all settings; raises SettingsError naming every wrong one."""
    environment = os.environ if environment is None else environment
    data = Path(environment.get("KIOSK_DATA") or "var/till").absolute()
    faults: list[str] = []
    given = {**_read_file(data / FILE, faults), **environment}
    hub_url = given.get("KIOSK_HUB_URL", "").rstrip("/")
    insecure = given.get("KIOSK_HUB_INSECURE", "") == "1"
    if hub_url:
        fault = hub_url_fault(hub_url, insecure=insecure)
        if fault:
            faults.append(f"KIOSK_HUB_URL: {fault}")
    tls_cert = Path(given["KIOSK_TLS_CERT"]) if given.get("KIOSK_TLS_CERT") else None
    if tls_cert and not tls_cert.is_file():
        faults.append("KIOSK_TLS_CERT: there is no such file; give a PEM file with key and chain")
    secret_key = given.get("KIOSK_SECRET_KEY") or None
    if secret_key and len(secret_key) < 32:  # noqa: PLR2004 - characters, about 128 bits
        faults.append("KIOSK_SECRET_KEY: at least 32 characters, or leave it out")
    journal_mode = given.get("KIOSK_JOURNAL_MODE") or None
    if journal_mode not in (None, SAFE_JOURNAL_MODE):
        faults.append(f"KIOSK_JOURNAL_MODE: {SAFE_JOURNAL_MODE}, or leave it out")
    settings = Settings(
        data=data,
        hub_url=hub_url,
        hub_insecure=insecure,
        host=given.get("KIOSK_HOST") or "127.0.0.1",
        port=_whole_number(given, "KIOSK_PORT", 8000, 1, 65_535, faults),
        threads=_whole_number(given, "KIOSK_THREADS", 16, 2, 64, faults),
        tls_cert=tls_cert,
        secret_key=secret_key,
        journal_mode=journal_mode,
        printer_scan=_networks(given.get("KIOSK_PRINTER_SCAN", ""), faults),
        second_copy=Path(given["KIOSK_SECOND_COPY"]) if given.get("KIOSK_SECOND_COPY") else None,
        second_copy_shares_disk=given.get("KIOSK_SECOND_COPY_SHARES_DISK", "") == "1",
        sticks=_folders(given.get("KIOSK_STICKS", ""), faults),
        backup_folder=Path(given["KIOSK_BACKUP_FOLDER"])
        if given.get("KIOSK_BACKUP_FOLDER")
        else None,
        print_folder=_folder(given, "KIOSK_PRINT_FOLDER", faults),
        backup_minutes=_whole_number(given, "KIOSK_BACKUP_MINUTES", 60, 0, 1_440, faults),
        backup_keep=_whole_number(given, "KIOSK_BACKUP_KEEP", 10, 1, 1_000, faults),
        receipt_hold_seconds=_whole_number(
            given, "KIOSK_RECEIPT_HOLD_SECONDS", 300, 10, 86_400, faults
        ),
        print_history_days=_whole_number(given, "KIOSK_PRINT_HISTORY_DAYS", 30, 1, 3_650, faults),
    )
    if faults:
        raise SettingsError(faults)
    return settings


def hub_url_fault(url: str, *, insecure: bool) -> Message | None:
    """Say what is wrong with a hub's address, or None: https, or plain http to loopback."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return N_("this is no address; it looks like https://hub.example.org")
    del port
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        return N_("this is no address; it looks like https://hub.example.org")
    if parts.username or parts.password:
        return N_("an address carries no name and no password")
    if parts.scheme == "http" and host not in LOOPBACK and not insecure:
        return N_("it must begin with https (or KIOSK_HUB_INSECURE=1 accepts the risk)")
    return None


def _networks(text: str, faults: list[str]) -> tuple[IPv4Network, ...]:
    """Read where printers are looked for; none given means this machine's own networks."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        try:
            network = IPv4Network(part)
        except ValueError:
            network = None
        if network is None or not network.is_private or network.prefixlen < WIDEST_SCAN:
            faults.append(
                f"KIOSK_PRINTER_SCAN: “{part}” is not a private network of at most /{WIDEST_SCAN},"
                " e.g. 192.168.1.0/24"
            )
        else:
            found.append(network)
    return tuple(found)


def _folder(given: Mapping[str, str], name: str, faults: list[str]) -> Path | None:
    """Read a folder that must be there."""
    folder = Path(given[name]) if given.get(name) else None
    if folder and not (folder.is_absolute() and folder.is_dir()):
        faults.append(f"{name}: “{folder}” is no folder; name one that begins with /")
    return folder


def _folders(text: str, faults: list[str]) -> tuple[Path, ...]:
    """Read the folders whose subfolders are sticks; none given means: ask the system."""
    folders = tuple(Path(part) for part in text.split(os.pathsep) if part.strip())
    faults.extend(
        f"KIOSK_STICKS: “{folder}” must begin with /, and several are parted by {os.pathsep}"
        for folder in folders
        if not folder.is_absolute()
    )
    return folders


def _read_file(path: Path, faults: list[str]) -> dict[str, str]:
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        faults.append(f"{path.name}: cannot be read: {error}")
        return {}
    return {f"KIOSK_{key.upper()}": str(value) for key, value in document.items()}


def _whole_number(
    given: Mapping[str, str], name: str, usual: int, least: int, most: int, faults: list[str]
) -> int:
    text = given.get(name) or str(usual)
    if not text.isdecimal() or not least <= int(text) <= most:
        faults.append(f"{name}: “{text}” is not a number from {least} to {most}")
        return usual
    return int(text)
