"""How far the second copy is: what its loop knows, for whoever waits for it or shows it."""

import threading

from kiosk.errors import Message


class SecondCopy:
    """How far the second copy of each journal is, and what keeps it; local to the process.

    `files` gives, by a journal's ordinal, the last position copied and the file's size.
    """

    def __init__(self) -> None:
        self.files: dict[int, tuple[int, int]] = {}
        self.problem: Message | None = None
        self._condition = threading.Condition()

    def seq(self, ordinal: int) -> int:
        """Give the last position known to be copied."""
        return self.files.get(ordinal, (0, 0))[0]

    def remember(self, ordinal: int, seq: int, size: int) -> None:
        """Keep how far a copy is, and tell whoever waits for it."""
        with self._condition:
            self.files[ordinal] = (seq, size)
            self._condition.notify_all()

    def forget_files(self) -> None:
        """Look at every file again before it is written: the medium may be another."""
        self.files.clear()

    def tell(self, problem: Message | None) -> None:
        """Keep what keeps the copy from being whole; None where nothing does."""
        with self._condition:
            self.problem = problem
            self._condition.notify_all()

    def wait_for(self, ordinal: int, seq: int, timeout_seconds: float) -> bool:
        """Wait until a position is copied, or a problem is known; False where neither came."""
        with self._condition:
            return self._condition.wait_for(
                lambda: self.problem is not None or self.seq(ordinal) >= seq, timeout_seconds
            )
