"""A printer that was found: where, what it calls itself, and how it is right now."""

from contextlib import closing
from dataclasses import dataclass
from typing import Literal

from printers.errors import (
    CoverOpenError,
    CutterError,
    OfflineError,
    PaperOutError,
    PrinterError,
)
from printers.status import StatusLink
from printers.transports import Transport

Via = Literal["usb", "serial", "bluetooth", "cups", "network"]


@dataclass(frozen=True, slots=True)
class Seen:
    """How a printer is: a code as of `printers.errors`, or `ready`, `near_end`, `unknown`.

    `fact` is the sentence with it. `answers` says that it can be asked at all.
    """

    state: str = "unknown"
    fact: str = ""
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A printer that could be added; `model` is what it calls itself, maybe nothing."""

    address: str
    via: Via
    model: str
    profile: str
    seen: Seen


def look(transport: Transport, reply_timeout_seconds: float) -> Seen:
    """Ask a printer how it is, once; every failure is an answer here."""
    try:
        with closing(transport):
            transport.open()
            if not transport.answers:
                return Seen("ready")
            near_end = StatusLink(transport, reply_timeout_seconds).preflight()
    except (CoverOpenError, CutterError, OfflineError, PaperOutError) as error:
        return Seen(error.reason, str(error), answers=True)
    except PrinterError as error:
        return Seen(error.reason, str(error))
    return Seen("near_end" if near_end else "ready", answers=True)
