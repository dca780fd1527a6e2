"""Whatever a set of prices can make is drawn exactly; what it cannot make is refused."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.cli.demo.baskets import deal
from kiosk.cli.demo.solver import TargetError, draw

PRICES = st.lists(st.integers(0, 500).map(lambda n: n * 500), min_size=1, max_size=8, unique=True)
SEEDS = st.integers(0, 2**32)


@st.composite
def makeable_targets(draw_value):
    """Prices, and a number of pieces with a sum that they make."""
    prices = draw_value(PRICES)
    bought = draw_value(
        st.lists(st.integers(0, 40), min_size=len(prices), max_size=len(prices)).filter(any)
    )
    omzet = sum(price * pieces for price, pieces in zip(prices, bought, strict=True))
    return prices, sum(bought), omzet


@settings(max_examples=60, deadline=None)
@given(target=makeable_targets(), seed=SEEDS)
def test_whatever_can_be_made_is_drawn_to_the_piece_and_to_the_rupiah(target, seed):
    prices, pieces, omzet = target

    drawn = draw(Random(seed), prices, [1] * len(prices), pieces, omzet)

    assert len(drawn) == pieces
    assert sum(prices[place] for place in drawn) == omzet


@settings(max_examples=40, deadline=None)
@given(mean=st.integers(18_000, 90_000), pieces=st.integers(200, 3_000), seed=SEEDS)
def test_a_day_of_any_size_comes_out_exactly(mean, pieces, seed):
    prices = [12_500, 15_000, 17_500, 25_000, 28_000, 95_000, 175_000]
    omzet = mean * pieces // 500 * 500

    drawn = draw(Random(seed), prices, [9, 8, 7, 6, 5, 2, 1], pieces, omzet)

    assert len(drawn) == pieces
    assert sum(prices[place] for place in drawn) == omzet


@pytest.mark.parametrize(
    ("pieces", "omzet"),
    [(3, 29_999), (3, 29_500), (3, 75_500), (2, 35_500), (0, 500), (1, 0), (400, -500)],
)
def test_a_sum_that_no_goods_come_to_is_refused(pieces, omzet):
    with pytest.raises(TargetError):
        draw(Random(1), [10_000, 25_000], [1, 1], pieces, omzet)


def test_nothing_sold_is_drawn_too():
    assert draw(Random(1), [10_000], [1], 0, 0) == []


@settings(deadline=None)
@given(drawn=st.lists(st.integers(0, 9), max_size=200), seed=SEEDS)
def test_baskets_hold_what_was_drawn_and_none_is_empty(drawn, seed):
    baskets = deal(Random(seed), drawn)

    dealt = sum((Counter(basket) for basket in baskets), Counter())
    assert dealt == Counter(drawn)
    assert all(pieces > 0 for basket in baskets for pieces in basket.values())
    assert all(baskets)
