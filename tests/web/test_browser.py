"""The till's pages in Chromium, on the three screens they are made for."""

import pytest
from axe_playwright_python.sync_playwright import Axe

SIZES = {
    "landscape": {"width": 1280, "height": 800},
    "upright": {"width": 800, "height": 1280},
    "phone": {"width": 390, "height": 844},
}
EVERY_SIZE = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
SIX_CM = 6 / 2.54 * 96
IN_PLACE = "Response Status Error Code 422"


def open_the_till(page, served, size=SIZES["landscape"]):
    """Sign in by keyboard and open the shift; leaves the selling screen."""
    page.set_viewport_size(size)
    page.goto(served)
    page.get_by_role("button", name="Laci 1").click()
    page.get_by_label("Rina").check()
    page.locator("#pin").fill("2468")
    page.locator("#pin").press("Enter")
    page.locator("#float").press("Enter")
    page.wait_for_selector(".tile")


def is_whole_on_screen(page, selector):
    box = page.locator(selector).bounding_box()
    size = page.viewport_size
    return (
        box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= size["width"] + 1
        and box["y"] + box["height"] <= size["height"] + 1
    )


def assert_accessible(page):
    # What still slides in is half transparent, and would be measured so.
    page.emulate_media(reduced_motion="reduce")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@EVERY_SIZE
def test_grid_total_and_pay_button_are_always_on_one_screen(page, served, size):
    open_the_till(page, served, size)
    page.locator(".tile").first.click()
    page.wait_for_selector("#cart li", state="attached")

    assert is_whole_on_screen(page, "#grid")
    assert is_whole_on_screen(page, ".total")
    assert is_whole_on_screen(page, "[data-pay]")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@EVERY_SIZE
def test_tiles_keep_their_place_while_counts_change(page, served, size):
    open_the_till(page, served, size)
    places = "[...document.querySelectorAll('.tile')].map(t => [t.offsetLeft, t.offsetTop])"
    before = page.evaluate(places)

    for place in range(3):
        page.locator(".tile").nth(place).click()
    page.wait_for_selector(".tile[data-q] >> nth=2")

    assert page.evaluate(places) == before


def test_ten_taps_in_a_second_all_count_once(page, served):
    open_the_till(page, served)

    page.evaluate(
        """async () => {
            for (let i = 0; i < 10; i += 1) {
                document.querySelector(".tile").click();
                await new Promise((done) => setTimeout(done, 100));
            }
        }"""
    )
    page.wait_for_selector('#cart li[data-q="10"]')

    assert page.locator('.tile[data-q="10"]').count() == 1


def test_a_sale_is_made_by_keyboard_alone(page, served):
    open_the_till(page, served)

    page.keyboard.type("/pletok")
    page.keyboard.press("Enter")
    page.keyboard.type("wk")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cart li >> nth=1")
    page.keyboard.press("F9")
    page.wait_for_selector("#tendered:focus")
    page.keyboard.type("100000")
    shown = page.locator(".change output").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_selector(".is-paid")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pay", state="hidden")

    assert shown == "Rp40.000"
    assert page.locator(".total output").inner_text() == "Rp0"


def test_a_small_slip_in_the_search_still_finds(page, served):
    open_the_till(page, served)

    page.locator("#search").fill("keripk")

    assert page.locator(".tile:visible").count() == 2


def test_a_machine_that_does_not_answer_is_said_and_taps_are_refused(
    page, served, context, browser_watch
):
    browser_watch.allow("net::ERR")
    open_the_till(page, served)
    context.set_offline(True)

    page.wait_for_selector("#lost:visible")
    page.locator(".tile").nth(1).click()
    refused = page.locator(".tile.is-refused").count()
    context.set_offline(False)
    page.wait_for_selector("#lost", state="hidden")
    page.locator(".tile").first.click()
    page.wait_for_selector("#cart li")

    assert refused == 1
    assert page.locator("#cart li").count() == 1
    assert page.locator('#cart li[data-q="1"]').count() == 1


def test_a_typed_quantity_is_kept_and_a_silly_one_refused(page, served, browser_watch):
    browser_watch.allow(IN_PLACE)
    open_the_till(page, served)
    page.locator(".tile").first.click()
    quantity = page.locator("#cart li input")

    quantity.fill("12")
    quantity.press("Enter")
    page.wait_for_selector('#cart li[data-q="12"]')
    page.locator("#cart li input").fill("-3")
    page.locator("#cart li input").press("Enter")
    page.wait_for_selector("#message .message")

    assert page.locator('#cart li[data-q="12"]').count() == 1


def test_the_qris_code_is_at_least_six_centimetres(page, served):
    open_the_till(page, served)
    page.locator(".tile").first.click()
    page.wait_for_selector("#cart li")
    page.keyboard.press("F9")
    page.wait_for_selector("#tendered")

    page.locator(".methods").get_by_text("QRIS").click()
    page.wait_for_selector(".qr svg")

    assert page.locator(".qr svg").bounding_box()["width"] >= SIX_CM


def test_a_refused_payment_keeps_what_was_typed(page, served, browser_watch):
    browser_watch.allow(IN_PLACE)
    open_the_till(page, served)
    page.locator(".tile").first.click()
    page.wait_for_selector("#cart li")
    page.keyboard.press("F9")
    page.wait_for_selector("#tendered:focus")

    page.keyboard.type("5000")
    page.keyboard.press("Enter")
    page.wait_for_selector("#message .message")

    assert page.locator("#tendered").input_value() == "5.000"


def test_the_phone_opens_the_order_as_a_sheet(page, served):
    open_the_till(page, served, SIZES["phone"])
    page.locator(".tile").first.click()
    page.wait_for_selector(".total")

    page.locator("[data-sheet]").click()

    assert page.locator("#cart ol").is_visible()


def sell_and_look(page, served):
    """Sell the first tile for cash and open the sale's page."""
    page.locator(".tile").first.click()
    page.wait_for_selector("#cart li", state="attached")
    page.keyboard.press("F9")
    page.wait_for_selector("#tendered:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector(".is-paid")
    page.goto(f"{served}/sales")
    page.locator(".row-link").click()


@EVERY_SIZE
def test_a_void_is_done_by_keyboard_once_the_pin_is_right(page, served, size, browser_watch):
    browser_watch.allow(IN_PLACE)
    open_the_till(page, served, size)
    sell_and_look(page, served)
    assert_accessible(page)
    page.get_by_role("link", name="Batalkan transaksi").press("Enter")
    page.locator("#other").fill("salah pesan")
    page.locator("#pin").fill("111111")
    page.keyboard.press("Enter")
    page.wait_for_selector("#message [data-wait]")
    assert page.locator("#other").input_value() == "salah pesan"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)

    page.locator("#pin").fill("135790")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1 s")

    assert page.get_by_text("salah pesan").is_visible()
    assert_accessible(page)


def test_the_money_back_follows_the_pieces_and_forgets_what_was_wrong(page, served):
    open_the_till(page, served)
    sell_and_look(page, served)
    page.get_by_role("link", name="Retur").click()
    page.locator("#qty-1").fill("7")
    page.wait_for_selector("#money .message")

    page.locator("#pieces button").click()
    page.wait_for_selector("#money:not(:has(.message)) p:nth-of-type(2)")

    assert page.locator("#qty-1").input_value() == "1"
    assert page.locator("#money output").inner_text() == "Rp25.000"


def test_the_first_page_is_light(page, served):
    open_the_till(page, served)
    page.goto("about:blank")
    weights = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))

    page.goto(served, wait_until="networkidle")

    assert len(weights) <= 8
    assert sum(weights) <= 60_000
