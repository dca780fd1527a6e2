"""A whole Friday at the till, from the PIN to the Z report, on every screen by either hand."""

import pytest
from playwright.sync_api import expect

from kiosk.services.browsers import pair_local
from tests.support.bazaar import CASHIER_PIN, COORDINATOR_PIN
from tests.support.till_screen import TillScreen


@pytest.fixture
def screen(request, browser, day):
    """A screen on the device on Friday morning: nobody signed in, every drawer closed."""
    size, hand = request.param
    shown = TillScreen(browser, day, pair_local(day.here), size, hand)
    yield shown.open()
    shown.close()


def open_the_drawer(screen):
    screen.press("Laci 1")
    screen.choose("Rina")
    screen.type("PIN", CASHIER_PIN)
    screen.press("Masuk")
    screen.type("Modal awal dalam rupiah", "200000")
    screen.press("Buka kasir")
    screen.page.wait_for_selector("#grid")


def sell_for_cash(screen, *goods):
    screen.add(*goods)
    screen.press("BAYAR")
    screen.type("Uang diterima", "100000")
    screen.press("Uang diterima, selesai")
    expect(screen.text("Kembalian")).to_be_visible()
    screen.press("Berikutnya")


def sell_in_two_parts(screen, goods):
    screen.add(goods)
    screen.press("BAYAR")
    screen.press("Bayar Campur")
    screen.type("Berapa sekarang? Kosong berarti semua sisanya.", "75000")
    screen.hand.press(screen.page.locator(".ways button", has_text="Tunai"))
    screen.press("Uang diterima, selesai")
    screen.hand.press(screen.page.locator(".ways button", has_text="QRIS"))
    screen.press("Notifikasi sudah saya lihat")
    expect(screen.text("Lunas")).to_be_visible()
    screen.press("Berikutnya")


def take_one_line_back(screen):
    screen.menu("Penjualan hari ini")
    screen.press("K01-0001")
    screen.press("Retur")
    screen.type("Wedang Komplit", "1")
    screen.type("Alasan lain", "tumpah")
    screen.type("PIN", COORDINATOR_PIN)
    screen.press("Terima barang dan kembalikan uang")
    expect(screen.text("tumpah")).to_be_visible()


def close_the_drawer(screen, **pieces):
    screen.menu("Tutup kasir")
    for kind, count in pieces.items():
        screen.type(kind, count)
    screen.press("Tutup kasir", within="main")


def test_a_friday_ends_with_a_drawer_that_is_right(screen):
    open_the_drawer(screen)
    sell_for_cash(screen, "Wedang Komplit", "Bir Pletok")
    sell_in_two_parts(screen, "Kain Batik")
    take_one_line_back(screen)

    close_the_drawer(screen, **{"Rp100.000": "3", "Rp10.000": "1"})

    expect(screen.text("Laporan Z")).to_be_visible()
    facts = screen.page.locator(".facts").first.inner_text()
    assert "Uang tunai dihitung\nRp310.000" in facts
    assert "Selisih\nRp0" in facts
