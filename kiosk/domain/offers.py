"""Offers: several pieces for one price, such as “3 for Rp50.000”, applied by themselves.

The buyer gets the best that the offers allow, and the same whatever the order of lines.
Goods by weight and goods at a price agreed on the spot are in no offer; goods whose earlier
price was kept are, at that price.

Which pieces go to which offer is a matching: for given numbers of groups the dearest
pieces that fit are the best, so only those numbers need to be tried.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from itertools import product as every
from math import prod
from typing import Final, NamedTuple

from kiosk.domain.discounts import Bearer
from kiosk.domain.lines import CartLine
from kiosk.domain.money import Rupiah, share_out

FEWEST_PIECES: Final = 2
MOST_PIECES: Final = 99
# How many products one offer may name: its entry must stay one.
MOST_GOODS: Final = 200

# How many ways to divide pieces among offers are held against each other. A till's cart
# has a dozen; beyond this the best group is taken again and again instead.
MOST_WAYS: Final = 600


@dataclass(frozen=True, slots=True)
class Offer:
    """`pieces` of the named products of one stall, mixed as the buyer likes, for `price_rp`."""

    id: str
    name: str
    stall: str
    products: frozenset[str]
    pieces: int
    price_rp: Rupiah
    borne_by: Bearer = "stall"

    def __post_init__(self) -> None:
        if not FEWEST_PIECES <= self.pieces <= MOST_PIECES or self.price_rp < 0:
            raise ValueError(f"{self.name} offers {self.pieces} pieces for {self.price_rp}")


@dataclass(frozen=True, slots=True)
class OfferUse:
    """An offer as it applies to a cart: how many times, and what each line (key) saves."""

    offer: Offer
    times: int
    savings: tuple[tuple[int, Rupiah], ...]


class Pool(NamedTuple):
    """The pieces of one product at one price in a cart."""

    product: str
    price_rp: int
    pieces: int


# How many pieces of each pool go to each offer, by their places.
Plan = list[list[int]]


def apply_offers(lines: Sequence[CartLine], offers: Iterable[Offer]) -> tuple[OfferUse, ...]:
    """Give what the offers take off these lines, best for the buyer; by offer id."""
    in_offer = [line for line in lines if line.product.unit == "pcs" and not line.is_price_agreed]
    counted: Counter[tuple[str, Rupiah]] = Counter()
    for line in in_offer:
        counted[line.product.id, line.price_rp] += line.qty
    pools = tuple(
        sorted(
            (Pool(*priced, pieces) for priced, pieces in counted.items()),
            key=lambda pool: (-pool.price_rp, pool.product),
        )
    )
    uses: list[OfferUse] = []
    for together in _groups(sorted(offers, key=lambda offer: offer.id), pools):
        times, plan = _best_plan(together, pools)
        uses += _uses(together, pools, in_offer, times, plan)
    return tuple(sorted(uses, key=lambda use: use.offer.id))


def _groups(offers: Sequence[Offer], pools: Sequence[Pool]) -> list[tuple[Offer, ...]]:
    """Put offers together that compete for goods of this cart; leave out those that cannot be."""
    in_cart: Counter[str] = Counter()
    for pool in pools:
        in_cart[pool.product] += pool.pieces
    groups: list[tuple[set[str], tuple[Offer, ...]]] = []
    for offer in offers:
        goods = {product for product in offer.products if product in in_cart}
        if sum(in_cart[product] for product in goods) < offer.pieces:
            continue
        rivals = [group for group in groups if group[0] & goods]
        groups = [group for group in groups if group not in rivals]
        members = tuple(member for group in rivals for member in group[1])
        groups.append((goods.union(*(group[0] for group in rivals)), (*members, offer)))
    return [members for _, members in groups]


@lru_cache(maxsize=64)
def _best_plan(offers: tuple[Offer, ...], pools: tuple[Pool, ...]) -> tuple[tuple[int, ...], Plan]:
    """Give how many times each offer applies and with which pieces, for the largest saving.

    Of equal savings the fewest groups win, then the earlier offers.
    """
    most = [_times_possible(offer, pools) for offer in offers]
    if prod(count + 1 for count in most) > MOST_WAYS:
        return _step_by_step(offers, pools)
    best: tuple[int, tuple[int, ...], Plan] = (0, tuple(0 for _ in offers), _nothing(offers, pools))
    ways = sorted(every(*(range(count + 1) for count in most)), key=lambda way: (sum(way), way))
    for times in ways:
        plan = _dearest_pieces(offers, pools, times)
        if plan is not None and (saving := sum(_savings(offers, pools, times, plan))) > best[0]:
            best = (saving, times, plan)
    return best[1], best[2]


def _step_by_step(
    offers: tuple[Offer, ...], pools: tuple[Pool, ...]
) -> tuple[tuple[int, ...], Plan]:
    """Take the group that saves most, again and again, until none saves anything."""
    times = [0 for _ in offers]
    left = [pool.pieces for pool in pools]
    plan = _nothing(offers, pools)
    while True:
        groups = [_one_group(offer, pools, left) for offer in offers]
        savings = [
            sum(taken * pool.price_rp for taken, pool in zip(group, pools, strict=True))
            - offer.price_rp
            if group
            else 0
            for offer, group in zip(offers, groups, strict=True)
        ]
        best = max(range(len(offers)), key=savings.__getitem__)
        if savings[best] <= 0:
            return tuple(times), plan
        times[best] += 1
        for place, taken in enumerate(groups[best]):
            plan[place][best] += taken
            left[place] -= taken


def _one_group(offer: Offer, pools: Sequence[Pool], left: Sequence[int]) -> list[int]:
    """Take one group's dearest pieces of what is left; empty where there are too few."""
    wanted = offer.pieces
    group = []
    for place, pool in enumerate(pools):
        taken = min(wanted, left[place]) if pool.product in offer.products else 0
        group.append(taken)
        wanted -= taken
    return [] if wanted else group


def _dearest_pieces(
    offers: Sequence[Offer], pools: Sequence[Pool], times: Sequence[int]
) -> Plan | None:
    """Fill these numbers of groups with the dearest pieces that fit, or give None.

    Pools come dearest first; each gives as many pieces as can find a place, where pieces
    placed before may move to another offer but are never sent away.
    """
    plan = _nothing(offers, pools)
    wanted = [offer.pieces * count for offer, count in zip(offers, times, strict=True)]
    for place, pool in enumerate(pools):
        left = pool.pieces
        while left and (path := _path(offers, pools, plan, wanted, place)):
            moved = min(
                left, wanted[path[-1][1]], *(plan[other][came] for came, other, _ in _moves(path))
            )
            plan[place][path[0][1]] += moved
            for came, other, went in _moves(path):
                plan[other][came] -= moved
                plan[other][went] += moved
            wanted[path[-1][1]] -= moved
            left -= moved
    return None if any(wanted) else plan


def _path(
    offers: Sequence[Offer],
    pools: Sequence[Pool],
    plan: Plan,
    wanted: Sequence[int],
    start: int,
) -> list[tuple[int, int]]:
    """Find how a piece of a pool gets to an offer with room: (pool, offer) by (pool, offer)."""
    paths = [[(start, place)] for place, offer in enumerate(offers) if _fits(offer, pools[start])]
    seen = {path[-1][1] for path in paths}
    while paths:
        path = paths.pop(0)
        full = path[-1][1]
        if wanted[full]:
            return path
        for other, taken in enumerate(plan):
            for place, offer in enumerate(offers):
                if taken[full] and place not in seen and _fits(offer, pools[other]):
                    seen.add(place)
                    paths.append([*path, (other, place)])
    return []


def _moves(path: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Give who moves along a path: from which offer, which pool's piece, to which offer."""
    return [(before[1], after[0], after[1]) for before, after in pairwise(path)]


def _fits(offer: Offer, pool: Pool) -> bool:
    return pool.product in offer.products


def _nothing(offers: Sequence[Offer], pools: Sequence[Pool]) -> Plan:
    return [[0 for _ in offers] for _ in pools]


def _times_possible(offer: Offer, pools: Iterable[Pool]) -> int:
    return sum(pool.pieces for pool in pools if _fits(offer, pool)) // offer.pieces


def _savings(
    offers: Sequence[Offer], pools: Sequence[Pool], times: Sequence[int], plan: Plan
) -> list[int]:
    """Give what each offer saves: its pieces at their prices, less its own price."""
    return [
        sum(taken[place] * pool.price_rp for taken, pool in zip(plan, pools, strict=True))
        - times[place] * offer.price_rp
        for place, offer in enumerate(offers)
    ]


def _uses(
    offers: Sequence[Offer],
    pools: Sequence[Pool],
    lines: Sequence[CartLine],
    times: Sequence[int],
    plan: Plan,
) -> list[OfferUse]:
    """Share each offer's saving over the lines its pieces come from, to the last rupiah."""
    left = {line.key: line.qty for line in lines}
    uses = []
    for place, saving in enumerate(_savings(offers, pools, times, plan)):
        weights: dict[int, int] = {}
        for pool, taken in zip(pools, plan, strict=True):
            wanted = taken[place]
            for line in lines:
                is_of_pool = (line.product.id, line.price_rp) == (pool.product, pool.price_rp)
                if is_of_pool and (here := min(wanted, left[line.key])):
                    weights[line.key] = here * pool.price_rp
                    left[line.key] -= here
                    wanted -= here
        if times[place]:
            parts = share_out(Rupiah(saving), list(weights.values()))
            savings = tuple(zip(weights, parts, strict=True))
            uses.append(OfferUse(offers[place], times[place], savings))
    return uses
