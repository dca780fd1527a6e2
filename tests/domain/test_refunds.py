from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.carts import Cart
from kiosk.domain.catalogue import Product, Stall
from kiosk.domain.lines import CartLine
from kiosk.domain.money import Rupiah
from kiosk.domain.payments import Payment
from kiosk.domain.refunds import (
    AlreadyRefundedError,
    CameBack,
    ComingBack,
    NothingChosenError,
    PartlyRefundedError,
    Refund,
    RefundLine,
    RefundPayment,
    RefundReasonMissingError,
    RefundUnbalancedError,
    TooManyBackError,
    everything,
    take_back,
    take_back_all,
)
from kiosk.domain.sales import Discount, Sale, fix_shares, seal_lines

STALLS = {
    name: Stall(name, name, name, "Melawai", None, basis_points)
    for name, basis_points in (("a", 0), ("b", 1_000), ("c", 333))
}

products = st.builds(
    Product,
    number=st.just(1),
    id=st.just("p"),
    stall=st.sampled_from(sorted(STALLS)),
    sku=st.just("S"),
    name=st.just("Wedang"),
    variant=st.just(""),
    category=st.just("Kuliner"),
    price_rp=st.integers(0, 200_000).map(Rupiah),
    unit=st.sampled_from(["pcs", "g"]),
)
cart_lines = st.lists(
    st.builds(CartLine, key=st.just(1), product=products, qty=st.integers(1, 40)),
    min_size=1,
    max_size=6,
)


def discounted(lines, draw):
    """Take a discount off some lines, borne by their stall or by the bazaar."""
    found, discounts = [], []
    for line in lines:
        amount = draw(st.integers(0, line.total_rp))
        found.append(replace(line, discount_rp=amount, total_rp=line.total_rp - amount))
        if amount:
            bearer = draw(st.sampled_from([line.stall, "bazaar"]))
            discounts.append(Discount(line.n, Rupiah(amount), bearer, ""))
    return tuple(found), tuple(discounts)


def paid_in_parts(total, draw):
    """Pay a sum in up to three parts."""
    cuts = sorted(draw(st.lists(st.integers(0, total), max_size=2)))
    parts = [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]
    payments = []
    for n, amount in enumerate(parts, start=1):
        method = draw(st.sampled_from(["cash", "transfer", "debit"])) if amount else "cash"
        cash = {"tendered_rp": amount, "change_rp": 0} if method == "cash" else {}
        payments.append(Payment(n, method, "bazaar", Rupiah(amount), **cash))
    return tuple(payments)


@st.composite
def sales(draw):
    drawn = enumerate(draw(cart_lines), start=1)
    cart = Cart("c", "K01", "1", 1, tuple(replace(line, key=key) for key, line in drawn))
    lines, discounts = discounted(seal_lines(cart), draw)
    goods = sum(line.total_rp for line in lines)
    rounding = -draw(st.integers(0, min(goods, 999)))
    return Sale(
        id="s",
        number="K01-0001",
        event="e",
        shift="s",
        lines=lines,
        discounts=discounts,
        shares=fix_shares(lines, discounts, STALLS),
        rounding_rp=Rupiah(rounding),
        total_rp=Rupiah(goods + rounding),
        payments=paid_in_parts(goods + rounding, draw),
    )


@st.composite
def sales_coming_back(draw):
    """A sale, and all its pieces in handfuls in some order."""
    sale = draw(sales())
    handfuls = []
    for line in sale.lines:
        left = line.qty
        while left:
            qty = draw(st.integers(1, left))
            handfuls.append((line.n, qty))
            left -= qty
    return sale, draw(st.permutations(handfuls))


def one_after_another(sale, handfuls, step=0):
    before = CameBack(Counter())
    for n, qty in handfuls:
        back = take_back(sale, before, {n: qty}, step)
        yield back
        cash = cash_of(back)
        before = CameBack(
            before.pieces + Counter({n: qty}),
            before.cash_rp + cash,
            before.other_rp + back.total_rp - cash,
        )


def cash_of(back):
    return sum(one.amount_rp for one in back.payments if one.method == "cash")


def per_line(backs):
    found = Counter()
    for back in backs:
        for line in back.lines:
            found[line.n] += line.amount_rp
    return dict(found)


def per_stall(backs):
    found = {}
    for back in backs:
        for share in back.shares:
            amounts = (share.gross_rp, share.discount_rp, share.commission_rp, share.net_rp)
            so_far = found.get(share.stall, (0, 0, 0, 0))
            found[share.stall] = tuple(map(sum, zip(so_far, amounts, strict=True)))
    return found


def per_payment(backs):
    found = Counter()
    for back in backs:
        for payment in back.payments:
            found[payment.n] += payment.amount_rp
    return {n: amount for n, amount in found.items() if amount}


steps = st.sampled_from([0, 100, 500])


@given(sales_coming_back(), steps)
def test_what_came_back_piece_by_piece_adds_up_to_the_sale(coming, step):
    sale, handfuls = coming

    backs = list(one_after_another(sale, handfuls, step))

    assert per_line(backs) == {line.n: line.total_rp for line in sale.lines}
    assert per_stall(backs) == {
        one.stall: (one.gross_rp, one.discount_rp, one.commission_rp, one.net_rp)
        for one in sale.shares
    }
    assert per_payment(backs) == {one.n: one.amount_rp for one in sale.payments if one.amount_rp}
    assert sum(back.rounding_rp for back in backs) == sale.rounding_rp
    assert sum(back.total_rp for back in backs) == sale.total_rp


@given(sales_coming_back(), steps)
def test_no_part_of_the_way_pays_more_than_was_paid(coming, step):
    sale, handfuls = coming

    money = 0
    for back in one_after_another(sale, handfuls, step):
        money += back.total_rp
        amounts = [line.amount_rp for line in back.lines]
        for share in back.shares:
            amounts += [share.gross_rp, share.discount_rp, share.commission_rp, share.net_rp]

        assert money <= sale.total_rp
        assert min(amounts) >= 0


@given(sales_coming_back(), steps, st.integers(0, 20))
def test_the_order_in_which_goods_come_back_changes_no_sum(coming, step, many):
    sale, handfuls = coming
    some = handfuls[:many]

    forth = list(one_after_another(sale, some, step))
    back = list(one_after_another(sale, some[::-1], step))

    assert per_line(forth) == per_line(back)
    assert per_stall(forth) == per_stall(back)
    assert per_payment(forth) == per_payment(back)


@given(sales_coming_back(), st.sampled_from([100, 500]))
def test_cash_goes_back_in_coins_and_is_never_short_of_more_than_one(coming, step):
    sale, handfuls = coming
    in_cash = sum(one.amount_rp for one in sale.payments if one.method == "cash")

    due = paid = cash = 0
    for back in one_after_another(sale, handfuls, step):
        due = min(due + sum(line.amount_rp for line in back.lines), sale.total_rp)
        paid += back.total_rp
        cash += cash_of(back)

        assert cash % step == 0 or cash == in_cash
        assert 0 <= due - paid < step


@given(sales())
def test_a_void_gives_every_payment_back_whole(sale):
    back = take_back_all(sale, CameBack())

    assert back == take_back(sale, CameBack(), everything(sale))
    assert per_payment([back]) == {one.n: one.amount_rp for one in sale.payments if one.amount_rp}
    assert back.rounding_rp == sale.rounding_rp


def three_cups(payments=(("cash", 100_000),), rounding=0):
    """Three for Rp100.000, so that a third does not come out even."""
    product = Product(1, "p", "a", "S", "Wedang", "Es", "Kuliner", Rupiah(33_350), "pcs")
    lines = seal_lines(Cart("c", "K01", "1", 1, (CartLine(1, product, 3),)))
    lines = (replace(lines[0], total_rp=Rupiah(100_000), discount_rp=Rupiah(50)),)
    discounts = (Discount(1, Rupiah(50), "a", ""),)
    return Sale(
        id="s",
        number="K01-0001",
        event="e",
        shift="s",
        lines=lines,
        discounts=discounts,
        shares=fix_shares(lines, discounts, STALLS),
        rounding_rp=Rupiah(rounding),
        total_rp=Rupiah(100_000 + rounding),
        payments=tuple(
            Payment(n, method, "bazaar", Rupiah(amount))
            if method != "cash"
            else Payment(n, method, "bazaar", Rupiah(amount), Rupiah(amount), Rupiah(0))
            for n, (method, amount) in enumerate(payments, start=1)
        ),
    )


def test_the_last_piece_takes_the_rest():
    backs = one_after_another(three_cups(), [(1, 1), (1, 1), (1, 1)])

    assert [back.total_rp for back in backs] == [33_333, 33_333, 33_334]


def test_what_one_refund_is_short_of_in_coins_a_later_one_brings():
    backs = list(one_after_another(three_cups(), [(1, 1), (1, 1), (1, 1)], step=100))

    assert [(back.total_rp, back.rounding_rp) for back in backs] == [
        (33_300, -33),
        (33_300, -33),
        (33_400, 66),
    ]


def test_only_the_cash_of_a_split_goes_back_in_coins():
    sale = three_cups((("qris", 70_000), ("cash", 30_000)))

    backs = list(one_after_another(sale, [(1, 1), (1, 2)], step=500))

    assert [[(one.method, one.amount_rp) for one in back.payments] for back in backs] == [
        [("cash", 30_000), ("qris", 3_333)],
        [("qris", 66_667)],
    ]


def test_a_full_refund_reverses_the_rounding():
    back = take_back_all(three_cups((("cash", 99_950),), rounding=-50), CameBack())

    assert (back.lines[0].amount_rp, back.rounding_rp, back.total_rp) == (100_000, -50, 99_950)


def test_of_a_split_the_cash_goes_back_first():
    sale = three_cups((("qris", 60_000), ("cash", 40_000)))

    back = take_back(sale, CameBack(), {1: 2})

    assert [(one.n, one.method, one.amount_rp) for one in back.payments] == [
        (2, "cash", 40_000),
        (1, "qris", 26_666),
    ]


def test_more_than_is_left_cannot_come_back():
    with pytest.raises(TooManyBackError, match="Wedang Es only 1"):
        take_back(three_cups(), CameBack({1: 2}), {1: 2})


def test_nothing_is_no_refund():
    with pytest.raises(NothingChosenError):
        take_back(three_cups(), CameBack(), {1: 0})


def test_what_came_back_whole_cannot_come_back_again():
    with pytest.raises(AlreadyRefundedError, match="K01-0001"):
        take_back(three_cups(), CameBack({1: 3}), {1: 1})
    with pytest.raises(AlreadyRefundedError):
        take_back_all(three_cups(), CameBack({1: 3}))


def test_a_sale_of_which_something_came_back_is_not_voided():
    with pytest.raises(PartlyRefundedError):
        take_back_all(three_cups(), CameBack({1: 1}))


@pytest.mark.parametrize(
    ("lines", "rounding", "payments"),
    [
        ([RefundLine(1, 1, Rupiah(10))], 0, [RefundPayment(1, "cash", "a", Rupiah(9))]),
        ([RefundLine(1, 1, Rupiah(10))], 1, [RefundPayment(1, "cash", "a", Rupiah(10))]),
        ([RefundLine(1, 1, Rupiah(5))] * 2, 0, [RefundPayment(1, "cash", "a", Rupiah(10))]),
    ],
)
def test_a_refund_that_does_not_balance_cannot_be_built(lines, rounding, payments):
    with pytest.raises(RefundUnbalancedError):
        ComingBack(tuple(lines), (), Rupiah(rounding), tuple(payments))


@pytest.mark.parametrize(("qty", "amount"), [(0, 10), (-1, 10), (1, -10)])
def test_a_line_back_is_some_pieces_for_no_less_than_nothing(qty, amount):
    with pytest.raises(RefundUnbalancedError):
        RefundLine(1, qty, Rupiah(amount))


def test_a_refund_says_why():
    back = take_back_all(three_cups(), CameBack())

    with pytest.raises(RefundReasonMissingError):
        Refund("r", "void", "s", "j", "K01-0001", "e", "s", "  ", back)
    with pytest.raises(ValueError, match="kind"):
        Refund("r", "gift", "s", "j", "K01-0001", "e", "s", "salah", back)
