"""What a document is made of: headings, text, pairs, QR codes, cuts.

Elements say what is meant, never how wide the paper is. An impossible element cannot be
built: every class checks its own fields and raises `BadDocumentError` naming them.
"""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from printers.errors import BadDocumentError

LAYOUT_VERSION: Final = 1
"""Goes up when the same elements would be laid out otherwise."""

Align = Literal["left", "center", "right"]
Size = Literal[1, 2]
BarcodeSymbol = Literal["ean13", "code128"]

MAX_QR_BYTES: Final = 500
MAX_IMAGE_BYTES: Final = 512 * 1024
MAX_IMAGE_SIDE: Final = 4096
MAX_TEXT: Final = 4000
MAX_BARCODE: Final = 48
_MAX_CELLS: Final = 6
_PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PNG_HEAD_BYTES: Final = 24
_CODE_128: Final = re.compile(rf"[ -~]{{1,{MAX_BARCODE}}}")
_KEY: Final = re.compile(r"[0-9a-f]{64}")


def _refuse(element: object, what: str) -> BadDocumentError:
    return BadDocumentError(where=type(element).__name__, what=what)


def _check_text(element: object, name: str, value: object) -> None:
    if not isinstance(value, str):
        raise _refuse(element, f"{name} must be text, not {type(value).__name__}")
    if len(value) > MAX_TEXT:
        raise _refuse(element, f"{name} is longer than {MAX_TEXT} characters")


def _check_whole(element: object, name: str, value: object, low: int, high: int) -> None:
    if type(value) is not int or not low <= value <= high:
        raise _refuse(element, f"{name} must be a whole number from {low} to {high}, not {value!r}")


def _check_flag(element: object, name: str, value: object) -> None:
    if not isinstance(value, bool):
        raise _refuse(element, f"{name} must be true or false, not {value!r}")


def _check_align(element: object, value: object) -> None:
    if value not in ("left", "center", "right"):
        raise _refuse(element, f"align must be left, center or right, not {value!r}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A bold centred line; size 1 is double height, size 2 also double width."""

    text: str
    size: Size = 1

    def __post_init__(self) -> None:
        _check_text(self, "text", self.text)
        _check_whole(self, "size", self.size, 1, 2)


@dataclass(frozen=True, slots=True)
class Text:
    """Running text; a line feed in it starts a new line, size 2 doubles both ways."""

    text: str
    bold: bool = False
    align: Align = "left"
    size: Size = 1

    def __post_init__(self) -> None:
        _check_text(self, "text", self.text)
        _check_flag(self, "bold", self.bold)
        _check_align(self, self.align)
        _check_whole(self, "size", self.size, 1, 2)


@dataclass(frozen=True, slots=True)
class Pair:
    """Words at the left edge and an amount at the right edge."""

    left: str
    right: str
    bold: bool = False
    size: Size = 1

    def __post_init__(self) -> None:
        _check_text(self, "left", self.left)
        _check_text(self, "right", self.right)
        _check_flag(self, "bold", self.bold)
        _check_whole(self, "size", self.size, 1, 2)


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of `Columns`; `weight` is its share of the width, 1 to 100."""

    text: str
    weight: int = 1
    align: Align = "left"

    def __post_init__(self) -> None:
        _check_text(self, "text", self.text)
        _check_whole(self, "weight", self.weight, 1, 100)
        _check_align(self, self.align)


@dataclass(frozen=True, slots=True)
class Columns:
    """One to six cells side by side, one space between them."""

    cells: tuple[Cell, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.cells) <= _MAX_CELLS:
            raise _refuse(self, f"cells must be 1 to {_MAX_CELLS}, not {len(self.cells)}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper, drawn with one of `-`, `=`, `.`, `*`, `_`."""

    style: str = "-"

    def __post_init__(self) -> None:
        if self.style not in ("-", "=", ".", "*", "_"):
            raise _refuse(self, f"style must be one of - = . * _, not {self.style!r}")


@dataclass(frozen=True, slots=True)
class QR:
    """A QR code with an optional line of words under it; `size` is dots a module, 2 to 12."""

    data: str
    caption: str | None = None
    size: int = 5

    def __post_init__(self) -> None:
        _check_text(self, "data", self.data)
        if not 1 <= len(self.data.encode("utf-8", "replace")) <= MAX_QR_BYTES:
            raise _refuse(self, f"data must be 1 to {MAX_QR_BYTES} bytes")
        if not self.data.isprintable():
            raise _refuse(self, "data may hold printable characters only")
        if self.caption is not None:
            _check_text(self, "caption", self.caption)
        _check_whole(self, "size", self.size, 2, 12)


@dataclass(frozen=True, slots=True)
class Barcode:
    """A barcode with its digits or letters under it; `height_dots` is that of the bars.

    `data` is 13 digits with a right check digit for `ean13`, else 1 to 48 printable letters.
    """

    data: str
    symbol: BarcodeSymbol
    height_dots: int = 80

    def __post_init__(self) -> None:
        _check_text(self, "data", self.data)
        if self.symbol not in ("ean13", "code128"):
            raise _refuse(self, f"symbol must be ean13 or code128, not {self.symbol!r}")
        if self.symbol == "ean13" and not _is_ean13(self.data):
            raise _refuse(self, "data must be 13 digits, the last of them the check digit")
        if not _CODE_128.fullmatch(self.data):
            raise _refuse(self, f"data must be 1 to {MAX_BARCODE} printable ASCII letters")
        _check_whole(self, "height_dots", self.height_dots, 24, 240)


def _is_ean13(data: str) -> bool:
    if not re.fullmatch(r"[0-9]{13}", data):
        return False
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(data)) % 10 == 0


@dataclass(frozen=True, slots=True)
class Image:
    """A PNG picture, centred, scaled down to at most `max_width_dots`."""

    png: bytes
    max_width_dots: int = 384

    def __post_init__(self) -> None:
        if len(self.png) > MAX_IMAGE_BYTES:
            raise _refuse(self, f"png is larger than {MAX_IMAGE_BYTES} bytes")
        if len(self.png) < _PNG_HEAD_BYTES or not self.png.startswith(_PNG_SIGNATURE):
            raise _refuse(self, "png is not a PNG picture")
        width, height = self.pixels
        if not (1 <= width <= MAX_IMAGE_SIDE and 1 <= height <= MAX_IMAGE_SIDE):
            raise _refuse(self, f"png must be at most {MAX_IMAGE_SIDE} pixels wide and high")
        _check_whole(self, "max_width_dots", self.max_width_dots, 8, 832)

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height as the PNG's own head states them."""
        return int.from_bytes(self.png[16:20], "big"), int.from_bytes(self.png[20:24], "big")

    def printed_dots(self, paper_dots: int) -> tuple[int, int]:
        """Width and height on paper that is `paper_dots` wide: scaled down, never up."""
        width, height = self.pixels
        printed_width = min(width, self.max_width_dots, paper_dots)
        return printed_width, max(1, height * printed_width // width)

    @classmethod
    def from_base64(cls, png: str, max_width_dots: int) -> "Image":
        """Read the JSON form. Raises `BadDocumentError` when it is no base64."""
        try:
            return cls(base64.b64decode(png, validate=True), max_width_dots)
        except (binascii.Error, ValueError) as error:
            raise BadDocumentError(where="Image", what="png is not base64") from error


@dataclass(frozen=True, slots=True)
class KeptImage:
    """A picture kept apart from the documents that show it, by the SHA-256 of its PNG.

    A logo stands on every receipt: so a receipt is stored without it. `Document.with_pictures`
    puts it in; where nobody did, it takes no paper.
    """

    key: str
    max_width_dots: int = 384

    def __post_init__(self) -> None:
        if not isinstance(self.key, str) or not _KEY.fullmatch(self.key):
            raise _refuse(self, "key must be 64 hex digits")
        _check_whole(self, "max_width_dots", self.max_width_dots, 8, 832)


@dataclass(frozen=True, slots=True)
class Feed:
    """Blank paper, 1 to 20 lines."""

    lines: int = 1

    def __post_init__(self) -> None:
        _check_whole(self, "lines", self.lines, 1, 20)


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of a slip: cut, or fed past the tear bar where there is no cutter."""


@dataclass(frozen=True, slots=True)
class Drawer:
    """A pulse that opens the cash drawer."""


TrialName = Literal[
    "ruler-32",
    "ruler-42",
    "ruler-48",
    "code-page-0",
    "code-page-2",
    "code-page-16",
    "code-page-19",
    "qr-picture",
    "qr-printer",
    "cut",
    "drawer",
]


@dataclass(frozen=True, slots=True)
class Trial:
    """Something a test page makes a printer try, whatever its profile says it can."""

    what: TrialName

    def __post_init__(self) -> None:
        if self.what not in get_args(TrialName):
            raise _refuse(self, f"there is no trial {self.what!r}")


Element = (
    Heading
    | Text
    | Pair
    | Columns
    | Rule
    | QR
    | Barcode
    | Image
    | KeptImage
    | Feed
    | Cut
    | Drawer
    | Trial
)
_KICKS: Final = (Drawer(), Trial("drawer"))


@dataclass(frozen=True, slots=True)
class Document:
    """What one print job puts on paper.

    A drawer kick stands alone: a receipt printed late, or twice, must not open a drawer.
    """

    elements: tuple[Element, ...]

    def __post_init__(self) -> None:
        if not self.elements:
            raise _refuse(self, "it is empty")
        if len(self.elements) > 1 and any(one in _KICKS for one in self.elements):
            raise _refuse(self, "a drawer kick must be a document of its own")

    def stamped(self, stamp: str) -> "Document":
        """Put a word across the top, e.g. SALINAN; a drawer kick takes none."""
        if self.elements[0] in _KICKS:
            return self
        return Document((Heading(stamp, 2), *self.elements))

    def with_pictures(self, find: Callable[[str], bytes | None]) -> "Document":
        """Put the kept pictures in; one that `find` no longer knows leaves nothing."""
        elements: list[Element] = []
        for one in self.elements:
            if not isinstance(one, KeptImage):
                elements.append(one)
            elif png := find(one.key):
                elements.append(Image(png, one.max_width_dots))
        return Document(tuple(elements)) if elements else self
