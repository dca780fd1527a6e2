"""QRIS: reading a merchant-presented payload, and refusing one that cannot be right.

EMVCo: id (2 digits), length (2 digits), value, over and over; the last is tag 63, a
CRC-16/CCITT-FALSE over everything up to and including `6304`. The default is to show
the seller's own unchanged code beside the amount.
"""

import binascii
from dataclasses import dataclass
from typing import Final

from kiosk.domain.money import Rupiah
from kiosk.errors import N_, KioskError

_CRC_HEAD: Final = "6304"
_CRC_LENGTH: Final = 4
_REPOSITORY: Final = "51"
_NMID: Final = "02"
_LARGEST_PAYLOAD: Final = 512


class QrisError(KioskError):
    """A text that is no usable static QRIS code; says what is wrong and what to do."""

    def __init__(self, fact: str) -> None:
        self.fact = fact
        super().__init__(
            N_("This is not a usable QRIS code: %(fact)s. Scan the printed code again."), fact=fact
        )


@dataclass(frozen=True, slots=True)
class QrisCode:
    """A static payload and what a buyer compares: merchant name, city, NMID."""

    payload: str
    merchant: str
    city: str
    nmid: str


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE (poly 1021, init FFFF) as four upper-case hex digits."""
    return f"{binascii.crc_hqx(text.encode('utf-8'), 0xFFFF):04X}"


def read_static(payload: str) -> QrisCode:
    """Read a seller's own static code.

    Raises QrisError for a wrong checksum, broken lengths, another country's or currency's
    code, and for a code that already carries an amount.
    """
    tags = _read_checked(payload.strip())
    if tags.get("01") == "12" or "54" in tags:
        raise QrisError(N_("it is made for one amount; the seller's standing code is needed"))
    if tags.get("00") != "01" or tags.get("01") != "11":
        raise QrisError(N_("it is not a standing (static) code"))
    if tags.get("53") != "360" or tags.get("58") != "ID":
        raise QrisError(N_("it is not in rupiah"))
    nmid = _read_tags(tags.get(_REPOSITORY, "")).get(_NMID, "")
    merchant = tags.get("59", "").strip()
    if not merchant or not nmid:
        raise QrisError(N_("merchant name or NMID is missing"))
    return QrisCode(payload.strip(), merchant, tags.get("60", "").strip(), nmid)


def with_amount(code: QrisCode, amount: Rupiah) -> str:
    """Turn a static code dynamic for one amount: 01 to `12`, 54 after 53, 55–57 dropped.

    Some issuers refuse such a code, so it is used only where a seller switched it on.
    """
    if amount <= 0:
        raise QrisError(N_("a code cannot ask for nothing"))
    parts = []
    for tag, value in _read_checked(code.payload).items():
        if tag in ("54", "55", "56", "57", "63"):
            continue
        parts.append(_write_tag(tag, "12" if tag == "01" else value))
        if tag == "53":
            parts.append(_write_tag("54", str(amount)))
    body = "".join(parts) + _CRC_HEAD
    return body + checksum(body)


def _read_checked(payload: str) -> dict[str, str]:
    if not payload or len(payload) > _LARGEST_PAYLOAD or not payload.isprintable():
        raise QrisError(N_("it is empty, too long, or holds unprintable characters"))
    if payload[-8:-4] != _CRC_HEAD:
        raise QrisError(N_("its end (the checksum) is missing"))
    if checksum(payload[:-_CRC_LENGTH]) != payload[-_CRC_LENGTH:]:
        raise QrisError(N_("its checksum is wrong, so it was misread or changed"))
    return _read_tags(payload)


def _read_tags(text: str) -> dict[str, str]:
    tags: dict[str, str] = {}
    at = 0
    while at < len(text):
        head = text[at : at + 4]
        if len(head) < 4 or not (head.isascii() and head.isdigit()):  # noqa: PLR2004 - id and length
            raise QrisError(N_("its parts do not fit together"))
        value = text[at + 4 : at + 4 + int(head[2:])]
        if len(value) != int(head[2:]) or head[:2] in tags:
            raise QrisError(N_("its parts do not fit together"))
        tags[head[:2]] = value
        at += 4 + len(value)
    return tags


def _write_tag(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"
