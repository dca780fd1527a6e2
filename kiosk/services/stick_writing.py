"""How far the writing of a file onto a stick is; a restart may forget it."""

from dataclasses import dataclass
from typing import Literal

from kiosk.errors import Message
from kiosk.storage.drives import Drive

Phase = Literal["writing", "letting_go", "done", "failed"]


@dataclass
class StickWriting:
    """One file on its way; `trouble` says why it failed, and what to do."""

    file_name: str
    entries: int
    drive: Drive
    phase: Phase = "writing"
    done_entries: int = 0
    trouble: Message | None = None
    may_be_pulled: bool = False

    @property
    def is_running(self) -> bool:
        """Whether the stick must stay where it is."""
        return self.phase in ("writing", "letting_go")

    def progress(self, done_entries: int) -> None:
        """Note how many entries are in the file; what was sold meanwhile may come with them."""
        self.done_entries = min(done_entries, self.entries)
