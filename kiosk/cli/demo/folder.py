"""The folder of the demonstration: whose it is, and whether its seed was sown to the end.

A file marks it. Only data under that mark is ever taken away: a folder in which somebody
sells for real has none, and is left alone.
"""

import fcntl
import os
import shutil
from pathlib import Path
from typing import Final

from kiosk.errors import KioskError

MARK: Final = "demo"
_SOWING: Final = "sowing"
_SOWN: Final = "sown"


class FolderNotOursError(KioskError):
    """The folder holds a till or a hub that the demonstration did not make."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            "%(folder)s already holds a till or a hub that is not the demonstration's. "
            "Name another folder: kiosk demo --folder demo",
            folder=folder,
        )


class DemoRunningError(KioskError):
    """The demonstration runs on this folder already."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            "The demonstration already runs on %(folder)s. Use it, or end it first with Ctrl+C.",
            folder=folder,
        )


class DemoFolder:
    """The folder, held by this process from the moment it is opened."""

    def __init__(self, path: Path) -> None:
        """Take the folder; raises DemoRunningError and FolderNotOursError."""
        self.path = path.absolute()
        self._mark = self.path / MARK
        if not self._mark.exists() and any(part.exists() for part in self._parts()):
            raise FolderNotOursError(self.path)
        self.path.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(self._mark, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.close()
            raise DemoRunningError(self.path) from None

    @property
    def till(self) -> Path:
        """The till's data."""
        return self.path / "till"

    @property
    def hub(self) -> Path:
        """The hub's data."""
        return self.path / "hub"

    @property
    def samples(self) -> Path:
        """Marketplace exports to import by hand."""
        return self.path / "samples"

    @property
    def sticks(self) -> Path:
        """What the till takes for USB sticks: each folder in it is one."""
        return self.path / "sticks"

    @property
    def logs(self) -> Path:
        """What the programs write while they run."""
        return self.path / "logs"

    @property
    def is_sown(self) -> bool:
        """Whether the seed was sown to the end."""
        return os.pread(self._lock, 20, 0).decode("ascii", "replace").strip() == _SOWN

    def clear(self) -> None:
        """Take away everything of the demonstration, and begin to sow."""
        self._write(_SOWING)
        for part in self._parts():
            shutil.rmtree(part, ignore_errors=True)

    def finish(self) -> None:
        """Remember that the seed is whole, once all of it is on the disk."""
        os.sync()
        self._write(_SOWN)

    def close(self) -> None:
        """Let the folder go; a second time does nothing."""
        if self._lock >= 0:
            os.close(self._lock)
        self._lock = -1

    def _parts(self) -> tuple[Path, ...]:
        return (self.till, self.hub, self.samples, self.sticks, self.logs)

    def _write(self, state: str) -> None:
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, f"{state}\n".encode(), 0)
        os.fsync(self._lock)
