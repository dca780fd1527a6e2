"""Asking a printer how it is, and hearing it say that a job is done.

Printers talk unasked: status bytes at every change, flow control, answers to somebody
else's question. Every byte is put into its class by its bits, and what was not asked for is
dropped; nothing a printer sends can raise anything here but the connection's own end.
"""

import time
from collections import deque
from dataclasses import dataclass
from typing import Final, Literal

from printers.errors import (
    CoverOpenError,
    CutterError,
    NoAnswerError,
    OfflineError,
    PaperOutError,
    PrinterError,
)
from printers.profiles import Confirm
from printers.transports import Transport

_KIND_MASK: Final = 0x93
_DLE_EOT: Final = 0x12
_ASB_FIRST: Final = 0x10
_PLAIN_MASK: Final = 0x90
_ID_START: Final = b"\x37\x22"
_ID_LENGTH: Final = 7
_ID_BYTES: Final = range(0x20, 0x7F)
_ASB_LENGTH: Final = 4

_OFFLINE_BIT: Final = 0x08
_COVER_BIT: Final = 0x04
_PAPER_END_BIT: Final = 0x20
_ERROR_BIT: Final = 0x40
_ROLL_END_BITS: Final = 0x60
_NEAR_END_BITS: Final = 0x0C

ReplyKind = Literal["status", "process_id", "gs_r"]
_SETTLE_SECONDS: Final = 0.02
_SETTLE_AT_MOST_SECONDS: Final = 0.5
_KEPT_REPLIES: Final = 256


@dataclass(frozen=True, slots=True)
class Reply:
    """One thing a printer said: the status byte, the GS r byte, or the four id bytes."""

    kind: ReplyKind
    data: bytes


class Replies:
    """Takes the printer's bytes as they come and sorts out those that answer something."""

    def __init__(self) -> None:
        self._pending = b""

    def feed(self, received: bytes) -> list[Reply]:
        """Sort out the replies that are complete now; a part of one waits for its rest."""
        data = self._pending + received
        found: list[Reply] = []
        at = 0
        while at < len(data):
            length, reply = _reply_at(data, at)
            if length == 0:
                break
            at += length
            if reply is not None:
                found.append(reply)
        self._pending = data[at:]
        return found


def _reply_at(data: bytes, at: int) -> tuple[int, Reply | None]:
    """Read one item: its length, 0 when more bytes are needed, and the reply if it is one."""
    byte = data[at]
    if byte & _KIND_MASK == _DLE_EOT:
        return 1, Reply("status", data[at : at + 1])
    if byte == _ID_START[0]:
        return _process_id_at(data, at)
    if byte & _KIND_MASK == _ASB_FIRST:
        return _asb_at(data, at), None
    if byte & _PLAIN_MASK == 0:
        return 1, Reply("gs_r", data[at : at + 1])
    return 1, None


def _process_id_at(data: bytes, at: int) -> tuple[int, Reply | None]:
    whole = data[at : at + _ID_LENGTH]
    if not _ID_START.startswith(whole[:2]) or any(byte not in _ID_BYTES for byte in whole[2:6]):
        return 1, None
    if len(whole) < _ID_LENGTH:
        return 0, None
    if whole[-1] != 0:
        return 1, None
    return _ID_LENGTH, Reply("process_id", whole[2:6])


def _asb_at(data: bytes, at: int) -> int:
    """Length of the unasked status that starts here; one byte when it breaks off."""
    whole = data[at : at + _ASB_LENGTH]
    if any(byte & _PLAIN_MASK for byte in whole[1:]):
        return 1
    return _ASB_LENGTH if len(whole) == _ASB_LENGTH else 0


class StatusLink:
    """A conversation with one printer over one open transport."""

    def __init__(self, transport: Transport, reply_timeout_seconds: float = 2.0) -> None:
        self._transport = transport
        self._reply_timeout_seconds = reply_timeout_seconds
        self._replies = Replies()
        # A printer that never stops talking must not fill the memory.
        self._answers: deque[int] = deque(maxlen=_KEPT_REPLIES)
        self._confirmations: deque[Reply] = deque(maxlen=_KEPT_REPLIES)

    def preflight(self) -> bool:
        """Ask whether it can print now; the answer says whether the roll is near its end.

        Raises the error that names what is wrong, `NoAnswerError` when nothing comes back.
        """
        general, cause, roll = self.ask(1), self.ask(2), self.ask(4)
        if problem := _problem(cause, roll):
            raise problem
        if general & _OFFLINE_BIT:
            raise OfflineError
        return bool(roll & _NEAR_END_BITS)

    def problem(self) -> PrinterError | None:
        """Ask for the cause of standing still, or None. Raises when it cannot be asked."""
        return _problem(self.ask(2), self.ask(4))

    def confirmed(self, confirm: Confirm, token: bytes, timeout_seconds: float) -> bool:
        """Wait until the printer says that it has worked through the job, or time is up.

        `token` is the id that was sent along. Raises `ClosedError` with the connection's end.
        """
        deadline = time.monotonic() + timeout_seconds
        while True:
            while self._confirmations:
                reply = self._confirmations.popleft()
                if reply.kind == confirm and (confirm == "gs_r" or reply.data == token):
                    return True
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            self._listen(left)

    def forget(self) -> None:
        """Drop everything said so far, confirmations of earlier jobs too."""
        self._settle()
        self._confirmations.clear()

    def ask(self, question: int) -> int:
        """Ask DLE EOT 1, 2, 3 or 4; the reply byte. Raises `NoAnswerError`.

        A confirmation that comes in between is kept for `confirmed`.
        """
        self._settle()
        self._transport.write(bytes((0x10, 0x04, question)), self._reply_timeout_seconds)
        deadline = time.monotonic() + self._reply_timeout_seconds
        while (left := deadline - time.monotonic()) > 0:
            self._listen(left)
            if self._answers:
                return self._answers.popleft()
        raise NoAnswerError

    def _settle(self) -> None:
        """Read what lies there already; its status bytes answer no question of ours.

        A printer that never stops talking is cut short.
        """
        deadline = time.monotonic() + _SETTLE_AT_MOST_SECONDS
        while self._listen(_SETTLE_SECONDS) and time.monotonic() < deadline:
            pass
        self._answers.clear()

    def _listen(self, timeout_seconds: float) -> bool:
        """Read once and sort what came; False when nothing came."""
        received = self._transport.read(timeout_seconds)
        for reply in self._replies.feed(received):
            if reply.kind == "status":
                self._answers.append(reply.data[0])
            else:
                self._confirmations.append(reply)
        return bool(received)


def _problem(cause: int, roll: int) -> PrinterError | None:
    """Read the answers to DLE EOT 2 and 4."""
    if roll & _ROLL_END_BITS == _ROLL_END_BITS or cause & _PAPER_END_BIT:
        return PaperOutError()
    if cause & _COVER_BIT:
        return CoverOpenError()
    return CutterError() if cause & _ERROR_BIT else None


def answers(transport: Transport, reply_timeout_seconds: float = 2.0) -> bool:
    """Find out once, at set-up, whether a printer answers at all; opens and closes.

    Raises the transport's error when it cannot even be opened.
    """
    if not transport.answers:
        return False
    try:
        transport.open()
        StatusLink(transport, reply_timeout_seconds).ask(1)
    except NoAnswerError:
        return False
    finally:
        transport.close()
    return True
