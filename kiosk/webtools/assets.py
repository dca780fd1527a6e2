"""Static files: read once at start, named by their content, served from memory.

A file's address holds a hash of its bytes, so a browser may keep it for ever and a changed
file has a new address. WhiteNoise answers for them before Flask is asked. Several style
sheets or scripts may be joined to one *bundle*, so that a page needs few requests.
"""

import gzip
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import TYPE_CHECKING

from whitenoise import WhiteNoise
from whitenoise.responders import Response

from kiosk.webtools.headers import SECURITY_HEADERS, takes_gzip

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PREFIX = "/static/"
HASH_DIGITS = 10
KEPT_FOR_EVER = "public, max-age=31536000, immutable"

# Only these are for browsers; licences and notes lie beside them. Named here, because what
# the standard library guesses depends on the machine's own tables.
_CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".woff2": "font/woff2",
}
_COMPRESSED_ALREADY = {".png", ".woff2"}
VENDORED = "vendor/"
_COMMENT_LINES = re.compile(rb"^[ \t]*/\*.*?\*/[ \t]*$", re.MULTILINE | re.DOTALL)
_INDENTATION = re.compile(rb"^\s+", re.MULTILINE)
_CSS_ADDRESS = re.compile(r"""url\(\s*(["']?)(?!data:|#)([^"')]+)\1\s*\)""")


class AssetMissingError(LookupError):
    """A page or a style sheet names a static file that does not exist."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"There is no static file {name!r}.")


@dataclass(frozen=True)
class MemoryFile:
    """One static file as WhiteNoise asks for it: whole, from memory, plain or gzipped."""

    plain: bytes
    content_type: str
    etag: str
    gzipped: bytes | None = field(default=None)

    def get_response(self, method: str, request_headers: Mapping[str, str]) -> Response:
        """Answer one request; `request_headers` is the WSGI environment."""
        if method not in {"GET", "HEAD"}:
            return Response(HTTPStatus.METHOD_NOT_ALLOWED, [("Allow", "GET, HEAD")], None)
        headers = [
            *SECURITY_HEADERS.items(),
            ("Cache-Control", KEPT_FOR_EVER),
            ("ETag", self.etag),
            ("Vary", "Accept-Encoding"),
        ]
        if self.etag in request_headers.get("HTTP_IF_NONE_MATCH", ""):
            return Response(HTTPStatus.NOT_MODIFIED, headers, None)
        body = self.plain
        if self.gzipped and takes_gzip(request_headers):
            body = self.gzipped
            headers.append(("Content-Encoding", "gzip"))
        headers += [("Content-Type", self.content_type), ("Content-Length", str(len(body)))]
        return Response(HTTPStatus.OK, headers, BytesIO(body) if method == "GET" else None)


class Assets:
    """Every static file below `folder`, and the bundles made of them.

    `bundles` gives a name such as `till.css` to the files it joins, in order. Raises
    AssetMissingError if a bundle or a style sheet names a file that is not there.
    """

    def __init__(self, folder: Path, bundles: Mapping[str, Sequence[str]] | None = None) -> None:
        self._sources = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix in _CONTENT_TYPES
        }
        self._urls: dict[str, str] = {}
        self._files: dict[str, MemoryFile] = {}
        for name in self._in_order_of_need(self._sources):
            self._add(name, self._finished(name))
        for name, parts in (bundles or {}).items():
            self._add(name, self._joined(parts))
        self._sources.clear()

    def url(self, name: str) -> str:
        """Give the address of a file or bundle; raise AssetMissingError if there is none."""
        if name not in self._urls:
            raise AssetMissingError(name)
        return self._urls[name]

    def serve_before(self, app: "WSGIApplication") -> "WSGIApplication":
        """Put the static files before a WSGI application."""
        server = WhiteNoise(app, autorefresh=False)
        server.files.update(self._files)
        answer: WSGIApplication = server
        return answer

    @staticmethod
    def _in_order_of_need(names: Iterable[str]) -> list[str]:
        """Style sheets last, because they hold the addresses of other files."""
        return sorted(names, key=lambda name: name.endswith(".css"))

    def _add(self, name: str, content: bytes) -> None:
        path = PurePosixPath(name)
        digest = sha256(content).hexdigest()[:HASH_DIGITS]
        url = f"{PREFIX}{path.with_suffix(f'.{digest}{path.suffix}')}"
        self._urls[name] = url
        self._files[url] = MemoryFile(
            plain=content,
            content_type=_CONTENT_TYPES[path.suffix],
            etag=f'"{digest}"',
            gzipped=None if path.suffix in _COMPRESSED_ALREADY else _smaller(content),
        )

    def _finished(self, name: str) -> bytes:
        """Give a file's content, with the addresses in a style sheet fingerprinted."""
        if name not in self._sources:
            raise AssetMissingError(name)
        content = self._sources[name]
        if not name.endswith(".css"):
            return content
        folder = PurePosixPath(name).parent

        def fingerprinted(match: re.Match[str]) -> str:
            return f'url("{self.url(normpath(str(folder / match[2])))}")'

        return _CSS_ADDRESS.sub(fingerprinted, content.decode("utf-8")).encode("utf-8")

    def _joined(self, parts: Sequence[str]) -> bytes:
        """Join files; a script without a last semicolon may not run into the next."""
        return b"".join(
            _lean(part, self._finished(part)) + (b"\n;\n" if part.endswith(".js") else b"\n")
            for part in parts
        )


def _lean(name: str, content: bytes) -> bytes:
    """Leave out comments on lines of their own and indentation, which browsers do not read.

    What others wrote stays as it came. So no text of ours in a script may span lines.
    """
    if name.startswith(VENDORED):
        return content
    return _INDENTATION.sub(b"", _COMMENT_LINES.sub(b"", content))


def _smaller(content: bytes) -> bytes | None:
    """Gzip `content`, the same bytes every time; None where that saves nothing."""
    packed = gzip.compress(content, compresslevel=9, mtime=0)
    return packed if len(packed) < len(content) else None
