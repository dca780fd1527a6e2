"""Segments: a run of a journal's entries on its way to the hub, by HTTP or as a file.

Newline-delimited UTF-8, every line ending in LF: a header, `count` stored entries, and a
last line with an HMAC-SHA-256 over every byte before it. A segment authenticates itself,
so it may travel by any road, twice, and in any order. Entries are opaque here.
"""

import gzip
import hashlib
import hmac
import io
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kiosk.domain.entries import LARGEST_ENTRY_BYTES, canonical_json, first_prev, seal

VERSION: Final = 1
MOST_ENTRIES: Final = 1_000
LARGEST_SEGMENT_BYTES: Final = 4 * 1024 * 1024
HASH_HEX: Final = 64

# Beside a segment sent over HTTP: how many entries its machine has still to send after it.
WAITING_HEADER: Final = "Lapak-Waiting"

_MEMBER_HEAD: Final = b"\x1f\x8b"
_HEADER_FIELDS: Final = {
    "lapak_segment",
    "journal",
    "device",
    "first",
    "count",
    "prev",
    "head",
    "made_at",
}
_MOST_HEADER_BYTES: Final = 2_048
_GZIP_LEVEL: Final = 6


class SegmentError(ValueError):
    """Bytes that are no segment; `reason` is one word for programs, the text for people."""

    def __init__(self, reason: str, fact: str) -> None:
        self.reason = reason
        super().__init__(fact)


class SegmentTooLargeError(SegmentError):
    """More bytes, or more entries, than one segment may hold."""

    def __init__(self, fact: str) -> None:
        super().__init__("too_large", fact)


@dataclass(frozen=True, slots=True)
class SegmentHeader:
    """What a segment says of itself; `prev` is the hash before `first`, `head` that of its last."""

    journal: str
    device: str
    first: int
    count: int
    prev: bytes
    head: bytes
    made_at: str

    @property
    def last(self) -> int:
        """The position of the last entry."""
        return self.first + self.count - 1

    def line(self) -> bytes:
        """Write the header's line, in the order of the format's own example."""
        document = {
            "lapak_segment": VERSION,
            "journal": self.journal,
            "device": self.device,
            "first": self.first,
            "count": self.count,
            "prev": self.prev.hex(),
            "head": self.head.hex(),
            "made_at": self.made_at,
        }
        return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Signer:
    """The device that puts its HMAC under a segment."""

    device: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment whose framing holds; its HMAC and its chain are still to be checked."""

    header: SegmentHeader
    entries: tuple[bytes, ...]
    signed: bytes
    mac: bytes

    def is_signed_with(self, secret: bytes) -> bool:
        """Say whether the device's secret made the HMAC."""
        return hmac.compare_digest(_mac(secret, self.signed), self.mac)

    def hashes(self) -> list[bytes]:
        """Give each entry's hash, from the header's `prev` on.

        Raises SegmentError (`chain`) where the last is not the header's `head`, or the
        first segment of a journal does not begin where journals begin.
        """
        header = self.header
        if header.first == 1 and header.prev != first_prev(header.journal):
            raise SegmentError("chain", "the journal does not begin with its own id")
        hashes = []
        prev = header.prev
        for stored in self.entries:
            prev = seal(prev, stored)
            hashes.append(prev)
        if prev != header.head:
            raise SegmentError("chain", "the entries do not lead to the head in the header")
        return hashes


def write_segment(header: SegmentHeader, entries: Sequence[bytes], secret: bytes) -> bytes:
    """Put a segment together; the caller has checked counts and sizes with `fit`."""
    body = header.line() + b"".join(stored + b"\n" for stored in entries)
    return body + canonical_json({"hmac": _mac(secret, body).hex()}) + b"\n"


def fit(entries: Iterator[bytes]) -> list[bytes]:
    """Take as many entries from the front as one segment may hold."""
    taken: list[bytes] = []
    size = _MOST_HEADER_BYTES
    for stored in entries:
        size += len(stored) + 1
        if len(taken) == MOST_ENTRIES or size > LARGEST_SEGMENT_BYTES:
            break
        taken.append(stored)
    return taken


def read_segment(data: bytes) -> Segment:
    """Read one segment's uncompressed bytes; raises SegmentError naming what does not fit."""
    if len(data) > LARGEST_SEGMENT_BYTES:
        raise SegmentTooLargeError(f"a segment holds at most {LARGEST_SEGMENT_BYTES} bytes")
    if not data.endswith(b"\n"):
        raise SegmentError("truncated", "the last line does not end; the segment was cut off")
    lines = data[:-1].split(b"\n")
    header = read_header(lines[0])
    if len(lines) != header.count + 2:
        raise SegmentError(
            "truncated" if len(lines) < header.count + 2 else "count",
            f"the header promises {header.count} entries, {max(len(lines) - 2, 0)} are here",
        )
    if max(map(len, lines)) > LARGEST_ENTRY_BYTES:
        raise SegmentTooLargeError(f"an entry holds at most {LARGEST_ENTRY_BYTES} bytes")
    mac = _read_mac(lines[-1])
    return Segment(header, tuple(lines[1:-1]), data[: -len(lines[-1]) - 1], mac)


def read_header(line: bytes) -> SegmentHeader:
    """Read a header line; raises SegmentError (`header`) naming the field."""
    document = _read_object(line, "header")
    if document.keys() != _HEADER_FIELDS or document["lapak_segment"] != VERSION:
        raise SegmentError("header", "the first line is not a segment header of version 1")
    for name in ("journal", "device", "made_at"):
        if not isinstance(document[name], str) or not document[name]:
            raise SegmentError("header", f"“{name}” in the header must be a text")
    for name in ("first", "count"):
        value = document[name]
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value < 2**53:
            raise SegmentError("header", f"“{name}” in the header must be a number from 1")
    if document["count"] > MOST_ENTRIES:
        raise SegmentTooLargeError(f"a segment holds at most {MOST_ENTRIES} entries")
    return SegmentHeader(
        journal=document["journal"],
        device=document["device"],
        first=document["first"],
        count=document["count"],
        prev=_read_hash(document["prev"], "header"),
        head=_read_hash(document["head"], "header"),
        made_at=document["made_at"],
    )


def pack(segment: bytes) -> bytes:
    """Compress one segment as a gzip member of its own, for the wire and for files."""
    return gzip.compress(segment, _GZIP_LEVEL, mtime=0)


def unpack(compressed: bytes, limit: int = LARGEST_SEGMENT_BYTES) -> bytes:
    """Decompress one gzip member, never past `limit` bytes.

    Raises SegmentTooLargeError beyond it, and SegmentError (`gzip`) for broken data.
    """
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        data = inflater.decompress(compressed, limit + 1)
    except zlib.error:
        raise SegmentError("gzip", "the compressed data are broken") from None
    if len(data) > limit:
        raise SegmentTooLargeError(f"a segment holds at most {limit} bytes")
    if not inflater.eof:
        raise SegmentError("truncated", "the compressed data end too early")
    return data


def unpack_file(data: bytes) -> Iterator[bytes]:
    """Yield the segments of a `*.lapak.gz` file, one gzip member each.

    Raises SegmentError where a member is broken; those before it have been yielded.
    """
    return (segment for segment, _ in unpack_members(data))


def unpack_members(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield a file's segments, each with how many of the file's bytes lead up to its end.

    Raises SegmentError as `unpack_file` does.
    """
    rest = io.BytesIO(data).getbuffer()
    while rest:
        if bytes(rest[:2]) != _MEMBER_HEAD:
            raise SegmentError("gzip", "this is not a file of journal segments (*.lapak.gz)")
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            segment = inflater.decompress(rest, LARGEST_SEGMENT_BYTES + 1)
        except zlib.error:
            raise SegmentError("gzip", "the compressed data are broken") from None
        if len(segment) > LARGEST_SEGMENT_BYTES:
            raise SegmentTooLargeError(f"a segment holds at most {LARGEST_SEGMENT_BYTES} bytes")
        if not inflater.eof:
            raise SegmentError("truncated", "the file ends in the middle of a segment")
        rest = rest[len(rest) - len(inflater.unused_data) :]
        yield segment, len(data) - len(rest)


def _mac(secret: bytes, signed: bytes) -> bytes:
    return hmac.new(secret, signed, hashlib.sha256).digest()


def _read_mac(line: bytes) -> bytes:
    document = _read_object(line, "trailer")
    if document.keys() != {"hmac"}:
        raise SegmentError("trailer", "the last line does not hold the HMAC")
    return _read_hash(document["hmac"], "trailer")


def _read_hash(text: object, where: str) -> bytes:
    if not isinstance(text, str) or len(text) != HASH_HEX:
        raise SegmentError(where, "a hash must have 64 hex digits")
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise SegmentError(where, "a hash must have 64 hex digits") from None


def _read_object(line: bytes, where: str) -> dict[str, Any]:
    if len(line) > _MOST_HEADER_BYTES:
        raise SegmentError(where, f"the {where} line is too long")
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        raise SegmentError(where, f"the {where} line is not JSON") from None
    if not isinstance(document, dict):
        raise SegmentError(where, f"the {where} line is not an object")
    return document
