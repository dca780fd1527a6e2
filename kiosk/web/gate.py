"""The gate before every page: paired, set up, at a till, signed in, in this order.

Whoever lacks a step is sent to the page of that step. A browser on the device itself is
paired without a code.
"""

from typing import Final

from flask import g, request, session, url_for
from werkzeug.wrappers import Response

from kiosk.services.browsers import Browser, pair_local, recognise
from kiosk.services.catalogue import is_set_up
from kiosk.services.phones import PhoneTakesNoMoneyError
from kiosk.web.context import go, here, is_on_device

BROWSER_KEY: Final = "browser"

# Pages of a step may be opened before that step is done.
_UNPAIRED: Final = {"setup.pair_page", "setup.pair", "healthz", "language", "keyboard.page"}
_NOT_SET_UP: Final = {
    *_UNPAIRED,
    "setup.enrol_page",
    "setup.enrol",
    "replacing.page",
    "replacing.begin",
    "replacing.state",
    "replacing.forget",
    "setup.arrived",
    "setup.file_page",
    "setup.start_from_file",
    "top_bar.state",
    "preferences.looks",
    "display.page",
    "display.scene",
}
_NO_TILL: Final = {
    *_NOT_SET_UP,
    "setup.tills_page",
    "setup.choose_till",
    "setup.choose_stall",
}
_NOBODY: Final = {
    *_NO_TILL,
    "sign_in.page",
    "sign_in.sign_in",
    "sign_in.sign_out",
    # Where nobody has a PIN, nobody could sign in to give one; the service sees to the rest.
    "pins.page",
    "pins.give",
}
# All a stall's phone may do besides; money is none of it.
_OF_PHONES: Final = {
    *_NOBODY,
    "cart.cart",
    "cart.add",
    "cart.add_to_line",
    "cart.set_quantity",
    "news.of_cart",
    "finding.sheet",
    "preferences.page",
    "orders.list_page",
    "orders.find",
    "orders.page",
    "orders.live",
    "orders.hand_over",
    "orders.take_back",
    "phone.page",
    "phone.join",
    "phone.send",
    "phone.order",
    "phone.state",
}


def guide() -> Response | None:
    """Recognise the browser and send it to the first step that is missing."""
    endpoint = request.endpoint
    g.browser = _recognised()
    if endpoint is None:
        return None
    missing = _missing_step(endpoint, g.browser)
    if missing is None:
        return None
    if missing == "phone.page" and request.method != "GET":
        raise PhoneTakesNoMoneyError
    back = request.path if request.method == "GET" and missing == "setup.pair_page" else None
    return go(url_for(missing, next=back))


def remember(browser: Browser) -> None:
    """Keep a newly paired browser in its session."""
    session[BROWSER_KEY] = browser.id
    g.browser = browser


def _recognised() -> Browser | None:
    found = recognise(here(), session.get(BROWSER_KEY))
    if found is None and request.endpoint != "healthz" and is_on_device():
        found = pair_local(here())
        remember(found)
    return found


def _missing_step(endpoint: str, browser: Browser | None) -> str | None:
    if endpoint not in _UNPAIRED and browser is None:
        return "setup.pair_page"
    if browser is None or endpoint in _NOT_SET_UP:
        return None
    if browser.till is None and not is_set_up(here()):
        return "setup.enrol_page"
    if endpoint not in _NO_TILL and browser.till is None and browser.stall is None:
        return "setup.tills_page"
    if endpoint not in _NOBODY and browser.operator is None:
        return "sign_in.page"
    return _missing_of_phone(endpoint, browser)


def _missing_of_phone(endpoint: str, browser: Browser) -> str | None:
    """Send a stall's phone to its own page from any that is not for it."""
    is_kept_out = browser.stall is not None and endpoint not in _OF_PHONES
    return "phone.page" if is_kept_out else None
