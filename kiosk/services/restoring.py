"""Restoring: an installation's file made anew from a backup, exported journals, or the hub.

It is built inside the data folder under another name and renamed when it is whole, so
nothing is ever half restored. The data folder's lock is held all the while.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from kiosk.clock import Clock
from kiosk.errors import WorldError
from kiosk.services.installation import Installation
from kiosk.services.planting import (
    HubSource,
    Restored,
    new_file,
    plant_backup,
    plant_files,
    plant_from_hub,
)
from kiosk.services.progress import Told, tell_nobody
from kiosk.services.replanting import Wish
from kiosk.settings import Settings
from kiosk.storage import journal
from kiosk.storage.data_folder import DATABASE, DataFolder
from kiosk.storage.database import DatabaseError, open_read_only
from kiosk.storage.durable import put_in_place
from kiosk.storage.looking import LookingDatabase

__all__ = ["HubSource", "Restored", "Wish", "restore_backup", "restore_files", "restore_from_hub"]

WORKSHOP: Final = "restoring"


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


def restore_backup(settings: Settings, clock: Clock, path: Path, wish: Wish) -> Restored:
    """Restore from a file that `kiosk backup` wrote.

    Raises AlreadyThereError, DatabaseError, SourceDamagedError, LineageError.
    """
    with _workshop(settings) as workshop:
        with _new_installation(settings, clock, workshop) as here:
            restored = plant_backup(here, path, wish, tell_nobody)
        _put_in_place(workshop, settings)
    return restored


def restore_files(settings: Settings, clock: Clock, paths: list[Path], wish: Wish) -> Restored:
    """Restore from exported journals; a folder stands for all of them in it.

    Raises AlreadyThereError, SourceDamagedError, LineageError, FolderFaultError.
    """
    with _workshop(settings) as workshop:
        with _new_installation(settings, clock, workshop) as here:
            restored = plant_files(here, workshop, paths, wish, tell_nobody)
        _put_in_place(workshop, settings)
    return restored


def restore_from_hub(
    settings: Settings, clock: Clock, hub: HubSource, wish: Wish, told: Told
) -> Restored:
    """Enrol this machine in the lost one's place, fetch its journals, and go on from them.

    What was fetched before a break is kept, so the same command goes on. Raises
    AlreadyThereError and what `plant_from_hub` raises.
    """
    with _workshop(settings, keep=True) as workshop:
        with _new_installation(settings, clock, workshop) as here:
            restored = plant_from_hub(here, workshop, hub, wish, told)
        _put_in_place(workshop, settings)
    return restored


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


@contextmanager
def _new_installation(settings: Settings, clock: Clock, workshop: Path) -> Iterator[Installation]:
    """Give an empty file in the workshop, as an installation in the folder it is meant for."""
    path = workshop / DATABASE
    path.unlink(missing_ok=True)
    with closing(new_file(path)) as file:
        yield Installation(settings, DataFolder(settings.data), file, clock)


def _put_in_place(workshop: Path, settings: Settings) -> None:
    """Let the finished file take the place of one without a journal, if there is one."""
    target = settings.data / DATABASE
    for suffix in ("", "-wal", "-shm", "-journal"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    put_in_place(workshop / DATABASE, target)
