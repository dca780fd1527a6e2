"""Takes the screenshots of the documentation from the running demonstration.

`make screens` starts `kiosk demo` in a temporary folder, goes through it as people do, and
writes `docs/screens/*.png`, fewer colours so that they stay small.
"""

import io
import tempfile
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from kiosk.cli.demo import program
from kiosk.cli.demo.hub_seed import CAMPAIGN_ID, HUB_SIGN_INS
from tests.support.browser import launch_options
from tests.support.processes import REPOSITORY, Launcher, free_port

SCREENS = REPOSITORY / "docs" / "screens"
LANDSCAPE, PORTRAIT, PHONE, WALL = (1280, 800), (800, 1280), (390, 844), (1920, 1080)
SETTLED_MS = 900
COLOURS = 128


class Tour:
    """One browser on its way through the demonstration."""

    def __init__(self, browser, size) -> None:
        width, height = size
        self.page = browser.new_page(viewport={"width": width, "height": height}, locale="id-ID")

    def go(self, address):
        self.page.goto(address)
        self.settle()

    def settle(self):
        self.page.wait_for_timeout(SETTLED_MS)

    def click(self, selector):
        self.page.locator(selector).first.click()
        self.settle()

    def keep(self, name):
        """Write what is on the screen as docs/screens/<name>.png."""
        picture = Image.open(io.BytesIO(self.page.screenshot()))
        picture.convert("RGB").quantize(COLOURS).save(SCREENS / f"{name}.png", optimize=True)


def sign_in_at_till(tour, till):
    rina = program.STAFF[0]
    tour.go(till)
    tour.click("text=Laci 1")
    tour.click(f"text={rina.name}")
    tour.page.keyboard.type(rina.pin)
    tour.page.keyboard.press("Enter")
    tour.settle()


def ring_up(tour, *names):
    for name in names:
        tour.page.locator(".tile", has_text=name).first.click()
    tour.settle()


def sell_landscape(browser, till):
    tour = Tour(browser, LANDSCAPE)
    sign_in_at_till(tour, till)
    ring_up(tour, "Wedang Komplit", "Wedang Komplit", "Bir Pletok Tubruk", "Keripik Tempe")
    tour.keep("till-landscape")
    tour.click("[data-pay]")
    tour.page.fill("#tendered", "100000")
    tour.settle()
    tour.keep("pay-cash")
    tour.click("#pay .take")
    tour.keep("paid")
    tour.go(f"{till}/printers/1/paper")
    tour.page.wait_for_timeout(3000)
    tour.keep("paper")
    tour.go(f"{till}/sales")
    tour.keep("sales")
    tour.go(f"{till}/shift/close")
    tour.keep("close")
    tour.go(f"{till}/status")
    tour.keep("status")


def sell_elsewhere(browser, till):
    tour = Tour(browser, PORTRAIT)
    sign_in_at_till(tour, till)
    ring_up(tour, "Wedang Korea", "Wedang Bunga Telang")
    tour.keep("till-portrait")
    tour.click("[data-pay]")
    tour.click("#pay >> text=QRIS")
    tour.keep("pay-qris-portrait")
    tour = Tour(browser, PHONE)
    sign_in_at_till(tour, till)
    ring_up(tour, "Dodol Betawi")
    tour.keep("till-phone")


def look_at_hub(browser, hub, samples):
    organiser = HUB_SIGN_INS[0]
    tour = Tour(browser, LANDSCAPE)
    tour.go(hub)
    tour.page.fill("input[name=login]", organiser.login)
    tour.page.fill("input[name=password]", organiser.password)
    tour.click("main button")
    tour.keep("hub-board")
    board = f"{hub}/campaigns/{CAMPAIGN_ID}"
    tour.go(f"{board}/totals?by=vendor")
    tour.keep("hub-totals")
    tour.go(f"{board}/imports")
    tour.page.set_input_files("#file", samples / "tokopedia_tiktok.csv")
    tour.click("main form button.is-primary")
    tour.keep("hub-dry-run")
    tour.go(f"{board}/devices/{program.FRIDAY_INSTALLATION.id}")
    tour.keep("hub-machine")
    wall = Tour(browser, WALL)
    wall.go(f"{hub}/papan")
    wall.keep("papan")


@contextmanager
def demonstration(folder):
    """Run `kiosk demo` on free ports; gives the till's and the hub's address."""
    launcher = Launcher(folder)
    till, hub, printer = free_port(), free_port(), free_port()
    arguments = ("--folder", str(folder / "var"), "--till-port", str(till))
    arguments += ("--hub-port", str(hub), "--printer-port", str(printer))
    started = launcher.kiosk("demo", *arguments, health=None)
    started.port = till
    try:
        started.wait_until_healthy()
        yield f"http://127.0.0.1:{till}", f"http://127.0.0.1:{hub}"
    finally:
        launcher.stop_all()


def main() -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as name,
        demonstration(Path(name)) as (till, hub),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(**launch_options({}))
        sell_landscape(browser, till)
        sell_elsewhere(browser, till)
        look_at_hub(browser, hub, Path(name) / "var" / "samples")
        browser.close()


if __name__ == "__main__":
    main()
