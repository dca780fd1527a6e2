"""QR codes on a screen: black on white in every theme."""

from typing import Literal

from markupsafe import Markup


def text_as_qr(text: str, error: Literal["l", "m"] = "l") -> Markup:
    """Draw text as a QR code with its quiet zone, as wide as its place on the page."""
    import segno  # noqa: PLC0415 - a till that never shows a code does not load it

    drawn = segno.make_qr(text, error=error).svg_inline(
        border=4, light="#fff", svgclass=None, lineclass=None, omitsize=True
    )
    return Markup(drawn)  # noqa: S704 - segno draws squares; no text of anybody's is in it
