"""The paper log: every piece of paper as one line of JSON, numbered, for another process."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from printers import picture
from printers.paper import Piece, piece_from_row, piece_to_row
from printers.profiles import SIMULATOR, Profile


class PaperLog:
    """Appends pieces to a file; numbers go on where the file ends.

    A line that was cut off with an earlier program is taken away first.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        lines = _whole_lines(path)
        self._n = len(lines)
        if path.exists():
            os.truncate(path, sum(len(line) for line in lines))

    def append(self, piece: Piece) -> None:
        """Write one piece as it comes out of the printer."""
        self._n += 1
        row = {"n": self._n, **piece_to_row(piece)}
        with self._path.open("a", encoding="utf-8") as log:
            log.write(json.dumps(row) + "\n")


def read_paper(path: Path, after: int = 0) -> list[dict[str, Any]]:
    """Read the rows numbered above `after`; a missing file is paper still white.

    Row n is line n of the file. A line that is just being written is left for the next call.
    """
    return [json.loads(line) for line in _whole_lines(path)[max(0, after) :]]


def _whole_lines(path: Path) -> list[bytes]:
    """Give the lines that end, each with its line feed."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    return [line for line in content.splitlines(keepends=True) if line.endswith(b"\n")]


def paper_svg(
    rows: Sequence[dict[str, Any]], profile: Profile = SIMULATOR, title: str = "Receipt"
) -> str:
    """Draw rows of the paper log as a picture."""
    pieces = [piece_from_row(row) for row in rows]
    return picture.as_svg(pieces, profile.paper_dots, profile.columns, title)
