"""The elements of a document, and its stored form; import them from here."""

from printers.elements.kinds import (
    LAYOUT_VERSION,
    QR,
    Align,
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
    Size,
    Text,
)
from printers.elements.stored import from_json, to_json

__all__ = [
    "LAYOUT_VERSION",
    "QR",
    "Align",
    "Cell",
    "Columns",
    "Cut",
    "Document",
    "Drawer",
    "Element",
    "Feed",
    "Heading",
    "Image",
    "KeptImage",
    "Pair",
    "Rule",
    "Size",
    "Text",
    "from_json",
    "to_json",
]
