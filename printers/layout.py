"""Elements laid out for a paper of so many columns: which characters stand where.

Pure, and the one place that decides: the bytes for a printer, the picture on a screen and
the golden text all come from these lines. Alignment is spaces, so that a line looks the
same everywhere. No line is ever wider than the paper.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Final

from printers.elements import (
    QR,
    Align,
    Barcode,
    Columns,
    Cut,
    Document,
    Drawer,
    Element,
    Feed,
    Heading,
    Image,
    KeptImage,
    Pair,
    Rule,
    Text,
    Trial,
)
from printers.errors import DocumentTooLongError
from printers.plaintext import plain, plain_lines
from printers.profiles import DOTS_PER_MM, LETTER_DOTS, LINE_DOTS
from printers.qr import side_modules
from printers.trial import trial_rows

MAX_LINES: Final = 600
MAX_MILLIMETRES: Final = 3000


@dataclass(frozen=True, slots=True)
class LaidOutLine:
    """One line of printable ASCII, without spaces at its end.

    `width` and `height` are 1 or 2 times the ordinary letter.
    """

    text: str
    bold: bool = False
    width: int = 1
    height: int = 1


LaidOut = LaidOutLine | QR | Barcode | Image | Feed | Cut | Drawer | Trial
"""What reaches the encoder; a `QR` here has no caption any more."""


def lay_out(
    document: Document,
    columns: int,
    *,
    max_lines: int = MAX_LINES,
    max_millimetres: int = MAX_MILLIMETRES,
) -> tuple[LaidOut, ...]:
    """Lay a document out for paper of `columns` ordinary letters.

    Raises `DocumentTooLongError` when it would use up more paper than the limits allow.
    """
    laid_out: list[LaidOut] = []
    for element in document.elements:
        laid_out.extend(_element(element, columns))
        if len(laid_out) > max_lines:
            raise DocumentTooLongError(length=len(laid_out), unit="lines", limit=max_lines)
    length = millimetres(laid_out)
    if length > max_millimetres:
        raise DocumentTooLongError(length=length, unit="mm", limit=max_millimetres)
    return tuple(laid_out)


def as_text(laid_out: Sequence[LaidOut]) -> str:
    """Show laid-out lines as readable text, a line each; blocks stand in angle brackets."""
    return "".join(f"{_as_text(one)}\n" for one in laid_out)


def millimetres(laid_out: Sequence[LaidOut]) -> int:
    """How much paper this takes at the least, rounded up."""
    return -(-sum(_dots(one) for one in laid_out) // DOTS_PER_MM)


def _as_text(one: LaidOut) -> str:
    match one:
        case LaidOutLine(text=text):
            return text
        case Feed(lines=lines):
            return "\n" * (lines - 1)
        case _:
            return f"<{_named(one)}>"


def _named(block: QR | Barcode | Image | Cut | Drawer | Trial) -> str:
    match block:
        case QR(data=data):
            return f"QR {data}"
        case Barcode(data=data, symbol=symbol):
            return f"{symbol} {data}"
        case Image():
            return "picture {} x {}".format(*block.pixels)
        case Cut():
            return "cut"
        case Drawer():
            return "drawer"
        case Trial(what=what):
            return f"trial {what}"


def _dots(one: LaidOut) -> int:
    match one:
        case LaidOutLine(height=height):
            dots = LINE_DOTS + LETTER_DOTS * (height - 1)
        case QR(data=data, size=size):
            dots = side_modules(data) * size
        case Barcode(height_dots=height_dots):
            dots = height_dots
        case Image():
            dots = one.printed_dots(one.max_width_dots)[1]
        case Feed(lines=lines):
            dots = LINE_DOTS * lines
        case Cut() | Drawer():
            dots = LINE_DOTS * isinstance(one, Cut)
        case Trial():
            dots = trial_rows(one)
    return dots


def _element(element: Element, columns: int) -> Iterator[LaidOut]:
    match element:
        case Heading() | Text() | Pair() | Columns():
            yield from _words(element, columns)
        case Rule(style=style):
            yield LaidOutLine(style * columns)
        case QR(data=data, caption=caption, size=size):
            yield QR(data, None, size)
            for line in _aligned(caption, columns, "center") if caption else ():
                yield LaidOutLine(line)
        case Barcode(data=data):
            yield element
            for line in _aligned(data, columns, "center"):
                yield LaidOutLine(line)
        case KeptImage():
            return
        case _:
            yield element


def _words(element: Heading | Text | Pair | Columns, columns: int) -> Iterator[LaidOutLine]:
    match element:
        case Heading(text=text, size=size):
            for line in _aligned(text, columns // size, "center"):
                yield LaidOutLine(line, bold=True, width=size, height=2)
        case Text(text=text, bold=bold, align=align, size=size):
            for line in _aligned(text, columns // size, align):
                yield LaidOutLine(line, bold, size, size)
        case Pair(left=left, right=right, bold=bold, size=size):
            for line in _pair(plain(left), plain(right), columns // size):
                yield LaidOutLine(line, bold, size, size)
        case Columns():
            for line in _side_by_side(element, columns):
                yield LaidOutLine(line)


def _aligned(text: str, width: int, align: Align) -> list[str]:
    lines = [part for line in plain_lines(text) for part in _wrapped(line, width)]
    return [_placed(line, width, align).rstrip() for line in lines]


def _placed(line: str, width: int, align: Align) -> str:
    """Pad a line to exactly `width`; centred, an odd space goes to the right."""
    if align == "right":
        return line.rjust(width)
    if align == "center":
        return (" " * ((width - len(line)) // 2) + line).ljust(width)
    return line.ljust(width)


def _wrapped(line: str, width: int) -> list[str]:
    """Break one line between words, and words longer than the paper anywhere.

    A line that fits stays as it is, spaces at its start included. At least one line.
    """
    line = line.rstrip()
    if len(line) <= width:
        return [line]
    lines = [""]
    for word in line.split():
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if len(joined) <= width:
            lines[-1] = joined
            continue
        pieces = [word[at : at + width] for at in range(0, len(word), width)]
        lines[-1:] = [lines[-1], *pieces] if lines[-1] else pieces
    return lines


def _pair(left: str, right: str, width: int) -> list[str]:
    """Place the amount at the right edge, beside the last of the words if both fit there."""
    lines = _wrapped(left, width)
    amounts = _wrapped(right.strip(), width)
    room = width - len(amounts[0])
    if not lines[-1] or len(lines[-1]) < room:
        lines[-1] = lines[-1].ljust(room) + amounts.pop(0)
    return [line.rstrip() for line in (*lines, *(amount.rjust(width) for amount in amounts))]


def _side_by_side(element: Columns, columns: int) -> list[str]:
    widths = _shared_width(columns, [cell.weight for cell in element.cells])
    stacks = [
        [_placed(line, width, cell.align) for line in _wrapped(plain(cell.text), width)]
        for cell, width in zip(element.cells, widths, strict=True)
    ]
    rows = zip_longest(*stacks)
    return [
        " ".join(
            " " * width if part is None else part for part, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _shared_width(columns: int, weights: Sequence[int]) -> list[int]:
    """Share the width, less a space between cells, by weight; every cell gets at least one."""
    spare = columns - (len(weights) - 1) - len(weights)
    total = sum(weights)
    edges = [spare * sum(weights[:n]) // total for n in range(len(weights) + 1)]
    return [1 + right - left for left, right in pairwise(edges)]
