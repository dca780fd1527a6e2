"""Enrolment: a one-time code turns a machine into a device of its installation.

The code and the request are kept as hashes. A repeat of the same request within 15 minutes
gets the same answer, because the answer may be lost on the way; any other use of a
redeemed code is refused.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.errors import N_, KioskError
from kiosk.hub.services.bundles import build_bundle
from kiosk.hub.services.device_keys import DeviceKeys, new_salt
from kiosk.hub.storage.enrolments import (
    CodeRow,
    add_wrong_try,
    find_code,
    redeem_code,
    wrong_tries,
)
from kiosk.hub.storage.store import Store
from kiosk.wire.bundle_files import canonical_code
from kiosk.wire.bundles import Bundle

CODE_LIFETIME: Final = timedelta(hours=48)
REPEAT_WITHIN: Final = timedelta(minutes=15)
MOST_WRONG_TRIES: Final = 10
TRIES_WINDOW: Final = timedelta(hours=1)

_REQUEST: Final = re.compile(r"[0-9a-f]{32,128}")
_CODE: Final = re.compile(r"[A-Z2-7]{16}")


class EnrolmentError(KioskError):
    """A code that enrols nobody; `reason` is one word."""

    def __init__(self, reason: str, message: str, status: int = 403) -> None:
        self.reason = reason
        self.status = status
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Who the machine is from now on: its device id, its secret (32 bytes) and its bundle."""

    device: str
    installation: str
    secret: bytes
    bundle: Bundle


def hash_code(code: str) -> bytes:
    """Hash a code as its device's row keeps it; spaces, dashes and small letters do not matter."""
    return hashlib.sha256(b"lapak code v1\n" + canonical_code(code).encode()).digest()


def enrol(
    store: Store, clock: Clock, keys: DeviceKeys, code: str, request: str, source: str
) -> Enrolled:
    """Redeem a code for the machine that made `request` (32 to 128 hex digits).

    `source` is the address it came from, whose wrong codes are counted. Raises
    EnrolmentError (`request`, `tries`, `code`, `expired`, `used`), and SetUpIncompleteError
    or BundleError, which leave the code as it was.
    """
    if not _REQUEST.fullmatch(request):
        raise EnrolmentError("request", N_("The request must be 32 to 128 hex digits."), 422)
    now = clock.now()
    known = _CODE.fullmatch(canonical_code(code))
    with store.begin() as connection:
        if wrong_tries(connection, source, now - TRIES_WINDOW) >= MOST_WRONG_TRIES:
            raise EnrolmentError(
                "tries", N_("Too many wrong codes from here. Wait an hour, then try again."), 429
            )
        row = find_code(connection, hash_code(code)) if known else None
        if row is not None:
            return _redeem(connection, keys, row, request, now)
        add_wrong_try(connection, source, now - TRIES_WINDOW, now)
    raise EnrolmentError("code", N_("There is no such code. Type it again as it is shown."))


def _redeem(
    connection: Connection, keys: DeviceKeys, row: CodeRow, request: str, now: datetime
) -> Enrolled:
    request_hash = hashlib.sha256(request.encode()).digest()
    salt = row.salt
    if row.revoked_at is not None or row.expires_at is None:
        raise EnrolmentError("used", N_("This code was withdrawn. Ask for a new one."))
    if row.enrolled_at is None or salt is None:
        if now >= row.expires_at:
            raise EnrolmentError("expired", N_("This code is too old. Ask for a new one."))
        salt = new_salt()
        redeem_code(connection, row.device, request_hash, salt, now)
    elif (
        not hmac.compare_digest(row.request_hash or b"", request_hash)
        or now - row.enrolled_at >= REPEAT_WITHIN
    ):
        raise EnrolmentError("used", N_("This code was used already. Ask for a new one."))
    bundle = build_bundle(connection, row.installation)
    return Enrolled(row.device, row.installation, keys.secret(row.device, salt), bundle)
