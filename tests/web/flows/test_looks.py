"""What a screen keeps: places under a finger, room at every text size, words when cut off."""

import pytest
from playwright.sync_api import expect

from kiosk.services import receipts
from kiosk.services.browsers import set_looks
from kiosk.storage import print_jobs, printer_uses, printers
from tests.support.till_screen import SIZES

PLACES = """() => [...document.querySelectorAll(
    ".tile, [data-pay], .tools button, #search, .tabs > *, .menu summary, [data-sheet]")]
  .filter(one => one.checkVisibility())
  .map(one => { const box = one.getBoundingClientRect();
    return [one.dataset.n ?? one.textContent.trim().replace(/\\d+/g, ""), box.x, box.y, box.width, box.height]; })"""
IS_WHOLE = """selector => { const box = document.querySelector(selector).getBoundingClientRect();
  return box.x >= -1 && box.y >= -1 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1; }"""
FITS = "document.documentElement.scrollWidth <= innerWidth"
by_touch = pytest.mark.ways("touch", *SIZES)


@by_touch
def test_nothing_moves_under_a_finger_while_an_order_grows(screen):
    screen.add("Wedang Komplit")
    before = screen.page.evaluate(PLACES)

    screen.add("Bir Pletok", "Bir Pletok", "Kain Batik", "Keripik Curah")
    after_taps = screen.page.evaluate(PLACES)
    show_a_printer_in_need(screen)
    after_news = screen.page.evaluate(PLACES)

    assert after_taps == before
    assert after_news == before


def show_a_printer_in_need(screen):
    """Let the top bar say something longer than before, and ask something, too."""
    here = screen.day.here
    with here.db.write() as connection:
        printer = printers.add(connection, "Depan", "null:", "generic-58")
        printer_uses.assign(connection, printer, {"receipt": ["K01"]}, [])
        printers.remember_state(connection, printer, "paper_out", "")
    screen.page.evaluate("htmx.ajax('GET', '/top-bar', { target: '#state', swap: 'outerHTML' })")
    expect(screen.text("Kertas habis")).to_be_visible()


@by_touch
@pytest.mark.parametrize("text_size", ["large", "huge"])
def test_the_selling_screen_holds_at_every_text_size(screen, text_size):
    set_looks(screen.day.here, screen.paired, {"text_size": text_size})
    screen.open()
    screen.add("Wedang Komplit", "Kain Batik")

    assert screen.page.evaluate(FITS)
    for selector in ("#grid", ".total", "[data-pay]"):
        assert screen.page.evaluate(IS_WHOLE, selector), selector
    screen.press("BAYAR")
    assert screen.page.evaluate(FITS)
    screen.hand.press(screen.page.locator("#pay .take"))
    expect(screen.text("Lunas")).to_be_visible()
    assert screen.page.evaluate(FITS)
    assert screen.page.evaluate(IS_WHOLE, ".is-paid .next")


@pytest.mark.ways("landscape")
def test_the_next_buyer_is_one_tap_or_key_away_wherever_the_focus_is(screen):
    screen.add("Wedang Komplit")
    screen.press("BAYAR")
    screen.hand.press(screen.page.locator("#pay .take"))
    screen.press("Kode QR")
    screen.page.wait_for_selector(".is-paid .qr")

    if screen.hand.name == "keys":
        screen.key("Enter")
    else:
        screen.press("Berikutnya")

    expect(screen.page.locator("#pay")).to_be_hidden()


@pytest.mark.ways("landscape", "touch")
def test_what_the_printer_did_is_said_as_it_happens(screen):
    here = screen.day.here
    with here.db.write() as connection:
        printer = printers.add(connection, "Depan", "null:", "generic-58")
        printer_uses.assign(connection, printer, {"receipt": ["K01"]}, [])
    receipts.set_habit(here, screen.paired, "ask")
    screen.add("Wedang Komplit")
    screen.press("BAYAR")
    screen.hand.press(screen.page.locator("#pay .take"))
    screen.press("Cetak")
    expect(screen.text("Menunggu printer")).to_be_visible()

    with here.db.write() as connection:
        job = print_jobs.next_waiting(connection, printer)
        connection.execute("UPDATE print_jobs SET state = 'printed' WHERE id = ?", (job.id,))

    expect(screen.text("Struk K01-0001: Tercetak")).to_be_visible()


@pytest.mark.ways("landscape", "touch")
def test_whatsapp_is_offered_only_while_there_is_a_network(screen):
    screen.add("Wedang Komplit")
    screen.press("BAYAR")
    screen.hand.press(screen.page.locator("#pay .take"))
    link = screen.page.locator("[data-online]")
    link.wait_for()

    screen.page.evaluate(GO["offline"])
    is_shown_without = link.is_visible()
    screen.page.evaluate(GO["online"])

    assert not is_shown_without
    assert link.is_visible()


GO = {
    way: f"""() => {{ Object.defineProperty(navigator, "onLine", {{ value: {is_on}, configurable: true }});
      dispatchEvent(new Event("{way}")); }}"""
    for way, is_on in (("online", "true"), ("offline", "false"))
}


@pytest.mark.ways("landscape", "touch")
def test_a_display_says_when_the_machine_is_gone_and_goes_on_by_itself(screen):
    screen.watch.allow("net::ERR")
    display = screen.context.new_page()
    display.goto(f"{screen.day.url}/display/K01")
    screen.add("Wedang Komplit")
    display.wait_for_selector(".is-cart")

    screen.context.set_offline(True)
    display.wait_for_selector("#lost:visible")
    screen.context.set_offline(False)

    display.wait_for_selector("#lost", state="hidden")
    assert "Wedang Komplit" in display.locator("#scene").inner_text()


@pytest.mark.ways("landscape", "touch")
def test_sounds_are_heard_once_they_are_on(screen):
    heard = "document.documentElement.dataset.sounded"
    screen.add("Wedang Komplit")
    in_silence = screen.page.evaluate(heard)
    set_looks(screen.day.here, screen.paired, {"sounds": "1"})
    screen.open()

    screen.add("Wedang Komplit")
    after_a_tap = screen.page.evaluate(heard)
    screen.press("BAYAR")
    screen.hand.press(screen.page.locator("#pay .take"))
    screen.page.wait_for_selector("html[data-sounded=paid]", state="attached")

    assert in_silence is None
    assert after_a_tap == "tap"
