"""Lines with notes, grams, open prices, discounts and offers, on every screen by either hand."""

import pytest
from playwright.sync_api import expect

from tests.support.bazaar import COORDINATOR_PIN, WEDANG, bundle_document, product_id

OFFER = {
    "id": "00000000-0000-7000-8000-000000000501",
    "name": "3 untuk Rp65.000",
    "stall": WEDANG,
    "products": [product_id("WB86-KOMPLIT")],
    "pieces": 3,
    "price_rp": 65_000,
}


@pytest.fixture
def bundle():
    """Keripik Tempe at an open price, and three Wedang Komplit for Rp65.000."""
    products = [
        {**row, "open_price": row["sku"] == "KRP-TMP"} for row in bundle_document()["products"]
    ]
    return bundle_document(products=products, offers=[OFFER])


def open_line(screen, name):
    """Open a line's sheet: by its name in the order, on a phone after opening the order."""
    show_order(screen)
    screen.hand.press(screen.page.locator("#cart [data-edit]", has_text=name))
    expect(screen.page.locator("#pay.sheet")).to_be_visible()


def show_order(screen):
    opener = screen.page.locator("#cart [data-sheet]")
    if opener.is_visible() and not screen.page.locator("#cart ol").is_visible():
        screen.hand.press(opener)


def choose_rupiah(screen):
    """Choose rupiah instead of per cent: a tap, or the arrow key within the choice."""
    if screen.hand.name == "keys":
        screen.key("Tab", "ArrowRight")
    else:
        screen.page.get_by_role("radio", name="Rp").tap()


def apply(screen):
    screen.press("Terapkan")
    expect(screen.page.locator("#pay.sheet")).to_have_count(0)


def test_a_line_is_weighed_noted_and_discounted_in_one_sheet(screen):
    screen.add("Keripik Curah")

    open_line(screen, "Keripik Curah")
    screen.type("Gram", "1250")
    screen.type("Catatan", "bungkus dua")
    screen.type("Potongan", "10")
    screen.type("Alasan lain", "Remuk")
    apply(screen)

    expect(screen.total).to_have_text("Rp95.682")
    show_order(screen)
    expect(screen.text("bungkus dua")).to_be_visible()
    expect(screen.text("-10.631")).to_be_visible()


@pytest.mark.ways("upright")
def test_a_large_discount_takes_a_coordinators_pin_on_the_spot(screen):
    screen.add("Wedang Komplit")
    screen.watch.allow("422")

    open_line(screen, "Wedang Komplit")
    screen.type("Potongan", "100")
    screen.type("Alasan lain", "Hadiah lomba")
    screen.press("Terapkan")
    expect(screen.page.locator(".sheet .approval")).to_be_visible()
    screen.hand.type(screen.page.locator("#pin"), COORDINATOR_PIN)
    apply(screen)

    expect(screen.total).to_have_text("Rp0")


@pytest.mark.ways("phone")
def test_an_open_price_is_asked_for_at_the_tap(screen):
    screen.watch.allow("422")

    screen.add("Keripik Tempe")
    expect(screen.page.locator("#pay.sheet")).to_be_visible()
    screen.type("Harga", "15000")
    screen.press("Tambah", exact=True)

    expect(screen.total).to_have_text("Rp15.000")


@pytest.mark.ways("landscape")
def test_an_offer_applies_by_itself_and_an_order_is_discounted_as_a_whole(screen):
    screen.add("Wedang Komplit", "Wedang Komplit", "Wedang Komplit")
    expect(screen.total).to_have_text("Rp65.000")

    show_order(screen)
    screen.press("Diskon")
    expect(screen.page.locator("#pay.sheet")).to_be_visible()
    screen.type("Potongan", "5000")
    choose_rupiah(screen)
    screen.type("Alasan lain", "Tetangga")
    apply(screen)

    expect(screen.total).to_have_text("Rp60.000")
    show_order(screen)
    expect(screen.text("3 untuk Rp65.000")).to_be_visible()
    expect(screen.text("Diskon: Tetangga")).to_be_visible()


@pytest.mark.ways("landscape")
def test_f2_opens_the_last_line_and_enter_saves_it(screen):
    screen.add("Wedang Komplit")

    screen.key("F2")
    expect(screen.page.locator("#qty")).to_be_focused()
    screen.page.keyboard.type("4")
    screen.key("Enter")

    expect(screen.total).to_have_text("Rp90.000")
