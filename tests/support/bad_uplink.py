"""An uplink between till and hub that loses, holds back, repeats, cuts and shuffles: a proxy.

It knows whole requests: what becomes of each is drawn by chance, and what came to the hub
late or twice really does. It speaks TLS as the hub's own proxy would; now and then a Wi-Fi's
portal answers in its place, with a certificate that nobody vouched for.
"""

import ssl
import tempfile
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import trustme
import urllib3

PORTAL = b"<!doctype html><title>Wi-Fi gratis</title><h1>Silakan masuk</h1>"
KINDS = (
    "fine",
    "answer lost",
    "request lost",
    "request twice",
    "request late",
    "request cut",
    "answer cut",
    "answer of before",
    "sign-in page",
    "nonsense",
)
# One connection in so many is the portal's.
PORTAL_TAKES = 12
NO_HASH = "00" * 32
NONSENSE = (
    # The answer to another machine, which has sold more.
    b'{"head": {"seq": 900000, "hash": "' + NO_HASH.encode() + b'"}}',
    b"[" * 100_000,
    b'{"head": {"seq": -5, "hash": "00"}}',
    b'{"head": {"seq": 1e999, "hash": "00"}}',
    b'{"head": {"seq": ' + b"9" * 400 + b', "hash": "zz"}}',
    b'{"head": {"seq": ' + b"9" * 400 + b', "hash": "' + NO_HASH.encode() + b'"}}',
    b'{"head": {"seq": 1e400, "hash": "' + NO_HASH.encode() + b'"}, "journals": [1]}',
    b'{"head": {"seq": true, "hash": "' + NO_HASH.encode() + b'"}, "journals": 7}',
    b"null",
    b"",
)


class BadUplink:
    """Passes requests on to the hub at `url`, each with whatever befalls it."""

    def __init__(self, url: str, chance) -> None:
        self._url = url
        self._chance = chance
        self._late: list[tuple] = []
        self._before: bytes = b"{}"
        self._lock = threading.Lock()
        self.faults = 0
        self.is_well = False
        uplink = self

        class Handler(BaseHTTPRequestHandler):
            """One request at a time, as a till sends them."""

            def do_GET(self) -> None:
                uplink.pass_on(self, b"")

            def do_POST(self) -> None:
                uplink.pass_on(self, self.rfile.read(int(self.headers["Content-Length"])))

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.authority = trustme.CA()
        self._trusted, self._portal = _speaking(self.authority), _speaking(trustme.CA())
        self._server = _TlsServer(("127.0.0.1", 0), Handler)
        self._server.choose = self._whose
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self._server.server_port}"

    def _whose(self) -> ssl.SSLContext:
        """Say who answers the next connection: the hub's proxy, or the portal."""
        if self.is_well or self._chance.randrange(PORTAL_TAKES):
            return self._trusted
        self.faults += 1
        return self._portal

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def pass_on(self, handler, body: bytes) -> None:
        kind = "fine" if self.is_well else self._chance.choice(KINDS)
        self.faults += kind != "fine"
        asked = (handler.command, handler.path, dict(handler.headers), body)
        if kind == "request lost":
            return
        if kind == "request late":
            self._late.append(asked)
            return
        if kind == "request cut":
            asked = (*asked[:3], body[: len(body) // 2])
        if kind in ("sign-in page", "nonsense"):
            answer = PORTAL if kind == "sign-in page" else self._chance.choice(NONSENSE)
            _say(handler, 200, {}, answer, len(answer))
            return
        while self._late:
            self._ask(self._late.pop())
        status, headers, answer = self._ask(asked)
        if kind == "request twice":
            status, headers, answer = self._ask(asked)
        if kind == "answer of before":
            answer = self._before
        self._before = answer
        if kind != "answer lost":
            cut = len(answer) // 2 if kind == "answer cut" else len(answer)
            _say(handler, status, headers, answer[:cut], len(answer))

    def _ask(self, asked):
        method, path, headers, body = asked
        kept = {name: value for name, value in headers.items() if name not in _HOP}
        got = urllib3.request(method, self._url + path, headers=kept, body=body, retries=False)
        return got.status, dict(got.headers), got.data


class _TlsServer(ThreadingHTTPServer):
    """Wraps each connection with the certificate that `choose` gives; the handshake is its own."""

    def get_request(self):
        connection, address = super().get_request()
        wrapped = self.choose().wrap_socket(
            connection, server_side=True, do_handshake_on_connect=False
        )
        return wrapped, address

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that hang up on a certificate."""


def _speaking(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@contextmanager
def trusting(uplink):
    """Let this process trust an uplink's certificate, as a till trusts its hub's."""
    with (
        tempfile.NamedTemporaryFile(suffix=".pem") as kept,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("SSL_CERT_FILE", kept.name)
        kept.write(uplink.authority.cert_pem.bytes())
        kept.flush()
        yield


_HOP = {"Host", "Content-Length", "Connection", "Accept-Encoding"}


def _say(handler, status, headers, answer, length) -> None:
    with suppress(OSError):
        handler.send_response_only(status)
        for name in ("Content-Type", "WWW-Authenticate", "ETag", "Date"):
            if name in headers:
                handler.send_header(name, headers[name])
        handler.send_header("Content-Length", str(length))
        handler.end_headers()
        handler.wfile.write(answer)
