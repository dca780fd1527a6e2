"""The tokens' contrast, computed: what is read is AA in every theme, money is AAA."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static/css"
AA, AAA, LARGE_OR_EDGE = 4.5, 7.0, 3.0
GROUNDS = ("ground", "surface", "sunken")
# Where an amount stands: ink and its states on their grounds, and white on the money button.
MONEY = [("ink", ground) for ground in GROUNDS] + [
    ("good", "good-soft"),
    ("warn", "warn-soft"),
    ("bad", "bad-soft"),
    ("on-accent", "accent"),
    ("ink", "accent-soft"),
]
READ = [("muted", ground) for ground in GROUNDS] + [
    ("accent", ground) for ground in (*GROUNDS, "accent-soft")
] + [("good", "surface"), ("bad", "surface"), ("warn", "surface"), ("on-bad", "bad")]  # fmt: skip
EDGES = [
    ("edge-line", "surface"),
    ("edge-line", "ground"),
    ("focus", "surface"),
    ("focus", "ground"),
]


def themes():
    """Read each theme's colours off the style sheet, as (red, green, blue) by token."""
    text = (CSS / "base.css").read_text("utf-8")
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", text)
    light = {name: rgb(day) for name, day, _night in pairs}
    dark = {name: rgb(night) for name, _day, night in pairs}
    block = re.search(r':root\[data-theme="sun"\] \{\n(.*?)\n\}', text, re.DOTALL)[1]
    sun = {name: rgb(value) for name, value in re.findall(r"--([\w-]+): (#\w+);", block)}
    return {"light": light, "dark": dark, "sun": light | sun}


def rgb(text):
    digits = text.removeprefix("#")
    whole = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    return tuple(int(whole[i : i + 2], 16) for i in (0, 2, 4))


def luminance(colour):
    parts = [one / 255 for one in colour]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def too_weak(theme, pairs, least):
    """Name the pairs of a theme that are under `least`."""
    tokens = themes()[theme]
    found = {(a, b): round(contrast(tokens[a], tokens[b]), 2) for a, b in pairs}
    return {pair: ratio for pair, ratio in found.items() if ratio < least}


def test_contrast_is_computed_as_the_standard_says():
    assert round(contrast((0, 0, 0), (255, 255, 255)), 1) == 21.0
    assert round(contrast((0x77, 0x77, 0x77), (255, 255, 255)), 2) == 4.48


@pytest.mark.parametrize("theme", themes())
def test_money_is_read_at_aaa_in_every_theme(theme):
    assert too_weak(theme, MONEY, AAA) == {}


@pytest.mark.parametrize("theme", themes())
def test_words_are_read_at_aa_in_every_theme(theme):
    assert too_weak(theme, READ, AA) == {}


@pytest.mark.parametrize("theme", themes())
def test_edges_of_what_is_pressed_and_the_focus_are_seen(theme):
    assert too_weak(theme, EDGES, LARGE_OR_EDGE) == {}


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_type_is_measured_so_that_it_can_grow(sheet):
    rules = re.findall(r"font(?:-size)?:[^;}]*", sheet.read_text("utf-8"))

    assert [rule for rule in rules if re.search(r"\dpx", rule)] == []


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_colours_of_text_are_tokens(sheet):
    """Only the wall's scoreboard, paper and a stall's edge have colours of their own."""
    rules = re.findall(r"^(.*?)\{([^}]*)\}", sheet.read_text("utf-8"), re.MULTILINE)
    strange = [
        selector.strip()
        for selector, body in rules
        if re.search(r"(?<![\w-])color: ?#", body) and ".papan" not in selector
    ]

    assert strange == []
