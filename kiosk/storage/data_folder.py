"""The data folder of an installation: its files, and the lock that makes it one process's.

A till is one process on one folder. The lock is the kernel's (`flock`), so it is gone the
moment its holder is, however that ended.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from kiosk.errors import WorldError

LOCK: Final = "lock"
DATABASE: Final = "till.db"
DEVICE_SECRET: Final = "device.secret"  # noqa: S105 - a file's name


class DataFolderInUseError(WorldError):
    """Another process sells from this folder."""

    def __init__(self, folder: Path, pid: str) -> None:
        self.folder = folder
        super().__init__(
            f"the data folder {folder} is in use by another till (process {pid or 'unknown'}); "
            "close that one first, or set KIOSK_DATA to another folder",
            permanent=True,
        )


class DataFolder:
    """One installation's folder; made with mode 0700 where it is new."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock: int | None = None

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.path / DATABASE

    def acquire(self) -> None:
        """Take the lock until the process ends; raises DataFolderInUseError."""
        descriptor = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise DataFolderInUseError(self.path, holder) from None
        # Who holds it is told as a help; a full disk must not keep a till from starting.
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._lock = descriptor

    def release(self) -> None:
        """Give the lock back."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def read_secret(self) -> bytes | None:
        """Give the device's secret (32 bytes), or None before enrolment."""
        try:
            return bytes.fromhex((self.path / DEVICE_SECRET).read_text("ascii").strip())
        except FileNotFoundError:
            return None

    def keep_secret(self, secret: bytes) -> None:
        """Keep the device's secret in a file of mode 0600, durable when this returns."""
        target = self.path / DEVICE_SECRET
        fresh = target.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secret.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
        folder = os.open(self.path, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
