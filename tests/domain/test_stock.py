"""What is left, and the order of variants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.stock import NotEnoughLeftError, SoldOutError, StockLevel, low_at
from kiosk.domain.variants import variant_order


@given(st.integers(-5, 50), st.integers(0, 10), st.integers(1, 60))
def test_an_order_holds_exactly_what_is_left(left, low, qty):
    level = StockLevel(left, low, switched_off=False)

    try:
        level.check("Kaos", qty, "pcs")
        taken = True
    except (SoldOutError, NotEnoughLeftError):
        taken = False

    assert taken == (left >= qty)
    assert not (level.is_out and level.is_low)


def test_the_switch_is_stronger_than_a_count():
    level = StockLevel(12, 5, switched_off=True)

    with pytest.raises(SoldOutError):
        level.check("Kaos", 1, "pcs")


def test_a_product_without_its_own_number_runs_low_at_the_usual_one():
    assert (low_at(None, "pcs"), low_at(None, "g"), low_at(0, "pcs")) == (5, 500, 0)


@pytest.mark.parametrize(
    "said",
    [
        ["S", "M", "L", "XL", "XXL"],
        ["ukuran S", "ukuran M", "ukuran XL"],
        ["250 ml", "500 ml", "1 liter", "1,5 liter"],
        ["100 gr", "250 gr", "1 kg"],
        ["es", "hangat"],
    ],
)
def test_variants_stand_in_the_order_people_say_them(said):
    ordered = sorted([*said[1:], said[0]], key=variant_order)

    assert ordered == said
