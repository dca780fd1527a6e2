"""Signed reads: who asks, with a nonce of the hub's own that is good once, for a minute.

A nonce carries the time it was made and the hub's own seal, so handing one out writes
nothing; only a nonce that a device has signed is remembered as used.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy.exc import IntegrityError

from kiosk.clock import Clock
from kiosk.hub.services.device_keys import DeviceKeys
from kiosk.hub.services.ingest import unknown_device
from kiosk.hub.storage.enrolments import forget_nonces, use_nonce
from kiosk.hub.storage.journals import DeviceKey, find_device_key
from kiosk.hub.storage.store import Store
from kiosk.wire.reads import NONCE_SECONDS, SignedRead

_TIME_BYTES: Final = 8
_RANDOM_BYTES: Final = 12
_SEAL_BYTES: Final = 16


def new_nonce(clock: Clock, keys: DeviceKeys) -> str:
    """Make a nonce for a challenge."""
    made = int(clock.now().timestamp()).to_bytes(_TIME_BYTES, "big")
    plain = made + secrets.token_bytes(_RANDOM_BYTES)
    return base64.urlsafe_b64encode(plain + _seal(keys, plain)).decode().rstrip("=")


def reading_device(
    store: Store, clock: Clock, keys: DeviceKeys, signed: SignedRead, method: str, path: str
) -> DeviceKey | None:
    """Give the device that signed this read, or None where a new challenge is due.

    `path` is path and query. Raises SegmentRefusedError (401) for an unknown device or a
    signature that is not its own.
    """
    now = clock.now()
    made = _made_at(keys, signed.nonce)
    if made is None or abs((now - made).total_seconds()) > NONCE_SECONDS:
        return None
    with store.read() as connection:
        device = find_device_key(connection, signed.device)
    if device is None or not signed.is_signed_with(
        keys.secret(device.id, device.salt), method, path
    ):
        raise unknown_device()
    try:
        with store.begin() as connection:
            forget_nonces(connection, now)
            use_nonce(connection, signed.nonce, made + timedelta(seconds=2 * NONCE_SECONDS))
    except IntegrityError:
        return None
    return device


def _made_at(keys: DeviceKeys, nonce: str) -> datetime | None:
    """Give the time at which this hub made a nonce; None where it made no such nonce."""
    try:
        raw = base64.urlsafe_b64decode(nonce + "=" * (-len(nonce) % 4))
    except ValueError:
        return None
    plain, seal = raw[:-_SEAL_BYTES], raw[-_SEAL_BYTES:]
    if len(plain) != _TIME_BYTES + _RANDOM_BYTES or not hmac.compare_digest(
        seal, _seal(keys, plain)
    ):
        return None
    return datetime.fromtimestamp(int.from_bytes(plain[:_TIME_BYTES], "big"), UTC)


def _seal(keys: DeviceKeys, plain: bytes) -> bytes:
    return hmac.new(keys.nonce_key, plain, hashlib.sha256).digest()[:_SEAL_BYTES]
