"""Lineage: which journals of a source belong together, and in which order they go on.

A journal's first entry says what it continues. A restore takes one line, from the first
journal to one that nobody continues, each only as far as the next one goes on from: what a
lost machine recorded after that was never known to its successor.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.domain.entries import (
    Entry,
    EntryNotReadableError,
    Sealed,
    first_prev,
    read_entry,
    seal,
)
from kiosk.errors import WorldError


class LineageError(WorldError):
    """The journals of a source make no line that could be gone on from."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact, permanent=True)


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a journal and its hash, as `continues` names it."""

    journal: str
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Opening:
    """What a journal says of itself in its first entry."""

    journal: str
    installation: str
    training: bool
    continues: Place | None


@dataclass(frozen=True, slots=True)
class Link:
    """One journal of a line; `until` is where the next one goes on from, None at the end."""

    opening: Opening
    depth: int
    until: Place | None


def read_opening(journal: str, sealed: Sealed | None) -> Opening:
    """Read a journal's first entry; raises LineageError where it does not say whose it is."""
    if sealed is None or sealed.seq != 1:
        raise LineageError(f"journal {journal}: entry 1 is missing")
    if seal(first_prev(journal), sealed.stored) != sealed.hash:
        raise LineageError(f"journal {journal}: entry 1 was changed")
    try:
        entry = read_entry(sealed.stored)
    except EntryNotReadableError as error:
        raise LineageError(f"journal {journal}: entry 1 cannot be read: {error}") from None
    return _opening(journal, entry)


def find_line(openings: Mapping[str, Opening], tip: str | None) -> list[Link]:
    """Give the line that ends at `tip`, or at the only journal that nobody continues.

    Raises LineageError where a journal before is missing, or where it is not clear which
    one to go on from.
    """
    selling = {name: one for name, one in openings.items() if not one.training}
    if tip is None:
        tip = _only_tip(selling)
    if tip not in selling:
        raise LineageError(f"journal {tip} is not among what was read, or is a training journal")
    chain = _chain(selling, tip)
    nexts = [*(one.continues for one in chain[1:]), None]
    return [
        Link(opening, depth, until)
        for depth, (opening, until) in enumerate(zip(chain, nexts, strict=True))
    ]


def deepest(openings: Mapping[str, Opening]) -> int:
    """Give the largest number of journals that stand before one, as far as they are known."""
    depths = [0]
    for name in openings:
        depth, seen = 0, {name}
        before = openings[name].continues
        while before and before.journal not in seen:
            seen.add(before.journal)
            depth += 1
            earlier = openings.get(before.journal)
            before = earlier.continues if earlier else None
        depths.append(depth)
    return max(depths)


def _opening(journal: str, entry: Entry) -> Opening:
    match entry.body:
        case {"installation": str(installation), "training": bool(training)}:
            continues = _continues(entry.body.get("continues"))
            return Opening(journal, installation, training, continues)
    raise LineageError(f"journal {journal}: entry 1 does not say whose it is")


def _continues(document: object) -> Place | None:
    match document:
        case {"journal": str(journal), "seq": int(seq), "hash": str(hash_)}:
            try:
                return Place(journal, seq, bytes.fromhex(hash_))
            except ValueError:
                raise LineageError(f"what continues {journal} names no hash of it") from None
    return None


def _only_tip(openings: Mapping[str, Opening]) -> str:
    continued = {one.continues.journal for one in openings.values() if one.continues}
    tips = sorted(set(openings) - continued)
    if len(tips) == 1:
        return tips[0]
    if not tips:
        raise LineageError("there is no journal in what was named")
    raise LineageError(
        f"there are several journals to go on from: {', '.join(tips)}. "
        "Name the one that sold last with --journal"
    )


def _chain(openings: Mapping[str, Opening], tip: str) -> list[Opening]:
    chain = [openings[tip]]
    while before := chain[0].continues:
        if before.journal not in openings:
            raise LineageError(
                f"journal {chain[0].journal} continues {before.journal}, which is missing; "
                "give its file too"
            )
        if any(before.journal == one.journal for one in chain):
            raise LineageError(f"journal {before.journal} continues itself")
        chain.insert(0, openings[before.journal])
    return chain
