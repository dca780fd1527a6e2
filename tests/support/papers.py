"""Takes the photographs of paper for the documentation, from what the virtual printer printed.

`make papers` prints every document of the golden tests on paper of 58 and of 80 mm and writes
`docs/paper/*.png` and the page that shows them. Nothing runs but the simulator, so it takes a
few seconds.
"""

import io
import re
from pathlib import Path

from PIL import Image

from printers.encode import encode
from printers.layout import lay_out
from printers.photo import as_png
from printers.profiles import GENERIC_58, GENERIC_80_48, Profile
from printers.simulator import Machine
from tests.documents.samples import every_document
from tests.support.paper_page import ABOUT, INTRODUCTION

PAPERS = Path(__file__).parents[2] / "docs" / "paper"
PAGE = PAPERS.parent / "paper.md"
WIDTHS = (GENERIC_58, GENERIC_80_48)
TABLE, TABLE_MARGIN, TOOTH = 196, 16, 6


def photograph(document, profile: Profile) -> bytes:
    """Print a document on the virtual printer and draw its paper lying on a table."""
    machine = Machine(profile)
    machine.receive(encode(lay_out(document, profile.columns), profile), 0.0)
    machine.advance(0.0)
    drawn = as_png(machine.paper, profile.paper_dots, profile.columns)
    paper = Image.open(io.BytesIO(drawn)).convert("L")
    size = (paper.width + 2 * TABLE_MARGIN, paper.height + 2 * TABLE_MARGIN)
    table = Image.new("L", size, TABLE)
    table.paste(paper, (TABLE_MARGIN, TABLE_MARGIN), torn(paper.size))
    target = io.BytesIO()
    table.quantize(16).save(target, "PNG", optimize=True)
    return target.getvalue()


def torn(size) -> Image.Image:
    """Give the shape of a slip: straight at its sides, toothed where it was torn off."""
    width, height = size
    shape = Image.new("L", size, 255)
    for left in range(0, width, 2 * TOOTH):
        for row in range(TOOTH):
            shape.paste(0, (left + row, row, left + 2 * TOOTH - row, row + 1))
            below = height - 1 - row
            shape.paste(0, (left + row, below, left + 2 * TOOTH - row, below + 1))
    return shape


def file_of(name: str, profile: Profile) -> Path:
    """Name a photograph after its document and the width of its paper."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    return PAPERS / f"{slug}-{profile.paper_mm}.png"


def page() -> str:
    """Write the page: every document with what is to be seen on it."""
    parts = [INTRODUCTION]
    for name in every_document(WIDTHS[0]):
        title = name[0].upper() + name[1:]
        heads = " | ".join(f"{profile.paper_mm} mm" for profile in WIDTHS)
        photos = " | ".join(
            f"![{title}, {profile.paper_mm} mm](paper/{file_of(name, profile).name})"
            for profile in WIDTHS
        )
        parts.append(f"## {title}\n\n{ABOUT[name]}\n\n| {heads} |\n|---|---|\n| {photos} |\n")
    return "\n".join(parts)


def main() -> None:
    PAPERS.mkdir(parents=True, exist_ok=True)
    for old in PAPERS.glob("*.png"):
        old.unlink()
    for profile in WIDTHS:
        for name, document in every_document(profile).items():
            file_of(name, profile).write_bytes(photograph(document, profile))
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
