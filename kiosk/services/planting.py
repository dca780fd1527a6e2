"""Planting: filling an installation that has no journal from a backup, files, or the hub.

Everything is one transaction of the empty installation, so it is restored whole or stays
empty. Who holds the folder, and what is put in whose place, is not decided here.
"""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.clock import stamp
from kiosk.domain.numbering import receipt_number
from kiosk.errors import N_
from kiosk.services.installation import Installation
from kiosk.services.progress import Told
from kiosk.services.replanting import Replanted, Wish, replant
from kiosk.storage import equipment, uploads
from kiosk.storage.data_folder import DataFolder
from kiosk.storage.database import Connection, Database
from kiosk.storage.looking import LookingDatabase, faults_of_file
from kiosk.storage.schema import bring_up_to_date

FILES: Final = "*.lapak.gz"
BUILDING_MODE: Final = "truncate"
READING: Final = N_("Reading the files")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored; `enrolled` where the machine is a device of its hub already."""

    built: Replanted
    enrolled: bool
    notes: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """What receipt numbers carry behind the till from now on, e.g. `B`."""
        return receipt_number("", self.built.opened.depth, 1).partition("-")[0]

    @property
    def sales(self) -> int:
        """How many sales were taken over."""
        return sum(one.sales for one in self.built.taken)


@dataclass(frozen=True, slots=True)
class HubSource:
    """The hub, a code of the lost machine, and the journal it sold into last, if known."""

    url: str
    code: str
    tip: str | None = None


def new_file(path: Path) -> Database:
    """Make a file of a till's shape, or open the one that is there."""
    database = Database(path, journal_mode=BUILDING_MODE)
    bring_up_to_date(database)
    return database


def plant_backup(here: Installation, path: Path, wish: Wish, told: Told) -> Restored:
    """Restore from a file that `kiosk backup` wrote.

    Raises DatabaseError, SourceDamagedError, LineageError.
    """
    notes: list[str] = []
    with (
        closing(LookingDatabase(path)) as source,
        source.read() as rows,
        here.db.write() as connection,
    ):
        # A tree of pages that has lost a branch reads like a shorter one, whose chain holds.
        found = faults_of_file(rows, thorough=False)
        torn = [f"{path.name} is damaged: {' '.join(fault.split())}" for fault in found]
        built = replant(here, connection, rows, wish, torn, told)
        if not equipment.copy_equipment(rows, connection):
            notes.append(N_("The printers cannot be read from it; add them again."))
    return Restored(built, enrolled=False, notes=tuple(notes))


def plant_files(
    here: Installation, workshop: Path, paths: list[Path], wish: Wish, told: Told
) -> Restored:
    """Restore from exported journals; a folder stands for all of them in it.

    `workshop` is a folder to gather them in. Raises OSError, SourceDamagedError,
    LineageError.
    """
    from kiosk.services.collecting import collect_files  # noqa: PLC0415 - a backup needs none of it

    told(READING, 0, 0)
    files = [
        one for path in paths for one in (sorted(path.glob(FILES)) if path.is_dir() else [path])
    ]
    with closing(new_file(workshop / "collected.db")) as collected:
        faults = collect_files(collected, files)
        with collected.read() as rows, here.db.write() as connection:
            built = replant(here, connection, rows, wish, [str(fault) for fault in faults], told)
    return Restored(built, enrolled=False)


def plant_from_hub(
    here: Installation, workshop: Path, hub: HubSource, wish: Wish, told: Told
) -> Restored:
    """Enrol this machine in the lost one's place, fetch its journals, and go on from them.

    What was fetched before a break lies in `workshop`, so the same call goes on. Raises
    HubError, HubAddressError, EnrolmentRefusedError, OtherHubError, SeveralTipsError,
    SourceDamagedError, LineageError, BundleError.
    """
    from kiosk.services.fetching import fetch  # noqa: PLC0415 - only a restore from the hub speaks

    with closing(new_file(workshop / "desk.db")) as file:
        desk = Installation(here.settings, DataFolder(workshop), file, here.clock)
        fetched = fetch(desk, hub.url, hub.code, hub.tip, told)
        # Without its row in the file a secret is nobody's; the row comes with the commit.
        here.folder.keep_secret(fetched.client.secret)
        with file.read() as rows, here.db.write() as connection:
            chosen = Wish(fetched.tip, wish.up_to_fault)
            built = replant(here, connection, rows, chosen, list(fetched.faults), told)
            fetched.hand_over(here, connection)
            _mark_sent(connection, built, stamp(here.clock.now()))
    return Restored(built, enrolled=True)


def _mark_sent(connection: Connection, built: Replanted, at: str) -> None:
    """Keep that the hub has what came from it."""
    for one in built.taken:
        uploads.remember_sent(connection, one.journal.ordinal, one.entries, at)
