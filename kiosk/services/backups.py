"""Backups: a copy of the file beside a selling till, checked before it has its name.

A copy carries no staff hashes, no pairings and no identity at the hub, so it may lie on a
USB stick. It is restored, never put in the file's place: a copy that sells on in the same
journal would split it.
"""

import errno
import os
import re
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kiosk.clock import WIB, Clock
from kiosk.domain.rotation import surplus
from kiosk.errors import N_, Message, WorldError
from kiosk.services.journals import Verdict, verify
from kiosk.services.progress import Told, tell_nobody
from kiosk.services.recording import NotSetUpError
from kiosk.settings import Settings
from kiosk.storage import journal
from kiosk.storage.copying import NoQuietMomentError, copy_without_secrets
from kiosk.storage.data_folder import DATABASE
from kiosk.storage.database import Connection, open_read_only
from kiosk.storage.durable import make_private_file, put_in_place
from kiosk.storage.looking import faults_of_file

FOLDER: Final = "backups"
KEEP: Final = 10
SUFFIX: Final = ".db"
_TIME: Final = "%Y%m%d-%H%M%S"
_NAME: Final = re.compile(r"lapak-(.{12})-(\d{8}-\d{6})-([0-9a-f]{8})\.db")
_PART: Final = re.compile(r"\.?backup-(.{12})-(\d+)-.*")

COPYING: Final = N_("Copying the till's file")
CHECKING_FILE: Final = N_("Checking the copy")
CHECKING_ENTRIES: Final = N_("Checking every entry of the copy")

_FAULTY: Final = N_(
    "The journal of this machine does not hold, so no backup was made of it. Check it under “Machine status”."
)
_NO_QUIET: Final = N_("There was no pause between sales. It is tried again in a few minutes.")
_FAILED: Final = N_("It could not be written. Take another stick or folder.")
_DATABASE_FAILED: Final = N_(
    "It could not be written; perhaps there is too little room. Look at the free space under “Machine status”."
)
_NO_ROOM: Final = N_("There is no room for it. Make room there, or take another stick.")
_TROUBLES: Final = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EROFS: N_("The stick takes no writing. Look for a lock on it, or take another one."),
    errno.EACCES: N_("This program may not write there. Take another stick or folder."),
    errno.ENOENT: N_("The place for it is not there. Put the stick back in, or choose another."),
    errno.ENOTDIR: N_("The place for it is no folder. Choose another one."),
}


class BackupFaultError(WorldError):
    """The copy does not hold what a backup must; no file was left."""

    def __init__(self, facts: list[str]) -> None:
        self.facts = facts
        super().__init__(
            f"no backup was made: {'; '.join(facts)}. Run kiosk doctor on this machine",
            permanent=True,
        )


class BackupFolderError(WorldError):
    """The folder for the backup cannot be written; `advice` is a sentence to be shown."""

    def __init__(self, folder: Path, error: OSError) -> None:
        self.advice = _TROUBLES.get(error.errno or 0, _FAILED)
        fact = error.strerror or str(error)
        super().__init__(f"no backup was made: {folder} cannot be written ({fact})")


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup, what it holds, and which older ones made room for it."""

    path: Path
    verdicts: tuple[Verdict, ...]
    removed: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup as it lies in a folder: its name was given after it had been checked."""

    path: Path
    machine: str
    made_at: datetime
    size_bytes: int
    head: str


def back_up(
    settings: Settings,
    clock: Clock,
    folder: Path | None,
    keep: int = KEEP,
    told: Told = tell_nobody,
) -> Backup:
    """Copy the installation's file to `folder`, check the copy, and let older ones make room.

    Raises NotSetUpError, DatabaseError, BackupFaultError, BackupFolderError; then `folder`
    holds what it held before.
    """
    folder = folder or settings.data / FOLDER
    with closing(open_read_only(settings.data / DATABASE)) as source:
        current = journal.current(source)
        if current is None:
            raise NotSetUpError
        machine = machine_of(current.installation)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _clear_away(settings.data, machine)
            _clear_away(folder, machine)
            # Secrets are taken out in the data folder: they never reach somebody's USB stick.
            prefix = f"backup-{machine}-{os.getpid()}-"
            with TemporaryDirectory(prefix=prefix, dir=settings.data) as private:
                return _write(source, clock, folder, Path(private), keep, told)
        except OSError as error:
            raise BackupFolderError(folder, error) from None


def machine_of(installation: str) -> str:
    """Give how a machine is called in the names of its backups."""
    return installation[-12:]


def backups_in(folder: Path, machine: str | None = None) -> list[BackupFile]:
    """List the backups in a folder, the newest first; of one machine where it is named.

    A folder that cannot be read has none.
    """
    found = []
    try:
        for path in folder.iterdir():
            name = _NAME.fullmatch(path.name)
            if name and machine in (None, name[1]):
                made_at = datetime.strptime(name[2], _TIME).replace(tzinfo=WIB)
                found.append(BackupFile(path, name[1], made_at, path.stat().st_size, name[3]))
    except (OSError, ValueError):
        return []
    return sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True)


def advice_on(error: WorldError) -> Message:
    """Say in a sentence what kept a backup from being made."""
    match error:
        case BackupFolderError():
            return error.advice
        case BackupFaultError():
            return _FAULTY
        case NoQuietMomentError():
            return _NO_QUIET
    return _DATABASE_FAILED


def _write(
    source: Connection, clock: Clock, folder: Path, private: Path, keep: int, told: Told
) -> Backup:
    part = folder / f".{private.name}.part"
    try:
        make_private_file(part)
        told(COPYING, 0, 0)
        copy_without_secrets(
            source, private / DATABASE, part, lambda done, of: told(COPYING, done, of)
        )
        verdicts = _check(part, told)
        newest = verdicts[-1]
        machine = machine_of(newest.journal.installation)
        time = clock.now().strftime(_TIME)
        path = folder / f"lapak-{machine}-{time}-{newest.head}{SUFFIX}"
        put_in_place(part, path)
    finally:
        part.unlink(missing_ok=True)
    return Backup(path, verdicts, _make_room(folder, machine, path, keep))


def _check(path: Path, told: Told) -> tuple[Verdict, ...]:
    """Hold the copy against itself; the last verdict is of the journal that is sold into."""
    with closing(open_read_only(path)) as copy:
        told(CHECKING_FILE, 0, 0)
        facts = faults_of_file(copy, thorough=True)
        if not facts:
            total = sum(journal.head(copy, one).seq for one in journal.journals(copy))
            verdicts = verify(copy, lambda done: told(CHECKING_ENTRIES, done, total))
            facts = [verdict.fault.fact for verdict in verdicts if verdict.fault]
    if facts:
        raise BackupFaultError(facts)
    return tuple(sorted(verdicts, key=lambda one: (not one.journal.training, one.journal.ordinal)))


def _make_room(folder: Path, machine: str, newest: Path, keep: int) -> tuple[Path, ...]:
    """Remove this machine's older backups; never the one just made, whatever the clock says."""
    older = {one.path.name: one.made_at for one in backups_in(folder, machine)}
    older.pop(newest.name, None)
    removed = tuple(folder / name for name in sorted(surplus(older, keep - 1)))
    for path in removed:
        path.unlink()
    return removed


def _clear_away(folder: Path, machine: str) -> None:
    """Remove what a backup of this machine left that was cut short, and no other."""
    for path in folder.iterdir():
        left = _PART.fullmatch(path.name)
        if left is None or left[1] != machine or _is_running(int(left[2])):
            continue
        if path.is_dir():
            for one in path.iterdir():
                one.unlink()
            path.rmdir()
        else:
            path.unlink()


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return False  # one backup at a time in a process
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
