"""When and where backups are made: on a schedule, when a shift closes, and when asked.

What is wanted and what became of it are rows, so a machine that was switched off in the
middle makes its backup when it is back. Where the stick is not there, the backup is made on
the machine itself, and everybody sees that the stick is missing.
"""

import os
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.clock import stamp
from kiosk.errors import N_, KioskError, Message, WorldError
from kiosk.services.approvals import Approval, approver_for
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.progress import Progress
from kiosk.services.recording import NotSetUpError
from kiosk.services.tills import operator_of
from kiosk.storage import backups, journal
from kiosk.storage.backups import RunEnd, RunRow

if TYPE_CHECKING:  # a backup is made once an hour
    from kiosk.services.backups import BackupFile

# So long after the till was switched on nothing is begun on its own.
CALM_SECONDS: Final = 60
AGAIN_SECONDS: Final = 300
# A machine that never made a backup, because it is new or was never on for an hour.
FIRST_AFTER_SECONDS: Final = 600
# A backup is late where twice the time between two has gone by, and a little more.
_LATE_FACTOR: Final = 2
_LONGEST_PATH: Final = 500
# Between two pieces of the work, each of a few milliseconds.
_REST_SECONDS: Final = 0.01

_STICK_GONE: Final = N_(
    "The stick for backups is not there; the backup was made on this machine. Put the stick back in."
)


class FolderUnfitError(KioskError):
    """What was typed is no folder that backups can be written to."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            N_(
                "“%(folder)s” is no folder that this program may write to. Type the whole path of"
                " a folder that is there, for example /media/stick."
            ),
            folder=folder[:80],
        )


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """Where backups go; `is_missing` where its disk was taken away."""

    folder: Path
    is_chosen: bool
    is_missing: bool


@dataclass(frozen=True, slots=True)
class BackupState:
    """What the top bar and the status page say of backups.

    `made_at` is that of the newest; `is_current` where nothing happened since, `is_elsewhere`
    where the last one was made on the machine for want of its stick.
    """

    made_at: datetime | None
    problem: str | None
    is_late: bool
    is_current: bool
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup that lies there, and how many sales it holds where that is remembered."""

    file: "BackupFile"
    sales: int | None


def backup_state(here: Installation) -> BackupState:
    """Say how old the newest backup is, and what keeps the next from being made."""
    with here.db.read() as connection:
        current = journal.current(connection)
        last = backups.newest_run(connection)
        good = backups.newest_good_run(connection)
        head = journal.head(connection, current).hash.hex()[:8] if current else ""
    made_at = datetime.fromisoformat(good.ended_at) if good and good.ended_at else None
    is_current = current is None or (good is not None and good.head == head)
    return BackupState(
        made_at=made_at,
        problem=last.problem if last else None,
        is_late=not is_current and _is_late(here, made_at),
        is_current=is_current,
        is_elsewhere=last is not None and last.problem is not None and last.file is not None,
    )


def kept_backups(here: Installation) -> list[KeptBackup]:
    """List the backups of this machine that lie where they go, and on the machine itself."""
    from kiosk.services.backups import backups_in, machine_of  # noqa: PLC0415 - seldom looked at

    with here.db.read() as connection:
        current = journal.current(connection)
        sales = {run.file: run.sales for run in backups.runs(connection)}
    if current is None:
        return []
    folders = dict.fromkeys((place(here).folder, own_folder(here)))
    machine = machine_of(current.installation)
    files = [file for folder in folders for file in backups_in(folder, machine)]
    files.sort(key=lambda file: file.made_at, reverse=True)
    return [KeptBackup(file, sales.get(str(file.path))) for file in files]


def place(here: Installation) -> BackupPlace:
    """Say where the next backup goes: as chosen here, as set outside, or beside the data."""
    with here.db.read() as connection:
        plan = backups.plan(connection)
    chosen = Path(plan.folder) if plan.folder else here.settings.backup_folder
    if chosen is None:
        return BackupPlace(own_folder(here), is_chosen=False, is_missing=False)
    gone = not chosen.is_dir() or (plan.is_apart and not _is_apart(here, chosen))
    return BackupPlace(chosen, is_chosen=True, is_missing=gone)


def own_folder(here: Installation) -> Path:
    """Give the folder for backups on the machine itself."""
    return here.folder.path / "backups"


def choose_place(here: Installation, browser: Browser, folder: str, approval: Approval) -> None:
    """Let backups go to a folder from now on; nothing typed is this machine itself.

    Takes a coordinator. Raises FolderUnfitError and what `approver_for` raises.
    """
    folder = folder.strip()
    path = Path(folder)
    fits = len(folder) <= _LONGEST_PATH and "\0" not in folder and path.is_absolute()
    if folder and not (fits and path.is_dir() and os.access(path, os.W_OK | os.X_OK)):
        raise FolderUnfitError(folder)
    approver_for(here, browser, approval)
    with here.db.write() as connection:
        is_apart = bool(folder) and _is_apart(here, path)
        backups.keep_place(connection, folder or None, is_apart=is_apart)
        backups.want(connection, "hand")
    here.bells.backup.ring()


def ask_for_one(here: Installation, browser: Browser) -> None:
    """Make a backup now; raises NotSignedInError."""
    operator_of(browser)
    with here.db.write() as connection:
        backups.want(connection, "hand")
    here.bells.backup.ring()


def is_under_way(here: Installation) -> bool:
    """Say whether a backup is being made, or is about to be."""
    with here.db.read() as connection:
        wanted = backups.plan(connection).wanted is not None
        begun = backups.unfinished_run(connection) is not None
    return wanted or begun or here.under_way.backup is not None


class BackupRounds:
    """Makes the backups of one process, one at a time, when they are due."""

    def __init__(self, here: Installation) -> None:
        self._here = here
        self._due_at = here.clock.monotonic() + self._first_wait_seconds()

    def step(self) -> bool:
        """Make one backup if one is due or wanted; True where one was tried.

        What keeps it from being made is a row, not raised.
        """
        here = self._here
        run = self._begin()
        if run is None:
            return False
        try:
            done = _make(here)
        except NotSetUpError:
            done = RunEnd(stamp(here.clock.now()))
        finally:
            here.under_way.backup = None
        with here.db.write() as connection:
            backups.end(connection, run, done)
        minutes = here.settings.backup_minutes
        soon = done.problem and (done.file is None or place(here).is_missing or not minutes)
        self._due_at = here.clock.monotonic() + (AGAIN_SECONDS if soon else minutes * 60)
        return True

    def _begin(self) -> int | None:
        here = self._here
        with here.db.read() as connection:
            current = journal.current(connection)
            wanted = backups.plan(connection).wanted
            cut_short = backups.unfinished_run(connection)
            last = backups.newest_run(connection)
        if current is None:
            return None
        if cut_short is not None:
            return cut_short.id
        if wanted is None and not self._is_due(last):
            return None
        with here.db.write() as connection:
            return backups.begin(connection, wanted or "hour", stamp(here.clock.now()))

    def _is_due(self, last: RunRow | None) -> bool:
        """Say whether it is time, and there is something to do that was not done."""
        failed = last is not None and last.problem is not None
        if not (self._here.settings.backup_minutes or failed):
            return False
        if self._here.clock.monotonic() < self._due_at:
            return False
        # Made on the machine for want of the stick: it is owed to the stick, and to nothing else.
        is_owed = failed and not place(self._here).is_missing
        return is_owed or not backup_state(self._here).is_current

    def _first_wait_seconds(self) -> float:
        """Go on from when the last one was begun, as far as the clock can be believed."""
        minutes = self._here.settings.backup_minutes
        with self._here.db.read() as connection:
            last = backups.newest_run(connection)
        if last is None:
            return min(FIRST_AFTER_SECONDS, minutes * 60)
        begun = datetime.fromisoformat(last.begun_at)
        gone_by = (self._here.clock.now() - begun).total_seconds()
        rest = minutes * 60 - gone_by if gone_by >= 0 else minutes * 60
        return max(CALM_SECONDS, rest)


def _make(here: Installation) -> RunEnd:
    """Make a backup where it belongs, or on the machine itself, and say what became of it."""
    from kiosk.services.backups import advice_on, back_up  # noqa: PLC0415 - once an hour

    target = place(here)
    problem = _STICK_GONE if target.is_missing else None
    folders = [own_folder(here)] if target.is_missing else [target.folder]
    if target.is_chosen and not target.is_missing:
        folders.append(own_folder(here))
    for folder in folders:
        try:
            made = back_up(
                here.settings, here.clock, folder, here.settings.backup_keep, partial(_tell, here)
            )
        except WorldError as error:
            problem = problem or advice_on(error)
            continue
        newest = made.verdicts[-1]
        return RunEnd(
            stamp(here.clock.now()),
            file=str(made.path),
            size_bytes=made.path.stat().st_size,
            sales=sum(one.sales for one in made.verdicts),
            head=newest.head,
            problem=problem,
        )
    return RunEnd(stamp(here.clock.now()), problem=problem)


def _tell(here: Installation, what: Message, done: int, total: int) -> None:
    """Keep how far a backup is for whoever looks, and rest a moment: sales come first."""
    here.under_way.backup = Progress(what, done, total)
    time.sleep(_REST_SECONDS)


def _is_late(here: Installation, made_at: datetime | None) -> bool:
    minutes = here.settings.backup_minutes
    if not minutes or made_at is None:
        return False
    late_after = timedelta(minutes=_LATE_FACTOR * minutes, seconds=AGAIN_SECONDS)
    return here.clock.now() - made_at > late_after


def _is_apart(here: Installation, folder: Path) -> bool:
    try:
        return folder.stat().st_dev != here.folder.path.stat().st_dev
    except OSError:
        return False
