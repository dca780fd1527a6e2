import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.queue import LAST_NUMBER, NameTooLongError, next_number, read_name

NUMBERS = st.integers(1, LAST_NUMBER + 30)


@given(last=st.integers(0, LAST_NUMBER + 30), taken=st.sets(NUMBERS))
def test_a_number_is_never_one_that_is_taken_and_has_two_digits_while_one_is_free(last, taken):
    number = next_number(last, taken)

    assert number not in taken
    assert number >= 1
    assert (number <= LAST_NUMBER) == (not set(range(1, LAST_NUMBER + 1)) <= taken)


@given(taken=st.sets(NUMBERS, max_size=40), last=st.integers(1, LAST_NUMBER))
def test_the_number_given_last_comes_again_only_when_no_other_is_free(taken, last):
    assert next_number(last, taken) != last


def test_numbers_go_round_after_ninety_nine():
    assert [next_number(last, {1, 3}) for last in (0, 2, 98, 99)] == [2, 4, 99, 2]


def test_a_name_is_one_line_and_not_too_long():
    assert read_name("  Bu\n Tini\t") == "Bu Tini"
    with pytest.raises(NameTooLongError):
        read_name("x" * 25)
