"""A kitchen's phone and the cashier's screen: an order paid here comes up there."""

import pytest
from playwright.sync_api import expect

from tests.support.bazaar import WEDANG


@pytest.mark.ways("phone", "touch", "keys")
def test_an_order_comes_up_by_itself_and_is_ticked_off_once(screen):
    kitchen = screen.another()
    kitchen.open(f"/orders/{WEDANG}")
    expect(kitchen.text("Belum ada pesanan")).to_be_visible()

    screen.add("Wedang Komplit", "Wedang Korea")
    screen.press("BAYAR")
    screen.press("Uang diterima, selesai")
    expect(kitchen.text("K01-0001")).to_be_visible()
    place = kitchen.button("Semua diserahkan").bounding_box()
    kitchen.hand.press(kitchen.button("Diserahkan Wedang Komplit"))
    expect(kitchen.text("Diserahkan oleh Rina")).to_be_visible()
    still_there = kitchen.button("Semua diserahkan").bounding_box()
    kitchen.hand.press(kitchen.button("Semua diserahkan"))

    expect(kitchen.page.get_by_text("Tidak ada yang menunggu")).to_be_visible()
    assert still_there["x"] == place["x"]
    screen.open("/orders")
    screen.type("Nomor di slip", "k01-0001")
    screen.press("Cari slip")
    expect(screen.text("Slip ini sudah dipakai")).to_be_visible()


@pytest.mark.ways("landscape", "keys")
def test_a_wrong_tick_is_undone(screen):
    screen.add("Wedang Komplit")
    screen.press("BAYAR")
    screen.press("Uang diterima, selesai")
    screen.open(f"/orders/{WEDANG}")

    screen.hand.press(screen.button("Diserahkan Wedang Komplit"))
    expect(screen.text("Diserahkan oleh Rina")).to_be_visible()
    screen.hand.press(screen.button("Urungkan Wedang Komplit"))

    expect(screen.button("Diserahkan Wedang Komplit")).to_be_visible()
