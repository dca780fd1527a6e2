"""Making names and files durable: what has its final name is whole, also after a power cut."""

import os
from pathlib import Path


def make_private_file(path: Path) -> None:
    """Make an empty file of mode 0600; raises OSError, also where there is one already."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def put_in_place(fresh: Path, target: Path) -> None:
    """Give a finished file its name, durable when this returns; both are in one file system."""
    sync(fresh)
    fresh.replace(target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Return when a file, or a folder's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
