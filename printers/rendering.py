"""A stored document becomes what goes out: its bytes, and the paper they take.

A document that this program cannot render for a fault of its own would stop the printer's
thread at every try. So it counts as unprintable, with the fault in the log, and the printer
goes on to the next. What the machine lacks (memory, a file, a library) is no document's fault
and passes through.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from printers.elements import from_json
from printers.encode import encode
from printers.errors import PrinterError, UnprintableError
from printers.layout import lay_out
from printers.measure import paper_rows
from printers.profiles import Profile

_log = logging.getLogger("printing")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A job as it goes out: its bytes, and the dot rows of paper they take."""

    payload: bytes
    paper_rows: int


def render(document: str, stamp: str | None, profile: Profile) -> Rendered:
    """Turn a document's JSON, a repeat's stamp across its top, into bytes for a kind of printer.

    Raises `PrinterError` for one that can never be printed on it.
    """
    with faults_told():
        whole = from_json(document)
        if stamp is not None:
            whole = whole.stamped(stamp)
        laid_out = lay_out(whole, profile.columns)
        return Rendered(encode(laid_out, profile), paper_rows(laid_out, profile))


@contextmanager
def faults_told() -> Iterator[None]:
    """Log what a document breaks in here, and raise `UnprintableError` for it."""
    try:
        yield
    except (PrinterError, MemoryError, OSError, ImportError):
        raise
    except Exception as error:
        _log.exception("a document cannot be printed for a fault in the program")
        raise UnprintableError from error
