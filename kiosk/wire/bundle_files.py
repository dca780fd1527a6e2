"""A bundle as a file, for a machine that no network reaches: sealed, signed and good for a week.

Three lines: a header that anybody may read, the content in base64, and an HMAC-SHA-256 over
both. The content is compressed and enciphered under a key of the file's own. That key lies
in the header once for each reader, under what only that reader has: a device's secret, or
the code that the organiser gives to who starts a fresh machine. Who finds the stick has
neither, and can read no PIN hash and no secret, nor change anything unnoticed.
"""

import base64
import hashlib
import hmac
import json
import secrets
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from kiosk.domain.entries import canonical_json
from kiosk.errors import N_, KioskError

SUFFIX: Final = ".lapak"
VERSION: Final = 1
LIFETIME: Final = timedelta(days=7)
LARGEST_FILE_BYTES: Final = 8 * 1024 * 1024
KEY_BYTES: Final = 32

Purpose = Literal["start", "refresh"]

_LARGEST_CONTENT_BYTES: Final = 32 * 1024 * 1024
_LINES: Final = 3
# A clock behind the file's by more than this is wrong itself.
_SKEW: Final = timedelta(hours=26)
# A code has no 0, 1 and 8: who types one means the letter that looks like it.
_LOOKALIKES: Final = str.maketrans("018", "OIB", " -\t\r\n")
_CIPHER: Final = b"lapak catalogue cipher v1\n"
_SEAL: Final = b"lapak catalogue seal v1\n"
_SLOT: Final = b"lapak catalogue slot v1\n"


class NotACatalogueFileError(KioskError):
    """What was chosen is no file of a catalogue, or only a part of one."""

    def __init__(self) -> None:
        super().__init__(
            N_("This is no whole catalogue file of a hub. Choose one whose name ends in .lapak.")
        )


class WrongCodeError(KioskError):
    """The code does not open the file, or the file was changed."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This code does not open the file. Type it again; if it is right, the file was damaged."
            )
        )


class ChangedFileError(KioskError):
    """The file is for this machine, and was changed since the hub made it."""

    def __init__(self) -> None:
        super().__init__(N_("The file was damaged or changed. Ask the organiser for a new one."))


class OtherReaderError(KioskError):
    """The file is not made for this machine; `machine` is whom it is for."""

    def __init__(self, machine: str) -> None:
        super().__init__(
            N_("This file is for “%(machine)s”, not for this machine as it has joined."),
            machine=machine,
        )


class FileTooOldError(KioskError):
    """The file's week is over."""

    def __init__(self, made: datetime) -> None:
        super().__init__(
            N_("This file was made on %(day)s and is too old. Ask the organiser for a new one."),
            day=f"{made:%d-%m-%Y}",
        )


class ClockBehindError(KioskError):
    """The file was made in this machine's future."""

    def __init__(self, now: datetime) -> None:
        super().__init__(
            N_("This machine's clock says %(day)s. Set its date and time, then try again."),
            day=f"{now:%d-%m-%Y %H.%M}",
        )


@dataclass(frozen=True, slots=True)
class FileHeader:
    """What anybody may read of a file; `slots` hold its key for each reader, '' being a code."""

    purpose: Purpose
    installation: str
    machine: str
    made_at: datetime
    expires_at: datetime
    salt: bytes
    slots: Mapping[str, bytes]

    def check_time(self, now: datetime) -> None:
        """Raise FileTooOldError or ClockBehindError."""
        if now < self.made_at - _SKEW:
            raise ClockBehindError(now)
        if now >= self.expires_at:
            raise FileTooOldError(self.made_at)

    def line(self) -> bytes:
        """Write it."""
        document = {
            "lapak_catalogue": VERSION,
            "purpose": self.purpose,
            "installation": self.installation,
            "machine": self.machine,
            "made_at": self.made_at.isoformat(),
            "expires_at": self.expires_at.isoformat(),
            "salt": self.salt.hex(),
            "slots": {reader: key.hex() for reader, key in self.slots.items()},
        }
        return canonical_json(document) + b"\n"


@dataclass(frozen=True, slots=True)
class Addressee:
    """The machine a file is for."""

    installation: str
    machine: str


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """A file whose frame holds; whether it is whole is known once it is opened."""

    header: FileHeader
    signed: bytes
    sealed: bytes
    mac: bytes

    def open_with_code(self, code: str) -> dict[str, Any]:
        """Give the content to who types the code; raises WrongCodeError, OtherReaderError."""
        if "" not in self.header.slots:
            raise OtherReaderError(self.header.machine)
        return self._open("", _code_key(code, self.header.salt), WrongCodeError())

    def open_as(self, device: str, secret: bytes) -> dict[str, Any]:
        """Give the content to a device; raises OtherReaderError, ChangedFileError."""
        if device not in self.header.slots:
            raise OtherReaderError(self.header.machine)
        return self._open(device, _device_key(secret, self.header.salt), ChangedFileError())

    def _open(self, reader: str, own: bytes, refusal: KioskError) -> dict[str, Any]:
        key = _mixed(self.header.slots[reader], own)
        if not hmac.compare_digest(_mac(key, self.signed), self.mac):
            raise refusal
        inflater = zlib.decompressobj()
        try:
            plain = inflater.decompress(_ciphered(key, self.sealed), _LARGEST_CONTENT_BYTES)
            content = json.loads(plain)
        except (zlib.error, ValueError, RecursionError):
            raise refusal from None
        if not isinstance(content, dict):
            raise refusal
        return content


def write_file(
    purpose: Purpose,
    to: Addressee,
    content: Mapping[str, Any],
    readers: Mapping[str, bytes] | str,
    now: datetime,
) -> bytes:
    """Seal a content for devices (their secrets by id), or for who knows a code."""
    key, salt = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES)
    if isinstance(readers, str):
        slots = {"": _mixed(key, _code_key(readers, salt))}
    else:
        slots = {
            device: _mixed(key, _device_key(secret, salt)) for device, secret in readers.items()
        }
    header = FileHeader(purpose, to.installation, to.machine, now, now + LIFETIME, salt, slots)
    packed = zlib.compress(canonical_json(content))
    signed = header.line() + base64.b64encode(_ciphered(key, packed)) + b"\n"
    return signed + canonical_json({"hmac": _mac(key, signed).hex()}) + b"\n"


def read_file(data: bytes) -> CatalogueFile:
    """Read a file's frame; raises NotACatalogueFileError."""
    lines = data.split(b"\n")
    if len(data) > LARGEST_FILE_BYTES or len(lines) != _LINES + 1 or lines[-1]:
        raise NotACatalogueFileError
    try:
        header = _read_header(json.loads(lines[0]))
        sealed = base64.b64decode(lines[1], validate=True)
        mac = bytes.fromhex(json.loads(lines[2])["hmac"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotACatalogueFileError from None
    return CatalogueFile(header, data[: -len(lines[2]) - 1], sealed, mac)


def canonical_code(code: str) -> str:
    """Give a code as it was made, however it was typed."""
    return code.upper().translate(_LOOKALIKES)


def _read_header(document: Any) -> FileHeader:
    if document["lapak_catalogue"] != VERSION:
        raise NotACatalogueFileError
    slots = {reader: bytes.fromhex(key) for reader, key in document["slots"].items()}
    header = FileHeader(
        purpose=document["purpose"],
        installation=str(document["installation"]),
        machine=str(document["machine"])[:200],
        made_at=datetime.fromisoformat(document["made_at"]),
        expires_at=datetime.fromisoformat(document["expires_at"]),
        salt=bytes.fromhex(document["salt"]),
        slots=slots,
    )
    zoned = header.made_at.tzinfo and header.expires_at.tzinfo
    if not zoned or any(len(key) != KEY_BYTES for key in (header.salt, *slots.values())):
        raise NotACatalogueFileError
    return header


def _code_key(code: str, salt: bytes) -> bytes:
    typed = canonical_code(code).encode("utf-8", "replace")
    return hashlib.scrypt(typed, salt=salt, n=2**14, r=8, p=1, dklen=KEY_BYTES)


def _device_key(secret: bytes, salt: bytes) -> bytes:
    return hmac.new(secret, _SLOT + salt, hashlib.sha256).digest()


def _ciphered(key: bytes, data: bytes) -> bytes:
    """Encipher, or decipher: the key is used for one file alone."""
    return _mixed(data, hashlib.shake_256(_CIPHER + key).digest(len(data)))


def _mac(key: bytes, signed: bytes) -> bytes:
    seal = hmac.new(key, _SEAL, hashlib.sha256).digest()
    return hmac.new(seal, signed, hashlib.sha256).digest()


def _mixed(one: bytes, other: bytes) -> bytes:
    mixed = int.from_bytes(one, "big") ^ int.from_bytes(other, "big")
    return mixed.to_bytes(len(one), "big")
