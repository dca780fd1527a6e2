"""Progress of long work, for whoever looks at it."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.errors import Message

# Told what long work is doing, and how many of how many; 0 of 0 where that is not known.
Told = Callable[[Message, int, int], None]


def tell_nobody(_what: Message, _done: int, _total: int) -> None:
    """Hear how long work goes on, for those who do not want to know."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Long work at one moment: what is done, and how many of how many (0: not known)."""

    what: Message
    done: int
    total: int
