"""The journal: what happened at an installation, in order, each entry sealing the last.

An entry's hash is SHA-256 over the previous hash (32 bytes) and the entry's own stored
bytes, so a changed, removed or reordered entry breaks every hash after it. The stored
bytes are what is hashed and sent, never a re-encoding. Nothing here knows how entries
are stored.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kiosk.errors import N_, KioskError

VERSION: Final = 1
LARGEST_ENTRY_BYTES: Final = 64 * 1024

KINDS: Final = frozenset(
    {
        "journal_opened",
        "bundle_applied",
        "catalogue_changed",
        "shift_opened",
        "shift_handed_over",
        "shift_paused",
        "sale",
        "refund",
        "payment_confirmed",
        "payment_changed",
        "price_corrected",
        "cash_moved",
        "drawer_opened",
        "stock_moved",
        "pickup",
        "reprinted",
        "shift_closed",
        "settlement",
    }
)

FIELDS: Final = frozenset({"v", "kind", "seq", "id", "at", "by", "approved_by", "till", "body"})


class EntryTooLargeError(KioskError):
    """An entry would be larger than a journal takes."""

    def __init__(self, kind: str, size: int) -> None:
        self.kind = kind
        self.size = size
        super().__init__(
            N_(
                "This is too much for one entry (%(size)d of %(most)d bytes). Pay it as two, with fewer lines each."
            ),
            size=size,
            most=LARGEST_ENTRY_BYTES,
        )


class EntryNotReadableError(ValueError):
    """Stored bytes that are no entry this version can read."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Who did something: as written into entries, so that they read without a staff list."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `body` is plain JSON without floats."""

    kind: str
    seq: int
    id: str
    at: str
    by: Operator | None
    approved_by: Operator | None
    till: str | None
    body: Mapping[str, Any]

    def __post_init__(self) -> None:
        if self.seq < 1:
            raise ValueError(f"entries count from 1, not {self.seq}")

    def stored_bytes(self) -> bytes:
        """Encode the entry once and for ever: UTF-8 JSON, keys sorted, no spaces.

        Raises EntryTooLargeError above 64 KiB, and ValueError for a float or a text that
        is not valid Unicode: neither may ever be sealed.
        """
        document = {
            "v": VERSION,
            "kind": self.kind,
            "seq": self.seq,
            "id": self.id,
            "at": self.at,
            "by": _operator_json(self.by),
            "approved_by": _operator_json(self.approved_by),
            "till": self.till,
            "body": self.body,
        }
        _refuse_floats(document)
        stored = canonical_json(document)
        if len(stored) > LARGEST_ENTRY_BYTES:
            raise EntryTooLargeError(self.kind, len(stored))
        return stored


def canonical_json(document: object) -> bytes:
    """Encode plain JSON as entries, bodies and bundles are compared: sorted, no spaces."""
    text = json.dumps(
        document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


def read_entry(stored: bytes) -> Entry:
    """Read stored bytes back; raises EntryNotReadableError saying which fact is missing.

    A kind this version does not know is kept: it reads like any other.
    """
    try:
        document = json.loads(stored, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise EntryNotReadableError(f"not JSON: {error}") from None
    if not isinstance(document, dict) or set(document) != FIELDS:
        raise EntryNotReadableError("not an object with the fields of version 1")
    if document["v"] != VERSION or isinstance(document["v"], bool):
        raise EntryNotReadableError(f"version {document['v']!r} is not known here")
    texts = (document["kind"], document["id"], document["at"])
    if not all(isinstance(text, str) for text in texts):
        raise EntryNotReadableError("kind, id and at must be texts")
    seq = document["seq"]
    if not isinstance(seq, int) or isinstance(seq, bool) or seq < 1:
        raise EntryNotReadableError("seq must be a whole number from 1")
    if not isinstance(document["body"], dict):
        raise EntryNotReadableError("body must be an object")
    if not isinstance(document["till"], str | None):
        raise EntryNotReadableError("till must be a text or null")
    return Entry(
        kind=document["kind"],
        seq=seq,
        id=document["id"],
        at=document["at"],
        by=_read_operator(document["by"]),
        approved_by=_read_operator(document["approved_by"]),
        till=document["till"],
        body=document["body"],
    )


def first_prev(journal_id: str) -> bytes:
    """Give the hash that stands before a journal's first entry."""
    return hashlib.sha256(f"lapak journal v1\n{journal_id}".encode()).digest()


def seal(prev_hash: bytes, stored: bytes) -> bytes:
    """Give an entry's hash (32 bytes) from the hash before it and its stored bytes."""
    return hashlib.sha256(prev_hash + stored).digest()


@dataclass(frozen=True, slots=True)
class Sealed:
    """A stored entry as it lies in a journal: position, bytes, and the hash kept with it."""

    seq: int
    stored: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first place where a journal does not hold, and what is wrong there.

    `what` says it in one word: `missing`, `changed`, `unreadable`, `elsewhere` or `other`.
    """

    seq: int
    fact: str
    what: str = "other"


def find_fault(
    journal_id: str, entries: Iterable[Sealed], after: tuple[int, bytes] | None = None
) -> ChainFault | None:
    """Walk a journal and name the first fault, or give None.

    It begins at the first entry, or behind `after`: a position and the hash there. Found: a
    missing or repeated position, bytes that no longer match their hash, and an entry that
    says it stands elsewhere than it does.
    """
    before, prev = after or (0, first_prev(journal_id))
    for expected, sealed in enumerate(entries, start=before + 1):
        if sealed.seq != expected:
            return ChainFault(
                expected, f"entry {expected} is missing (next is {sealed.seq})", "missing"
            )
        if seal(prev, sealed.stored) != sealed.hash:
            return ChainFault(
                expected, f"entry {expected} was changed, or stands out of order", "changed"
            )
        try:
            entry = read_entry(sealed.stored)
        except EntryNotReadableError as error:
            return ChainFault(expected, f"entry {expected} cannot be read: {error}", "unreadable")
        if entry.seq != expected:
            return ChainFault(
                expected, f"entry {expected} says it is entry {entry.seq}", "elsewhere"
            )
        prev = sealed.hash
    return None


def _operator_json(operator: Operator | None) -> dict[str, str] | None:
    return None if operator is None else {"id": operator.id, "name": operator.name}


def _read_operator(document: object) -> Operator | None:
    match document:
        case None:
            return None
        case {"id": str(id_), "name": str(name), **others} if not others:
            return Operator(id_, name)
    raise EntryNotReadableError("by and approved_by must name an operator or be null")


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise ValueError("an entry holds no floats")  # noqa: TRY004 - our own fault either way
    if isinstance(value, Mapping):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)


def _no_float(text: str) -> None:
    raise ValueError(f"a number with a fraction ({text[:20]})")
