"""A logo from any picture: made small, put on white and dithered, once, when it is handed in.

It comes out as black and white dots at most 48 mm wide, so that it is the same on paper of
58 mm and of 80 mm, and never scaled again.
"""

import io
import warnings
from typing import Any, Final

from printers.dots import on_white, packed
from printers.errors import BadLogoError, LogoTooLargeError

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
WIDEST_DOTS: Final = 384
TALLEST_DOTS: Final = 240
MOST_FILE_BYTES: Final = 40 * 1024 * 1024
MOST_PIXELS: Final = 12_600_000
"""What a camera of 12 megapixels takes, 4032 x 3024, and a little more."""
MOST_PNG_BYTES: Final = 24 * 1024


def prepare_logo(data: bytes) -> bytes:
    """Give a picture's bytes as a small PNG of black and white dots, at most 24 kB.

    Of an animation it takes the first frame; a photograph is turned upright. Raises
    `BadLogoError` and `LogoTooLargeError`, before a picture too large is unpacked.
    """
    from PIL import Image as Pictures  # noqa: PLC0415 - a logo a season needs no place in memory
    from PIL import ImageOps  # noqa: PLC0415 - the same

    if len(data) > MOST_FILE_BYTES:
        raise LogoTooLargeError(size=f"{len(data) // (1024 * 1024)} MB")
    try:
        with warnings.catch_warnings():
            # Size is judged below; odd metadata of a camera is no reason to refuse its picture.
            warnings.simplefilter("ignore")
            with Pictures.open(io.BytesIO(data), formats=FORMATS) as opened:
                _check_size(opened.size)
                # A photograph is unpacked at the size that is needed, no larger.
                opened.draft("RGB", (2 * WIDEST_DOTS, 2 * WIDEST_DOTS))
                upright = ImageOps.exif_transpose(_small(opened))
                grey = on_white(upright)
    except Pictures.DecompressionBombError as error:
        raise LogoTooLargeError(size="> 12 MP") from error
    except (OSError, SyntaxError, ValueError, ArithmeticError, EOFError, MemoryError) as error:
        raise BadLogoError from error
    grey.thumbnail((WIDEST_DOTS, TALLEST_DOTS))
    return packed(_whole_bytes(grey).convert("1")).to_png()


def _check_size(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MOST_PIXELS:
        raise LogoTooLargeError(size=f"{width} x {height}")


def _small(picture: Any) -> Any:
    """Shrink a large picture by a whole factor before anything costly is done with it."""
    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda value: value / 256).convert("L")
    factor = min(picture.width // (2 * WIDEST_DOTS), picture.height // (2 * TALLEST_DOTS))
    if factor < 2 or picture.mode not in ("L", "LA", "RGB", "RGBA", "CMYK"):  # noqa: PLR2004 - halves at least
        return picture
    return _with_rotation(picture.reduce(factor), picture)


def _with_rotation(shrunk: Any, original: Any) -> Any:
    """Keep which way up the camera was held."""
    shrunk.info.update({key: original.info[key] for key in ("exif",) if key in original.info})
    return shrunk


def _whole_bytes(grey: Any) -> Any:
    """Widen with white to a multiple of eight dots, the picture in the middle."""
    from PIL import ImageOps  # noqa: PLC0415 - as above

    spare = -grey.width % 8
    return ImageOps.expand(grey, (spare // 2, 0, spare - spare // 2, 0), fill=255)
