import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.web.spoken import in_words, rupiah_in_words

AMOUNTS = st.integers(min_value=0, max_value=10**12)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol rupiah"),
        (1_000, "seribu rupiah"),
        (11_500, "sebelas ribu lima ratus rupiah"),
        (85_000, "delapan puluh lima ribu rupiah"),
        (100_000, "seratus ribu rupiah"),
        (1_000_000, "satu juta rupiah"),
        (1_115_119, "satu juta seratus lima belas ribu seratus sembilan belas rupiah"),
    ],
)
def test_an_amount_is_said_as_people_say_it(amount, words):
    assert rupiah_in_words(amount) == words


@given(AMOUNTS, AMOUNTS)
def test_two_amounts_never_sound_the_same(one, other):
    assert (in_words(one) == in_words(other)) == (one == other)
