"""Every page of a program, found by itself: what its address map holds is what is looked at.

A page somebody adds is walked to without a word here; an address with a part nobody gave an
example of fails the walk until somebody does.
"""

from collections.abc import Mapping
from pathlib import Path

import axe_playwright_python

from tests.support.till_screen import SIZES

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
CONTRAST_ALONE = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
SMALLEST_TARGET_PX = 48
# Chromium lays out in fractions; half a pixel is no smaller to a finger.
ROUNDING_PX = 0.5

_VIOLATIONS = """options => axe.run(document, {...options, resultTypes: ["violations"]}).then(found =>
  found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(" ") + " " +
    (node.any[0]?.message ?? "")).slice(0, 3).join(" | ")}`))"""

# A link within running text is as large as its line; a box or radio as its label.
_SMALL_TARGETS = """smallest => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], label:has(input)")]
  .filter(one => one.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && !one.closest(".visually-hidden, .skip, [aria-hidden=true]") && !one.matches(".skip, .visually-hidden")
    && !(one.matches("input") && one.closest("label"))
    && !(one.matches("label") && !one.querySelector("input[type=radio], input[type=checkbox], input[type=file]"))
    && !(one.matches("a") && getComputedStyle(one).display === "inline"
         && one.parentElement.textContent.trim() !== one.textContent.trim()))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.width < smallest || box.height < smallest))
  .map(([one, box]) => `${one.localName}.${one.className} “${(one.textContent || one.name || "").trim().slice(0, 24)}” `
    + `${Math.round(box.width)} × ${Math.round(box.height)}`)"""

_IS_TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


class NoExampleError(AssertionError):
    """A page's address has a part for which the walk knows no example."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"Give an example for {rule}, or leave it out of the walk by name.")


def addresses(app, examples: Mapping[str, object], left_out: set[str]) -> dict[str, str]:
    """Give every address of `app` that answers GET, by endpoint; `left_out` are endpoints.

    Raises NoExampleError for an address with a part that is not among `examples`.
    """
    wanted = [rule for rule in _pages(app) if rule.endpoint not in left_out]
    for rule in wanted:
        if not rule.arguments <= examples.keys():
            raise NoExampleError(rule.rule)
    return _built(app, wanted, examples)


def known_addresses(app, examples: Mapping[str, object], left_out: set[str]) -> dict[str, str]:
    """Give the addresses for which there are examples, and leave the others out."""
    wanted = [
        rule
        for rule in _pages(app)
        if rule.endpoint not in left_out and rule.arguments <= examples.keys()
    ]
    return _built(app, wanted, examples)


def read_examples(connection, queries: Mapping[str, str]) -> dict[str, object]:
    """Ask a database for an example of each part; one it has nothing for is not there."""
    rows = {name: connection.execute(query).fetchone() for name, query in queries.items()}
    return {name: row[0] for name, row in rows.items() if row is not None}


def is_page(page, address: str) -> bool:
    """Say whether an address answers with a whole page, and not with a part of one or a file."""
    answer = page.request.get(address)
    is_html = "html" in answer.headers.get("content-type", "")
    return is_html and answer.status != 404 and "<html" in answer.text()


def _pages(app):
    return [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]


def _built(app, rules, examples) -> dict[str, str]:
    # Of two addresses of one page the one that needs examples is looked at.
    rules = sorted(rules, key=lambda rule: not rule.defaults)
    with app.test_request_context("http://127.0.0.1/"):
        found = {
            rule.endpoint: rule.build({name: examples[name] for name in rule.arguments})[1]
            for rule in rules
        }
    return dict(sorted(found.items(), key=lambda one: one[1]))


class Inspector:
    """Looks at a page as it stands, at one size or several, and keeps what is wrong, by name.

    Names and roles are the same in between: the widest and the narrowest size are asked for
    them, the first one for the contrast of the other themes, too.
    """

    def __init__(self, page, themes=("dark", "sun"), sizes=()) -> None:
        self.page = page
        self.wrong: list[str] = []
        self._themes = themes
        self._sizes = sizes

    def look(self, name: str) -> None:
        """Check names, roles, contrast in every theme, the size of targets and the width."""
        self.page.evaluate(f"() => {{ if (!window.axe) {{ {AXE} }} }}")
        if not self._sizes:
            self._note(name, [*self._spoken(), *self._contrast(), *self._fitting()])
        for size in self._sizes:
            self.page.set_viewport_size(SIZES[size])
            spoken = self._spoken() if size in (self._sizes[0], self._sizes[-1]) else []
            contrast = self._contrast() if size == self._sizes[0] else []
            self._note(f"{name} ({size})", [*spoken, *contrast, *self._fitting()])
        if self._sizes:
            self.page.set_viewport_size(SIZES[self._sizes[0]])

    def _spoken(self) -> list[str]:
        return self.page.evaluate(_VIOLATIONS, {})

    def _contrast(self) -> list[str]:
        found = []
        theme = self.page.evaluate("document.documentElement.dataset.theme")
        for other in self._themes:
            self._dress(other)
            poor = self.page.evaluate(_VIOLATIONS, CONTRAST_ALONE)
            found += [f"{other}: {one}" for one in poor]
        self._dress(theme)
        return found

    def _fitting(self) -> list[str]:
        page = self.page
        small = page.evaluate(_SMALL_TARGETS, SMALLEST_TARGET_PX - ROUNDING_PX)
        found = [f"too small: {one}" for one in small]
        if page.evaluate(_IS_TOO_WIDE):
            found.append("it is wider than the screen")
        return found

    def _note(self, name: str, found: list[str]) -> None:
        self.wrong += [f"{name}: {one}" for one in found]

    def _dress(self, theme: str) -> None:
        self.page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
