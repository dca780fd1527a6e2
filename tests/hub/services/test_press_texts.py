"""Amounts as the press says them."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.hub.services.press_texts import said_amount, said_count


def test_round_amounts_are_said_round_and_cut_ones_as_more_than():
    said = [said_amount(rp, "id") for rp in (105_000_000, 104_960_000, 1_250_000_000, 999_999)]

    assert said == ["Rp105 juta", "lebih dari Rp104,9 juta", "lebih dari Rp1,2 miliar", "Rp999.999"]
    assert said_amount(1_200_000_000, "en") == "Rp1.2 billion"
    assert (said_count(3484, "id"), said_count(3484, "en")) == ("3.484", "3,484")


@given(st.integers(1_000_000, 10**13))
def test_a_said_amount_is_never_more_than_was_counted(amount_rp):
    said = said_amount(amount_rp, "en")

    number, _space, word = said.removeprefix("more than ").removeprefix("Rp").partition(" ")
    size = {"million": 10**6, "billion": 10**9}[word]
    whole, _dot, tenth = number.replace(",", "").partition(".")
    counted = int(whole) * size + int(tenth or 0) * size // 10
    assert counted <= amount_rp < counted + size // 10
    assert said.startswith("more than") == (counted < amount_rp)
