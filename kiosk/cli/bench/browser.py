"""The till in a real Chromium: what its page weighs, how soon it can be tapped, what a sale costs."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any, Final

from kiosk.cli.bench.cashier import LINES, Cashier
from kiosk.cli.bench.installation import (
    FEW_PRODUCTS,
    MANY_PRODUCTS,
    make_installation,
    serving_till,
)
from kiosk.cli.bench.plan import Plan
from kiosk.cli.bench.programs import NotMeasuredError, Program
from kiosk.cli.bench.results import Measured
from kiosk.cli.bench.wire import CountingWire, counting_wire

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

SLOWED: Final = 6
AFTER_A_SALE_SECONDS: Final = 0.1
LOOK_EVERY_SECONDS: Final = 0.02
MOST_LOOKS: Final = 500
WARM_UP_SALES: Final = 2
_KB: Final = 1_000
# Nothing but this machine, and nothing of Chromium's own business.
_FLAGS: Final = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
# The first painted frame in which a tile is on the screen and the page's script is listening:
# deferred scripts have run when the document says that it is no longer loading.
_NOTE_WHEN_USABLE: Final = """
(() => {
  const look = () => {
    const tile = document.querySelector("#grid .tile");
    const listening = performance.getEntriesByType("navigation")[0]?.domContentLoadedEventEnd > 0;
    if (tile && tile.getBoundingClientRect().height > 0 && listening) {
      requestAnimationFrame(() => { window.usableAt = performance.now(); });
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
})();
"""


def measure_page(plan: Plan) -> Iterator[Measured]:
    """Measure a cold load: bytes with headers, requests, and the font's part of it."""
    folder = make_installation(plan.new_folder("page") / "till")
    with chromium() as browser, serving_till(folder) as till, Cashier(till.port, "K01") as cashier:
        loads = [_cold_load(browser, till, cashier.cookie) for _ in range(plan.sizes.page_loads)]
    yield Measured("till_page_bytes", [load.total / _KB for load in loads], loads[0].parts())
    yield Measured("till_page_requests", [len(load.sizes) for load in loads])
    yield Measured("font_bytes", [load.of(".woff2") / _KB for load in loads])


def measure_large_page(plan: Plan) -> Iterator[Measured]:
    """Measure a cold load with 1,000 products."""
    folder = make_installation(plan.new_folder("large-page") / "till", MANY_PRODUCTS)
    with chromium() as browser, serving_till(folder) as till, Cashier(till.port, "K01") as cashier:
        loads = [_cold_load(browser, till, cashier.cookie) for _ in range(plan.sizes.page_loads)]
    totals = [load.total / _KB for load in loads]
    yield Measured("till_page_1000_products_bytes", totals, loads[0].parts())


def measure_navigation(plan: Plan) -> Iterator[Measured]:
    """Measure from navigation to the first tap being possible, at full speed and slowed."""
    yield from _navigation(plan, "", FEW_PRODUCTS)


def measure_navigation_many_products(plan: Plan) -> Iterator[Measured]:
    """Measure the same with 1,000 products."""
    yield from _navigation(plan, "_1000_products", MANY_PRODUCTS)


def _navigation(plan: Plan, kind: str, products: int) -> Iterator[Measured]:
    folder = make_installation(plan.new_folder(f"navigation{kind}") / "till", products)
    with chromium() as browser, serving_till(folder) as till, Cashier(till.port, "K01") as cashier:
        _usable_after(browser, till, cashier.cookie, 1)
        for name, slowed in (
            (f"navigation_to_usable{kind}", 1),
            (f"navigation_to_usable{kind}_cpu_6x_slower", SLOWED),
        ):
            seconds = [
                _usable_after(browser, till, cashier.cookie, slowed)
                for _ in range(plan.sizes.page_loads)
            ]
            yield Measured(name, seconds)


def measure_sale_bytes(plan: Plan) -> Iterator[Measured]:
    """Measure what passes between browser and till for three taps, paying and going on."""
    folder = make_installation(plan.new_folder("sale-bytes") / "till")
    with (
        chromium() as browser,
        serving_till(folder) as till,
        Cashier(till.port, "K01") as cashier,
        counting_wire(till.port) as wire,
        _context(browser, wire.port, cashier.cookie) as context,
    ):
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{wire.port}/")
        for _ in range(WARM_UP_SALES):
            _sell(page)
        sizes = [_sale_bytes(page, wire) for _ in range(plan.sizes.browser_sales)]
    yield Measured("bytes_per_sale_browser_and_till", [size / _KB for size in sizes])


@contextmanager
def chromium() -> Iterator["Browser"]:
    """Run the system's Chromium until the block ends; raises NotMeasuredError without it."""
    path = shutil.which("chromium")
    if path is None:
        raise NotMeasuredError("Chromium is not here; install it with: apt-get install chromium")
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - needed for this alone
    except ImportError:
        raise NotMeasuredError(
            "Playwright is not here; install it with: make tools, then measure again"
        ) from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        try:
            yield browser
        except Error as error:
            raise NotMeasuredError(f"in Chromium: {error.message.splitlines()[0]}") from error
        finally:
            browser.close()


class Load:
    """Bytes over the wire of one load, by address."""

    def __init__(self) -> None:
        self.sizes: dict[str, int] = {}
        self._addresses: dict[str, str] = {}

    @property
    def total(self) -> int:
        """All bytes, headers included."""
        return sum(self.sizes.values())

    def of(self, ending: str) -> int:
        """Give the bytes of files whose name ends so."""
        return sum(size for path, size in self.sizes.items() if path.endswith(ending))

    def parts(self) -> str:
        """Say what each request weighed."""
        return ", ".join(f"{path} {size}" for path, size in self.sizes.items())

    def note_request(self, event: dict[str, Any]) -> None:
        """Keep what a request is for; data: addresses are not asked of anybody."""
        address: str = event["request"]["url"]
        if address.startswith("http"):
            self._addresses[event["requestId"]] = "/" + address.split("/", 3)[3]

    def note_end(self, event: dict[str, Any]) -> None:
        """Add what a request weighed."""
        address = self._addresses.get(event["requestId"])
        if address is not None:
            self.sizes[address] = int(event["encodedDataLength"])


@contextmanager
def _context(browser: "Browser", port: int, cookie: str) -> Iterator["BrowserContext"]:
    """Give a fresh profile that holds a cashier's cookie."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="id-ID")
    [(name, morsel)] = SimpleCookie(cookie).items()
    context.add_cookies([{"name": name, "value": morsel.value, "url": f"http://127.0.0.1:{port}/"}])
    try:
        yield context
    finally:
        context.close()


def _cold_load(browser: "Browser", till: Program, cookie: str) -> Load:
    load = Load()
    with _context(browser, till.port, cookie) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", load.note_request)
        session.on("Network.loadingFinished", load.note_end)
        session.send("Network.enable")
        page.goto(f"{till.url}/", wait_until="networkidle")
    return load


def _usable_after(browser: "Browser", till: Program, cookie: str, slowed: int) -> float:
    """Give the seconds from navigation until a tile can be tapped; then tap it, to be sure."""
    with _context(browser, till.port, cookie) as context:
        page = context.new_page()
        page.add_init_script(_NOTE_WHEN_USABLE)
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
        page.goto(f"{till.url}/", wait_until="commit")
        usable_ms = _usable_at(session)
        page.locator("#grid .tile").first.click()
        page.locator("#cart li").first.wait_for()
        page.locator('[data-act="undo"]').click()
        page.locator("#cart .empty").wait_for()
    return usable_ms / 1000


def _usable_at(session: "CDPSession") -> float:
    """Give what the page noted, in ms.

    Asked of the debugger: Playwright's own way loads a script of its own into the page first,
    which takes the page longer than much of what is measured.
    """
    asked = {"expression": "window.usableAt", "returnByValue": True}
    for _ in range(MOST_LOOKS):
        noted = session.send("Runtime.evaluate", asked)["result"].get("value")
        if noted is not None:
            return float(noted)
        time.sleep(LOOK_EVERY_SECONDS)
    raise NotMeasuredError("the till's page never became usable")


def _sale_bytes(page: "Page", wire: CountingWire) -> int:
    before = wire.total()
    _sell(page)
    return wire.total() - before


def _sell(page: "Page") -> None:
    """Sell three lines in cash as a cashier does, by the page's own buttons."""
    for n in range(LINES):
        page.locator("#grid .tile").nth(n).click()
    page.locator("#cart li").nth(LINES - 1).wait_for()
    page.locator("[data-pay]").click()
    page.locator("#pay .take").click()
    page.locator("#pay [data-next]").click()
    page.locator("#pay.is-paid").wait_for(state="detached")
    time.sleep(AFTER_A_SALE_SECONDS)
