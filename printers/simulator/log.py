"""The paper log: every piece of paper as one line of JSON, numbered, for another process."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from printers import picture
from printers.paper import Piece, piece_from_row, piece_to_row
from printers.profiles import SIMULATOR, Profile


class PaperLog:
    """Appends pieces to a file; numbers go on where the file ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        rows = read_paper(path)
        self._n = rows[-1]["n"] if rows else 0

    def append(self, piece: Piece) -> None:
        """Write one piece as it comes out of the printer."""
        self._n += 1
        row = {"n": self._n, **piece_to_row(piece)}
        with self._path.open("a", encoding="utf-8") as log:
            log.write(json.dumps(row) + "\n")


def read_paper(path: Path, after: int = 0) -> list[dict[str, Any]]:
    """Read the rows numbered above `after`; a missing file is paper still white.

    A line that is just being written is left for the next call.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    complete = text[: text.rfind("\n") + 1]
    rows: list[dict[str, Any]] = [json.loads(line) for line in complete.splitlines()]
    return [row for row in rows if row["n"] > after]


def paper_svg(
    rows: Sequence[dict[str, Any]], profile: Profile = SIMULATOR, title: str = "Receipt"
) -> str:
    """Draw rows of the paper log as a picture."""
    pieces = [piece_from_row(row) for row in rows]
    return picture.as_svg(pieces, profile.paper_dots, profile.columns, title)
