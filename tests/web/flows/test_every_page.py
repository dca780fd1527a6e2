"""Every page of the till, on every screen: names, roles, contrast, sizes of targets, width."""

import pytest

from tests.support.every_page import Inspector, addresses, is_page
from tests.support.full_swing import TILL_LEFT_OUT, examples, fill
from tests.support.till_screen import SIZES, TillScreen


@pytest.fixture
def seen(browser, day):
    """A coordinator's screen at a till in full swing, and the eyes that look at it."""
    screen = TillScreen(browser, day, fill(day))
    yield screen.open(), Inspector(screen.page, sizes=tuple(SIZES))
    screen.close()


def test_every_page_is_accessible_and_fits(seen):
    screen, inspector = seen

    for path in addresses(screen.day._app, examples(screen.day), TILL_LEFT_OUT).values():
        if is_page(screen.page, screen.day.url + path):
            screen.open(path)
            inspector.look(path)

    assert not inspector.wrong, "\n".join(inspector.wrong)


def test_what_opens_over_the_selling_screen_is_accessible_too(seen):
    screen, inspector = seen
    page = screen.page

    page.locator(".menu summary").click()
    inspector.look("the menu")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_selector("#help[open]")
    inspector.look("the help")
    page.keyboard.press("Escape")
    screen.tile("Wedang Komplit").dispatch_event("contextmenu")
    page.wait_for_selector("#choose[open]")
    inspector.look("a product")
    page.keyboard.press("Escape")
    page.evaluate("Lapak.scan('2000000000107')")
    page.wait_for_selector("#new-name")
    inspector.look("a new product")
    page.keyboard.press("Escape")
    screen.add("Wedang Komplit", "Keripik Curah")
    inspector.look("an order")
    screen.key("F9")
    page.wait_for_selector("#tendered")
    inspector.look("paying in cash")
    page.locator(".methods").get_by_text("QRIS").click()
    page.wait_for_selector(".qris .qr")
    inspector.look("paying by QRIS")
    page.locator(".methods .button").first.click()
    page.wait_for_selector("#tendered")
    page.locator("#tendered").press("Enter")
    page.wait_for_selector(".is-paid")
    inspector.look("paid")
    page.locator("#receipt-choices a").first.click()
    page.wait_for_selector(".is-paid .qr")
    inspector.look("the receipt as a code")

    assert not inspector.wrong, "\n".join(inspector.wrong)


def test_the_customer_display_is_accessible_in_every_state(seen):
    screen, inspector = seen
    page = screen.page
    display = screen.context.new_page()
    display.goto(f"{screen.day.url}/display/K01")
    inspector.page = display

    screen.add("Wedang Komplit")
    display.wait_for_selector(".is-cart")
    inspector.look("an order")
    screen.key("F9")
    page.locator(".methods").get_by_text("QRIS").click()
    display.wait_for_selector(".is-qris")
    inspector.look("a code to pay")
    page.locator(".methods .button").first.click()
    display.wait_for_selector(".is-cart")
    page.locator("#tendered").press("Enter")
    display.wait_for_selector(".is-paid")
    inspector.look("thanks")
    page.locator("#receipt-choices a").first.click()
    display.wait_for_selector(".is-receipt")
    inspector.look("the receipt")

    assert not inspector.wrong, "\n".join(inspector.wrong)
