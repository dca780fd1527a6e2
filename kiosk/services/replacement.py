"""How the restore of another machine's sales onto a fresh one is; a restart may forget it."""

import threading
from dataclasses import dataclass, field
from typing import Literal

from kiosk.errors import KioskError, Message, WorldError
from kiosk.services.progress import Progress

Phase = Literal["running", "done", "failed"]


@dataclass(frozen=True, slots=True)
class ReplaceWish:
    """What was asked for: the hub and a code, or a path; `tip` and a loss where chosen."""

    hub_url: str = ""
    code: str = ""
    path: str = ""
    tip: str = ""
    accepts_loss: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back; `missing` says in sentences what did not, `letter` is that of new receipts."""

    sales: int
    letter: str
    open_shifts: int
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    is_enrolled: bool


@dataclass
class Replacement:
    """A restore that runs or ran; `error` says why it did not go through."""

    wish: ReplaceWish
    phase: Phase = "running"
    progress: Progress | None = None
    error: KioskError | WorldError | None = None
    outcome: Outcome | None = None
    thread: threading.Thread | None = field(default=None, repr=False)

    def tell(self, what: Message, done: int, total: int) -> None:
        """Keep how far it is, for whoever looks."""
        self.progress = Progress(what, done, total)
