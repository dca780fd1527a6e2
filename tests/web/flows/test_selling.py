"""The plain sale, on every screen and by either hand."""

import pytest


def test_three_taps_and_cash_make_a_sale(screen):
    screen.add("Wedang Komplit", "Bir Pletok", "Wedang Komplit")
    screen.expect_total("Rp85.000")

    screen.press("BAYAR")
    screen.type("Uang diterima", "100000")
    screen.expect_text("Rp15.000")
    screen.press("Uang diterima, selesai")
    screen.expect_text("Kembalian")
    screen.press("Berikutnya")

    screen.expect_total("Rp0")


@pytest.mark.ways("landscape", "touch")
def test_a_second_screen_at_the_drawer_sells_from_its_own_order(screen):
    screen.add("Wedang Komplit")

    other = screen.another()
    other.add("Bir Pletok")

    screen.expect_total("Rp25.000")
    other.expect_total("Rp35.000")
