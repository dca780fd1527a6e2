"""Orders on several screens: parked, called by number, changed by two, begun on a phone."""

import pytest
from playwright.sync_api import expect

from kiosk.services import carts, phones
from kiosk.services.browsers import pair_local
from kiosk.services.sign_in import sign_in
from tests.support.bazaar import BATIK, CASHIER, CASHIER_PIN, WEDANG
from tests.support.till_screen import TillScreen

# A page that is not looked at asks for no news, so what it shows grows old.
LOOK_AWAY = "() => Object.defineProperty(document, 'hidden', { value: true })"


def label_of(screen):
    return screen.page.locator("#cart h2").inner_text().split()[-1]


def open_queue(screen):
    if screen.hand.name == "keys":
        screen.key("F6")
        return
    if screen.size == "phone":
        screen.press("Pesanan", exact=False)
    screen.page.locator("[data-queue]").tap()


@pytest.mark.ways("landscape", "phone")
def test_a_parked_order_is_called_by_its_number_and_comes_back(screen):
    screen.add("Wedang Komplit", "Bir Pletok")
    number = label_of(screen)
    screen.page.locator("[data-act=park]").evaluate("button => button.click()")
    expect(screen.total).to_have_text("Rp0")

    open_queue(screen)
    expect(screen.text("Wedang Komplit, Bir Pletok Tubruk")).to_be_visible()
    screen.type("Nomor atau nama pesanan", number)
    screen.page.keyboard.press("Enter")

    expect(screen.total).to_have_text("Rp60.000")
    assert label_of(screen) == number


@pytest.mark.ways("upright", "touch")
def test_an_order_parked_under_a_name_is_opened_from_the_list_of_another_till(screen):
    other = screen.day.open_drawer("K02")
    screen.add("Wedang Komplit")
    open_queue(screen)
    screen.type("Simpan pesanan ini dengan nama", "Bu Tini")
    screen.page.keyboard.press("Enter")
    expect(screen.total).to_have_text("Rp0")

    elsewhere = TillScreen(screen.page.context.browser, screen.day, other).open()
    elsewhere.press("Lanjutkan pesanan")

    expect(elsewhere.total).to_have_text("Rp25.000")
    elsewhere.close()
    expect(screen.page.locator("#queue [data-resume]")).to_have_count(0)


@pytest.mark.ways("landscape", "keys")
def test_two_screens_on_one_order_see_the_same_and_lose_nothing_half_typed(screen):
    screen.add("Wedang Komplit")
    other = screen.another()
    open_queue(other)
    other.hand.press(other.page.locator("#orders [data-resume]"))
    expect(other.total).to_have_text("Rp25.000")
    screen.type("Jumlah: Wedang Komplit", "12")

    other.add("Bir Pletok")
    expect(screen.total).to_have_text("Rp60.000")
    screen.key("Enter")

    expect(screen.total).to_have_text("Rp335.000")
    expect(other.total).to_have_text("Rp335.000")


@pytest.mark.ways("landscape", "touch")
def test_a_sheet_typed_on_an_older_order_says_so_once_and_keeps_what_was_typed(screen):
    screen.add("Wedang Komplit")
    screen.page.locator("#cart [data-edit]").tap()
    screen.page.locator("#note").fill("tanpa jahe")
    screen.press("Tambah satu")
    cart = screen.page.locator("#cart").get_attribute("data-cart")
    carts.add(screen.day.here, cart, screen.day.number["WB86-TUBRUK"], None)
    screen.watch.allow("409")
    screen.press("Terapkan")
    expect(screen.text("diubah di layar lain")).to_be_visible()

    screen.press("Terapkan")

    expect(screen.page.locator("#cart li").first).to_contain_text("tanpa jahe")
    expect(screen.total).to_have_text("Rp85.000")


@pytest.mark.ways("landscape", "touch")
def test_undoing_what_another_screen_changed_meanwhile_says_so(screen):
    screen.add("Wedang Komplit")
    other = screen.another()
    open_queue(other)
    other.page.locator("#orders [data-resume]").tap()
    expect(other.total).to_have_text("Rp25.000")
    screen.page.evaluate(LOOK_AWAY)
    other.add("Bir Pletok")
    screen.watch.allow("409")

    screen.press("Urungkan")

    expect(screen.text("diubah di layar lain")).to_be_visible()
    expect(screen.total).to_have_text("Rp60.000")


@pytest.mark.ways("landscape", "touch")
def test_an_order_paid_on_one_screen_leaves_the_other_and_says_so(screen):
    screen.add("Wedang Komplit")
    other = screen.another()
    open_queue(other)
    other.page.locator("#orders [data-resume]").tap()
    expect(other.total).to_have_text("Rp25.000")

    other.press("BAYAR")
    other.press("Uang diterima, selesai")

    expect(screen.text("sudah dibayar")).to_be_visible()
    expect(screen.total).to_have_text("Rp0")


@pytest.mark.ways("landscape", "keys")
def test_several_steps_are_taken_back_and_made_again_by_keys(screen):
    screen.add("Wedang Komplit", "Bir Pletok")

    screen.key("Control+z", "Control+z")
    expect(screen.total).to_have_text("Rp0")
    screen.key("Control+y", "Control+Shift+z")

    expect(screen.total).to_have_text("Rp60.000")


def phone_screen(screen, stall, hand="touch"):
    """Give a stall's phone with its page open."""
    paired = pair_local(screen.day.here)
    phones.assign_stall(screen.day.here, paired, stall)
    paired = sign_in(screen.day.here, paired, CASHIER, CASHIER_PIN)
    return TillScreen(screen.page.context.browser, screen.day, paired, "phone", hand).open("/phone")


@pytest.mark.ways("landscape")
def test_a_phone_s_order_comes_to_the_cashier_by_itself_and_the_phone_sees_it_paid(screen):
    phone = phone_screen(screen, WEDANG, screen.hand.name)
    phone.add("Wedang Komplit")
    phone.press("KIRIM KE KASIR")
    expect(phone.text("Bayar di kasir")).to_be_visible()

    screen.press("Lanjutkan pesanan")
    expect(screen.total).to_have_text("Rp25.000")
    expect(phone.text("Sedang di Laci 1")).to_be_visible()
    screen.press("BAYAR")
    screen.press("Uang diterima, selesai")

    expect(phone.text("Lunas")).to_be_visible()
    phone.close()


@pytest.mark.ways("landscape", "touch")
def test_two_stalls_phones_add_to_one_number(screen):
    wedang, batik = phone_screen(screen, WEDANG), phone_screen(screen, BATIK)
    wedang.add("Wedang Komplit")
    number = label_of(wedang)
    wedang.press("KIRIM KE KASIR")
    batik.page.locator("[data-sheet]").tap()
    batik.type("Tambah ke nomor pesanan", number)
    batik.page.keyboard.press("Enter")
    expect(batik.page.locator("#cart h2")).to_contain_text(number)
    batik.add("Kain Batik")
    batik.press("KIRIM KE KASIR")
    expect(batik.text("Rp200.000")).to_be_visible()

    screen.press("Lanjutkan pesanan")

    expect(screen.total).to_have_text("Rp200.000")
    wedang.close()
    batik.close()


@pytest.mark.ways("landscape", "keys")
def test_a_cashier_scans_the_code_on_a_phone(screen):
    phone = phone_screen(screen, WEDANG)
    phone.add("Wedang Komplit")
    number = label_of(phone)
    phone.press("KIRIM KE KASIR")
    phone.close()

    screen.page.evaluate("code => Lapak.scan(code)", f"PESANAN-{number}")

    expect(screen.total).to_have_text("Rp25.000")


@pytest.mark.ways("landscape", "keys")
def test_the_last_line_is_counted_by_keys_and_nothing_fires_while_typing(screen):
    screen.add("Wedang Komplit")
    screen.key("Control+ArrowUp", "Control+ArrowUp", "Control+ArrowDown")
    expect(screen.total).to_have_text("Rp50.000")

    screen.page.keyboard.press("/")
    screen.page.keyboard.type("bir?")
    screen.key("Control+z")

    assert not screen.page.locator("#help[open]").count()
    expect(screen.total).to_have_text("Rp50.000")


@pytest.mark.ways("phone", "touch")
def test_a_line_pressed_on_a_phone_opens_no_sheet_of_the_till(screen):
    phone = phone_screen(screen, WEDANG)
    phone.add("Wedang Komplit")
    phone.page.locator("[data-sheet]").tap()

    phone.page.locator("#cart li span").tap()
    phone.press("Tambah satu")

    expect(phone.total).to_have_text("Rp50.000")
    phone.close()
