"""What a table to take away is: its words, its rows, and nothing of how it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field

Cells = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class TableReport:
    """A table with its words; `choices` are the years it can be asked for."""

    title: str
    head: Sequence[str]
    rows: Sequence[Cells]
    hint: str = ""
    empty: str = ""
    widths: Sequence[int] = ()
    last_is_total: bool = False
    choices: Sequence[str] = field(default=())
    chosen: str = ""
