"""Pictures as the dots a printer burns: decided once, for the paper and for the screen.

A picture that is black and white dots already and fits the paper is taken as it is; any other
is put on white, scaled down and dithered.
"""

import io
from typing import Any, Final

from printers.bitmap import Bitmap
from printers.elements import Image
from printers.errors import BadImageError

_BITS: Final = 8


def dots_of(image: Image, paper_dots: int) -> Bitmap:
    """Give a picture's dots on paper that is `paper_dots` wide; raises `BadImageError`.

    The width is that of `printed_dots`, made up to whole bytes with white.
    """
    try:
        ready = Bitmap.from_png(image.png)
    except ValueError:
        return _dithered(image, paper_dots)
    fits = ready.width <= min(paper_dots, image.max_width_dots)
    return ready if fits else _dithered(image, paper_dots)


def packed(picture: Any) -> Bitmap:
    """Turn a Pillow picture of mode `1` into a bitmap; white is no dot."""
    width_bytes = (picture.width + _BITS - 1) // _BITS
    rows: bytes = picture.point(lambda value: 255 - value).tobytes()
    return Bitmap(width_bytes, picture.height, rows)


def on_white(picture: Any) -> Any:
    """Put a Pillow picture on white and make it grey."""
    from PIL import Image as Pictures  # noqa: PLC0415 - only who shows a picture pays for it

    if not picture.has_transparency_data:
        return picture.convert("RGB").convert("L")
    whole = picture.convert("RGBA")
    white = Pictures.new("RGBA", whole.size, "white")
    return Pictures.alpha_composite(white, whole).convert("L")


def _dithered(image: Image, paper_dots: int) -> Bitmap:
    from PIL import Image as Pictures  # noqa: PLC0415 - only who shows a picture pays for it

    try:
        with Pictures.open(io.BytesIO(image.png), formats=["PNG"]) as opened:
            grey = on_white(opened)
    except (OSError, SyntaxError, ValueError, Pictures.DecompressionBombError) as error:
        raise BadImageError from error
    return packed(grey.resize(image.printed_dots(paper_dots)).convert("1"))
