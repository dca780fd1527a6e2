import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.numbering import receipt_number
from kiosk.domain.operators import LONGEST_WAIT_SECONDS, pin_is_long_enough, wait_after
from kiosk.domain.shifts import DENOMINATIONS, CountNotUnderstoodError, count_drawer


@given(st.dictionaries(st.sampled_from(DENOMINATIONS), st.integers(0, 9_999)))
def test_a_count_is_the_sum_of_its_pieces(pieces):
    counts, counted = count_drawer({kind: str(n) for kind, n in pieces.items()})

    assert counted == sum(kind * n for kind, n in pieces.items())
    assert counts == {str(kind): n for kind, n in sorted(pieces.items(), reverse=True) if n}


@pytest.mark.parametrize("typed", ["-1", "dua", "1.5", "10000", "١"])
def test_a_count_that_is_none_names_its_denomination(typed):
    with pytest.raises(CountNotUnderstoodError) as refused:
        count_drawer({20_000: typed})

    assert "Rp20.000" in str(refused.value)


def test_receipt_numbers_carry_the_till_and_a_letter_for_a_continued_journal():
    assert receipt_number("K03", 0, 142) == "K03-0142"
    assert receipt_number("K03", 1, 1) == "K03B-0001"
    assert receipt_number("K03", 26, 12_345) == "K03BA-12345"


def test_each_further_wrong_pin_waits_longer_but_never_for_ever():
    waits = [wait_after(wrong) for wrong in range(30)]

    assert waits[:6] == [0, 0, 0, 5, 10, 20]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT_SECONDS


def test_an_approvers_pin_is_longer_than_a_cashiers():
    assert pin_is_long_enough("2468", "cashier")
    assert not pin_is_long_enough("246", "cashier")
    assert not pin_is_long_enough("2468", "coordinator")
    assert pin_is_long_enough("135790", "coordinator")
    assert not pin_is_long_enough("12a456", "coordinator")
