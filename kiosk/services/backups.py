"""Backups: a copy of the file beside a selling till, checked before it has its name.

A copy carries no staff hashes, no pairings and no identity at the hub, so it may lie on a
USB stick. It is restored with `kiosk restore`, never by putting it in the file's place: a
copy that sells on in the same journal would split it.
"""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kiosk.clock import Clock
from kiosk.errors import WorldError
from kiosk.services.journals import Verdict, verify
from kiosk.services.recording import NotSetUpError
from kiosk.settings import Settings
from kiosk.storage import journal
from kiosk.storage.copying import copy_without_secrets
from kiosk.storage.data_folder import DATABASE
from kiosk.storage.database import Connection, open_read_only
from kiosk.storage.durable import make_private_file, put_in_place
from kiosk.storage.looking import faults_of_file

FOLDER: Final = "backups"
KEEP: Final = 10
SUFFIX: Final = ".db"


class BackupFaultError(WorldError):
    """The copy does not hold what a backup must; no file was left."""

    def __init__(self, facts: list[str]) -> None:
        self.facts = facts
        super().__init__(
            f"no backup was made: {'; '.join(facts)}. Run kiosk doctor on this machine",
            permanent=True,
        )


class BackupFolderError(WorldError):
    """The folder for the backup cannot be written."""

    def __init__(self, folder: Path, fact: str) -> None:
        super().__init__(f"no backup was made: {folder} cannot be written ({fact})")


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup, what it holds, and which older ones made room for it."""

    path: Path
    verdicts: tuple[Verdict, ...]
    removed: tuple[Path, ...]


def back_up(settings: Settings, clock: Clock, folder: Path | None, keep: int = KEEP) -> Backup:
    """Copy the installation's file to `folder`, check the copy, and keep the newest `keep`.

    Raises NotSetUpError, DatabaseError, BackupFaultError, BackupFolderError; then `folder`
    holds what it held before.
    """
    folder = folder or settings.data / FOLDER
    with closing(open_read_only(settings.data / DATABASE)) as source:
        if journal.current(source) is None:
            raise NotSetUpError
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Secrets are taken out in the data folder: they never reach somebody's USB stick.
            with TemporaryDirectory(prefix="backup-", dir=settings.data) as private:
                return _write(source, clock, folder, Path(private), keep)
        except OSError as error:
            raise BackupFolderError(folder, error.strerror or str(error)) from None


def _write(source: Connection, clock: Clock, folder: Path, private: Path, keep: int) -> Backup:
    part = folder / f".{private.name}.part"
    try:
        make_private_file(part)
        copy_without_secrets(source, private / DATABASE, part)
        verdicts = _check(part)
        newest = verdicts[-1]
        machine = newest.journal.installation[-12:]
        time = clock.now().strftime("%Y%m%d-%H%M%S")
        path = folder / f"lapak-{machine}-{time}-{newest.head}{SUFFIX}"
        put_in_place(part, path)
    finally:
        part.unlink(missing_ok=True)
    return Backup(path, verdicts, _make_room(folder, f"lapak-{machine}-", path, keep))


def _check(path: Path) -> tuple[Verdict, ...]:
    """Hold the copy against itself; the last verdict is of the journal that is sold into."""
    with closing(open_read_only(path)) as copy:
        facts = faults_of_file(copy, thorough=True)
        if not facts:
            verdicts = verify(copy)
            facts = [verdict.fault.fact for verdict in verdicts if verdict.fault]
    if facts:
        raise BackupFaultError(facts)
    return tuple(sorted(verdicts, key=lambda one: (not one.journal.training, one.journal.ordinal)))


def _make_room(folder: Path, prefix: str, newest: Path, keep: int) -> tuple[Path, ...]:
    """Remove this machine's older backups; never the one just made, whatever the clock says."""
    older = sorted(path for path in folder.glob(f"{prefix}*{SUFFIX}") if path != newest)
    surplus = tuple(older[: max(0, len(older) - (keep - 1))])
    for path in surplus:
        path.unlink()
    return surplus
