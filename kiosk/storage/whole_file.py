"""Files that are whole or not there: written beside their name, read back, then renamed.

Made for sticks, which are pulled, full, or broken: what is read back comes from the medium
and not from memory, as far as the system lets one ask for that.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kiosk.storage.durable import put_in_place

UNFINISHED: Final = ".part"
_AT_ONCE_BYTES: Final = 1 << 20


class NotReadBackError(OSError):
    """What the medium gives back is not what was written to it."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} reads back otherwise than it was written")


class MediumGoneError(OSError):
    """The folder is not on the medium any more that it was on when writing began."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} was taken away while it was written to")


def write_whole(path: Path, pieces: Iterable[bytes]) -> int:
    """Write a file piece by piece, durable and read back when this returns its size.

    Raises OSError (also NotReadBackError, MediumGoneError); then nothing is left of it.
    """
    fresh = path.with_name(path.name + UNFINISHED)
    medium = path.parent.stat().st_dev
    try:
        _check_read_back(fresh, _write(fresh, pieces))
        _check_still_on(medium, path.parent)
        put_in_place(fresh, path)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
    return path.stat().st_size


def _write(path: Path, pieces: Iterable[bytes]) -> bytes:
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.digest()


def _check_still_on(medium: int, folder: Path) -> None:
    """Refuse the mount point of a pulled stick, which lies on this machine's own disk."""
    if folder.stat().st_dev != medium:
        raise MediumGoneError(folder)


def _check_read_back(path: Path, written: bytes) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := file.read(_AT_ONCE_BYTES):
            digest.update(piece)
    if digest.digest() != written:
        raise NotReadBackError(path)
