"""A new catalogue while an order is open: looked at, used, and the price chosen at its line."""

import pytest
from playwright.sync_api import expect

from kiosk.services import catalogue_news
from tests.support.news import newer


@pytest.mark.ways("upright", "phone", "keys")
def test_the_bar_leads_to_what_is_new_and_the_order_asks_which_price_holds(screen):
    screen.add("Wedang Komplit")
    catalogue_news.arrive(screen.day.here, newer(), "hub")
    screen.open("/catalogue")
    expect(screen.text("Jahe Merah")).to_be_visible()
    screen.press("Pakai", exact=True)
    expect(screen.page.get_by_text("belum dipakai")).to_have_count(0)
    screen.open()

    expect(screen.total).to_have_text("Rp27.500")
    if screen.size == "phone":
        screen.press("Pesanan", exact=False)
    screen.press("Tetap 25.000")

    expect(screen.total).to_have_text("Rp25.000")
    expect(screen.text("Harga sebelumnya dipakai")).to_be_visible()
