"""Baskets: pieces that were drawn, dealt out to buyers as buyers buy."""

from collections import Counter
from collections.abc import Iterable
from random import Random
from typing import Final

# How many lines a basket has, and how many pieces a line: one is the rule, three are rare.
_LINES: Final = ((1, 2, 3, 4), (46, 32, 16, 6))
_PIECES: Final = ((1, 2, 3, 5), (64, 24, 9, 3))

# A basket: product (its place in the list that was drawn from) → pieces.
Basket = dict[int, int]


def deal(rng: Random, drawn: Iterable[int]) -> list[Basket]:
    """Deal out every piece; the baskets hold exactly what was drawn, no more and no less."""
    left = Counter(drawn)
    baskets = []
    while left:
        basket: Basket = {}
        for _ in range(rng.choices(*_LINES)[0]):
            if left:
                product = rng.choices(list(left), list(left.values()))[0]
                taken = min(rng.choices(*_PIECES)[0], left[product])
                basket[product] = basket.get(product, 0) + taken
                left[product] -= taken
                if not left[product]:
                    del left[product]
        baskets.append(basket)
    # The last pieces of a draw are what nobody else took; buyers of them come all day.
    rng.shuffle(baskets)
    return baskets
