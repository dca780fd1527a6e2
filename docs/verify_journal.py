#!/usr/bin/env python3
"""Check exported journals (*.lapak.gz) with nothing but Python's standard library.

    python3 verify_journal.py FILE…

Whether framing, positions and the chain of hashes hold, and whether every sale adds up, is
said for each journal in one line; exit status 1 where anything does not. What it cannot
know is said too: the device's seal takes a secret that this program has not got, and a
chain cannot show that its last entries were cut off. For that, compare the head with the
one on the closing report, the till's status page or the hub. docs/journal.md has the format.
"""

# ruff: noqa: T201 - it prints, and depends on nothing that could print for it

import hashlib
import json
import sys
import zlib
from pathlib import Path

HEADER = {"lapak_segment", "journal", "device", "first", "count", "prev", "head", "made_at"}
ENTRY = {"v", "kind", "seq", "id", "at", "by", "approved_by", "till", "body"}


class FaultError(Exception):
    """Something that does not hold; the text names where."""


class Journal:
    """One journal as far as it was read: every hash so far, and what was counted."""

    def __init__(self, journal_id: str) -> None:
        first = hashlib.sha256(f"lapak journal v1\n{journal_id}".encode()).digest()
        self.id = journal_id
        self.hashes = [first]
        self.sales = 0
        self.continues: dict[str, object] | None = None
        self.faults: list[str] = []

    def take(self, header: dict, lines: list[bytes]) -> None:
        """Hold one segment's entries against positions, chain and sums; raises FaultError."""
        first, prev = header["first"], bytes.fromhex(header["prev"])
        if first > len(self.hashes):
            raise FaultError(f"entry {len(self.hashes)} is missing (next is {first})")
        if prev != self.hashes[first - 1]:
            raise FaultError(f"entry {first} does not follow the entry before it")
        entries = [_read_entry(stored, seq) for seq, stored in enumerate(lines, start=first)]
        hashes = []
        for stored in lines:
            prev = hashlib.sha256(prev + stored).digest()
            hashes.append(prev)
        if prev.hex() != header["head"]:
            last = first + len(lines) - 1
            raise FaultError(f"one of entries {first}–{last} was changed: the head differs")
        known = len(self.hashes) - first
        if hashes[:known] != self.hashes[first : first + len(hashes)]:
            raise FaultError(f"from entry {first} on it differs from another copy")
        for entry in entries[known:]:
            self._count(entry)
        self.hashes += hashes[known:]

    def _count(self, entry: dict) -> None:
        if entry["seq"] == 1 and entry["kind"] == "journal_opened":
            self.continues = entry["body"].get("continues")
        if entry["kind"] == "sale":
            self.sales += 1
            fault = sum_fault(entry["body"])
            if fault:
                self.faults.append(f"entry {entry['seq']}: {fault}")


def sum_fault(body: dict) -> str | None:
    """Say how a sale does not add up: lines + rounding = total = payments, in rupiah."""
    try:
        lines = sum(line["total_rp"] for line in body["lines"])
        payments = sum(part["amount_rp"] for part in body["payments"])
        rounding, total = body["rounding_rp"], body["total_rp"]
        if lines + rounding != total:
            return f"lines of {lines} and rounding of {rounding} do not make {total}"
        if payments != total:
            return f"payments of {payments} do not make {total}"
    except (KeyError, TypeError) as error:
        return f"the sale cannot be added up ({error})"
    return None


def segments(path: Path) -> list[tuple[dict, list[bytes]]]:
    """Read a file's segments up to the first that is broken, which is the last in the list.

    A broken one is given as a header of one field, `fault`.
    """
    found: list[tuple[dict, list[bytes]]] = []
    rest = path.read_bytes()
    while rest:
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            found.append(_read_segment(inflater.decompress(rest), whole=inflater.eof))
        except (zlib.error, FaultError) as error:
            found.append(({"fault": f"part {len(found) + 1}: {error}"}, []))
            break
        rest = inflater.unused_data
    return found


def verify(paths: list[Path]) -> int:
    """Check all files and print what was found; gives the exit status."""
    journals: dict[str, Journal] = {}
    faults: list[str] = []
    for path in paths:
        for header, lines in segments(path):
            if "fault" in header:
                faults.append(f"{path.name}: {header['fault']}")
                continue
            journal = journals.setdefault(header["journal"], Journal(header["journal"]))
            try:
                journal.take(header, lines)
            except FaultError as error:
                journal.faults.append(f"{error} ({path.name})")
                break
    for journal in journals.values():
        _check_continued(journal, journals)
        _print_verdict(journal)
    for fault in faults:
        print(f"BROKEN: {fault}.")
    print("Not checked: the seal of the device, which takes its secret, and what came after")
    print("the last entry. Compare each head with the closing report, the till or the hub.")
    return int(bool(faults) or not journals or any(one.faults for one in journals.values()))


def _check_continued(journal: Journal, journals: dict[str, Journal]) -> None:
    """Where the journal before this one is here too, hold what it is said to be against it."""
    place = journal.continues
    before = journals.get(str(place.get("journal"))) if isinstance(place, dict) else None
    if place is None or before is None:
        return
    seq = place.get("seq")
    if not isinstance(seq, int) or not 0 <= seq < len(before.hashes):
        journal.faults.append(f"entry 1 continues an entry of {before.id} that is not here")
    elif before.hashes[seq].hex() != place.get("hash"):
        journal.faults.append(f"entry 1 continues another entry {seq} of {before.id}")


def _print_verdict(journal: Journal) -> None:
    if journal.faults:
        print(f"{journal.id}: BROKEN: {'; '.join(journal.faults)}.")
        return
    head = journal.hashes[-1].hex()[:8]
    print(f"{journal.id}: {journal.sales:,} sales, unbroken, none removed. Head {head}")
    if isinstance(journal.continues, dict):
        print(f"  It continues {journal.continues.get('journal')}.")


def _read_segment(data: bytes, *, whole: bool) -> tuple[dict, list[bytes]]:
    if not whole:
        raise FaultError("the file ends in the middle of a segment")
    if not data.endswith(b"\n"):
        raise FaultError("the last line does not end")
    lines = data[:-1].split(b"\n")
    header = _object(lines[0], "header")
    if set(header) != HEADER or header["lapak_segment"] != 1:
        raise FaultError("the first line is no header of version 1")
    numbers = all(type(header[field]) is int and header[field] > 0 for field in ("first", "count"))
    texts = all(isinstance(header[field], str) for field in ("journal", "prev", "head"))
    try:
        hexes = texts and all(len(bytes.fromhex(header[one])) == 32 for one in ("prev", "head"))  # noqa: PLR2004 - SHA-256
    except ValueError:
        hexes = False
    if not (numbers and hexes):
        raise FaultError("a field of the header does not fit")
    if len(lines) != header["count"] + 2:
        raise FaultError(f"{header['count']} entries are promised, {len(lines) - 2} are here")
    if set(_object(lines[-1], "last")) != {"hmac"}:
        raise FaultError("the last line is no seal")
    return header, lines[1:-1]


def _read_entry(stored: bytes, seq: int) -> dict:
    try:
        entry = _object(stored, "entry")
    except FaultError:
        raise FaultError(f"entry {seq} is not JSON") from None
    if set(entry) != ENTRY or entry["v"] != 1 or not isinstance(entry["body"], dict):
        raise FaultError(f"entry {seq} is no entry of version 1")
    if entry["seq"] != seq:
        raise FaultError(f"where entry {seq} should stand is entry {entry['seq']}")
    return entry


def _object(line: bytes, what: str) -> dict:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise FaultError(f"the {what} line is no JSON object")
    return document


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] in {"-h", "--help"}:  # noqa: PLR2004 - name and a file
        print(__doc__)
        raise SystemExit(2)
    try:
        raise SystemExit(verify([Path(name) for name in sys.argv[1:]]))
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        raise SystemExit(2) from None
