"""Exporting: this installation's journals as one file for the hub, with no network between.

A file holds every journal, predecessors first: all of them, or what the hub has not
confirmed yet. Each segment is read on its own, so that selling never waits for a long
export; what is sold meanwhile is in the next one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kiosk.clock import stamp
from kiosk.errors import N_, KioskError
from kiosk.services.cutting import build_segment
from kiosk.services.enrolment import signer
from kiosk.services.installation import Installation
from kiosk.storage import catalogue, forks, journal, uploads
from kiosk.storage.database import Connection
from kiosk.storage.journal import Journal
from kiosk.storage.whole_file import UNFINISHED, write_whole
from kiosk.wire.segments import Signer, pack, read_header

SUFFIX: Final = ".lapak.gz"

Part = Literal["all", "unsent"]
# Told how many entries are in the file so far.
Progress = Callable[[int], None]

_PART_WORDS: Final[dict[Part, str]] = {"all": "lengkap", "unsent": "sisa"}


class NothingToWriteError(KioskError):
    """The hub has everything already."""

    def __init__(self) -> None:
        super().__init__(
            N_("The hub has everything already. Choose “everything” to write it all the same.")
        )


class NobodySignsError(KioskError):
    """This machine is no device of a hub, so the hub would not take its file."""

    def __init__(self) -> None:
        super().__init__(
            N_("This machine has not joined the hub, which would refuse its file. Join it first.")
        )


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Entries of one journal: behind `after`, up to `end`."""

    journal: Journal
    after: int
    end: int


@dataclass(frozen=True, slots=True)
class Export:
    """What a file will hold, fixed when it was asked for."""

    file_name: str
    entries: int
    signer: Signer
    stretches: tuple[_Stretch, ...]


def plan_export(here: Installation, part: Part) -> Export:
    """Fix what a file holds; raises NobodySignsError, NothingToWriteError."""
    with here.db.read() as connection:
        device = signer(here, connection)
        if device is None:
            raise NobodySignsError
        stretches = tuple(_stretches(connection, part))
        frame = catalogue.catalogue(connection)
    entries = sum(one.end - one.after for one in stretches)
    if not entries:
        raise NothingToWriteError
    machine = re.sub(r"[^a-z0-9]+", "-", (frame.installation_name if frame else "").lower())
    when = f"{here.clock.now():%Y-%m-%d-%H%M}"
    words = ("lapak", machine.strip("-")[:40], when, _PART_WORDS[part])
    name = "-".join(word for word in words if word)
    return Export(f"{name}{SUFFIX}", entries, device, stretches)


def packed(here: Installation, export: Export, progress: Progress) -> Iterator[bytes]:
    """Give the file's bytes, one gzip member a segment."""
    done = 0
    for one in export.stretches:
        for segment in segments(here, export.signer, one.journal, one.after, one.end):
            yield pack(segment)
            done += read_header(segment[: segment.index(b"\n")]).count
            progress(done)


def write_export(here: Installation, export: Export, folder: Path, progress: Progress) -> Path:
    """Write the file into a folder, whole and read back; raises OSError, leaving nothing."""
    for left_over in folder.glob(f"lapak-*{SUFFIX}{UNFINISHED}"):
        # The machine was switched off in the middle of it.
        left_over.unlink()
    path = folder / export.file_name
    write_whole(path, packed(here, export, progress))
    return path


def segments(
    here: Installation, device: Signer, one: Journal, after: int, end: int
) -> Iterator[bytes]:
    """Cut a journal's entries behind `after` into segments, up to `end`."""
    while after < end:
        with here.db.read() as connection:
            made_at = stamp(here.clock.now())
            segment = build_segment(connection, device, one, after, made_at, end)
        after = read_header(segment[: segment.index(b"\n")]).last
        yield segment


def count_unsent(here: Installation) -> int:
    """Count the entries that the hub has not confirmed."""
    with here.db.read() as connection:
        return sum(one.end - one.after for one in _stretches(connection, "unsent"))


def _stretches(connection: Connection, part: Part) -> Iterator[_Stretch]:
    for one in journal.journals(connection):
        if one.training:
            continue
        after = uploads.sent_seq(connection, one.ordinal) if part == "unsent" else 0
        end = forks.end_to_send(connection, one)
        if end > after:
            yield _Stretch(one, after, end)
