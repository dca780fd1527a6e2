"""The plain sale, on every screen and by either hand."""

import pytest
from playwright.sync_api import expect


def test_three_taps_and_cash_make_a_sale(screen):
    screen.add("Wedang Komplit", "Bir Pletok", "Wedang Komplit")
    expect(screen.total).to_have_text("Rp85.000")

    screen.press("BAYAR")
    screen.type("Uang diterima", "100000")
    expect(screen.text("Rp15.000")).to_be_visible()
    screen.press("Uang diterima, selesai")
    expect(screen.text("Kembalian")).to_be_visible()
    screen.press("Berikutnya")

    expect(screen.total).to_have_text("Rp0")


@pytest.mark.ways("landscape", "touch")
def test_a_second_screen_at_the_drawer_sells_from_its_own_order(screen):
    screen.add("Wedang Komplit")

    other = screen.another()
    other.add("Bir Pletok")

    expect(screen.total).to_have_text("Rp25.000")
    expect(other.total).to_have_text("Rp35.000")
