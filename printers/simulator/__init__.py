"""A printer that exists only on this machine, for demonstrations, training and tests.

It reads ESC/POS byte by byte, has paper, sensors and bad days, and says what is on its
paper apart from what it received.
"""

from printers.simulator.log import PaperLog, paper_svg, read_paper
from printers.simulator.machine import Faults, Machine
from printers.simulator.server import Simulator

__all__ = [
    "Faults",
    "Machine",
    "PaperLog",
    "Simulator",
    "paper_svg",
    "read_paper",
]
