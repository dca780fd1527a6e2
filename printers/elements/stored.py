"""A document as one line of JSON, and back; strict in both directions.

What is read was written by this module, perhaps by another version of it, and lay in a
database in between: anything unknown, missing or of the wrong type is refused by name.
"""

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from printers.elements.kinds import (
    LAYOUT_VERSION,
    QR,
    Barcode,
    Cell,
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
from printers.errors import BadDocumentError


def _columns(cells: Any) -> Columns:
    if not isinstance(cells, list):
        raise BadDocumentError(where="Columns", what="cells must be a list")
    return Columns(tuple(_cell(cell) for cell in cells))


def _cell(cell: Any) -> Cell:
    if not isinstance(cell, list) or len(cell) != 3:  # noqa: PLR2004 - text, weight, align
        raise BadDocumentError(where="Columns", what="a cell must be [text, weight, align]")
    return Cell(*cell)


def _image(png: Any, max_width_dots: Any) -> Image:
    if not isinstance(png, str):
        raise BadDocumentError(where="Image", what="png must be base64 text")
    return Image.from_base64(png, max_width_dots)


_Shape = tuple[type, Callable[..., Element], tuple[str, ...]]

_SHAPES: Final[Mapping[str, _Shape]] = {
    "heading": (Heading, Heading, ("text", "size")),
    "text": (Text, Text, ("text", "bold", "align", "size")),
    "pair": (Pair, Pair, ("left", "right", "bold", "size")),
    "columns": (Columns, _columns, ("cells",)),
    "rule": (Rule, Rule, ("style",)),
    "qr": (QR, QR, ("data", "caption", "size")),
    "barcode": (Barcode, Barcode, ("data", "symbol", "height_dots")),
    "image": (Image, _image, ("png", "max_width_dots")),
    "kept_image": (KeptImage, KeptImage, ("key", "max_width_dots")),
    "feed": (Feed, Feed, ("lines",)),
    "cut": (Cut, Cut, ()),
    "drawer": (Drawer, Drawer, ()),
    "trial": (Trial, Trial, ("what",)),
}
_KINDS: Final = {shape[0]: kind for kind, shape in _SHAPES.items()}


def to_json(document: Document) -> str:
    """One line of ASCII JSON, keys sorted: the same document gives the same text."""
    rows = [_row(element) for element in document.elements]
    whole = {"layout": LAYOUT_VERSION, "elements": rows}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"))


def _row(element: Element) -> dict[str, Any]:
    kind = _KINDS[type(element)]
    row = {name: _plain(getattr(element, name)) for name in _SHAPES[kind][2]}
    return {"kind": kind, **row}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, tuple):
        return [[cell.text, cell.weight, cell.align] for cell in value]
    return value


def from_json(text: str) -> Document:
    """Read what `to_json` wrote. Raises `BadDocumentError` naming the element at fault."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadDocumentError(where="document", what="it is not JSON") from error
    if not isinstance(whole, dict) or set(whole) != {"layout", "elements"}:
        raise BadDocumentError(where="document", what="it must have layout and elements")
    if whole["layout"] != LAYOUT_VERSION:
        what = f"layout version {whole['layout']!r} is not {LAYOUT_VERSION}"
        raise BadDocumentError(where="document", what=what)
    if not isinstance(whole["elements"], list):
        raise BadDocumentError(where="document", what="elements must be a list")
    return Document(tuple(_element(n, row) for n, row in enumerate(whole["elements"], start=1)))


def _element(n: int, row: Any) -> Element:
    if not isinstance(row, dict):
        raise BadDocumentError(where=f"element {n}", what="it must be an object")
    kind = row.get("kind")
    if not isinstance(kind, str) or kind not in _SHAPES:
        raise BadDocumentError(where=f"element {n}", what=f"there is no kind {kind!r}")
    _, build, names = _SHAPES[kind]
    if set(row) != {"kind", *names}:
        what = f"it must have exactly {', '.join(names) or 'no fields'}"
        raise BadDocumentError(where=f"element {n} ({kind})", what=what)
    try:
        return build(**{name: row[name] for name in names})
    except BadDocumentError as error:
        where = f"element {n} ({kind})"
        raise BadDocumentError(where=where, what=error.facts["what"]) from error
