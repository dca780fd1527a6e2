"""Finds words that no catalogue can translate: text in templates and scripts outside gettext."""

import re
from html.parser import HTMLParser
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
TEMPLATES = (REPOSITORY / "templates", REPOSITORY / "kiosk/webtools/templates")
SCRIPTS = REPOSITORY / "static/js"
# Names, units and signs that are the same in both languages.
SAME_EVERYWHERE = frozenset(
    [
        "Lapak",
        "WhatsApp",
        "QRIS",
        "NMID",
        "PIN",
        "SKU",
        "Rp",
        "kg",
        "mm",
        "cm",
        "px",
        "ID",
        "QR",
        "Bahasa",
        "Indonesia",
        "English",
    ]
)
SPOKEN_ATTRIBUTES = ("aria-label", "placeholder", "title", "alt", "data-sure", "data-exact")
# What is shown as it is: keys of a keyboard, code, and what is no text at all.
SILENT_TAGS = {"kbd", "code", "script", "style", "symbol"}

# Blocks that fill an attribute, and what is no sentence: addresses, and attributes of a macro.
_CLASSES = re.compile(r"\{% block (?:kind|main_class|page_class) %\}.*?\{% endblock %\}")
_NO_WORDS = re.compile(r"\w+://\S*|[\w-]+=\"[^\"]*\"")
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SAID_BY_SCRIPT = re.compile(
    r"""(?:textContent|innerText|title|placeholder|ariaLabel)\s*=\s*(["'`])(?P<set>(?:(?!\1).)*)\1"""
    r"""|(?:alert|confirm|prompt)\(\s*(["'`])(?P<asked>(?:(?!\3).)*)\3"""
    r"""|setAttribute\(\s*["']aria-label["'],\s*(["'`])(?P<label>(?:(?!\5).)*)\5"""
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in SILENT_TAGS:
            self._silent.append(tag)
        self.said += [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value]

    def handle_endtag(self, tag):
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data):
        if not self._silent:
            self.said.append(data)


def in_template(text: str) -> list[str]:
    """Name the words of a template that no `_()` is around."""
    reader = _Reader()
    reader.feed(_JINJA.sub(" ", _CLASSES.sub(" ", text)))
    return _strange(reader.said)


def in_script(text: str) -> list[str]:
    """Name the words that a script says itself instead of taking them from the page."""
    found = [
        next(filter(None, hit.group("set", "asked", "label")), "")
        for hit in _SAID_BY_SCRIPT.finditer(text)
    ]
    return _strange(re.sub(r"\$\{[^}]*\}", " ", said) for said in found)


def everywhere() -> list[str]:
    """Give a sentence for every word in the tree that cannot be translated."""
    templates = [path for folder in TEMPLATES for path in sorted(folder.rglob("*.html"))]
    scripts = sorted(SCRIPTS.rglob("*.js"))
    read = [(path, in_template) for path in templates] + [(path, in_script) for path in scripts]
    return [
        f"{path.relative_to(REPOSITORY)}: {said!r} is outside gettext"
        for path, words_of in read
        for said in words_of(path.read_text("utf-8"))
    ]


def _strange(said) -> list[str]:
    return [
        " ".join(one.split())
        for one in said
        if any(word not in SAME_EVERYWHERE for word in _WORD.findall(_NO_WORDS.sub(" ", one)))
    ]
