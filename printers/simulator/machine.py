"""The printer's insides: its buffer, its sensors, its clock and what it answers.

No sockets and no threads: time is told to it. What it has *received* and what is on
*paper* are two things here, as they are in life.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from printers.paper import Piece
from printers.profiles import Profile
from printers.simulator.page import Page
from printers.simulator.parser import Command, next_command

BUFFER_BYTES: Final = 4096
_NOISE: Final = b"\xa5"
_DLE_EOT: Final = b"\x10\x04"
_ID_REQUEST: Final = b"H\x06\x0000"


@dataclass
class Faults:
    """What is wrong with the printer now; everything off is a printer in good health.

    `paper_rows` is how many dot rows are left on the roll, None for plenty. `stale_bytes`
    come before every answer; with `garbage` noise of the same length stands for the answer.
    `drop_after_bytes` and `black_hole` concern the connection.
    """

    paper_rows: int | None = None
    near_end: bool = False
    cover_open: bool = False
    cutter_stuck: bool = False
    mute: bool = False
    reply_delay_seconds: float = 0.0
    stale_bytes: bytes = b""
    garbage: bool = False
    drop_after_bytes: int | None = None
    black_hole: bool = False


@dataclass
class Machine:
    """One printer. `rows_per_second` None prints at once; `on_paper` hears of each piece.

    `buffer_bytes` is how much it takes before it is on paper.
    """

    profile: Profile
    rows_per_second: int | None = None
    on_paper: Callable[[Piece], None] = lambda _: None
    buffer_bytes: int = BUFFER_BYTES
    faults: Faults = field(default_factory=Faults)
    paper: list[Piece] = field(default_factory=list)
    received_bytes: int = 0
    printed_rows: int = 0
    _buffer: bytearray = field(default_factory=bytearray)
    _hungry: bool = True
    _tail: bytes = b""
    _page: Page = field(init=False)
    _unprinted: deque[tuple[Piece, int]] = field(default_factory=deque)
    _answers: deque[tuple[float, bytes]] = field(default_factory=deque)
    _busy_until: float = 0.0
    _waiting_for_paper: bool = False
    _unasked_status: bool = False
    _last_status: bytes = b""

    def __post_init__(self) -> None:
        self._page = Page(self.profile)

    @property
    def room_bytes(self) -> int:
        """How many bytes the buffer takes now.

        A picture larger than the buffer is drawn while it arrives: as long as the command
        at the head is not whole, there is room for more of it.
        """
        return self.buffer_bytes if self._hungry else max(0, self.buffer_bytes - len(self._buffer))

    @property
    def is_idle(self) -> bool:
        """Whether it has printed all that it has; the beginning of a command may be left."""
        return self._hungry and not self._unprinted

    @property
    def is_offline(self) -> bool:
        """Whether it stands still until a person does something."""
        return self._paper_is_out or self.faults.cover_open or self.faults.cutter_stuck

    @property
    def _paper_is_out(self) -> bool:
        return self._waiting_for_paper or self.faults.paper_rows == 0

    def receive(self, data: bytes, now: float) -> None:
        """Take bytes in; status questions are answered at once, wherever they stand."""
        self.received_bytes += len(data)
        self._buffer += data
        self._hungry = False
        seen = self._tail + data
        for at in range(len(seen) - 2):
            if seen[at : at + 2] == _DLE_EOT and 1 <= seen[at + 2] <= 4:  # noqa: PLR2004 - EOT 1…4
                self._answer(bytes([self._status(seen[at + 2])]), now)
        self._tail = seen[-2:]

    def advance(self, now: float) -> None:
        """Print as far as buffer, paper and clock allow."""
        self._tell_changes(now)
        while now >= self._busy_until and not self.is_offline:
            if self._unprinted:
                self._print(now)
            elif (found := next_command(self._buffer)) is not None:
                command, length = found
                del self._buffer[:length]
                self._execute(command, now)
            else:
                self._hungry = True
                break
        self._tell_changes(now)

    def answers_due(self, now: float) -> bytes:
        """Take out what is to be sent back by now."""
        due = b""
        while self._answers and self._answers[0][0] <= now:
            due += self._answers.popleft()[1]
        return due

    def reload_paper(self) -> None:
        """Put in a new roll; printing goes on by itself."""
        self.faults.paper_rows = None
        self._waiting_for_paper = False

    def power_off(self) -> None:
        """Forget everything that is not on paper."""
        self._buffer.clear()
        self._hungry = True
        self._unprinted.clear()
        self._answers.clear()
        self._tail = b""
        self._page = Page(self.profile)
        self._unasked_status = False

    def hang_up(self) -> None:
        """Forget answers nobody is there to hear."""
        self._answers.clear()

    def _print(self, now: float) -> None:
        piece, rows = self._unprinted[0]
        left = self.faults.paper_rows
        if left is not None:
            if rows > left:
                self._waiting_for_paper = True
                return
            self.faults.paper_rows = left - rows
        self._unprinted.popleft()
        self.paper.append(piece)
        self.printed_rows += rows
        self.on_paper(piece)
        if self.rows_per_second:
            self._busy_until = max(now, self._busy_until) + rows / self.rows_per_second

    def _execute(self, command: Command, now: float) -> None:
        match command.name:
            case b"\x1dr":
                self._answer(self._sensor(command.arguments[0] % 48), now)
            case b"\x1da":
                self._unasked_status = command.arguments[0] != 0
                self._last_status = b""
            case b"\x1d(" if command.arguments.startswith(_ID_REQUEST):
                self._answer(b"\x37\x22" + command.arguments[5:9] + b"\0", now)
            case _:
                self._unprinted.extend(self._page.execute(command))

    def _answer(self, data: bytes, now: float) -> None:
        if not self.faults.mute:
            due = now + self.faults.reply_delay_seconds
            said = bytes(len(data)).replace(b"\0", _NOISE) if self.faults.garbage else data
            self._answers.append((due, self.faults.stale_bytes + said))

    def _tell_changes(self, now: float) -> None:
        """Send the four bytes of unasked status when they differ from the last."""
        if not self._unasked_status:
            return
        roll = 0x0C if self._paper_is_out else 0x03 if self.faults.near_end else 0
        first = 0x10 | (0x08 if self.is_offline else 0) | (0x20 if self.faults.cover_open else 0)
        status = bytes((first, 0x08 if self.faults.cutter_stuck else 0, roll, 0))
        if status != self._last_status:
            self._last_status = status
            self._answer(status, now)

    def _status(self, question: int) -> int:
        """Answer DLE EOT: general, cause of standing still, error, paper roll."""
        faults = self.faults
        if question == 1:
            return 0x12 | (0x08 if self.is_offline else 0)
        if question == 2:  # noqa: PLR2004 - DLE EOT 2
            cover = 0x04 if faults.cover_open else 0
            paper = 0x20 if self._paper_is_out else 0
            return 0x12 | cover | paper | (0x40 if faults.cutter_stuck else 0)
        if question == 3:  # noqa: PLR2004 - DLE EOT 3
            return 0x12 | (0x08 if faults.cutter_stuck else 0)
        if self._paper_is_out:
            return 0x7E
        return 0x1E if faults.near_end else 0x12

    def _sensor(self, which: int) -> bytes:
        """Answer GS r 1, the roll, or GS r 2, the drawer."""
        return b"\x03" if which == 1 and self.faults.near_end else b"\0"
