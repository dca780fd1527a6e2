import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import (
    COINS,
    LARGEST_AMOUNT,
    PIECES,
    AmountNotUnderstoodError,
    AmountTooLargeError,
    Rupiah,
    cash_pieces,
    format_rupiah,
    parse_rupiah,
    quick_cash,
    round_cash_down,
    share_out,
)

amounts = st.integers(0, LARGEST_AMOUNT)


@given(amounts)
def test_money_reads_back_as_it_is_printed(amount):
    printed = format_rupiah(amount)

    read = parse_rupiah(printed)

    assert read == amount


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("12500", 12_500), ("12.500", 12_500), ("Rp12.500", 12_500), ("rp 12.500,00", 12_500)],
)
def test_an_amount_is_read_in_every_way_people_type_it(typed, meant):
    assert parse_rupiah(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "dua puluh", "12,5", "-5.000", "1.25", "12.50", "1e5", "25.000x", "٢٥", "1 000"]
)
def test_what_is_no_amount_is_refused_with_its_own_text(typed):
    with pytest.raises(AmountNotUnderstoodError) as refused:
        parse_rupiah(typed)

    assert typed in str(refused.value)


@pytest.mark.parametrize("typed", ["1.000.000.001", "9" * 30])
def test_an_absurd_amount_is_refused(typed):
    with pytest.raises(AmountTooLargeError):
        parse_rupiah(typed)


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_what_is_shared_out_adds_up_to_what_there_was(amount, weights):
    parts = share_out(Rupiah(amount), weights)

    assert sum(parts) == amount
    assert len(parts) == len(weights)


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=30))
def test_no_part_is_a_rupiah_away_from_its_exact_share(amount, weights):
    parts = share_out(Rupiah(amount), weights)

    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - amount * weight) < sum(weights)


def test_nothing_can_be_shared_among_nobody_but_nothing():
    assert share_out(Rupiah(0), []) == []
    with pytest.raises(ValueError, match="among nobody"):
        share_out(Rupiah(1), [])


@given(amounts, st.sampled_from([0, 1, 100, 500, 1000]))
def test_cash_is_rounded_down_and_by_less_than_one_step(amount, step):
    rounding = round_cash_down(Rupiah(amount), step)

    assert -max(step, 1) < rounding <= 0
    assert (amount + rounding) % max(step, 1) == 0


@given(st.integers(1, 50_000).map(lambda coins: coins * COINS[-1]))
def test_each_quick_key_covers_what_is_due_and_the_first_is_exact(due):
    keys = quick_cash(Rupiah(due))

    assert keys[0] == due
    assert keys == sorted(set(keys))
    assert len(keys) <= 5


@given(st.integers(1, 5_000_000))
def test_no_quick_key_is_useless_and_each_can_be_paid_in_notes_and_coins(due):
    keys = quick_cash(Rupiah(due))

    for key in keys:
        assert key >= due
        assert key % COINS[-1] == 0
        _count, smallest = cash_pieces(key)
        assert key == due or key - smallest < due


@given(st.integers(1, 10_000).map(lambda coins: Rupiah(coins * COINS[-1])))
def test_money_is_laid_out_in_as_few_pieces_as_any_smaller_step_would_leave(amount):
    count, smallest = cash_pieces(amount)

    assert smallest in PIECES
    assert count == 1 or count == 1 + cash_pieces(Rupiah(amount - smallest))[0]


@pytest.mark.parametrize(
    ("due", "keys"),
    [
        (85_000, [85_000, 90_000, 100_000]),
        (37_500, [37_500, 40_000, 50_000, 100_000]),
        (5_000, [5_000, 10_000, 20_000, 50_000, 100_000]),
        (100_000, [100_000]),
        (225_000, [225_000, 250_000, 300_000]),
        (8_505, [8_600, 9_000, 10_000, 20_000, 50_000]),
        (0, []),
        (120_000_000_000_000, [120_000_000_000_000]),
    ],
)
def test_quick_cash_offers_what_a_buyer_would_hand_over(due, keys):
    assert quick_cash(Rupiah(due)) == keys
