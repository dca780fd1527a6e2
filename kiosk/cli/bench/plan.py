"""What a measurement works with: a folder of its own, its sizes, and a way to say how far it is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured. `many_sales` is how many lie in the large files."""

    rounds: int
    sales_a_round: int
    rushes: int
    carts_a_rush: int
    sales_for_memory: int
    starts: int
    page_loads: int
    browser_sales: int
    contested_carts: int
    segments: int
    dashboard_looks: int
    many_sales: int


FULL: Final = Sizes(
    rounds=5,
    sales_a_round=300,
    rushes=20,
    carts_a_rush=5,
    sales_for_memory=2_000,
    starts=5,
    page_loads=5,
    browser_sales=5,
    contested_carts=20,
    segments=20,
    dashboard_looks=200,
    many_sales=MILLION,
)

# Enough to see that everything is measured; the figures say nothing.
QUICK: Final = Sizes(
    rounds=2,
    sales_a_round=10,
    rushes=2,
    carts_a_rush=2,
    sales_for_memory=20,
    starts=1,
    page_loads=1,
    browser_sales=1,
    contested_carts=3,
    segments=2,
    dashboard_looks=5,
    many_sales=6_000,
)


@dataclass(frozen=True, slots=True)
class Plan:
    """One run of the bench."""

    folder: Path
    sizes: Sizes
    say: Callable[[str], None]

    def new_folder(self, name: str) -> Path:
        """Make an empty folder for one measurement."""
        folder = self.folder / name
        folder.mkdir()
        return folder
