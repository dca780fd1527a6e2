"""Links that go on paper as a QR code: a stall's shop elsewhere on the internet."""

from typing import Final
from urllib.parse import urlsplit

from kiosk.errors import N_, KioskError

# What a QR code of 37 modules holds at error correction M: about 23 mm of paper.
LONGEST_LINK_BYTES: Final = 84


class ShopLinkError(KioskError):
    """A link that is no short https address."""

    field = "shop_url"

    def __init__(self) -> None:
        super().__init__(
            N_("Write a link that begins with https:// and has at most %(most)d characters."),
            most=LONGEST_LINK_BYTES,
        )


def read_shop_url(text: str) -> str:
    """Read a shop's address, '' for none; raises ShopLinkError.

    Printable ASCII alone: a phone must read from paper exactly what was typed here.
    """
    link = text.strip()
    if not link:
        return ""
    if len(link) > LONGEST_LINK_BYTES or not link.isascii() or not link.isprintable():
        raise ShopLinkError
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ShopLinkError from None
    named = "." in host.strip(".") and ".." not in host
    if parts.scheme != "https" or not named or parts.username or port == 0 or " " in link:
        raise ShopLinkError
    return link
