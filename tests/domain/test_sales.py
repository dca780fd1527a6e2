import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.carts import Cart, CartEmptyError
from kiosk.domain.catalogue import Product, Stall
from kiosk.domain.lines import CartLine, QuantityError, parse_quantity
from kiosk.domain.money import Rupiah
from kiosk.domain.payments import Payment, still_due
from kiosk.domain.sales import Sale, SaleUnbalancedError, fix_shares, seal_lines

STALLS = {
    name: Stall(name, name, name, "Melawai", None, basis_points)
    for name, basis_points in (("a", 0), ("b", 1_000), ("c", 333))
}

products = st.builds(
    Product,
    number=st.integers(1, 1000),
    id=st.uuids().map(str),
    stall=st.sampled_from(sorted(STALLS)),
    sku=st.just("S"),
    name=st.just("Wedang"),
    variant=st.just(""),
    category=st.just("Kuliner"),
    price_rp=st.integers(0, 5_000_000).map(Rupiah),
    unit=st.sampled_from(["pcs", "g"]),
)
lines = st.lists(
    st.builds(CartLine, key=st.just(1), product=products, qty=st.integers(1, 999)),
    min_size=1,
    max_size=12,
)


def cart_of(cart_lines):
    keyed = (replace(line, key=key) for key, line in enumerate(cart_lines, start=1))
    return Cart("c", "K01", "1", 1, tuple(keyed))


def cash(n, amount):
    return Payment(n, "cash", "bazaar", Rupiah(amount), Rupiah(amount), Rupiah(0))


def sale_of(cart, payments, rounding=0):
    sealed = seal_lines(cart)
    return Sale(
        id=cart.id,
        number="K01-0001",
        event="e",
        shift="s",
        lines=sealed,
        discounts=(),
        shares=fix_shares(sealed, (), STALLS),
        rounding_rp=Rupiah(rounding),
        total_rp=Rupiah(cart.total_rp + rounding),
        payments=tuple(payments),
    )


@given(lines, st.randoms())
def test_a_carts_total_is_the_sum_of_its_lines_in_any_order(cart_lines, chance):
    shuffled = list(cart_lines)
    chance.shuffle(shuffled)

    assert cart_of(shuffled).total_rp == cart_of(cart_lines).total_rp
    assert cart_of(cart_lines).total_rp == sum(line.gross_rp for line in cart_lines)


@given(lines)
def test_shares_add_up_to_the_sale(cart_lines):
    sealed = seal_lines(cart_of(cart_lines))

    shares = fix_shares(sealed, (), STALLS)

    assert sum(share.gross_rp for share in shares) == sum(line.total_rp for line in sealed)
    for share in shares:
        assert share.net_rp + share.commission_rp + share.discount_rp == share.gross_rp
        assert 0 <= share.commission_rp <= share.gross_rp
    assert len({share.stall for share in shares}) == len(shares)


@given(lines, st.data())
def test_any_split_that_covers_the_total_makes_a_sale(cart_lines, data):
    cart = cart_of(cart_lines)
    cuts = sorted(data.draw(st.lists(st.integers(0, cart.total_rp), max_size=3)))
    edges = [0, *cuts, cart.total_rp]
    parts = [
        cash(n, high - low) for n, (low, high) in enumerate(itertools.pairwise(edges), start=1)
    ]

    sale = sale_of(cart, parts)

    assert still_due(cart.total_rp, parts) == 0
    assert sum(payment["amount_rp"] for payment in sale.as_body()["payments"]) == sale.total_rp


@given(lines, st.integers(-1000, 1000).filter(bool))
def test_a_sale_that_does_not_balance_cannot_be_built(cart_lines, off_by):
    cart = cart_of(cart_lines)
    paid = max(cart.total_rp + off_by, 0)

    if paid == cart.total_rp:
        return
    with pytest.raises(SaleUnbalancedError):
        sale_of(cart, [cash(1, paid)])


def test_rounding_only_ever_goes_down():
    cart = cart_of([CartLine(1, _product(33_505), 1)])

    assert sale_of(cart, [cash(1, 33_500)], rounding=-5).total_rp == 33_500
    with pytest.raises(SaleUnbalancedError):
        sale_of(cart, [cash(1, 33_510)], rounding=5)


def test_an_empty_cart_is_no_sale():
    with pytest.raises(CartEmptyError):
        seal_lines(cart_of([]))


def test_goods_by_weight_cost_their_part_of_a_kilogram():
    assert CartLine(1, _product(85_050, "g"), 100).gross_rp == 8_505
    assert CartLine(1, _product(85_055, "g"), 100).gross_rp == 8_506
    assert CartLine(1, _product(10, "g"), 1).gross_rp == 0


@pytest.mark.parametrize("typed", ["", "-1", "1,5", "seribu", "1000", "99999999", "²"])
def test_an_absurd_quantity_is_refused(typed):
    with pytest.raises(QuantityError):
        parse_quantity(typed, "pcs")


def test_quantities_are_whole_pieces_or_whole_grams():
    assert parse_quantity(" 12 ", "pcs") == 12
    assert parse_quantity("99999", "g") == 99_999


def _product(price, unit="pcs"):
    return Product(1, "p", "a", "S", "Wedang", "", "Kuliner", Rupiah(price), unit)
