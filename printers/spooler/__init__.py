"""Getting jobs onto paper, each at most once."""

from printers.spooler.jobs import (
    PRINT_JOB_STATES,
    Job,
    JobStore,
    PrinterState,
    may_move,
)
from printers.spooler.spooler import Spooler, Timeouts

__all__ = [
    "PRINT_JOB_STATES",
    "Job",
    "JobStore",
    "PrinterState",
    "Spooler",
    "Timeouts",
    "may_move",
]
