"""Replacing another machine, as a person does it on the first page of a fresh one.

The work is a thread's, so that its progress can be shown. What was fetched from the hub lies
in the data folder until all is done: after a break the same press goes on.
"""

import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import N_, KioskError, WorldError
from kiosk.log import log_named
from kiosk.services.backups import FOLDER, BackupFile, backups_in
from kiosk.services.enrolment import has_journal
from kiosk.services.installation import Installation
from kiosk.services.planting import (
    FILES,
    HubSource,
    Restored,
    plant_backup,
    plant_files,
    plant_from_hub,
)
from kiosk.services.replacement import Outcome, Replacement, ReplaceWish
from kiosk.services.replanting import Wish
from kiosk.services.restoring import WORKSHOP
from kiosk.services.sticks import sticks

_log = log_named("restore")


class NotFreshError(KioskError):
    """This machine has a journal of its own, and nothing is ever restored over one."""

    def __init__(self) -> None:
        super().__init__(N_("This machine sells already. Take a fresh one, or a new data folder."))


class AlreadyReplacingError(KioskError):
    """A restore is under way already."""

    status = 409

    def __init__(self) -> None:
        super().__init__(N_("Sales are being restored already. Wait until that is done."))


class NoSuchSourceError(KioskError):
    """What was chosen or typed is neither a backup nor a folder of exported files."""

    def __init__(self, path: str) -> None:
        super().__init__(
            N_(
                "“%(path)s” is no backup (….db), no file of sales (….lapak.gz), and no folder of"
                " such files. Choose one from the list, or type its whole path."
            ),
            path=path[:120],
        )


@dataclass(frozen=True, slots=True)
class ReplaceSource:
    """Something to restore from that lies there: a backup, or the exported files of a folder."""

    path: Path
    place: str
    backup: BackupFile | None


def sources(here: Installation) -> list[ReplaceSource]:
    """List what lies on sticks, on the second medium and on this machine to restore from."""
    places = [(stick.path, stick.name) for stick in sticks(here)]
    settings = here.settings
    more = (settings.backup_folder, settings.second_copy, here.folder.path / FOLDER)
    places += [(path, str(path)) for path in more if path is not None]
    found = []
    for folder, name in places:
        found += [ReplaceSource(file.path, name, file) for file in backups_in(folder)]
        if any(folder.glob(FILES)):
            found.append(ReplaceSource(folder, name, None))
    return found


def begin(here: Installation, wish: ReplaceWish) -> None:
    """Begin to restore; raises NotFreshError, AlreadyReplacingError, NoSuchSourceError."""
    if wish.path:
        _check_path(wish.path)
    with here.under_way.lock:
        if has_journal(here):
            raise NotFreshError
        now = here.under_way.replacement
        if now is not None and now.phase == "running":
            raise AlreadyReplacingError
        begun = here.under_way.replacement = Replacement(wish)
    begun.thread = threading.Thread(
        target=_run, args=(here, begun), name="replacement", daemon=True
    )
    begun.thread.start()


def under_way(here: Installation) -> Replacement | None:
    """Give the restore that runs, or the last one of this process."""
    return here.under_way.replacement


def forget(here: Installation) -> None:
    """Forget a restore that did not go through, and what it had fetched.

    Raises AlreadyReplacingError while it runs.
    """
    with here.under_way.lock:
        last = here.under_way.replacement
        if last is not None and last.phase == "running":
            raise AlreadyReplacingError
        here.under_way.replacement = None
        shutil.rmtree(here.folder.path / WORKSHOP, ignore_errors=True)


def _check_path(text: str) -> None:
    path = Path(text)
    known = ("\0" not in text) and path.is_absolute()
    try:
        fits = known and (
            (path.is_file() and path.name.endswith((".db", ".lapak.gz")))
            or (path.is_dir() and any(path.glob(FILES)))
        )
    except OSError:
        fits = False
    if not fits:
        raise NoSuchSourceError(text)


def _run(here: Installation, begun: Replacement) -> None:
    """Restore, and keep what came of it; whatever ends this thread, it has not gone through."""
    try:
        begun.outcome = _outcome(_restore(here, begun))
    except (KioskError, WorldError) as error:
        begun.error = error
        _log.info("not restored", fact=str(error))
    except OSError as error:
        begun.error = _UnreadableError(error)
        _log.info("not restored", fact=str(error))
    else:
        shutil.rmtree(here.folder.path / WORKSHOP, ignore_errors=True)
        _log.info("restored", sales=begun.outcome.sales)
    finally:
        begun.phase = "done" if begun.outcome else "failed"
    here.bells.upload.ring()


class _UnreadableError(KioskError):
    """The source, or this machine's disk, cannot be read or written."""

    def __init__(self, error: OSError) -> None:
        super().__init__(
            N_("It cannot be read or written (%(fact)s). Plug the stick in again, and try again."),
            fact=error.strerror or str(error),
        )


def _outcome(restored: Restored) -> Outcome:
    return Outcome(
        sales=restored.sales,
        letter=restored.letter,
        open_shifts=restored.built.open_shifts,
        missing=restored.built.missing,
        notes=restored.notes,
        is_enrolled=restored.enrolled,
    )


def _restore(here: Installation, begun: Replacement) -> Restored:
    workshop = here.folder.path / WORKSHOP
    asked = begun.wish
    wish = Wish(asked.tip or None, asked.accepts_loss)
    if not asked.path:
        workshop.mkdir(mode=0o700, exist_ok=True)
        hub = HubSource(asked.hub_url, asked.code, asked.tip or None)
        return plant_from_hub(here, workshop, hub, wish, begun.tell)
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir(mode=0o700)
    path = Path(asked.path)
    if path.suffix == ".db":
        return plant_backup(here, path, wish, begun.tell)
    return plant_files(here, workshop, [path], wish, begun.tell)
