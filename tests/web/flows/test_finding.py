"""Finding goods on every screen, by touch and by keyboard: variants, scans, quick keys, stock."""

import pytest
from playwright.sync_api import expect

from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN
from tests.support.goods import SIRUP, TWIN, goods_bundle

# What a scanner does: keys in one burst, typed where the focus is, and what it ends with. The
# burst is as fast on a busy machine: each key carries the time at which the scanner sent it.
# Gives which of the ends were left to the page.
SCANNER = """([code, ends]) => {
    let at = performance.now();
    const key = (name, ctrlKey = false) => {
        const event = new KeyboardEvent("keydown", { key: name, ctrlKey, bubbles: true, cancelable: true });
        Object.defineProperty(event, "timeStamp", { value: at += 5 });
        return document.activeElement.dispatchEvent(event);
    };
    for (const letter of code) if (key(letter)) document.execCommand("insertText", false, letter);
    return ends.filter((end) => end === "LF" ? key("j", true) : key(end));
}"""


@pytest.fixture
def bundle():
    """Goods that have all that goods can have."""
    return goods_bundle()


def scan(screen, code, *ends):
    left = screen.page.evaluate(SCANNER, [code, ends or ["Enter"]])
    screen.settle()
    return left


def open_sheet(screen, name):
    """Open the sheet of a tile with variants, by the hand of the screen."""
    if screen.hand.name == "touch":
        screen.tile(name).tap()
    else:
        screen.add(name)
    expect(screen.page.locator("#choose")).to_be_visible()


def test_a_variant_and_its_choice_are_picked_from_one_tile(screen):
    open_sheet(screen, "Teh Tarik")

    screen.page.get_by_label("tanpa gula").check()
    screen.press("es 15.000")

    expect(screen.total).to_have_text("Rp15.000")
    expect(screen.page.locator("#cart li")).to_contain_text("tanpa gula")
    expect(screen.tile("Teh Tarik")).to_have_attribute("data-q", "1")


@pytest.mark.ways("landscape", "phone")
def test_a_variant_that_is_named_is_added_without_the_sheet(screen):
    screen.page.locator("#search").fill("teh tarik hangat")
    screen.key("Enter")

    expect(screen.total).to_have_text("Rp12.000")


@pytest.mark.ways("landscape", "phone")
def test_a_scan_needs_no_field_and_leaves_a_field_as_it_was(screen):
    scan(screen, SIRUP, "LF")
    screen.page.locator("#search").fill("kri")
    scan(screen, SIRUP, "Tab")

    expect(screen.total).to_have_text("Rp64.000")
    expect(screen.page.locator("#search")).to_have_value("kri")
    scan(screen, "krp-skg")
    expect(screen.total).to_have_text("Rp79.000")


@pytest.mark.ways("landscape", "touch")
def test_a_scan_in_the_pay_panel_never_becomes_an_amount(screen):
    screen.add("Wedang Komplit")
    screen.press("BAYAR")
    screen.page.locator("#tendered").focus()

    left = scan(screen, SIRUP, "Enter", "Enter", "LF")

    assert left == []
    expect(screen.total).to_have_text("Rp57.000")
    expect(screen.page.locator("#tendered")).to_have_value("")


@pytest.mark.ways("upright", "touch")
def test_a_code_that_two_products_have_asks_which(screen):
    scan(screen, TWIN)
    screen.hand.press(screen.page.locator("#choose button", has_text="Keripik Singkong"))
    screen.settle()

    expect(screen.total).to_have_text("Rp15.000")


@pytest.mark.ways("landscape", "phone", "touch")
def test_a_misread_code_says_so_and_an_unknown_one_too(screen):
    scan(screen, "2000000000016")
    expect(screen.text("salah terbaca")).to_be_visible()
    scan(screen, "2000000000107")

    expect(screen.text("Tidak ada produk dengan kode 2000000000107")).to_be_visible()
    expect(screen.total).to_have_text("Rp0")


@pytest.mark.ways("upright", "phone")
def test_a_coordinator_adds_what_was_forgotten_and_another_screen_sells_it(screen):
    sri = screen.another(operator=COORDINATOR, pin=COORDINATOR_PIN)
    scan(sri, "2000000000107")

    sri.hand.type(sri.page.locator("#new-name"), "Bumbu Pecel")
    sri.hand.type(sri.page.locator("#new-price"), "18000")
    sri.page.locator("#new-stall").select_option(index=1)
    sri.press("Tambah dan masukkan")
    expect(sri.total).to_have_text("Rp18.000")
    scan(screen, "2000000000107")

    expect(screen.total).to_have_text("Rp18.000")


@pytest.mark.ways("landscape", "phone")
def test_a_pinned_product_is_a_quick_key_and_digits_press_it(screen):
    tile = screen.tile("Wedang Komplit")
    tile.focus()
    tile.dispatch_event("contextmenu")
    screen.press("Jadikan tombol cepat")
    expect(screen.page.locator('.tile[data-f="1"]')).to_have_count(1)
    screen.press("Cepat")
    screen.page.evaluate("document.activeElement.blur()")
    screen.key("1")

    expect(screen.total).to_have_text("Rp25.000")


@pytest.mark.ways("landscape", "touch")
def test_a_tile_says_sold_out_once_the_last_one_is_sold(screen):
    screen.add("Keripik Tempe", "Keripik Tempe", "Keripik Tempe")
    screen.press("BAYAR")
    screen.press("Uang diterima, selesai")
    screen.press("Berikutnya")
    screen.page.evaluate("Lapak.checkGoods()")

    expect(screen.tile("Keripik Tempe")).to_contain_text("HABIS")


@pytest.mark.ways("landscape", "phone", "touch")
def test_a_sold_out_product_is_sold_by_a_coordinators_pin_without_a_sign_in(screen):
    open_sheet(screen, "Kaos Betawi")

    screen.press("M HABIS")
    screen.page.locator("#pin").fill(COORDINATOR_PIN)
    screen.press("Tambah")

    expect(screen.total).to_have_text("Rp85.000")
    expect(screen.page.locator("#pay")).to_be_hidden()
    expect(screen.page.locator("#choose")).to_be_hidden()


@pytest.mark.ways("landscape", "touch")
def test_a_scan_over_the_form_of_a_new_product_keeps_what_was_typed(day, screen):
    sri = screen.another(operator=COORDINATOR, pin=COORDINATOR_PIN)
    scan(sri, "2000000000107")
    sri.page.locator("#new-name").fill("Bumbu Pecel")

    scan(sri, SIRUP)

    expect(sri.page.locator("#choose")).to_be_visible()
    expect(sri.page.locator("#new-name")).to_have_value("Bumbu Pecel")
    expect(sri.page.locator("#new-barcode")).to_have_value(SIRUP)
