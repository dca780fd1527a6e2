"""A second copy's file: one journal's segments, appended and made durable one by one.

It has the shape of an exported journal (`*.lapak.gz`, one gzip member a segment), so a
restore and the hub take it as they take any other. A member that was cut off by a pulled
stick or a power cut is taken away before anything is written behind it.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.wire.segments import SegmentError, SegmentHeader, read_header, unpack_members


@dataclass(frozen=True, slots=True)
class CopyEnd:
    """Where a copy ends: its last whole segment, and how many bytes lead up to there."""

    last: SegmentHeader | None
    size: int


def copy_end(path: Path) -> CopyEnd:
    """Read a copy through to its last whole segment; raises OSError.

    A file that is not there ends at its beginning.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return CopyEnd(None, 0)
    end = CopyEnd(None, 0)
    try:
        for segment, size in unpack_members(data):
            end = CopyEnd(read_header(segment[: segment.index(b"\n")]), size)
    except (SegmentError, ValueError):
        return end
    return end


def append(path: Path, size: int, member: bytes) -> int:
    """Put a member behind the first `size` bytes, durable when this returns the new size.

    Raises OSError; then the file may hold a part of it, which the next look takes away.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.ftruncate(descriptor, size)
        rest = memoryview(member)
        while rest:
            written = os.pwrite(descriptor, rest, size)
            size += written
            rest = rest[written:]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return size
