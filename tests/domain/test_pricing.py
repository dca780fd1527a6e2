"""Pricing: offers, then line discounts, then the cart's; never below nothing, to the rupiah."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.carts import Cart
from kiosk.domain.catalogue import BAZAAR, Product
from kiosk.domain.discounts import GivenDiscount
from kiosk.domain.lines import CartLine
from kiosk.domain.money import Rupiah
from kiosk.domain.offers import Offer
from kiosk.domain.payments import Payment
from kiosk.domain.refunds import CameBack, take_back
from kiosk.domain.sales import Sale, fix_shares, seal_discounts, seal_lines
from tests.domain.carts import STALLS, carts, discounts


def sale_of(cart):
    lines, given_away = seal_lines(cart), seal_discounts(cart)
    return Sale(
        id=cart.id,
        number="K01-0001",
        event="e",
        shift="s",
        lines=lines,
        discounts=given_away,
        shares=fix_shares(lines, given_away, STALLS),
        rounding_rp=Rupiah(0),
        total_rp=cart.total_rp,
        payments=(Payment(1, "cash", BAZAAR, cart.total_rp, cart.total_rp, Rupiah(0)),),
    )


def cup(key=1, qty=3, discount=None, price=20_000, stall="a"):
    product = Product(key, f"p{key}", stall, "S", "Wedang", "", "Kuliner", Rupiah(price), "pcs")
    return CartLine(key, product, qty, discount=discount)


def percent(number, reason="langganan", borne_by="stall"):
    return GivenDiscount(None, number * 100, reason, borne_by)


def rupiah(amount, reason="cacat", borne_by="stall"):
    return GivenDiscount(Rupiah(amount), None, reason, borne_by)


@given(carts())
def test_no_line_is_ever_negative_and_the_total_is_the_sum_of_the_lines(cart):
    priced = cart.pricing

    assert all(0 <= line.total_rp <= line.line.gross_rp for line in priced.lines)
    assert cart.total_rp == sum(line.total_rp for line in priced.lines)
    assert priced.gross_rp - cart.total_rp == sum(line.discount_rp for line in priced.lines)
    assert cart.total_rp == sum(priced.of_stall(stall) for stall in cart.stalls())


@given(carts())
def test_what_the_cart_shows_is_what_is_sealed(cart):
    sealed = seal_lines(cart)

    taken_off = Counter()
    for discount in seal_discounts(cart):
        taken_off[discount.line] += discount.amount_rp

    assert [line.total_rp for line in sealed] == [line.total_rp for line in cart.pricing.lines]
    assert taken_off == Counter({line.n: line.discount_rp for line in sealed})
    assert sum(line.total_rp for line in sealed) == cart.total_rp


@given(carts())
def test_every_rupiah_of_a_sale_belongs_to_a_stall_or_the_campaign(cart):
    sale = sale_of(cart)

    by_bazaar = sum(one.amount_rp for one in sale.discounts if one.borne_by == BAZAAR)
    net = sum(share.net_rp for share in sale.shares)
    commission = sum(share.commission_rp for share in sale.shares)

    assert net + commission == cart.total_rp + by_bazaar
    for share in sale.shares:
        own = [line for line in sale.lines if line.stall == share.stall]
        assert share.gross_rp == sum(line.gross_rp for line in own)
        assert share.net_rp + share.commission_rp + share.discount_rp == share.gross_rp
        assert share.net_rp >= 0
        assert share.commission_rp >= 0


@given(carts(), st.randoms())
def test_the_order_of_lines_changes_no_total(cart, chance):
    without_whole = replace(cart, discount=None)
    shuffled = list(cart.lines)
    chance.shuffle(shuffled)

    plain = [replace(line, discount=None) for line in shuffled]
    offers_alone = replace(without_whole, lines=tuple(plain))
    in_order = replace(
        without_whole, lines=tuple(replace(line, discount=None) for line in cart.lines)
    )

    assert offers_alone.total_rp == in_order.total_rp
    assert sum(line.gross_rp for line in shuffled) == cart.pricing.gross_rp


@given(carts(), discounts())
def test_another_discount_never_makes_a_cart_dearer(cart, whole):
    plain = replace(cart, discount=None)

    cheaper = replace(cart, discount=whole)

    assert cheaper.total_rp == plain.total_rp - whole.of(plain.total_rp)


@given(carts())
def test_offers_alone_never_make_a_cart_dearer(cart):
    lines = tuple(replace(line, discount=None) for line in cart.lines)

    with_offers = Cart("c", "K01", "1", 1, lines, offers=cart.offers)

    assert with_offers.total_rp <= sum(line.gross_rp for line in lines)


@given(carts())
def test_all_of_it_may_be_given_away(cart):
    gift = replace(cart, discount=percent(100, "hadiah", BAZAAR))

    assert gift.total_rp == 0
    assert sale_of(gift).total_rp == 0


@given(st.lists(st.integers(1, 99_999), min_size=1, max_size=12), st.integers(1, 10_000))
def test_a_discount_on_the_cart_is_shared_to_the_last_rupiah(line_prices, basis_points):
    lines = tuple(cup(key, 1, price=amount) for key, amount in enumerate(line_prices, start=1))
    whole = GivenDiscount(None, basis_points, "langganan", "stall")

    priced = Cart("c", "K01", "1", 1, lines, discount=whole).pricing

    exact = [amount * basis_points / 10_000 for amount in line_prices]
    assert priced.cart_discount_rp == whole.of(Rupiah(sum(line_prices)))
    assert all(
        abs(line.discount_rp - part) < 1.5 for line, part in zip(priced.lines, exact, strict=True)
    )


@settings(max_examples=40)
@given(carts(), st.data())
def test_a_discounted_sale_comes_back_to_the_last_piece_and_rupiah(cart, data):
    sale = sale_of(cart)
    pieces = [line.n for line in sale.lines for _ in range(line.qty)]
    before, paid_back, shares_back = Counter(), 0, Counter()

    for n in data.draw(st.permutations(pieces)):
        back = take_back(sale, CameBack(before, Rupiah(paid_back)), {n: 1})
        before[n] += 1
        paid_back += sum(line.amount_rp for line in back.lines)
        for share in back.shares:
            shares_back[share.stall] += share.net_rp
        assert 0 <= paid_back <= sale.total_rp

    assert paid_back == sale.total_rp
    assert shares_back == Counter({share.stall: share.net_rp for share in sale.shares})


def test_the_offer_comes_first_then_the_line_then_the_cart():
    three = Offer("o", "3 untuk Rp50.000", "a", frozenset({"p1"}), 3, Rupiah(50_000))
    line = cup(discount=percent(10))

    cart = Cart(
        "c", "K01", "1", 1, (line,), discount=rupiah(4_000, borne_by="bazaar"), offers=(three,)
    )

    assert [
        (one.source, one.amount_rp, one.borne_by) for one in cart.pricing.lines[0].reductions
    ] == [
        ("offer", 10_000, "a"),
        ("line", 5_000, "a"),
        ("cart", 4_000, BAZAAR),
    ]
    assert cart.total_rp == 41_000
    assert [(one.line, one.reason) for one in seal_discounts(cart)] == [
        (1, "3 untuk Rp50.000"),
        (1, "langganan"),
        (1, "cacat"),
    ]


def test_a_discount_larger_than_the_line_takes_what_there_is():
    cart = Cart("c", "K01", "1", 1, (cup(discount=rupiah(100_000)),))

    assert cart.total_rp == 0
    assert cart.pricing.lines[0].discount_rp == 60_000


def test_each_stall_bears_its_own_part_of_a_discount_on_the_cart():
    lines = (cup(1, 1, price=10_000, stall="a"), cup(2, 1, price=20_000, stall="b"))

    sale = sale_of(Cart("c", "K01", "1", 1, lines, discount=rupiah(3_001)))

    assert [(share.stall, share.discount_rp) for share in sale.shares] == [
        ("a", 1_000),
        ("b", 2_001),
    ]
    assert [share.commission_rp for share in sale.shares] == [0, 1_799]


def test_what_the_campaign_bears_lowers_no_stalls_share():
    sale = sale_of(
        Cart("c", "K01", "1", 1, (cup(stall="b"),), discount=percent(50, borne_by="bazaar"))
    )

    assert sale.total_rp == 30_000
    assert (sale.shares[0].net_rp, sale.shares[0].commission_rp) == (54_000, 6_000)
