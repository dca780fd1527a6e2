"""The files made elsewhere: each is listed with its licence and is the one that was reviewed."""

import hashlib
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[1] / "static"
LISTED = dict(
    re.findall(
        r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$",
        (STATIC / "vendor/LICENSES.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
)


def made_elsewhere() -> set[str]:
    folders = ("vendor", "fonts", "icons")
    files = (path for folder in folders for path in (STATIC / folder).rglob("*"))
    return {str(path.relative_to(STATIC)) for path in files if path.is_file()}


def test_every_file_made_elsewhere_is_listed_with_its_licence():
    assert set(LISTED) == made_elsewhere() - {"vendor/LICENSES.md"}


@pytest.mark.parametrize("name", LISTED)
def test_a_listed_file_is_the_one_that_was_reviewed(name):
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()

    assert digest == LISTED[name]


def test_no_script_made_elsewhere_names_an_address_to_fetch_from():
    found = {
        address
        for path in (STATIC / "vendor").glob("*.js")
        for address in re.findall(r"https?://[^\s\"'`)]+", path.read_text(encoding="utf-8"))
    }

    assert found <= {"http://www.w3.org/1999/xhtml"}


def test_the_typeface_is_small_enough_for_a_slow_hotspot():
    assert (STATIC / "fonts/plus-jakarta-sans.woff2").stat().st_size <= 16_000


def test_every_icon_takes_the_colour_of_its_text():
    symbols = re.findall(r"<symbol [^>]*>", (STATIC / "icons/sprite.svg").read_text("utf-8"))

    assert len(symbols) >= 40
    assert all('stroke="currentColor"' in symbol for symbol in symbols)
