"""Fragments without the headers that only a document has use for.

A fragment is read by a script of a page that is already bound by its own policy; sending
the policy again with every tap would be half of the answer. An address opened by itself
is a document and keeps all headers, and so does every static file.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OF_DOCUMENTS: Final = frozenset(
    {
        "content-security-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "referrer-policy",
    }
)


class LeanFragments:
    """Takes those headers off what was asked for with `HX-Request`."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        if environ.get("HTTP_HX_REQUEST") != "true":
            return self._app(environ, start)

        def start_lean(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            kept = [(name, value) for name, value in headers if name.lower() not in OF_DOCUMENTS]
            return start(status, kept, *exc_info)

        return self._app(environ, start_lean)
