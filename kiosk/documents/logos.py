"""A logo as somebody hands it in: made fit for paper, or refused in words."""

from kiosk.errors import N_, KioskError
from printers.errors import BadLogoError, LogoTooLargeError
from printers.logo import MOST_FILE_BYTES, prepare_logo

# The file, and a little for the form around it.
LARGEST_UPLOAD_BYTES = MOST_FILE_BYTES + (1 << 16)


class LogoRefusedError(KioskError):
    """A file that is no logo; the sentence says what would be."""

    field = "logo"


def read_logo(data: bytes) -> bytes:
    """Give a picture as a small PNG of black and white dots; raises LogoRefusedError."""
    if not data:
        raise LogoRefusedError(N_("Choose a picture first: PNG, JPEG, WebP, GIF or BMP."))
    try:
        return prepare_logo(data)
    except LogoTooLargeError as error:
        raise LogoRefusedError(
            N_(
                "This picture is too large (%(size)s). Make it smaller:"
                " at most 12 megapixels and 40 MB."
            ),
            size=error.facts["size"],
        ) from None
    except BadLogoError:
        raise LogoRefusedError(
            N_("This picture cannot be read. Choose a PNG, JPEG, WebP, GIF or BMP file.")
        ) from None
