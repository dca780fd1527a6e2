"""Device secrets: derived, never stored.

A secret is HMAC-SHA-256 under the hub's key (a file or a setting, outside the database)
over the device's id and a random salt from its row. Who reads the database has none of
them; a device whose salt is forgotten is revoked for good.
"""

import hashlib
import hmac
import secrets
from typing import Final

SALT_BYTES: Final = 32
_SECRETS: Final = b"lapak device secret v1\n"
_NONCES: Final = b"lapak nonce v1\n"


class DeviceKeys:
    """Derives each device's secret from the hub's key."""

    def __init__(self, secret_key: str) -> None:
        # A key for each purpose, so that a cookie's signature says nothing about a device.
        self._key = hmac.new(secret_key.encode(), _SECRETS, hashlib.sha256).digest()
        self.nonce_key = hmac.new(secret_key.encode(), _NONCES, hashlib.sha256).digest()

    def secret(self, device_id: str, salt: bytes) -> bytes:
        """Give a device's secret, 32 bytes."""
        return hmac.new(self._key, device_id.encode() + b"\n" + salt, hashlib.sha256).digest()


def new_salt() -> bytes:
    """Make the salt of a device's row."""
    return secrets.token_bytes(SALT_BYTES)
