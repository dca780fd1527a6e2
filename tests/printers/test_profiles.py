"""The known kinds, and the page that lists them."""

from pathlib import Path

import pytest

from printers.errors import UnknownProfileError
from printers.profiles import PROFILES, profile

PAGE = (Path(__file__).parents[2] / "docs/printers.md").read_text("utf-8")


def yes(flag):
    return "yes" if flag else "–"


@pytest.mark.parametrize("kind", PROFILES.values(), ids=lambda kind: kind.key)
def test_the_page_about_printers_lists_every_kind_as_it_is(kind):
    row = (
        f"| `{kind.key}` | {kind.name} | {kind.paper_mm} mm | {kind.paper_dots} | {kind.columns}"
        f" | {yes(kind.has_cutter)} | {yes(kind.has_drawer)} | {yes(kind.has_status)}"
        f" | {yes(kind.qr_native)} | {kind.confirm} | {kind.mm_per_second} |"
    )

    assert row in PAGE


def test_a_kind_that_confirms_also_answers():
    for kind in PROFILES.values():
        assert kind.has_status or kind.confirm == "none"


def test_a_kind_nobody_knows_names_those_there_are():
    with pytest.raises(UnknownProfileError, match="generic-58"):
        profile("daisy-wheel")
