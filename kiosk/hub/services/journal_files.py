"""Journals that come as files: a stick handed in, taken as if each part had been sent.

A file holds segments of one machine or of several, from any stretch of their journals. Each
is checked and counted as over HTTP, in a transaction of its own; one that is refused is
named, and the rest is taken. Bringing a file again changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from kiosk.clock import Clock
from kiosk.errors import N_, KioskError
from kiosk.hub.services.device_keys import DeviceKeys
from kiosk.hub.services.ingest import Receipt, receive_segment
from kiosk.hub.services.readings import Problem
from kiosk.hub.storage.devices import machine_of_journal
from kiosk.hub.storage.store import Store
from kiosk.wire.segments import SegmentError, read_segment, unpack_file

# A file with so many parts that cannot be taken is not read to its end.
MOST_REFUSALS: Final = 20
MOST_REVIEWED_SHOWN: Final = 50

_CUT_OFF: Final = N_(
    "The file ends too early: it was cut off while it was written. Write it again at the till."
)
_CHANGED: Final = N_("It was changed on its way. Write the file again at the till.")
_NO_JOURNAL: Final = N_("This is no file of a till. Choose one whose name ends in .lapak.gz.")
_TOO_LARGE: Final = N_("A part of it is larger than any till writes. Write the file again.")
# What the framing's one word means to who brought the file.
_WORDS: Final = {
    "gzip": _NO_JOURNAL,
    "header": _NO_JOURNAL,
    "truncated": _CUT_OFF,
    "too_large": _TOO_LARGE,
}


class PartRefusedError(KioskError):
    """A part of a file that is no segment, in words; `fact` is the reader's own, in English."""

    def __init__(self, error: SegmentError) -> None:
        self.fact = str(error)
        super().__init__(_WORDS.get(error.reason, _CHANGED))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part, counted from 1, that was not taken, and why."""

    part: int
    error: KioskError


@dataclass(frozen=True, slots=True)
class FromMachine:
    """What a file brought of one machine; `campaign` is where it is counted."""

    name: str
    campaign: str
    stored: int = 0
    skipped: int = 0
    reviewed: tuple[Problem, ...] = ()

    def with_receipt(self, receipt: Receipt) -> "FromMachine":
        """Add what became of one more part."""
        return replace(
            self,
            stored=self.stored + receipt.stored,
            skipped=self.skipped + receipt.skipped,
            reviewed=self.reviewed + receipt.reviewed,
        )


@dataclass
class FileReport:
    """What became of one file."""

    file_name: str
    machines: dict[str, FromMachine] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def stored(self) -> int:
        """How many entries were new."""
        return sum(one.stored for one in self.machines.values())

    @property
    def skipped(self) -> int:
        """How many entries were here already."""
        return sum(one.skipped for one in self.machines.values())

    @property
    def reviewed(self) -> list[Problem]:
        """The entries that went to the review tray."""
        return [problem for one in self.machines.values() for problem in one.reviewed]


def take_file(
    store: Store, clock: Clock, keys: DeviceKeys, file_name: str, data: bytes
) -> FileReport:
    """Take every segment of a `*.lapak.gz` file that can be taken; raises nothing of a part's.

    What proves a segment is its device's secret, as over HTTP; who brings the file is not
    asked.
    """
    report = FileReport(file_name)
    if not data:
        report.refusals.append(Refusal(1, PartRefusedError(SegmentError("truncated", "empty"))))
    for part, segment in _parts(data, report):
        try:
            receipt = receive_segment(store, clock, keys, segment)
        except SegmentError as error:
            report.refusals.append(Refusal(part, PartRefusedError(error)))
        except KioskError as error:
            report.refusals.append(Refusal(part, error))
        else:
            _add(store, report, read_segment(segment).header.journal, receipt)
        if len(report.refusals) >= MOST_REFUSALS:
            break
    return report


def _parts(data: bytes, report: FileReport) -> Iterator[tuple[int, bytes]]:
    """Yield the parts that can be unpacked; one that cannot ends the file."""
    part = 0
    try:
        for part, segment in enumerate(unpack_file(data), start=1):
            yield part, segment
    except SegmentError as error:
        report.refusals.append(Refusal(part + 1, PartRefusedError(error)))


def _add(store: Store, report: FileReport, journal_id: str, receipt: Receipt) -> None:
    with store.read() as connection:
        machine, campaign = machine_of_journal(connection, journal_id)
    before = report.machines.get(machine.id, FromMachine(machine.name, campaign))
    report.machines[machine.id] = before.with_receipt(receipt)
