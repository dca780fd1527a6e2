"""Loops: a thread that asks a step for work until the process ends.

A step does one thing and says whether there was one. A disk that does not take it, or a
damaged file, is waited for: the step is tried again. A loop thread that dies of anything
else ends the process: gunicorn starts it again, and every loop resumes from its rows. A till
that goes on selling with a dead printer thread would hide its fault.
"""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from kiosk.log import log_named
from kiosk.services.installation import Bell
from kiosk.storage.database import UNREADABLE, DatabaseError

DIED: Final = 70
_log = log_named("loops")


@dataclass
class Loop:
    """One named loop; `bell` wakes it early, else it looks again after `idle_seconds`."""

    name: str
    step: Callable[[], bool]
    bell: Bell
    idle_seconds: float
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _trouble: str = ""

    def start(self) -> None:
        """Start the thread; it does not keep the process alive."""
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    def stop(self, timeout_seconds: float) -> None:
        """Let the step at hand finish, then end the thread."""
        self._stopping.set()
        self.bell.ring()
        if self._thread:
            self._thread.join(timeout_seconds)

    def _run(self) -> None:
        heard = 0
        try:
            while not self._stopping.is_set():
                while not self._stopping.is_set() and self._did_something():
                    pass
                heard = self.bell.wait(heard, self.idle_seconds)
        except Exception:  # noqa: BLE001 - whatever it was, it is logged and ends the process
            _log.exception("loop died; the till starts again", loop=self.name)
            os._exit(DIED)

    def _did_something(self) -> bool:
        """Take a step; what the disk or the file does not allow is told once, and tried again."""
        trouble, did = "", False
        try:
            did = self.step()
        except (DatabaseError, *UNREADABLE) as error:
            trouble = str(error)
        if trouble and trouble != self._trouble:
            _log.warning("the disk does not take it", loop=self.name, fact=trouble)
        self._trouble = trouble
        return did
