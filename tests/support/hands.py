"""Two ways to work a page: by touch, and by keyboard alone.

A test says what is pressed and typed; the hand says how. The keyboard never points: what
it cannot reach by Tab it cannot press, and then the test fails.
"""

MOST_TABS = 250
IS_FOCUSED = "element => element === document.activeElement"
# Whether an element stands after the focused one, so that Tab goes there and Shift+Tab not.
IS_AHEAD = """element => {
    const here = document.activeElement;
    return here === document.body
        || Boolean(here.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""


class NotReachableError(AssertionError):
    """Tab never came to an element that has to be pressed."""

    def __init__(self, locator) -> None:
        super().__init__(f"The keyboard does not come to {locator}.")


class Touch:
    """A finger on a tablet or phone."""

    name = "touch"

    def __init__(self, page) -> None:
        self._page = page

    def press(self, locator) -> None:
        """Tap a button, link or tile."""
        locator.tap()

    def choose(self, locator) -> None:
        """Tap a radio button or a box."""
        locator.tap()

    def type(self, locator, text: str) -> None:
        """Tap a field and type over what it holds."""
        locator.tap()
        locator.press("ControlOrMeta+a")
        self._page.keyboard.type(text)


class Keys:
    """A keyboard and nothing else."""

    name = "keys"

    def __init__(self, page) -> None:
        self._page = page

    def press(self, locator) -> None:
        """Go to a button, link or tile by Tab and press Enter."""
        self._reach(locator)
        self._page.keyboard.press("Enter")

    def choose(self, locator) -> None:
        """Go to a radio button or a box by Tab and press Space."""
        self._reach(locator)
        self._page.keyboard.press("Space")

    def type(self, locator, text: str) -> None:
        """Go to a field by Tab and type over what it holds."""
        self._reach(locator)
        self._page.keyboard.press("ControlOrMeta+a")
        self._page.keyboard.type(text)

    def _reach(self, locator) -> None:
        locator.wait_for()
        key = "Tab" if locator.evaluate(IS_AHEAD) else "Shift+Tab"
        for _ in range(MOST_TABS):
            if locator.evaluate(IS_FOCUSED):
                return
            self._page.keyboard.press(key)
        raise NotReachableError(locator)


HANDS = {hand.name: hand for hand in (Touch, Keys)}
