"""Flows of the till in Chromium: on three screens, by touch and by keyboard alone.

A test that takes `screen` runs in all six ways; `@ways("phone", "keys")` and its like keep
those that matter. Every screen must leave the browser without a complaint.
"""

import pytest

from tests.support.bazaar import bundle_document
from tests.support.bazaar_day import BazaarDay
from tests.support.hands import HANDS
from tests.support.till_screen import SIZES, TillScreen


def pytest_generate_tests(metafunc):
    if "screen" not in metafunc.fixturenames:
        return
    mark = metafunc.definition.get_closest_marker("ways")
    kept = set(mark.args) if mark else set()
    sizes = [size for size in SIZES if size in kept] or SIZES
    hands = [hand for hand in HANDS if hand in kept] or HANDS
    metafunc.parametrize(
        "screen",
        [pytest.param((size, hand), id=f"{size}-{hand}") for size in sizes for hand in hands],
        indirect=True,
    )


@pytest.fixture
def bundle():
    """What the hub sent; a module with other goods or settings has a fixture of this name."""
    return bundle_document()


@pytest.fixture
def day(tmp_path, bundle):
    """A till that is served, with no drawer open yet."""
    served = BazaarDay(tmp_path / "day", bundle)
    yield served
    served.stop()


@pytest.fixture
def screen(request, browser, day):
    """A selling screen at Laci 1, open with Rp200.000 by Rina; nothing in the order yet."""
    size, hand = request.param
    shown = TillScreen(browser, day, day.open_drawer(), size, hand)
    yield shown.open()
    shown.close()
