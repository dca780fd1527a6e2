"""The hub as the till speaks to it: enrolment, bundles, segments, all over HTTP.

Every failure is a `HubError`: `permanent` where trying again unchanged cannot help. The
text is for the status page; nothing here ever logs a secret.
"""

import json
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any, Final
from urllib.parse import quote

import urllib3

from kiosk.errors import WorldError
from kiosk.wire.reads import read_challenge, sign_read
from kiosk.wire.segments import WAITING_HEADER, pack

CONNECT_SECONDS: Final = 5
ANSWER_SECONDS: Final = 30
LARGEST_ANSWER_BYTES: Final = 16 * 1024 * 1024
LONGEST_WORD: Final = 40
LONGEST_MESSAGE: Final = 300
# More letters than any machine ever had.
MOST_DEEP: Final = 10_000
# No journal is as long, and SQLite and JavaScript still count to it.
LARGEST_SEQ: Final = 2**53
OK: Final = 200
NO_CONTENT: Final = 204
NOT_MODIFIED: Final = 304
UNAUTHORIZED: Final = 401
NOT_FOUND: Final = 404
CONFLICT: Final = 409


class HubError(WorldError):
    """The hub cannot be reached, or does not take what was sent; `reason` is one word."""

    def __init__(
        self, message: str, *, reason: str = "unreachable", permanent: bool = False
    ) -> None:
        super().__init__(message, permanent=permanent)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a right code brings: who this device is, and its first bundle as JSON."""

    device: str
    secret: bytes
    installation: str
    bundle: dict[str, Any]


@dataclass(frozen=True, slots=True)
class HubHead:
    """Where the hub stands in a journal; `agrees` is False where it refused a segment.

    `deepest` is how many of the machine's journals the hub knows one behind the other.
    """

    seq: int
    hash: bytes
    agrees: bool
    reason: str = ""
    deepest: int = 0


@dataclass(frozen=True, slots=True)
class HubJournal:
    """A journal of this machine as the hub holds it; `continues` is the one before it."""

    id: str
    entries: int
    continues: str | None
    last_heard_at: str


class HubClient:
    """One hub, spoken to by one device (none yet while enrolling)."""

    def __init__(self, url: str, device: str = "", secret: bytes = b"") -> None:
        self.url = url.rstrip("/")
        self.device = device
        self.secret = secret
        # When the hub answered last, by its own clock.
        self.heard_at: datetime | None = None

    def enrol(self, code: str, request: str) -> Enrolled:
        """Trade a one-time code for an identity; the same `request` may be repeated."""
        body = json.dumps({"code": code, "request": request}).encode()
        status, document, _ = self._ask(
            "POST", "/api/v1/enrol", body, {"Content-Type": "application/json"}
        )
        if status != OK:
            raise _refused(status, document)
        match document:
            case {
                "device": str(device),
                "secret": str(secret),
                "installation": str(installation),
                "bundle": dict(bundle),
            }:
                with suppress(ValueError):
                    return Enrolled(device, bytes.fromhex(secret), installation, bundle)
        raise _not_a_hub()

    def bundle(self, version: str) -> dict[str, Any] | None:
        """Fetch the bundle, or None while it is still of this version."""
        status, document, _ = self._read("/api/v1/bundle", {"If-None-Match": f'"{version}"'})
        if status == NOT_MODIFIED:
            return None
        if status != OK:
            raise _refused(status, document)
        return document

    def journals(self) -> list[HubJournal]:
        """List the journals of this device's installation, those that continue none first."""
        status, document, _ = self._read("/api/v1/journals", {})
        if status != OK:
            raise _refused(status, document)
        try:
            return [_journal(one) for one in document["journals"]]
        except (KeyError, TypeError, ValueError):
            raise _not_a_hub() from None

    def journal_head(self, journal: str) -> HubHead:
        """Ask where the hub stands in a journal; position 0 where it has never heard of it."""
        status, document, _ = self._read(f"/api/v1/journals/{quote(journal)}", {})
        if status == NOT_FOUND:
            return HubHead(0, b"", agrees=True)
        if status != OK:
            raise _refused(status, document)
        return _head(document, agrees=True)

    def hash_at(self, journal: str, seq: int) -> bytes | None:
        """Ask for the hash of one stored entry; None where the hub has none there."""
        status, document, _ = self._read(f"/api/v1/journals/{quote(journal)}?seq={seq}", {})
        if status == NOT_FOUND:
            return None
        if status != OK:
            raise _refused(status, document)
        place = document.get("at")
        return None if place is None else _head({"head": place}, agrees=True).hash

    def stored_entries(self, journal: str, after: int) -> bytes | None:
        """Fetch the next stored entries behind a position as one segment, or None at the end.

        The segment is sealed with this device's secret; who takes it checks that. None too
        where the hub has no such journal of this installation.
        """
        path = f"/api/v1/journals/{quote(journal)}/segments?after={after}"
        response, data = self._signed(path, {})
        if response.status == OK:
            return data
        document = _document(response, data)
        if response.status in (NO_CONTENT, NOT_FOUND):
            return None
        raise _refused(response.status, document)

    def send_segment(self, journal: str, segment: bytes, waiting: int = 0) -> HubHead:
        """Send one segment, gzipped; a gap or fork comes back as a head that disagrees.

        `waiting` is how many entries there are still to send after it.
        """
        status, document, _ = self._ask(
            "POST",
            f"/api/v1/journals/{quote(journal)}/segments",
            pack(segment),
            {
                "Content-Type": "application/x-ndjson",
                "Content-Encoding": "gzip",
                WAITING_HEADER: str(waiting),
            },
        )
        if status in (OK, CONFLICT):
            return _head(document, agrees=status == OK)
        raise _refused(status, document)

    def _read(
        self, path: str, headers: dict[str, str]
    ) -> tuple[int, dict[str, Any], urllib3.BaseHTTPResponse]:
        """Do a signed read that is answered with an object."""
        response, data = self._signed(path, headers)
        return response.status, _document(response, data), response

    def _signed(self, path: str, headers: dict[str, str]) -> tuple[urllib3.BaseHTTPResponse, bytes]:
        """First get the hub's challenge, then ask again with its nonce signed."""
        response, data = self._exchange("GET", path, None, headers)
        nonce = read_challenge(response.headers.get("WWW-Authenticate"))
        if response.status != UNAUTHORIZED or nonce is None:
            return response, data
        signed = sign_read(self.device, self.secret, nonce, "GET", path)
        return self._exchange("GET", path, None, {**headers, "Authorization": signed.header()})

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, Any], urllib3.BaseHTTPResponse]:
        response, data = self._exchange(method, path, body, headers)
        return response.status, _document(response, data), response

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[urllib3.BaseHTTPResponse, bytes]:
        try:
            response = self._pool.request(
                method,
                self.url + path,
                body=body,
                headers={"Accept": "application/json", **headers},
                redirect=False,
                preload_content=False,
            )
            try:
                data = response.read(LARGEST_ANSWER_BYTES, decode_content=True)
            finally:
                response.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise _no_answer(error) from None
        self.heard_at = _instant(response.headers.get("Date"))
        return response, data

    @cached_property
    def _pool(self) -> urllib3.PoolManager:
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS)
        return urllib3.PoolManager(timeout=timeout, retries=False, maxsize=1)


def _document(response: urllib3.BaseHTTPResponse, data: bytes) -> dict[str, Any]:
    """Read a JSON object without fractions; a proxy's HTML page is no hub."""
    if response.status == NOT_MODIFIED or not data:
        return {}
    try:
        document = json.loads(data, parse_float=_no_fraction, parse_constant=_no_fraction)
    except (ValueError, RecursionError):
        raise _not_a_hub() from None
    if not isinstance(document, dict):
        raise _not_a_hub()
    return document


def _head(document: dict[str, Any], *, agrees: bool) -> HubHead:
    """Read a position and its hash; what no hub says is no hub's answer."""
    match document:
        case {"head": {"seq": int(seq), "hash": str(hash_)}} if 0 <= seq <= LARGEST_SEQ:
            with suppress(ValueError):
                reason, deepest = document.get("reason"), document.get("deepest")
                return HubHead(
                    seq,
                    bytes.fromhex(hash_),
                    agrees,
                    reason if isinstance(reason, str) else "",
                    deepest if isinstance(deepest, int) and 0 <= deepest <= MOST_DEEP else 0,
                )
    raise _not_a_hub()


def _no_fraction(text: str) -> None:
    raise ValueError(f"a hub writes no fractions ({text[:20]})")


def _instant(date: str | None) -> datetime | None:
    """Read the time in an answer's Date, None where it has none."""
    with suppress(ValueError, TypeError):
        found = parsedate_to_datetime(date or "")
        return found if found.tzinfo else None
    return None


def _journal(document: dict[str, Any]) -> HubJournal:
    before = document["continues"]
    return HubJournal(
        id=str(document["journal"]),
        entries=_head(document, agrees=True).seq,
        continues=str(before["journal"]) if before else None,
        last_heard_at=str(document["last_heard_at"]),
    )


def _refused(status: int, document: dict[str, Any]) -> HubError:
    reason = str(document.get("reason", status))[:LONGEST_WORD]
    message = str(document.get("message", f"the hub answered {status}"))[:LONGEST_MESSAGE]
    server_side = status >= 500 or status == 429  # noqa: PLR2004 - HTTP's own numbers
    return HubError(message, reason=reason, permanent=not server_side)


def _no_answer(error: urllib3.exceptions.HTTPError) -> HubError:
    """Say why nothing came; a certificate that does not hold is somebody in between."""
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in error.args):
        text = f"what answers for the hub has a certificate that does not hold ({_in_short(error)})"
        return HubError(text, reason="not_trusted")
    return HubError(f"the hub does not answer ({_in_short(error)})")


def _not_a_hub() -> HubError:
    return HubError("what answers at this address is not a Lapak hub", reason="not_a_hub")


def _in_short(error: Exception) -> str:
    text = str(error).rsplit(": ", maxsplit=1)[-1]
    return text.strip(") ")[:80]
