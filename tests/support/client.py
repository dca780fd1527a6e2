"""The test client: a browser's memory of ids, and a check of every answer's markup."""

import re

from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from kiosk.webtools.i18n import CATALOGUES
from tests.support.markup import MarkupError, Node, read_markup

with (CATALOGUES / "id/LC_MESSAGES/messages.po").open("rb") as _catalogue:
    ENGLISH_ALONE = frozenset(
        message.id
        for message in read_po(_catalogue)
        if isinstance(message.id, str) and message.id and message.string not in {"", message.id}
    )


class FaultError(AssertionError):
    """A page ended in a 500 that the test did not ask for."""


class MarkupChecker(FlaskClient):
    """A client whose every HTML answer must be sound.

    It remembers the ids of the last whole page, so that a fragment may aim at them;
    `declare` adds some for a test that asks for a fragment alone. A 500 fails the test
    unless `expects_fault` is set.
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.ids_on_page: frozenset[str] = frozenset()
        self.expects_fault = False

    def declare(self, *ids: str) -> None:
        self.ids_on_page |= set(ids)

    def htmx(self, method: str, path: str, **kwargs):
        """Ask as htmx does."""
        headers = {"HX-Request": "true", **kwargs.pop("headers", {})}
        return self.open(path, method=method, headers=headers, **kwargs)

    def open(self, *args, **kwargs):
        response = super().open(*args, **kwargs)
        request = response.request
        where = f"{request.method} {request.path}"
        if response.status_code >= 500 and not self.expects_fault:
            raise FaultError(f"{where} answered {response.status}: {response.text[:500]}")
        if response.mimetype == "text/html" and response.content_encoding is None:
            self._check(where, response, is_fragment=_is_fragment(request.headers))
        return response

    def _check(self, where: str, response, *, is_fragment: bool) -> None:
        redirected = 300 <= response.status_code < 400
        if redirected or not response.text.strip():
            return
        markup = read_markup(response.text, is_fragment=is_fragment, ids_on_page=self.ids_on_page)
        breaches = markup.breaches + untranslated(markup.root)
        if breaches:
            raise MarkupError(where, breaches)
        self.ids_on_page = markup.ids | (self.ids_on_page if is_fragment else frozenset())


def untranslated(root: Node) -> list[str]:
    """Name every English text that has an Indonesian one, on a page in Indonesian."""
    languages = {node.get("lang") for node in root.walk() if node.tag == "html"}
    if languages != {"id"}:
        return []
    shown = (
        re.sub(r"\s+", " ", text)
        for node in root.walk()
        if language_of(node) == "id"
        for text in node.text
    )
    return [f"{text!r} is not translated" for text in shown if text in ENGLISH_ALONE]


def language_of(node: Node) -> str:
    """Give the language a node's text is marked to be in, by itself or by what it stands in."""
    marked = (one.get("lang") for one in (node, *node.ancestors()))
    return next((language for language in marked if language), "")


def _is_fragment(headers) -> bool:
    whole = headers.get("HX-Boosted") or headers.get("HX-History-Restore-Request")
    return headers.get("HX-Request") == "true" and whole != "true"
