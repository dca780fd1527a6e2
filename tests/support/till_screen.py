"""A screen that sells: one browser before the till's page, worked by touch or by keys."""

from playwright.sync_api import expect

from tests.support.browser import Watch
from tests.support.hands import HANDS

SIZES = {
    "landscape": {"width": 1280, "height": 800},
    "upright": {"width": 800, "height": 1280},
    "phone": {"width": 390, "height": 844},
}
# What does not come on a busy machine within this does not come.
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)
IS_IDLE = "() => !Lapak.isSending()"


class TillScreen:
    """One page in a browser context of its own; `paired` is the browser the till knows.

    `size` is a name in SIZES, `hand` one in HANDS. Buttons and fields are named as they
    are read out, in Indonesian.
    """

    def __init__(self, chromium, day, paired, size="landscape", hand="touch") -> None:
        self.day = day
        self.paired = paired
        self.size = size
        self._chromium = chromium
        self.context = chromium.new_context(
            viewport=SIZES[size], has_touch=hand == "touch", locale="id-ID", reduced_motion="reduce"
        )
        self.watch = Watch(self.context)
        self.context.add_cookies([day.cookie_of(paired)])
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.context.new_page()
        self.hand = HANDS[hand](self.page)
        self._others: list[TillScreen] = []

    def open(self, path="/") -> "TillScreen":
        """Go to a page of the till; the selling screen unless told otherwise."""
        self.page.goto(self.day.url + path)
        return self

    def another(self, size=None, hand=None, till=None, **who) -> "TillScreen":
        """Give a second screen at the same drawer, or another open one, ready to sell."""
        paired = self.day.one_more_browser(till or self.paired.till, **who)
        other = TillScreen(
            self._chromium, self.day, paired, size or self.size, hand or self.hand.name
        )
        self._others.append(other)
        return other.open()

    def close(self) -> None:
        """Close the screen and those it gave; fails if the browser complained of anything."""
        for other in self._others:
            other.close()
        self.context.close()
        self.watch.assert_quiet()

    def button(self, name, exact=False, within="body"):
        """Find a button or link by the words it is read out with."""
        place = self.page.locator(within)
        role = place.get_by_role("button", name=name, exact=exact)
        return (
            role.or_(place.get_by_role("link", name=name, exact=exact)).filter(visible=True).first
        )

    def press(self, name, exact=False, within="body") -> None:
        """Press a button or link, and wait until the till has taken what was pressed."""
        self.hand.press(self.button(name, exact, within))
        self.settle()

    def choose(self, label) -> None:
        """Choose a radio button or tick a box by its label."""
        self.hand.choose(self.page.get_by_label(label))

    def menu(self, name) -> None:
        """Open the menu under the cashier's name and go to one of its pages."""
        self.hand.press(self.page.locator(".menu summary"))
        self.press(name, within=".menu-body")

    def type(self, label, text) -> None:
        """Type over a field found by its label."""
        self.hand.type(self.page.get_by_label(label).filter(visible=True).first, text)

    def tile(self, name):
        """Find a product's tile."""
        return self.page.locator(".tile").filter(has_text=name).first

    def add(self, *names) -> None:
        """Ring up products by name: tap tiles, or search and press Enter."""
        for name in names:
            if self.hand.name == "touch":
                self.tile(name).tap()
            else:
                self.page.keyboard.press("/")
                self.page.keyboard.type(name)
                self.page.keyboard.press("Enter")
        self.settle()

    def key(self, *keys) -> None:
        """Press keys, named as Playwright does (`F9`, `Control+z`)."""
        for key in keys:
            self.page.keyboard.press(key)
        self.settle()

    def settle(self) -> None:
        """Return when every press has had its answer."""
        if self.page.locator("#cart").count():
            self.page.wait_for_function(IS_IDLE)

    @property
    def total(self):
        """The order's total, as written: `Rp60.000`."""
        return self.page.locator("#cart .total output")

    def text(self, text):
        """Find what says `text`."""
        return self.page.get_by_text(text).filter(visible=True).first

    def expect_total(self, amount) -> None:
        """Wait until the order's total is `amount`."""
        expect(self.total).to_have_text(amount)

    def expect_text(self, text) -> None:
        """Wait until something says `text`."""
        expect(self.text(text)).to_be_visible()
