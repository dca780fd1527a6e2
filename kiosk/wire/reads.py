"""Signed reads: how a device proves itself on a GET without sharing a clock.

The hub answers a bare GET with 401 and `WWW-Authenticate: Lapak nonce="…"`. The device
repeats it with `Authorization: Lapak device="…", nonce="…", mac="…"`. A nonce is good
for one read within 60 seconds.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Final

NONCE_SECONDS: Final = 60

_AUTHORIZATION: Final = re.compile(
    r'Lapak device="([0-9a-f-]{36})", nonce="([0-9A-Za-z_-]{16,64})", mac="([0-9a-f]{64})"'
)
_CHALLENGE: Final = re.compile(r'Lapak nonce="([0-9A-Za-z_-]{16,64})"')


@dataclass(frozen=True, slots=True)
class SignedRead:
    """The three facts of an `Authorization: Lapak …` header; `mac` is lower-case hex."""

    device: str
    nonce: str
    mac: str

    def header(self) -> str:
        """Write the header's value."""
        return f'Lapak device="{self.device}", nonce="{self.nonce}", mac="{self.mac}"'

    def is_signed_with(self, secret: bytes, method: str, path_and_query: str) -> bool:
        """Say whether the device's secret made the MAC for this very read."""
        return hmac.compare_digest(_mac(secret, self.nonce, method, path_and_query), self.mac)


def sign_read(
    device: str, secret: bytes, nonce: str, method: str, path_and_query: str
) -> SignedRead:
    """Sign one read with the nonce of the hub's challenge."""
    return SignedRead(device, nonce, _mac(secret, nonce, method, path_and_query))


def read_authorization(value: str | None) -> SignedRead | None:
    """Read an `Authorization` header; None where it is not one of ours."""
    match = _AUTHORIZATION.fullmatch(value or "")
    return SignedRead(*match.groups()) if match else None


def challenge(nonce: str) -> str:
    """Write the value of `WWW-Authenticate` that asks for a signed read."""
    return f'Lapak nonce="{nonce}"'


def read_challenge(value: str | None) -> str | None:
    """Give the nonce of a `WWW-Authenticate` header; None where it carries none."""
    match = _CHALLENGE.fullmatch(value or "")
    return match[1] if match else None


def _mac(secret: bytes, nonce: str, method: str, path_and_query: str) -> str:
    signed = f"lapak read v1\n{nonce}\n{method}{path_and_query}"
    return hmac.new(secret, signed.encode(), hashlib.sha256).hexdigest()
