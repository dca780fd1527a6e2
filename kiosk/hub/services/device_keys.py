"""Device secrets: derived, never stored.

A secret is HMAC-SHA-256 under the hub's key (a file or a setting, outside the database)
over the device's id and a random salt from its row. Who reads the database has none of
them; a device whose salt is forgotten is revoked for good.
"""

import base64
import hashlib
import hmac
import secrets
from typing import Final

SALT_BYTES: Final = 32
# 80 bits, as an enrolment code.
_CODE_BYTES: Final = 10
_SECRETS: Final = b"lapak device secret v1\n"
_CODES: Final = b"lapak file code v1\n"
_NONCES: Final = b"lapak nonce v1\n"


class DeviceKeys:
    """Derives each device's secret from the hub's key."""

    def __init__(self, secret_key: str) -> None:
        # A key for each purpose, so that a cookie's signature says nothing about a device.
        self._key = hmac.new(secret_key.encode(), _SECRETS, hashlib.sha256).digest()
        self._codes = hmac.new(secret_key.encode(), _CODES, hashlib.sha256).digest()
        self.nonce_key = hmac.new(secret_key.encode(), _NONCES, hashlib.sha256).digest()

    def secret(self, device_id: str, salt: bytes) -> bytes:
        """Give a device's secret, 32 bytes."""
        return hmac.new(self._key, device_id.encode() + b"\n" + salt, hashlib.sha256).digest()

    def file_code(self, device_id: str, salt: bytes) -> str:
        """Give the code that opens the files with which this device is to start."""
        made = hmac.new(self._codes, device_id.encode() + b"\n" + salt, hashlib.sha256).digest()
        return base64.b32encode(made[:_CODE_BYTES]).decode("ascii")


def new_salt() -> bytes:
    """Make the salt of a device's row."""
    return secrets.token_bytes(SALT_BYTES)
