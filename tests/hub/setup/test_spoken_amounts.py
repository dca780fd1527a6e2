"""Amounts as the press says them, and cells that no spreadsheet runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import Rupiah
from kiosk.hub.services.csv_files import safe_cell
from kiosk.hub.services.papan import as_spoken


@pytest.mark.parametrize(
    ("amount", "spoken"),
    [
        (105_000_000, "Rp105 juta"),
        (105_999_999, "Rp105,9 juta"),
        (999_999, "Rp999.999"),
        (1_250_000_000, "Rp1,2 miliar"),
        (0, "Rp0"),
    ],
)
def test_an_amount_is_said_as_the_press_does(amount, spoken):
    assert as_spoken(Rupiah(amount)) == spoken


@given(st.text(max_size=20))
def test_no_cell_begins_like_a_formula(text):
    cell = safe_cell(text)

    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert cell.removeprefix("'") == text.removeprefix("'") or cell == text
