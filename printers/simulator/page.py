"""What commands put on paper: the printer's modes, and the line it is filling.

Executing a command gives pieces of paper in order, each with the dot rows it takes; whether
there is paper for them is not known here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from printers.elements import Align
from printers.paper import PaperCut, PaperLine, PaperPulse, PaperRaster, Piece
from printers.profiles import LETTER_DOTS, LINE_DOTS, Profile
from printers.simulator.graphics import Graphics
from printers.simulator.parser import Command

_CODE_PAGES: Final = {
    0: "cp437",
    1: "cp932",
    2: "cp850",
    3: "cp860",
    4: "cp863",
    5: "cp865",
    16: "cp1252",
    17: "cp866",
    18: "cp852",
    19: "cp858",
}
_BARCODE_ROWS: Final = 162
_CODE_128: Final = 73
# Code 128 without one of these in front prints nothing.
_CODE_SETS: Final = ("{A", "{B", "{C")
FONT_A_DOTS: Final = 12
FONT_B_DOTS: Final = 9
_TAB_COLUMNS: Final = 8
_FIRST_LEAD_BYTE: Final = 0x81
_FULL_CUTS: Final = (0, 48, 65, 97)
_ALIGNS: Final[dict[int, Align]] = {0: "left", 1: "center", 2: "right"}

_Action = Callable[[bytes], "Printed"]
Printed = list[tuple[Piece, int]]
"""Pieces in order, each with its height in dot rows."""


@dataclass
class _Modes:
    """What `ESC @` resets. Chinese mode is on, as it is in most cheap printers."""

    bold: bool = False
    underline: bool = False
    width: int = 1
    height: int = 1
    letter_dots: int = FONT_A_DOTS
    align: Align = "left"
    code_page: str = "cp437"
    chinese: bool = True
    line_rows: int = LINE_DOTS


@dataclass
class _Line:
    """The line being filled: its letters, and the largest style among them."""

    text: str = ""
    columns: int = 0
    dots: int = 0
    bold: bool = False
    underline: bool = False
    width: int = 1
    height: int = 1
    lead_byte: bytes = b""


class Page:
    """One printer's paper path."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        # The ordinary letter fills the columns exactly, whatever its profile says of dots.
        self._line_dots = profile.columns * FONT_A_DOTS
        self._modes = _Modes()
        self._line = _Line()
        self._graphics = Graphics()
        self._actions: Mapping[bytes, _Action] = {
            b"\x1b@": self._reset,
            b"\x1b!": self._print_mode,
            b"\x1bE": self._bold,
            b"\x1bG": self._bold,
            b"\x1ba": self._align,
            b"\x1bt": self._code_page,
            b"\x1bd": lambda arguments: self._feed_lines(arguments[0]),
            b"\x1bJ": self._feed_dots,
            b"\x1bM": self._font,
            b"\x1b-": self._underline,
            b"\x1bp": self._pulse,
            b"\x1b2": lambda _: self._line_rows(LINE_DOTS),
            b"\x1b3": lambda arguments: self._line_rows(arguments[0]),
            b"\x1bi": lambda _: self._cut(partial=True),
            b"\x1bm": lambda _: self._cut(partial=True),
            b"\x1c.": lambda _: self._chinese(on=False),
            b"\x1c&": lambda _: self._chinese(on=True),
            b"\x1d!": self._letter_size,
            b"\x1dV": lambda arguments: self._cut(partial=arguments[0] not in _FULL_CUTS),
            b"\x1dk": self._barcode,
        }

    def execute(self, command: Command) -> Printed:
        """Carry one command out; commands that change no paper give no pieces."""
        if len(command.name) == 1:
            return self._byte(command.name)
        if action := self._actions.get(command.name):
            return action(command.arguments)
        return self._pictures(command)

    def _byte(self, byte: bytes) -> Printed:
        match byte:
            case b"\n":
                return self._line_feed()
            case b"\t":
                return self._letters(" " * (_TAB_COLUMNS - self._line.columns % _TAB_COLUMNS))
        if byte < b" " or byte == b"\x7f":
            return []
        return self._letters(self._decoded(byte))

    def _decoded(self, byte: bytes) -> str:
        """Read one byte in the code page; in Chinese mode two high bytes are one letter."""
        if not self._modes.chinese or (byte[0] < _FIRST_LEAD_BYTE and not self._line.lead_byte):
            return byte.decode(self._modes.code_page, "replace")
        if not self._line.lead_byte:
            self._line.lead_byte = byte
            return ""
        pair, self._line.lead_byte = self._line.lead_byte + byte, b""
        return pair.decode("gb18030", "replace")

    def _letters(self, letters: str) -> Printed:
        printed: Printed = []
        line, modes = self._line, self._modes
        for letter in letters:
            if line.dots + modes.letter_dots * modes.width > self._line_dots:
                printed += self._line_feed()
                line = self._line
            line.text += letter
            line.columns += modes.width
            line.dots += modes.letter_dots * modes.width
            line.bold |= modes.bold
            line.underline |= modes.underline
            line.width = max(line.width, modes.width)
            line.height = max(line.height, modes.height)
        return printed

    def _line_feed(self) -> Printed:
        line, modes = self._line, self._modes
        self._line = _Line()
        if self._graphics.picture_on_line and not line.text:
            self._graphics.picture_on_line = False
            return []
        if not line.text:
            line = _Line(bold=modes.bold, width=modes.width, height=modes.height)
        rows = max(modes.line_rows, LETTER_DOTS * line.height + LINE_DOTS - LETTER_DOTS)
        shown = PaperLine(
            line.text, line.bold, line.width, line.height, modes.align, line.underline
        )
        return [(shown, rows)]

    def _flush(self) -> Printed:
        return self._line_feed() if self._line.text else []

    def _feed_dots(self, arguments: bytes) -> Printed:
        """Print the line and feed so many dots, which its own height is part of."""
        printed = self._flush()
        rest = arguments[0] - sum(rows for _, rows in printed)
        return [*printed, (PaperLine(""), rest)] if rest > 0 else printed

    def _feed_lines(self, lines: int) -> Printed:
        printed = self._flush()
        blank: tuple[Piece, int] = (PaperLine(""), self._modes.line_rows)
        return printed + [blank] * (lines - len(printed))

    def _pictures(self, command: Command) -> Printed:
        """Carry out what draws dots; anything unknown is passed over."""
        bitmap = self._graphics.drawn(command)
        if bitmap is None:
            return []
        spare = max(0, self._profile.paper_dots - bitmap.width)
        left = {"left": 0, "center": spare // 2, "right": spare}[self._modes.align]
        words = self._graphics.words
        picture = PaperRaster(bitmap.to_png(), bitmap.width, bitmap.height, left, words)
        return [*self._flush(), (picture, bitmap.height)]

    def _reset(self, _arguments: bytes) -> Printed:
        self._modes, self._line = _Modes(), _Line()
        return []

    def _print_mode(self, arguments: bytes) -> Printed:
        bits = arguments[0]
        self._font(bytes([bits & 1]))
        self._underline(bytes([bits >> 7]))
        self._modes.bold = bool(bits & 0x08)
        self._modes.height = 2 if bits & 0x10 else 1
        self._modes.width = 2 if bits & 0x20 else 1
        return []

    def _letter_size(self, arguments: bytes) -> Printed:
        self._modes.width = (arguments[0] >> 4 & 7) + 1
        self._modes.height = (arguments[0] & 7) + 1
        return []

    def _bold(self, arguments: bytes) -> Printed:
        self._modes.bold = bool(arguments[0] & 1)
        return []

    def _font(self, arguments: bytes) -> Printed:
        self._modes.letter_dots = FONT_B_DOTS if arguments[0] % 48 == 1 else FONT_A_DOTS
        return []

    def _underline(self, arguments: bytes) -> Printed:
        self._modes.underline = arguments[0] % 48 > 0
        return []

    def _align(self, arguments: bytes) -> Printed:
        self._modes.align = _ALIGNS.get(arguments[0] % 48, "left")
        return []

    def _code_page(self, arguments: bytes) -> Printed:
        self._modes.code_page = _CODE_PAGES.get(arguments[0], "cp437")
        return []

    def _chinese(self, *, on: bool) -> Printed:
        self._modes.chinese = on
        return []

    def _line_rows(self, rows: int) -> Printed:
        self._modes.line_rows = rows
        return []

    def _cut(self, *, partial: bool) -> Printed:
        if not self._profile.has_cutter:
            return self._flush()
        return [*self._flush(), (PaperCut(partial), 0)]

    def _pulse(self, arguments: bytes) -> Printed:
        return [(PaperPulse(5 if arguments[0] % 48 else 2), 0)]

    def _barcode(self, arguments: bytes) -> Printed:
        start = 2 if arguments[0] >= 65 else 1  # noqa: PLR2004 - from 65 on a count comes first
        code = arguments[start:].decode("ascii", "replace").rstrip("\0")
        if arguments[0] == _CODE_128:
            if code[:2] not in _CODE_SETS:
                return []
            code = code[2:]
        return [*self._flush(), (PaperLine(f"||| {code} |||"), _BARCODE_ROWS)]
