"""What must hold between tablet and machine: slow, lost and missing answers, and none at all."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.bad_network import BadNetwork

TEN_TAPS = """async () => {
    for (let i = 0; i < 10; i += 1) {
        document.querySelector(".tile").click();
        await new Promise((done) => setTimeout(done, 100));
    }
}"""


@pytest.fixture
def network(day):
    between = BadNetwork(day.url)
    yield between
    between.close()


@pytest.fixture
def far_screen(screen, network):
    """The screen, on the other side of the network; Chromium may say that it was cut."""
    screen.watch.allow("net::ERR")
    screen.watch.allow("console: htmx:")
    screen.page.goto(network.url)
    screen.page.wait_for_selector(".tile")
    return screen


def expect_pieces(screen, name, pieces):
    line = screen.page.locator("#cart li").filter(has_text=name)
    expect(line).to_have_attribute("data-q", str(pieces))


@pytest.mark.ways("landscape", "touch")
def test_ten_taps_in_a_second_all_count_once_however_slow_the_answers(far_screen, network):
    network.delay_seconds = 1.0

    far_screen.page.evaluate(TEN_TAPS)
    expect(far_screen.page.locator("#slow")).to_be_visible()
    far_screen.settle()
    network.delay_seconds = 0.0

    expect_pieces(far_screen, "Wedang Komplit", 10)
    expect(far_screen.page.locator("#lost")).to_be_hidden()


@pytest.mark.ways("landscape", "touch")
def test_a_tap_whose_answer_is_lost_counts_once(far_screen, network):
    network.loses_answers = True

    far_screen.tile("Wedang Komplit").tap()
    expect(far_screen.page.locator("#lost")).to_be_visible()
    network.loses_answers = False
    far_screen.settle()

    expect_pieces(far_screen, "Wedang Komplit", 1)
    expect(far_screen.page.locator("#lost")).to_be_hidden()


@pytest.mark.ways("landscape", "phone", "touch")
def test_a_machine_out_of_reach_is_said_without_a_press_and_taps_are_refused(far_screen, network):
    network.fall_silent()

    expect(far_screen.page.locator("#lost")).to_be_visible()
    far_screen.tile("Wedang Komplit").tap()
    refused = far_screen.page.locator(".tile.is-refused").count()
    network.speak()
    expect(far_screen.page.locator("#lost")).to_be_hidden()
    far_screen.add("Bir Pletok")

    assert refused == 1
    expect_pieces(far_screen, "Bir Pletok", 1)
    assert far_screen.page.locator("#cart li").count() == 1


@pytest.mark.ways("landscape", "phone")
def test_an_open_pay_panel_keeps_what_was_typed_while_the_cable_is_out(far_screen, network):
    far_screen.add("Wedang Komplit")
    far_screen.press("BAYAR")
    far_screen.type("Uang diterima", "100000")
    network.cut()
    expect(far_screen.page.locator("#lost")).to_be_visible()
    far_screen.hand.press(far_screen.button("Uang diterima, selesai"))

    network.mend()
    expect(far_screen.page.locator("#lost")).to_be_hidden()

    expect(far_screen.page.locator("#tendered")).to_have_value("100.000")
    far_screen.press("Uang diterima, selesai")
    expect(far_screen.text("Rp75.000")).to_be_visible()


@pytest.mark.ways("landscape", "touch")
def test_a_payment_whose_answer_is_lost_is_one_sale_and_says_so(far_screen, network, day):
    far_screen.add("Wedang Komplit")
    far_screen.press("BAYAR")
    network.loses_answers = True
    far_screen.hand.press(far_screen.button("Uang diterima, selesai"))
    expect(far_screen.page.locator("#lost")).to_be_visible()

    network.loses_answers = False
    expect(far_screen.page.locator("#pay.is-paid")).to_be_visible()

    with day.here.db.read() as connection:
        assert len(connection.execute("SELECT id FROM sales").fetchall()) == 1


@pytest.mark.ways("landscape", "touch")
def test_a_tile_of_variants_opens_after_the_cable_was_out(far_screen, network):
    network.cut()
    far_screen.page.evaluate("Lapak.openSheet(1)")
    expect(far_screen.page.locator("#lost")).to_be_visible()
    network.mend()
    expect(far_screen.page.locator("#lost")).to_be_hidden()

    far_screen.page.evaluate("Lapak.openSheet(1)")

    expect(far_screen.page.locator("#choose")).to_be_visible()


@pytest.mark.ways("landscape", "touch")
def test_taps_go_on_where_a_changed_order_could_not_be_shown(far_screen):
    far_screen.watch.allow("409 (Conflict)")
    far_screen.add("Wedang Komplit")
    far_screen.page.route("**/lines/*", lambda route: route.fulfill(status=409, body=""), times=1)
    far_screen.page.route(re.compile(r"/carts/[^/]+$"), lambda route: route.abort(), times=1)

    far_screen.tile("Wedang Komplit").tap()
    expect(far_screen.page.locator("#lost")).to_be_visible()
    expect(far_screen.page.locator("#lost")).to_be_hidden()
    far_screen.tile("Wedang Komplit").tap()

    expect_pieces(far_screen, "Wedang Komplit", 2)
