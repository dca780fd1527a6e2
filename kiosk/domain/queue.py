"""The queue: open carts by short numbers that are unique in the installation, or by names."""

from collections.abc import Collection
from itertools import chain, count
from typing import Final

from kiosk.errors import N_, KioskError

# Two digits are called out and remembered; numbers go round, so one is not used again at once.
LAST_NUMBER: Final = 99
LONGEST_NAME: Final = 24


class NameTooLongError(KioskError):
    """A name for an order that no list has room for."""

    def __init__(self, length: int) -> None:
        self.length = length
        super().__init__(
            N_("A name takes at most %(most)d letters. Say it shorter."), most=LONGEST_NAME
        )


def next_number(last: int, taken: Collection[int]) -> int:
    """Give the number after `last` that is free, going round after 99.

    Where all of 1 to 99 are taken, the first free one above.
    """
    after = (last % LAST_NUMBER) + 1
    going_round = chain(range(after, LAST_NUMBER + 1), range(1, after), count(LAST_NUMBER + 1))
    return next(number for number in going_round if number not in taken)


def read_name(text: str) -> str:
    """Read the name typed for a parked order; raises NameTooLongError."""
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if len(name) > LONGEST_NAME:
        raise NameTooLongError(len(name))
    return name
