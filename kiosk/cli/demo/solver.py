"""Drawing goods at random so that their number and their worth come out exactly.

Pieces are drawn one after the other. A piece may be drawn only where the rest can still
be made exactly of what there is, so a draw never has to be taken back:

- For up to `n` pieces a table holds every sum that they can make (bit s of row k: k pieces
  can make s steps). Rows are added until the last has a run of makeable sums without a gap
  as wide as the dearest price is above the cheapest.
- Above `n` pieces the rest can be made if taking the cheapest for all but n would not
  leave less than the run, nor the dearest more. With such a run there is always a price
  that keeps this true for one piece less: the cheapest where it does not leave too much,
  and else the dearest, which is at most the run's width further down.

Where the target lies outside the run's reach (nearly all cheapest, or nearly all dearest),
rows are added for every piece, and the table alone decides.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import gcd
from random import Random

from kiosk.domain.money import Rupiah, format_rupiah


class TargetError(ValueError):
    """No choice of so many pieces comes to this sum."""

    def __init__(self, pieces: int, omzet_rp: Rupiah) -> None:
        self.pieces = pieces
        self.omzet_rp = omzet_rp
        super().__init__(f"no {pieces} pieces cost {format_rupiah(omzet_rp)} together")


class Makeable:
    """Which sums a number of pieces can make, of given prices (in steps, from 0)."""

    def __init__(self, prices: Sequence[int]) -> None:
        self._prices = sorted(set(prices))
        self._rows = [1]
        self._low, self._high = 0, 0

    def reach(self, pieces: int, amount: int) -> None:
        """Add the rows that this target needs, no more than one for each piece."""
        while len(self._rows) <= pieces and not self._is_wide_enough():
            self._add_row()
            self._low, self._high = _longest_run(self._rows[-1])
        if pieces >= len(self._rows) and not self.holds(pieces, amount):
            while len(self._rows) <= pieces:
                self._add_row()

    def holds(self, pieces: int, amount: int) -> bool:
        """Say whether so many pieces can make this amount; beyond the table a no may be a yes."""
        if amount < 0:
            return False
        if pieces < len(self._rows):
            return bool(self._rows[pieces] >> amount & 1)
        more = pieces - len(self._rows) + 1
        least = self._low + more * self._prices[0]
        return least <= amount <= self._high + more * self._prices[-1]

    def _is_wide_enough(self) -> bool:
        # The row of no pieces proves nothing: a single price has a run of width 0, rightly.
        spread = self._prices[-1] - self._prices[0]
        return len(self._rows) > 1 and self._high - self._low >= spread

    def _add_row(self) -> None:
        before = self._rows[-1]
        row = 0
        for price in self._prices:
            row |= before << price
        self._rows.append(row)


def _longest_run(row: int) -> tuple[int, int]:
    """Give the first and the last position of the longest run of ones; `row` has one."""
    bits = f"0{row:b}0"
    edges = [place for place, pair in enumerate(pairwise(bits)) if pair[0] != pair[1]]
    runs = zip(edges[::2], edges[1::2], strict=True)
    begin, end = max(runs, key=lambda run: run[1] - run[0])
    # The text begins with the highest bit, and its first character is the added zero.
    return len(bits) - 2 - end, len(bits) - 3 - begin


def draw(
    rng: Random,
    prices_rp: Sequence[Rupiah],
    weights: Sequence[int],
    pieces: int,
    omzet_rp: Rupiah,
) -> list[int]:
    """Draw places in `prices_rp`: exactly `pieces` of them, worth exactly `omzet_rp`.

    `weights` (≥ 1) say how often each is drawn compared with the others. Raises TargetError
    where no choice comes to the target.
    """
    step = gcd(*prices_rp) or 1
    prices = [price // step for price in prices_rp]
    makeable = Makeable(prices)
    makeable.reach(pieces, omzet_rp // step)
    if omzet_rp % step or not makeable.holds(pieces, omzet_rp // step):
        raise TargetError(pieces, omzet_rp)
    rest = omzet_rp // step
    drawn = []
    for left in range(pieces, 0, -1):
        possible = [
            place for place, price in enumerate(prices) if makeable.holds(left - 1, rest - price)
        ]
        place = _pick(rng, prices, weights, possible, (left, rest))
        drawn.append(place)
        rest -= prices[place]
    return drawn


def _pick(
    rng: Random,
    prices: Sequence[int],
    weights: Sequence[int],
    possible: Sequence[int],
    to_make: tuple[int, int],
) -> int:
    """Pick one of `possible` so that the rest's mean price stays where it is, on average."""
    left, rest = to_make
    dear = [place for place in possible if prices[place] * left > rest]
    cheap = [place for place in possible if prices[place] * left <= rest]
    if dear and cheap:
        # Means of both halves, multiplied by `left` so that whole numbers do.
        above = _weighted_sum(prices, weights, dear) * left // _sum(weights, dear)
        below = _weighted_sum(prices, weights, cheap) * left // _sum(weights, cheap)
        among = dear if rng.randrange(max(above - below, 1)) < rest - below else cheap
    else:
        among = dear or cheap
    return rng.choices(among, [weights[place] for place in among])[0]


def _sum(weights: Sequence[int], places: Sequence[int]) -> int:
    return sum(weights[place] for place in places)


def _weighted_sum(prices: Sequence[int], weights: Sequence[int], places: Sequence[int]) -> int:
    return sum(prices[place] * weights[place] for place in places)
