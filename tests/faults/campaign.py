"""The fault campaign: every kind of fault, how often it strikes by default, and its table."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults import copies, files, forgeries, hubs, tills, uplinks
from tests.faults.room import Outcome, Room, Supplies


@dataclass(frozen=True)
class Kind:
    """A kind of fault, its row's words, and how often the suite and the campaign try it."""

    name: str
    words: str
    few: int
    times: int
    run: Callable[[Room, int], Outcome]


KINDS = (
    Kind("kill", "till killed, 8 clients paying", 2, 200, tills.kills),
    Kind("power", "power cut, 8 clients paying", 3, 200, tills.power_cuts),
    Kind("disk", "disk fails, fills, read-only", 8, 240, tills.failing_disks),
    Kind("file", "torn and flipped files", 9, 300, files.damaged_files),
    Kind("clock", "clock jumps by years", 6, 200, uplinks.clock_jumps),
    Kind("uplink", "uplink loses, doubles, cuts", 20, 600, uplinks.bad_uplinks),
    Kind("uploaders", "four uploaders at once", 3, 100, uplinks.two_uploaders),
    Kind("hub-sqlite", "hub killed in ingest, SQLite", 2, 60, hubs.killed_on_sqlite),
    Kind("hub-pg", "hub killed in ingest, PostgreSQL", 1, 40, hubs.killed_on_postgresql),
    Kind("hubs", "two hubs on one PostgreSQL", 1, 60, hubs.two_hubs),
    Kind("forged", "forged and oversized segments", 3, 240, forgeries.forgeries),
    Kind("clone", "cloned tablets sell on", 1, 80, copies.clones),
    Kind("fork", "till killed while it forks", 3, 100, copies.forks_cut_short),
    Kind("edit", "journal edited by hand", 3, 60, copies.edited_files),
)


@dataclass(frozen=True)
class Row:
    """One line of the table; `fault` says what did not hold, '' where all did."""

    kind: Kind
    outcome: Outcome
    seconds: int
    fault: str = ""

    @property
    def holds(self) -> bool:
        return not (self.fault or self.outcome.lost or self.outcome.doubled)


def run(kind: Kind, room: Room, times: int) -> Row:
    """Try one kind of fault so many times; what does not hold is in the row."""
    begun = time.monotonic()
    outcome, fault = Outcome(), ""
    try:
        outcome = kind.run(room, times)
    except Exception as error:  # noqa: BLE001 - the others are still tried, and this is said
        fault = f"{type(error).__name__} {error}".partition("\n")[0][:200]
    finally:
        room.launcher.stop_all()
    return Row(kind, outcome, round(time.monotonic() - begun), fault)


def run_all(folder: Path, names: Iterable[str], percent: int, seed: int) -> Iterator[Row]:
    """Run the named kinds (all where none is named), each so many per cent of its full times."""
    wanted = set(names) or {kind.name for kind in KINDS}
    supplies = Supplies(folder)
    for kind in KINDS:
        if kind.name in wanted:
            place = folder / kind.name
            place.mkdir()
            times = max(kind.times * percent // 100, 1)
            yield run(kind, Room(place, seed, supplies), times)


HEAD = f"{'fault':<34}{'faults':>8}{'sales':>8}{'lost':>6}{'doubled':>9}{'seconds':>9}"


def line(row: Row) -> str:
    """Write one row of the table."""
    one = row.outcome
    figures = f"{one.faults:>8}{one.sales:>8}{one.lost:>6}{one.doubled:>9}{row.seconds:>9}"
    return f"{row.kind.words:<34}{figures}  {row.fault and 'BROKEN: '}{row.fault or one.note}"


def total(rows: list[Row]) -> str:
    """Write the sums below the table."""
    all_of = [row.outcome for row in rows]
    return (
        f"{'all':<34}{sum(one.faults for one in all_of):>8}{sum(one.sales for one in all_of):>8}"
        f"{sum(one.lost for one in all_of):>6}{sum(one.doubled for one in all_of):>9}"
        f"{sum(row.seconds for row in rows):>9}"
    )
