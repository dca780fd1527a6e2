"""Counts and choices as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.choices import LONGEST_CHOICE, MOST_CHOICES, ChoicesError, read_choices
from kiosk.domain.counts import LARGEST_COUNT, CountError, read_count
from kiosk.domain.money import format_amount


@given(st.integers(0, LARGEST_COUNT))
def test_every_count_reads_back_with_dots_and_without(count):
    typed = str(count), f" {format_amount(count)} "

    assert [read_count(text) for text in typed] == [count, count]


@pytest.mark.parametrize("text", ["", "-1", "1,5", "²", "١", "1000001", "9" * 40, "dua"])
def test_what_is_no_count_is_refused_with_what_was_typed(text):
    with pytest.raises(CountError) as refused:
        read_count(text)

    assert refused.value.text == text[:40]


def test_choices_lose_their_empty_and_repeated_lines_and_their_odd_spaces():
    choices = read_choices(["gula  sedikit", "", "tanpa es", "gula sedikit "])

    assert choices == ("gula sedikit", "tanpa es")


@pytest.mark.parametrize(
    "texts", [["x" * (LONGEST_CHOICE + 1)], [str(n) for n in range(MOST_CHOICES + 1)]]
)
def test_more_choices_than_a_sheet_shows_are_refused(texts):
    with pytest.raises(ChoicesError):
        read_choices(texts)
