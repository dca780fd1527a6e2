"""Restoring: an installation's file made anew from a backup, exported journals, or the hub.

It is built inside the data folder under another name and renamed when it is whole, so
nothing is ever half restored. The data folder's lock is held all the while.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.clock import Clock, stamp
from kiosk.domain.numbering import receipt_number
from kiosk.errors import WorldError
from kiosk.services.installation import Installation
from kiosk.services.replanting import Replanted, Wish, replant
from kiosk.settings import Settings
from kiosk.storage import equipment, journal, uploads
from kiosk.storage.data_folder import DATABASE, DataFolder
from kiosk.storage.database import Connection, Database, DatabaseError, open_read_only
from kiosk.storage.durable import put_in_place
from kiosk.storage.looking import LookingDatabase
from kiosk.storage.schema import bring_up_to_date

__all__ = ["Restored", "Wish", "restore_backup", "restore_files", "restore_from_hub"]

WORKSHOP: Final = "restoring"
FILES: Final = "*.lapak.gz"
BUILDING_MODE: Final = "truncate"


class AlreadyThereError(WorldError):
    """The data folder holds a journal, or a file that might be one."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds a till already, and nothing is ever restored over one. Set "
            "KIOSK_DATA to a new folder, or move this one away",
            permanent=True,
        )


class FolderFaultError(WorldError):
    """A file or a folder of the restore cannot be read or written."""

    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"nothing was restored: {error.filename or 'the data folder'}: {error.strerror}"
        )


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


@dataclass(frozen=True, slots=True)
class HubSource:
    """The hub, a code of the lost machine, and the journal it sold into last."""

    url: str
    code: str
    tip: str


def restore_backup(settings: Settings, clock: Clock, path: Path, wish: Wish) -> Restored:
    """Restore from a file that `kiosk backup` wrote.

    Raises AlreadyThereError, DatabaseError, SourceDamagedError, LineageError.
    """
    with _workshop(settings) as workshop:
        notes: list[str] = []
        here = _new_installation(settings, clock, workshop)
        source = LookingDatabase(path)
        try:
            with source.read() as rows, here.db.write() as connection:
                built = replant(here, connection, rows, wish, [])
                if not equipment.copy_equipment(rows, connection):
                    notes.append("The printers cannot be read from it; add them again.")
        finally:
            source.close()
            here.db.close()
        _put_in_place(workshop, settings)
    return Restored(built, enrolled=False, notes=tuple(notes))


def restore_files(settings: Settings, clock: Clock, paths: list[Path], wish: Wish) -> Restored:
    """Restore from exported journals; a folder stands for all of them in it.

    Raises AlreadyThereError, SourceDamagedError, LineageError, FolderFaultError.
    """
    from kiosk.services.collecting import collect_files  # noqa: PLC0415 - a backup needs none of it

    files = [
        one for path in paths for one in (sorted(path.glob(FILES)) if path.is_dir() else [path])
    ]
    with _workshop(settings) as workshop:
        collected = _new_file(workshop / "collected.db")
        here = _new_installation(settings, clock, workshop)
        try:
            faults = collect_files(collected, files)
            with collected.read() as rows, here.db.write() as connection:
                built = replant(here, connection, rows, wish, [str(fault) for fault in faults])
        finally:
            collected.close()
            here.db.close()
        _put_in_place(workshop, settings)
    return Restored(built, enrolled=False)


def restore_from_hub(
    settings: Settings,
    clock: Clock,
    hub: HubSource,
    wish: Wish,
    progress: Callable[[str, int], None],
) -> Restored:
    """Enrol this machine in the lost one's place, fetch its journals, and go on from them.

    What was fetched before a break is kept, so the same command goes on. Raises
    AlreadyThereError, HubError, HubAddressError, EnrolmentRefusedError, SourceDamagedError,
    LineageError, BundleError.
    """
    from kiosk.services.fetching import fetch  # noqa: PLC0415 - only a restore from the hub speaks

    with _workshop(settings, keep=True) as workshop:
        desk = Installation(settings, DataFolder(workshop), _new_file(workshop / "desk.db"), clock)
        here = _new_installation(settings, clock, workshop)
        try:
            fetched = fetch(desk, hub.url, hub.code, hub.tip, progress)
            with desk.db.read() as rows, here.db.write() as connection:
                built = replant(here, connection, rows, wish, list(fetched.faults))
                fetched.hand_over(here, connection)
                _mark_sent(connection, built, stamp(clock.now()))
        finally:
            desk.db.close()
            here.db.close()
        DataFolder(settings.data).keep_secret(fetched.client.secret)
        _put_in_place(workshop, settings)
    return Restored(built, enrolled=True)


def _mark_sent(connection: Connection, built: Replanted, at: str) -> None:
    """Keep that the hub has what came from it."""
    for one in built.taken:
        uploads.remember_sent(connection, one.journal.ordinal, one.entries, at)


@contextmanager
def _workshop(settings: Settings, *, keep: bool = False) -> Iterator[Path]:
    """Hold the data folder and give a place in it to build; gone when all went well.

    With `keep` it stays after a failure, to be gone on from.
    """
    folder = DataFolder(settings.data)
    folder.acquire()
    workshop = settings.data / WORKSHOP
    done = False
    try:
        _refuse_what_is_there(folder)
        if not keep:
            shutil.rmtree(workshop, ignore_errors=True)
        workshop.mkdir(mode=0o700, exist_ok=True)
        yield workshop
        done = True
    except OSError as error:
        raise FolderFaultError(error) from None
    finally:
        if done or not keep:
            shutil.rmtree(workshop, ignore_errors=True)
        folder.release()


def _refuse_what_is_there(folder: DataFolder) -> None:
    """Refuse a folder with a journal, and one whose file cannot be read to know."""
    if not folder.database.exists():
        return
    connection = open_read_only(folder.database)
    try:
        LookingDatabase(folder.database).close()
        if journal.journals(connection):
            raise AlreadyThereError(folder.path)
    except DatabaseError:
        raise AlreadyThereError(folder.path) from None
    finally:
        connection.close()


def _new_installation(settings: Settings, clock: Clock, workshop: Path) -> Installation:
    path = workshop / DATABASE
    path.unlink(missing_ok=True)
    return Installation(settings, DataFolder(workshop), _new_file(path), clock)


def _new_file(path: Path) -> Database:
    database = Database(path, journal_mode=BUILDING_MODE)
    bring_up_to_date(database)
    return database


def _put_in_place(workshop: Path, settings: Settings) -> None:
    """Let the finished file take the place of one without a journal, if there is one."""
    target = settings.data / DATABASE
    for suffix in ("", "-wal", "-shm", "-journal"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    put_in_place(workshop / DATABASE, target)
