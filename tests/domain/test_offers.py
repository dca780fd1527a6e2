"""Offers: the best for the buyer, found again by trying every way."""

from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.catalogue import Product
from kiosk.domain.lines import CartLine
from kiosk.domain.money import Rupiah
from kiosk.domain.offers import Offer, apply_offers
from tests.domain.carts import catalogues, offers


def product(name, price, unit="pcs", *, open_price=False):
    return Product(
        1, name, "a", name, name, "", "Kuliner", Rupiah(price), unit, open_price=open_price
    )


def line(key, name, price, qty, *, unit="pcs", open_price=False, **facts):
    return CartLine(key, product(name, price, unit, open_price=open_price), qty, **facts)


def offer(name, pieces, price, goods=("wedang",)):
    return Offer(name, name, "a", frozenset(goods), pieces, Rupiah(price))


def saved(lines, offered):
    return sum(amount for use in apply_offers(lines, offered) for _, amount in use.savings)


def applied(lines, offered):
    return [(use.offer.id, use.times) for use in apply_offers(lines, offered)]


@st.composite
def small_carts(draw):
    """Up to eight pieces, so that every way to group them can be tried."""
    products = draw(catalogues(units=("pcs",)))
    kept_rp = st.none() | st.sampled_from([Rupiah(8_000), Rupiah(20_000)])
    lines = [
        CartLine(
            key,
            draw(st.sampled_from(products)),
            draw(st.integers(1, 2)),
            own_price_rp=draw(kept_rp),
        )
        for key in range(1, draw(st.integers(1, 4)) + 1)
    ]
    return lines, draw(offers(products))


def best_by_trying(lines, offered):
    """Give the largest saving by taking every group of pieces out in every order."""
    pieces = tuple(sorted((one.product.id, one.price_rp) for one in lines for _ in range(one.qty)))

    @cache
    def best(left):
        found = 0
        for one in offered:
            for group in groups(left, one):
                rest = list(left)
                for piece in group:
                    rest.remove(piece)
                worth = sum(price for _, price in group) - one.price_rp
                found = max(found, worth + best(tuple(rest)))
        return found

    return best(pieces)


def groups(left, one):
    fitting = [piece for piece in left if piece[0] in one.products]
    return set(combinations(fitting, one.pieces))


@given(small_carts())
def test_no_other_grouping_saves_the_buyer_more(cart):
    lines, offered = cart

    assert saved(lines, offered) == best_by_trying(lines, offered)


@given(small_carts(), st.randoms())
def test_the_order_of_lines_and_offers_changes_no_saving(cart, chance):
    lines, offered = cart
    shuffled, others = list(lines), list(offered)
    chance.shuffle(shuffled)
    chance.shuffle(others)

    assert saved(shuffled, others) == saved(lines, offered)
    assert applied(shuffled, others) == applied(lines, offered)


@given(small_carts())
def test_an_offer_never_makes_a_line_dearer_nor_takes_more_than_it_costs(cart):
    lines, offered = cart
    left = {one.key: one.gross_rp for one in lines}

    for use in apply_offers(lines, offered):
        assert sum(amount for _, amount in use.savings) > 0
        for key, amount in use.savings:
            assert amount >= 0
            left[key] -= amount

    assert min(left.values()) >= 0


def test_three_for_fifty_thousand_takes_ten_thousand_off_three_at_twenty():
    lines = [line(1, "wedang", 20_000, 3)]

    uses = apply_offers(lines, [offer("tiga", 3, 50_000)])

    assert [(use.offer.id, use.times, use.savings) for use in uses] == [
        ("tiga", 1, ((1, Rupiah(10_000)),))
    ]
    assert applied([line(1, "wedang", 20_000, 2)], [offer("tiga", 3, 50_000)]) == []
    assert applied([line(1, "wedang", 20_000, 7)], [offer("tiga", 3, 50_000)]) == [("tiga", 2)]


def test_of_two_offers_the_pair_that_saves_more_beats_the_greedy_choice():
    three, four = offer("tiga", 3, 50_000), offer("empat", 4, 65_000)

    assert applied([line(1, "wedang", 20_000, 6)], [four, three]) == [("tiga", 2)]
    assert applied([line(1, "wedang", 20_000, 7)], [three, four]) == [("empat", 1), ("tiga", 1)]


def test_the_dearest_of_mixed_goods_go_into_the_offer():
    lines = [line(1, "teh", 8_000, 2), line(2, "wedang", 20_000, 2)]

    uses = apply_offers(lines, [offer("tiga", 3, 40_000, ("teh", "wedang"))])

    assert sum(amount for _, amount in uses[0].savings) == 8_000
    assert uses[0].savings == ((2, Rupiah(6_667)), (1, Rupiah(1_333)))


def test_an_offer_that_would_be_dearer_is_left_alone():
    assert applied([line(1, "wedang", 10_000, 3)], [offer("tiga", 3, 50_000)]) == []
    assert applied([line(1, "wedang", 10_000, 3)], [offer("tiga", 3, 30_000)]) == []


def test_goods_by_weight_and_at_an_agreed_price_are_in_no_offer():
    agreed = line(1, "wedang", 20_000, 3, own_price_rp=Rupiah(25_000), open_price=True)
    by_weight = line(1, "wedang", 20_000, 3_000, unit="g")

    assert applied([agreed], [offer("tiga", 3, 50_000)]) == []
    assert applied([by_weight], [offer("tiga", 3, 50_000)]) == []


def test_goods_whose_earlier_price_was_kept_are_in_the_offer_at_that_price():
    kept = line(1, "wedang", 27_500, 2, own_price_rp=Rupiah(20_000))
    new = line(2, "wedang", 27_500, 1)

    uses = apply_offers([kept, new], [offer("tiga", 3, 50_000)])

    assert [use.savings for use in uses] == [((2, Rupiah(7_130)), (1, Rupiah(10_370)))]


def test_lines_of_one_product_with_different_notes_count_together():
    lines = [line(1, "wedang", 20_000, 1), line(2, "wedang", 20_000, 2, note="tanpa es")]

    uses = apply_offers(lines, [offer("tiga", 3, 50_000)])

    assert sum(amount for _, amount in uses[0].savings) == 10_000
    assert [key for key, _ in uses[0].savings] == [1, 2]


def test_a_cart_of_hundreds_of_pieces_is_still_never_dearer():
    lines = [line(1, "wedang", 20_000, 999), line(2, "teh", 8_000, 500)]
    offered = [
        offer("tiga", 3, 50_000),
        offer("empat", 4, 65_000),
        offer("campur", 5, 60_000, ("wedang", "teh")),
    ]

    assert saved(lines, offered) >= 333 * 10_000
    assert saved(list(reversed(lines)), offered) == saved(lines, offered)


@pytest.mark.parametrize("facts", [{"pieces": 1}, {"pieces": 100}, {"price_rp": Rupiah(-1)}])
def test_an_offer_that_cannot_be_is_refused(facts):
    with pytest.raises(ValueError, match="offers"):
        replace(offer("tiga", 3, 50_000), **facts)
