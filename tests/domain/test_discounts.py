"""Discounts given by hand: what is read, what it takes, and what somebody must approve."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.discounts import (
    DiscountLimit,
    DiscountNotUnderstoodError,
    DiscountReasonError,
    GivenDiscount,
    Taken,
    format_per_cent,
    read_discount,
)
from kiosk.domain.entries import Operator
from kiosk.domain.money import AmountNotUnderstoodError, Rupiah

SRI = Operator("sri", "Bu Sri")


def typed(text, *, is_per_cent=True, reason="langganan"):
    return read_discount(text, is_per_cent=is_per_cent, reason=reason, borne_by="stall")


def of(base, amount, approved_by=None):
    discount = GivenDiscount(Rupiah(amount), None, "cacat", "stall", approved_by)
    return Taken(discount, Rupiah(base), discount.of(Rupiah(base)))


@pytest.mark.parametrize(
    ("text", "basis_points"), [("10", 1_000), (" 12,5 % ", 1_250), ("0.05", 5), ("100%", 10_000)]
)
def test_per_cent_are_read_as_people_type_them(text, basis_points):
    assert typed(text).basis_points == basis_points


@pytest.mark.parametrize("text", ["", "0", "101", "-5", "1,234", "sepuluh", "5e1", "١٠", "9" * 30])
def test_what_is_no_per_cent_is_refused(text):
    with pytest.raises(DiscountNotUnderstoodError):
        typed(text)


@pytest.mark.parametrize("text", ["", "-5.000", "5,5", "lima"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(AmountNotUnderstoodError):
        typed(text, is_per_cent=False)


def test_nothing_off_is_no_discount():
    with pytest.raises(DiscountNotUnderstoodError, match="Rp1 or more"):
        typed("0", is_per_cent=False)


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 61])
def test_a_discount_has_a_reason_that_a_receipt_takes(reason):
    with pytest.raises(DiscountReasonError):
        typed("10", reason=reason)


@given(st.integers(1, 10_000))
def test_per_cent_read_back_as_written(basis_points):
    assert typed(format_per_cent(basis_points)).basis_points == basis_points


@given(st.integers(0, 10_000_000), st.integers(1, 10_000), st.integers(1, 20_000_000))
def test_no_discount_takes_more_than_there_is(left, basis_points, amount):
    by_share = GivenDiscount(None, basis_points, "r", "stall").of(Rupiah(left))
    by_amount = GivenDiscount(Rupiah(amount), None, "r", "stall").of(Rupiah(left))

    assert 0 <= by_share <= left
    assert abs(by_share * 10_000 - left * basis_points) <= 5_000
    assert by_amount == min(left, amount)


def test_a_discount_is_either_rupiah_or_per_cent():
    with pytest.raises(ValueError, match="in rupiah or in basis points"):
        GivenDiscount(Rupiah(1), 1, "r", "stall")
    with pytest.raises(ValueError, match="in rupiah or in basis points"):
        GivenDiscount(None, None, "r", "stall")


def test_above_either_limit_somebody_approves():
    limit = DiscountLimit(Rupiah(50_000), 2_000)

    assert limit.to_approve([of(100_000, 20_000)]) == []
    assert len(limit.to_approve([of(100_000, 20_001)])) == 1
    assert limit.to_approve([of(1_000_000, 50_000)]) == []
    assert len(limit.to_approve([of(1_000_000, 50_001)])) == 1
    assert limit.to_approve([of(100_000, 100_000, SRI)]) == []


def test_many_small_discounts_are_no_way_around_the_limit():
    limit = DiscountLimit(Rupiah(50_000), 2_000)

    assert len(limit.to_approve([of(200_000, 30_000), of(200_000, 30_000)])) == 2
    assert limit.to_approve([of(200_000, 30_000), of(200_000, 30_000, SRI)]) == []


def test_a_limit_may_measure_one_thing_only_or_nothing_or_let_nothing_through():
    assert DiscountLimit(None, None).to_approve([of(10, 10)]) == []
    assert DiscountLimit(Rupiah(10_000), None).to_approve([of(10_000, 10_000)]) == []
    assert len(DiscountLimit(Rupiah(0), None).to_approve([of(10_000, 1)])) == 1
    assert len(DiscountLimit(None, 0).to_approve([of(10_000, 1)])) == 1
