"""What one kind of printer is and can do, and the bounds in which such a thing is credible."""

from dataclasses import dataclass
from typing import Final, Literal

from printers.errors import BadProfileError, DotsOfWholeBytesError

Confirm = Literal["process_id", "gs_r", "none"]
"""How a printer says that it has worked through a job: `GS ( H` fn 48, `GS r 1`, or never."""

DOTS_PER_MM: Final = 8
"""203 dots an inch: every thermal receipt printer this library speaks to."""
DOTS_A_BYTE: Final = 8
"""Rows of dots go out in whole bytes."""
LETTER_DOTS: Final = 24
"""The height of an ordinary letter."""
LINE_DOTS: Final = 30
"""The height of a line of ordinary letters, its space included."""

CONFIRMS: Final[tuple[Confirm, ...]] = ("process_id", "gs_r", "none")
CODE_PAGES: Final = {"cp437": 0, "cp850": 2, "cp1252": 16, "cp866": 17, "cp852": 18, "cp858": 19}
"""Python's codec of a code page, and the n of `ESC t n` that most printers have for it."""

BOUNDS: Final = {
    "paper_mm": (40, 112),
    "paper_dots": (128, 832),
    "columns": (16, 64),
    "mm_per_second": (10, 1000),
    "feed_lines_before_cut": (0, 20),
    "feed_lines_before_tear": (0, 20),
    "code_page_number": (0, 255),
    "chunk_bytes": (16, 65_536),
    "pause_ms": (0, 1000),
}
"""The least and the most each number of a profile may be."""
_NARROWEST_LETTER_DOTS: Final = 8
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of printer. Raises `BadProfileError` for what no printer is.

    `paper_dots` is the printable width, `code_page` a Python codec and `code_page_number`
    the n of `ESC t n` that selects it. `has_status` says that it answers DLE EOT. A job goes
    out in pieces of `chunk_bytes` with `pause_ms` between them, for lines without flow control.
    """

    key: str
    name: str
    paper_mm: int
    paper_dots: int
    columns: int
    has_cutter: bool
    has_drawer: bool
    has_status: bool
    qr_native: bool
    confirm: Confirm
    mm_per_second: int
    feed_lines_before_cut: int
    feed_lines_before_tear: int
    code_page: str = "cp437"
    code_page_number: int = 0
    chunk_bytes: int = 4096
    pause_ms: int = 0

    def __post_init__(self) -> None:
        if not 1 <= len(self.name) <= _LONGEST_NAME or not self.name.isprintable():
            raise BadProfileError(field="name", least=1, most=_LONGEST_NAME)
        for field, (least, most) in BOUNDS.items():
            if not least <= getattr(self, field) <= most:
                raise BadProfileError(field=field, least=least, most=most)
        if self.paper_dots > self.paper_mm * DOTS_PER_MM:
            raise BadProfileError(field="paper_dots", least=128, most=self.paper_mm * DOTS_PER_MM)
        if self.paper_dots % DOTS_A_BYTE:
            raise DotsOfWholeBytesError
        if self.columns * _NARROWEST_LETTER_DOTS > self.paper_dots:
            most = self.paper_dots // _NARROWEST_LETTER_DOTS
            raise BadProfileError(field="columns", least=16, most=most)
        if self.code_page not in CODE_PAGES:
            raise BadProfileError(field="code_page", least=0, most=len(CODE_PAGES) - 1)
        if self.confirm not in CONFIRMS:
            raise BadProfileError(field="confirm", least=0, most=len(CONFIRMS) - 1)

    def print_seconds(self, millimetres: int) -> float:
        """How long that much paper takes at this printer's speed."""
        return millimetres / self.mm_per_second

    @property
    def feed_lines_at_end(self) -> int:
        """Lines to feed so that the last words are past the knife or the tear bar."""
        return self.feed_lines_before_cut if self.has_cutter else self.feed_lines_before_tear
