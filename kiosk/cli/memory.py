"""Keeping a program small: what glibc holds on to for later, given back to the machine.

A till shares a tablet's memory with a browser. Elsewhere than on glibc nothing happens.
"""

import ctypes
import gc
from contextlib import suppress
from typing import Final

_M_ARENA_MAX: Final = -8  # malloc.h


def use_one_heap() -> None:
    """Let all threads share a heap; to be called while there is one thread.

    glibc gives every thread one of its own; with one interpreter lock that only costs.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Give back what starting has freed, a tenth of it all; what is left stays as it is.

    What was loaded is kept out of later collections, so that a worker goes on sharing it.
    """
    gc.collect()
    gc.freeze()
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
