"""An installation at work: its settings, folder, file and clock, in one value.

Made once by the composition root and handed to every service.
"""

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.clock import Clock, SystemClock
from kiosk.services.copied import SecondCopy
from kiosk.services.damage import Damage
from kiosk.services.hub_time import HubTime
from kiosk.services.progress import Progress
from kiosk.services.replacement import Replacement
from kiosk.services.stage import Stage
from kiosk.services.stick_writing import StickWriting
from kiosk.settings import Settings
from kiosk.storage.data_folder import DataFolder
from kiosk.storage.database import Database
from kiosk.storage.schema import bring_up_to_date

if TYPE_CHECKING:  # a printer is looked for once a season
    from printers.discovery import NetworkScan


class Bell:
    """Rung when there is work; every loop that listens hears every ring, even a past one."""

    def __init__(self) -> None:
        self._rings = 0
        self._condition = threading.Condition()

    def ring(self) -> None:
        """Wake whoever listens."""
        with self._condition:
            self._rings += 1
            self._condition.notify_all()

    def wait(self, heard: int, timeout_seconds: float) -> int:
        """Wait for a ring after the `heard` ones, at most so long; gives all rings so far."""
        with self._condition:
            self._condition.wait_for(lambda: self._rings > heard, timeout_seconds)
            return self._rings


@dataclass(frozen=True)
class Bells:
    """Rung when there is work, so that a loop need not wait for its next look."""

    printing: Bell = field(default_factory=Bell)
    upload: Bell = field(default_factory=Bell)
    copy: Bell = field(default_factory=Bell)
    backup: Bell = field(default_factory=Bell)


@dataclass
class UnderWay:
    """What this process is in the middle of for somebody, and which a restart may forget."""

    printer_scan: "NetworkScan | None" = None
    stick: StickWriting | None = None
    backup: Progress | None = None
    replacement: Replacement | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Installation:
    """What every service of one installation works with."""

    settings: Settings
    folder: DataFolder
    db: Database
    clock: Clock
    bells: Bells = field(default_factory=Bells)
    stage: Stage = field(default_factory=Stage)
    under_way: UnderWay = field(default_factory=UnderWay)
    copy: SecondCopy = field(default_factory=SecondCopy)
    hub_time: HubTime = field(default_factory=HubTime)
    damage: Damage = field(default_factory=Damage)


def open_installation(settings: Settings, clock: Clock | None = None) -> Installation:
    """Take the data folder for this process and bring its file up to date.

    Raises DataFolderInUseError where another process has it, DatabaseError where the file
    cannot be used.
    """
    folder = DataFolder(settings.data)
    folder.acquire()
    database = Database(folder.database, journal_mode=settings.journal_mode)
    bring_up_to_date(database)
    return Installation(settings, folder, database, clock or SystemClock())
