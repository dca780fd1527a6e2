"""Reads a page or fragment as markup and says everything that is wrong with it.

What it holds a template to: a browser without forgiveness, a finger that presses twice, a
screen reader, the Content-Security-Policy, and htmx, which is silent about a missing target.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905
)
POSTING = ("hx-post", "hx-put", "hx-patch", "hx-delete")
DATA_SCRIPTS = {"application/json", "application/ld+json"}
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}
EVALUATED = re.compile(r"^\s*(?:js|javascript):", re.IGNORECASE)
FOREIGN = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
RELATIVE_TARGETS = ("this", "closest ", "find ", "next", "previous", "body", "window", "document")


class MarkupError(AssertionError):
    """A response breaks the rules; the text lists every breach."""

    def __init__(self, where: str, breaches: list[str]) -> None:
        self.breaches = breaches
        super().__init__("\n  ".join([f"Markup of {where}:", *breaches]))


@dataclass
class Node:
    """One element, with its attributes, children and the text directly below it."""

    tag: str
    attributes: dict[str, str | None]
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name) or ""

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def all_text(self) -> str:
        return " ".join(part for node in self.walk() for part in node.text).strip()

    def __str__(self) -> str:
        marks = [f'{key}="{value}"' for key, value in self.attributes.items() if value][:3]
        return f"<{' '.join([self.tag, *marks])}>"


class TreeBuilder(HTMLParser):
    """Builds the tree below `root` and notes where tags do not balance."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("#root", {})
        self.here = self.root
        self.breaches: list[str] = []

    def handle_starttag(self, tag, attrs):
        node = self._append(tag, attrs)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag, attrs):
        node = self._append(tag, attrs)
        inside_svg = any(outer.tag == "svg" for outer in [node, *node.ancestors()])
        if tag not in VOID and not inside_svg:
            self.breaches.append(f"{node} closes itself, which HTML does not know")

    def handle_endtag(self, tag):
        if tag in VOID or self.here.tag != tag:
            self.breaches.append(f"</{tag}> stands where {self.here} is open")
        open_tags = [self.here.tag, *(node.tag for node in self.here.ancestors())]
        if tag in open_tags:
            while self.here.tag != tag:
                self.here = self.here.parent
            self.here = self.here.parent

    def handle_data(self, data):
        if data.strip():
            self.here.text.append(data.strip())

    def close(self):
        super().close()
        if self.here is not self.root:
            self.breaches.append(f"{self.here} is never closed")

    def _append(self, tag, attrs) -> Node:
        names = Counter(name for name, _ in attrs)
        node = Node(tag, dict(attrs), self.here)
        self.breaches += [f"{node} has {name} twice" for name, count in names.items() if count > 1]
        self.here.children.append(node)
        return node


@dataclass(frozen=True)
class Markup:
    """A parsed response: its tree, the ids in it, and what is wrong with it."""

    root: Node
    ids: frozenset[str]
    breaches: list[str]


def read_markup(html: str, *, is_fragment: bool, ids_on_page: frozenset[str]) -> Markup:
    """Check `html`; `ids_on_page` are there already when a fragment arrives."""
    builder = TreeBuilder()
    builder.feed(html)
    builder.close()
    nodes = list(builder.root.walk())
    counted = Counter(node.get("id") for node in nodes if node.get("id"))
    reachable = frozenset(counted) | (ids_on_page if is_fragment else frozenset())
    breaches = list(builder.breaches)
    breaches += [f"the id {name!r} stands {n} times" for name, n in counted.items() if n > 1]
    breaches += _root_breaches(builder.root, is_fragment=is_fragment)
    for node in nodes:
        for rule in (_inline, _evaluated, _target, _double_press, _forgery, _named):
            breaches += rule(node, reachable)
    return Markup(builder.root, frozenset(counted), breaches)


def _root_breaches(root: Node, *, is_fragment: bool) -> list[str]:
    if is_fragment:
        roots = [node for node in root.children if "hx-swap-oob" not in node.attributes]
        return [] if len(roots) <= 1 else [f"a fragment has one root, not {len(roots)}"]
    html = [node for node in root.children if node.tag == "html"]
    if len(html) != 1:
        return ["a page has one <html>"]
    return [] if html[0].get("lang") else ["<html> does not say its language"]


def _inline(node: Node, _reachable: frozenset[str]) -> list[str]:
    """What the Content-Security-Policy refuses."""
    found = [f"{node} has {name}" for name in node.attributes if name.startswith("on")]
    if "style" in node.attributes:
        found.append(f"{node} has a style of its own")
    if node.tag == "style":
        found.append("there is a <style>")
    if (
        node.tag == "script"
        and "src" not in node.attributes
        and node.get("type") not in DATA_SCRIPTS
    ):
        found.append("there is a <script> without src")
    loads = node.get("src") or (node.get("href") if node.tag in {"link", "use"} else "")
    if FOREIGN.match(loads):
        found.append(f"{node} loads from elsewhere")
    return found


def _evaluated(node: Node, _reachable: frozenset[str]) -> list[str]:
    """What htmx could only do by evaluating text."""
    found = []
    for name, value in node.attributes.items():
        plain = name.removeprefix("data-")
        if plain.startswith(("hx-on", "hx-vars")):
            found.append(f"{node} has {name}")
        elif (plain.startswith("hx-") or name in {"href", "src", "action"}) and EVALUATED.match(
            value or ""
        ):
            found.append(f"{node} evaluates {name}")
        elif plain == "hx-trigger" and "[" in (value or ""):
            found.append(f"{node} filters its trigger, which fails open without eval")
    return found


def _target(node: Node, reachable: frozenset[str]) -> list[str]:
    """Every target named by id is there when it is needed."""
    found = []
    for name in ("hx-target", "hx-include", "hx-indicator", "hx-select", "hx-disabled-elt"):
        for selector in node.get(name).split(","):
            wanted = selector.strip()
            identifier = re.fullmatch(r"#([\w-]+)", wanted)
            if identifier and identifier[1] not in reachable and name != "hx-select":
                found.append(f"{node} has {name} {wanted}, which is not there")
    references = node.get("aria-labelledby").split() + node.get("aria-describedby").split()
    references += [node.get("for")] if node.tag == "label" and node.get("for") else []
    found += [
        f"{node} refers to {ref!r}, which is not there"
        for ref in references
        if ref not in reachable
    ]
    return found


def _is_guarded(node: Node) -> bool:
    around = [node, *node.ancestors()]
    return any({"hx-disabled-elt", "data-once"} & set(outer.attributes) for outer in around)


def _double_press(node: Node, _reachable: frozenset[str]) -> list[str]:
    """No button that posts may be pressed twice."""
    is_button = node.tag == "button" or (node.tag == "input" and node.get("type") == "submit")
    if not is_button:
        return []
    posts = any(name in node.attributes for name in POSTING)
    form = next((outer for outer in node.ancestors() if outer.tag == "form"), None)
    if form is not None and node.get("type") in {"", "submit"}:
        method = (node.get("formmethod") or form.get("method")).lower()
        posts = posts or method == "post" or any(name in form.attributes for name in POSTING)
    if posts and not _is_guarded(node):
        return [f"{node} can be pressed twice (hx-disabled-elt or data-once)"]
    return []


def _forgery(node: Node, _reachable: frozenset[str]) -> list[str]:
    """A form that works without htmx brings its token."""
    if node.tag != "form" or node.get("method").lower() != "post":
        return []
    has_token = any(inner.get("name") == "csrf_token" for inner in node.walk())
    return [] if has_token else [f"{node} posts without csrf_token"]


def _named(node: Node, _reachable: frozenset[str]) -> list[str]:
    """A screen reader has a name for everything."""
    if node.get("aria-label") or node.get("aria-labelledby"):
        return []
    if node.tag == "img" and "alt" not in node.attributes:
        return [f"{node} has no alt"]
    if node.tag == "button" and not _spoken(node):
        return [f"{node} has no name"]
    is_field = node.tag in {"input", "select", "textarea"}
    if is_field and node.get("type") not in UNLABELLED_TYPES and not _is_labelled(node):
        return [f"{node} has no label"]
    return []


def _is_labelled(node: Node) -> bool:
    around = list(node.ancestors())
    if any(outer.tag == "label" and outer.all_text() for outer in around):
        return True
    labels = (other for other in around[-1].walk() if other.tag == "label" and other.all_text())
    return bool(node.get("id")) and any(label.get("for") == node.get("id") for label in labels)


def _spoken(node: Node) -> str:
    """The words of an element; a picture speaks by its alt or its label."""
    pictures = (inner.get("alt") or inner.get("aria-label") for inner in node.walk())
    return node.all_text() or "".join(pictures)
