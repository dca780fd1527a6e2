"""Takes the screenshots of the documentation from the running demonstration.

`make screens` starts `kiosk demo` in a temporary folder, goes through it as people do, and
writes `docs/screens/*.png`, fewer colours so that they stay small, and an index of them.
Pages are found from the programs' address maps, so a new one is there by itself; what only
opens over a page is a line in `OPENED` or `SELLING`.
"""

import io
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from kiosk.cli.demo import program
from kiosk.cli.demo.hub_seed import CAMPAIGN_ID, HUB_SIGN_INS
from kiosk.storage.database import open_read_only
from tests.support.browser import launch_options
from tests.support.every_page import is_page, known_addresses, read_examples
from tests.support.full_swing import TILL_EXAMPLES, TILL_LEFT_OUT
from tests.support.processes import REPOSITORY, Launcher, free_port
from tests.support.program_maps import HUB_LEFT_OUT, hub_app, hub_examples, till_app

SCREENS = REPOSITORY / "docs" / "screens"
SIZES = {"landscape": (1280, 800), "portrait": (800, 1280), "phone": (390, 844)}
WALL = (1920, 1080)
SETTLED_MS = 900
COLOURS = 96
GOODS = ("Wedang Komplit", "Bir Pletok Tubruk", "Keripik Tempe")
# What opens over the selling screen: a name, what is pressed, and the key that closes it.
OPENED = (
    ("menu", ".menu summary", "Escape"),
    ("help", "[data-help]", "Escape"),
    ("variants", ".tile[data-v]", "Escape"),
    ("line", "[data-edit]", "Escape"),
    ("discount", "[data-discount]", "Escape"),
    ("parked", "[data-queue]", "Escape"),
)


class Tour:
    """One browser on its way through the demonstration; `kept` are the names it wrote."""

    def __init__(self, browser, size, kept) -> None:
        width, height = SIZES.get(size, WALL)
        self.size = size
        self.page = browser.new_page(viewport={"width": width, "height": height}, locale="id-ID")
        self._kept = kept

    def go(self, address):
        self.page.goto(address)
        self.settle()

    def settle(self):
        self.page.wait_for_timeout(SETTLED_MS)

    def click(self, selector):
        self.page.locator(selector).first.click()
        self.settle()

    def sees(self, selector):
        return self.page.locator(selector).first.is_visible()

    def keep(self, name):
        """Write what is on the screen as docs/screens/<name>.png."""
        picture = Image.open(io.BytesIO(self.page.screenshot()))
        picture.convert("RGB").quantize(COLOURS).save(SCREENS / f"{name}.png", optimize=True)
        self._kept.append(name)

    def keep_sized(self, name):
        self.keep(f"{name}-{self.size}")


def sign_in_at_till(tour, till):
    rina = program.STAFF[0]
    tour.go(till)
    tour.click("text=Laci 1")
    if tour.size == "landscape":
        tour.keep("sign-in")
    tour.click(f"text={rina.name}")
    tour.page.keyboard.type(rina.pin)
    tour.page.keyboard.press("Enter")
    tour.settle()


def ring_up(tour, *names):
    for name in names:
        tour.page.locator(".tile", has_text=name).first.click()
        tour.settle()
        # A tile with variants opens a sheet; its first one will do.
        if tour.sees("dialog[open] [data-pick]"):
            tour.click("dialog[open] [data-pick]")


def look_at_what_opens(tour):
    if tour.sees("[data-sheet]"):
        tour.click("[data-sheet]")
        tour.keep_sized("order")
    for name, pressed, closing in OPENED:
        if name == "help":
            tour.click(".menu summary")
        if not tour.sees(pressed) and tour.sees("[data-sheet]"):
            tour.click("[data-sheet]")
        if not tour.sees(pressed):
            sys.stderr.write(f"{name} is not on the {tour.size} screen\n")
            continue
        tour.click(pressed)
        tour.keep_sized(name)
        tour.page.keyboard.press(closing)
        tour.page.keyboard.press("Escape")
        tour.settle()


def sell(browser, till, size, kept):
    """Go from the PIN to the receipt on one size of screen; gives the tour for more."""
    tour = Tour(browser, size, kept)
    sign_in_at_till(tour, till)
    ring_up(tour, *GOODS)
    tour.keep_sized("till")
    look_at_what_opens(tour)
    tour.go(till)
    tour.click("[data-pay]")
    tour.click("#pay .methods >> text=QRIS")
    tour.keep_sized("pay-qris")
    tour.click("#pay .methods >> text=Bayar Campur")
    tour.keep_sized("pay-split")
    tour.click("#pay .methods >> text=Tunai")
    tour.page.fill("#tendered", "100000")
    tour.settle()
    tour.keep_sized("pay-cash")
    tour.click("#pay .take")
    tour.keep_sized("paid")
    tour.click("#receipt-choices a")
    tour.keep_sized("paid-qr")
    return tour


def show_buyer(browser, till, kept):
    """Keep the customer display beside a sale, in the dark on an upright screen too."""
    cashier = Tour(browser, "landscape", [])
    displays = [Tour(browser, size, kept) for size in SIZES]
    for display in displays:
        theme = "?theme=dark" if display.size == "portrait" else ""
        display.go(f"{till}/display/K01{theme}")

    def keep(name):
        for display in displays:
            display.settle()
            display.keep_sized(f"display-{name}")

    sign_in_at_till(cashier, till)
    ring_up(cashier, *GOODS)
    keep("order")
    cashier.click("[data-pay]")
    cashier.click("#pay .methods >> text=QRIS")
    keep("qris")
    cashier.click("#pay .methods >> text=Tunai")
    cashier.page.fill("#tendered", "100000")
    cashier.click("#pay .take")
    keep("thanks")


def keep_all(tour, program, places, before):
    """Keep every whole page among addresses by endpoint."""
    for endpoint, path in places.items():
        if is_page(tour.page, program + path):
            tour.go(program + path)
            tour.keep(before + endpoint.replace(".", "-").replace("_", "-"))


def look_at_till_pages(tour, till, folder):
    """Keep every page of the till that the demonstration has an example for."""
    tour.go(f"{till}/sales")
    tour.click(".row-link")
    tour.go(f"{tour.page.url}/tip")
    if tour.sees("#tip button"):
        tour.page.fill("#tip-amount", "1000")
        tour.click("#tip button")
    examples = read_examples(open_read_only(folder / "till" / "till.db"), TILL_EXAMPLES)
    with till_app() as app:
        places = known_addresses(app, examples, {*TILL_LEFT_OUT, "selling.page", "sign_in.page"})
    keep_all(tour, till, places, "till-")


def look_at_hub(browser, hub, folder, kept):
    organiser = HUB_SIGN_INS[0]
    tour = Tour(browser, "landscape", kept)
    tour.go(hub)
    tour.keep("hub-sign-in")
    tour.page.fill("input[name=login]", organiser.login)
    tour.page.fill("input[name=password]", organiser.password)
    tour.click("main button")
    tour.keep("hub-board")
    board = f"{hub}/campaigns/{CAMPAIGN_ID}"
    tour.go(f"{board}/imports")
    tour.page.set_input_files("#file", folder / "samples" / "tokopedia_tiktok.csv")
    tour.click("main form button.is-primary")
    tour.keep("hub-dry-run")
    examples = hub_examples(folder / "hub" / "hub.db", CAMPAIGN_ID)
    with hub_app() as app:
        places = known_addresses(app, examples, HUB_LEFT_OUT)
    keep_all(tour, hub, places, "")
    wall = Tour(browser, "wall", kept)
    wall.go(f"{hub}/papan")
    wall.keep("papan")


def write_index(kept):
    """Write docs/screens/README.md, which shows them all."""
    lines = ["# Screens", "", "Taken from the demonstration by `make screens`.", ""]
    for name in sorted(kept):
        lines += [f"## {name}", "", f"![{name}]({name}.png)", ""]
    (SCREENS / "README.md").write_text("\n".join(lines), "utf-8")


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
    kept: list[str] = []
    with (
        tempfile.TemporaryDirectory() as name,
        demonstration(Path(name)) as (till, hub),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(**launch_options({}))
        folder = Path(name) / "var"
        tours = [sell(browser, till, size, kept) for size in SIZES]
        show_buyer(browser, till, kept)
        look_at_till_pages(tours[0], till, folder)
        look_at_hub(browser, hub, folder, kept)
        browser.close()
    for old in SCREENS.glob("*.png"):
        if old.stem not in kept:
            old.unlink()
    write_index(kept)


if __name__ == "__main__":
    main()
