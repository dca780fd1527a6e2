"""Reading entries as the hub does: what counts is checked, what is strange is named.

Nothing is refused here: an entry that cannot be counted becomes a `Problem` with a plain
sentence, and stays in its journal like every other.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from kiosk.clock import WIB, stamp_utc
from kiosk.domain.entries import KINDS, Entry, EntryNotReadableError, canonical_json, read_entry

LARGEST_RP: Final = 10**12
LARGEST_PRICE_RP: Final = 10**9
LARGEST_QTY: Final = 10**6
LONGEST_WORD: Final = 200

_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KIND: Final = re.compile(r"[a-z_]{1,40}")


class NotCountableError(ValueError):
    """A body that cannot be counted; `reason` is one word, the text says what is wrong."""

    def __init__(self, reason: str, fact: str) -> None:
        self.reason = reason
        super().__init__(fact)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a copy of an entry lies, and since when; of several copies the lowest rank counts.

    `arrived_at` is the hub's own time, UTC.
    """

    journal: str
    seq: int
    hash: bytes
    depth: int
    arrived_at: str

    @property
    def rank(self) -> tuple[int, int, bytes]:
        """Continuation depth, position, hash: nothing of it depends on who came first."""
        return (self.depth, self.seq, self.hash)


@dataclass(frozen=True, slots=True)
class Reading:
    """An entry whose body was checked; `at` is UTC, `hour` WIB, `subject` what it speaks of."""

    place: Place
    kind: str
    id: str
    at: str
    hour: str
    by: str
    till: str | None
    body: Mapping[str, Any]
    subject: str | None
    content_hash: bytes

    @property
    def journal(self) -> str:
        """The journal its copy lies in."""
        return self.place.journal


@dataclass(frozen=True, slots=True)
class Problem:
    """A row for the review tray."""

    journal: str
    seq: int
    reason: str
    fact: str


def read(stored: bytes, place: Place, known_events: Mapping[str, object]) -> Reading | Problem:
    """Read one entry at its place, or say why it cannot be counted."""
    try:
        return _read(stored, place, known_events)
    except NotCountableError as error:
        reason, fact = error.reason, str(error)
    except EntryNotReadableError as error:
        reason, fact = "unreadable", str(error)
    return Problem(place.journal, place.seq, reason, _plain(fact))


def _read(stored: bytes, place: Place, known_events: Mapping[str, object]) -> Reading:
    entry = read_entry(stored)
    if entry.seq != place.seq:
        raise NotCountableError("seq", f"it says it is entry {entry.seq % 10**18}")
    if not _ID.fullmatch(entry.id):
        raise NotCountableError("id", "its id is not a UUID")
    if not _KIND.fullmatch(entry.kind):
        raise NotCountableError("kind", "its kind is not a word")
    by = entry.by.name if entry.by else ""
    try:
        content = canonical_json([entry.kind, entry.body])
        words = canonical_json([entry.till, by])
        instant = datetime.fromisoformat(entry.at)
        local = instant.astimezone(WIB) if instant.tzinfo else None
        at = stamp_utc(local) if local else ""
    except (ValueError, RecursionError, OverflowError):
        raise NotCountableError("unreadable", "a text or the time in it cannot be read") from None
    if local is None:
        raise NotCountableError("unreadable", "its time has no offset")
    # PostgreSQL keeps no NUL in a text.
    if b"\\u0000" in content or b"\\u0000" in words:
        raise NotCountableError("unreadable", "a text in it holds a NUL")
    check = _CHECKS.get(entry.kind)
    subject = check(entry, known_events) if check else None
    return Reading(
        place=place,
        kind=entry.kind,
        id=entry.id,
        at=at,
        hour=f"{local:%Y-%m-%dT%H}",
        by=by[:LONGEST_WORD],
        till=entry.till[:LONGEST_WORD] if entry.till else None,
        body=entry.body,
        subject=subject,
        content_hash=hashlib.sha256(content).digest(),
    )


def is_known(kind: str) -> bool:
    """Say whether this version knows a kind; one it does not know is kept and shown."""
    return kind in KINDS


def _check_sale(entry: Entry, known_events: Mapping[str, object]) -> None:
    body = entry.body
    _event(body, known_events)
    total_rp = _whole(body, "total_rp", 0, LARGEST_RP)
    rounding_rp = _whole(body, "rounding_rp", -LARGEST_RP, 0)
    lines = _objects(body, "lines")
    if not lines:
        raise NotCountableError("body", "a sale without lines")
    lines_rp = 0
    for line in lines:
        _whole(line, "n", 1, LARGEST_QTY)
        _whole(line, "qty", 1, LARGEST_QTY)
        for name in ("product", "stall", "category"):
            _word(line, name)
        if line.get("unit") not in ("pcs", "g"):
            raise NotCountableError("body", "a line is neither by piece nor by weight")
        lines_rp += _whole(line, "total_rp", 0, LARGEST_RP)
    _each_once(lines)
    payments = _objects(body, "payments")
    paid_rp = 0
    for payment in payments:
        _whole(payment, "n", 1, LARGEST_QTY)
        _word(payment, "method")
        if payment.get("state") not in ("final", "claimed"):
            raise NotCountableError("body", "a payment is neither final nor claimed")
        # Only cash goes back to the buyer within a sale.
        least = -LARGEST_RP if payment["method"] == "cash" else 0
        paid_rp += _whole(payment, "amount_rp", least, LARGEST_RP)
    _each_once(payments)
    if lines_rp + rounding_rp != total_rp:
        raise NotCountableError("unbalanced", "its lines and rounding do not make its total")
    if paid_rp != total_rp:
        raise NotCountableError("unbalanced", "its payments do not make its total")


def _check_refund(entry: Entry, known_events: Mapping[str, object]) -> str:
    _event(entry.body, known_events)
    lines = _objects(entry.body, "lines")
    for line in lines:
        _whole(line, "n", 1, LARGEST_QTY)
        _whole(line, "qty", 1, LARGEST_QTY)
        _whole(line, "amount_rp", 0, LARGEST_RP)
    for payment in _objects(entry.body, "payments"):
        _word(payment, "method")
        _whole(payment, "amount_rp", -LARGEST_RP, LARGEST_RP)
    return _id(entry.body, "sale")


def _check_payment_word(entry: Entry, _known_events: Mapping[str, object]) -> str:
    _whole(entry.body, "n", 1, LARGEST_QTY)
    if entry.kind == "payment_changed" and entry.body.get("method") is not None:
        _word(entry.body, "method")
    return _id(entry.body, "sale")


def _check_shift_opened(entry: Entry, known_events: Mapping[str, object]) -> None:
    _event(entry.body, known_events)


def _check_shift_closed(entry: Entry, _known_events: Mapping[str, object]) -> str:
    _whole(entry.body, "difference_rp", -LARGEST_RP, LARGEST_RP)
    return _id(entry.body, "shift")


def _check_catalogue_changed(entry: Entry, _known_events: Mapping[str, object]) -> None:
    """Check a product that was added; what else may change in a catalogue counts nothing here."""
    if entry.body.get("what") != "product_added":
        return
    product = entry.body.get("product")
    if not isinstance(product, dict):
        raise NotCountableError("body", "“product” is no object")
    for name in ("id", "stall"):
        _id(product, name)
    for name in ("sku", "name", "category"):
        if not _word(product, name).strip():
            raise NotCountableError("body", f"“{name}” is empty")
    for name in ("variant", "barcode"):
        _word(product, name)
    _whole(product, "price_rp", 0, LARGEST_PRICE_RP)
    if product.get("unit") not in ("pcs", "g"):
        raise NotCountableError("body", "the product is sold neither by piece nor by weight")


_CHECKS: Final[Mapping[str, Callable[[Entry, Mapping[str, object]], str | None]]] = {
    "sale": _check_sale,
    "refund": _check_refund,
    "payment_confirmed": _check_payment_word,
    "payment_changed": _check_payment_word,
    "shift_opened": _check_shift_opened,
    "shift_closed": _check_shift_closed,
    "catalogue_changed": _check_catalogue_changed,
}


def _event(body: Mapping[str, Any], known_events: Mapping[str, object]) -> None:
    if _word(body, "event") not in known_events:
        raise NotCountableError("unknown_event", "the hub has no event of this id")


def _whole(document: Mapping[str, Any], name: str, least: int, most: int) -> int:
    value = document.get(name)
    if type(value) is not int or not least <= value <= most:
        raise NotCountableError("body", f"“{name}” is no whole number that fits")
    return value


def _word(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or len(value) > LONGEST_WORD:
        raise NotCountableError("body", f"“{name}” is no text that fits")
    return value


def _id(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise NotCountableError("body", f"“{name}” is no id")
    return value


def _objects(document: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    value = document.get(name)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise NotCountableError("body", f"“{name}” is no list of objects")
    return value


def _each_once(parts: list[dict[str, Any]]) -> None:
    if len({part["n"] for part in parts}) != len(parts):
        raise NotCountableError("body", "two of its parts have the same number")


def _plain(fact: str) -> str:
    """Make a sentence that either store can keep, from facts that may hold anything."""
    return fact.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")[:LONGEST_WORD]
