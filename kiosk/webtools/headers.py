"""What goes with every answer: security headers, caching rules and gzip.

The Content-Security-Policy allows no inline code and no other origin, so pages keep
their scripts and styles in files.
"""

import gzip
from collections.abc import Mapping
from typing import Any, Final

from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

_POLICY: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
)

SECURITY_HEADERS: Final = {
    "Content-Security-Policy": "; ".join(_POLICY),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

SMALLEST_WORTH_PACKING_BYTES: Final = 500
GZIP_LEVEL: Final = 5
_PACKED_TYPES: Final = ("text/", "application/json", "image/svg+xml")


def install_headers(app: Flask) -> None:
    """Finish every dynamic answer of `app`."""
    app.after_request(finish)


def finish(response: Response) -> Response:
    """Add the headers, forbid keeping the page unless the view decided, and pack it."""
    response.headers.update(SECURITY_HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
    response.vary.add("HX-Request")
    return pack(response)


def pack(response: Response) -> Response:
    """Gzip a text answer of some size for a browser that takes it.

    The session cookie is SameSite=Lax, so no foreign page can make a browser fetch a page
    with a secret in it and learn that secret from the packed length.
    """
    if response.is_streamed or not (response.mimetype or "").startswith(_PACKED_TYPES):
        return response
    response.vary.add("Accept-Encoding")
    if "Content-Encoding" in response.headers or not takes_gzip(request.environ):
        return response
    content = response.get_data()
    if len(content) >= SMALLEST_WORTH_PACKING_BYTES:
        response.set_data(gzip.compress(content, compresslevel=GZIP_LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def takes_gzip(environ: Mapping[str, Any]) -> bool:
    """Say whether the browser of a WSGI environment takes gzip."""
    accepted = parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING"), Accept)
    return accepted.quality("gzip") > 0
