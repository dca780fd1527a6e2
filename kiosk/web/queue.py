"""The queue on screen: parked carts beside the one in work, the whole list, and the numbers.

The strip above the cart holds those that wait; the list holds every open cart of the
installation, also those that other screens have before them.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from zlib import crc32

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.carts import Cart
from kiosk.services import carts, queue
from kiosk.services.queue import WaitingCart
from kiosk.services.sign_in import WrongPinError
from kiosk.services.tries import MustWaitError
from kiosk.web.approval import approval_facts, read_approval, refuse_pin
from kiosk.web.cart import render_column, view_of
from kiosk.web.context import browser, go, here, show
from kiosk.webtools.pages import wants_fragment

blueprint = Blueprint("queue", __name__)

# More would not fit beside the order; the list has them all.
MOST_IN_STRIP: Final = 6
SECONDS_A_MINUTE: Final = 60
MINUTES_AN_HOUR: Final = 60
HOURS_A_DAY: Final = 24


@dataclass(frozen=True, slots=True)
class Strip:
    """The carts that wait: id, number and name of each."""

    waiting: tuple[tuple[str, int, str], ...]

    @property
    def shown(self) -> tuple[tuple[str, int, str], ...]:
        """Those there is room for."""
        return self.waiting[:MOST_IN_STRIP]

    @property
    def seen(self) -> str:
        """Name this content, as `news` compares it."""
        return f"{crc32(repr(self.waiting).encode('utf-8')):x}"


@dataclass(frozen=True, slots=True)
class QueueList:
    """Every open cart, those of today first; each with its age in words."""

    today: tuple[tuple[WaitingCart, str], ...]
    left_over: tuple[tuple[WaitingCart, str], ...]

    @property
    def seen(self) -> str:
        """Name this content, so that an unchanged list is not sent again."""
        facts = [
            (cart.id, cart.name, cart.pieces, cart.total_rp, cart.place, cart.is_on_screen, words)
            for cart, words in (*self.today, *self.left_over)
        ]
        return f"{crc32(repr(facts).encode('utf-8')):x}"


@blueprint.post("/carts")
def park() -> AnyResponse:
    """POST /carts: keep the cart for later, under `name` if one was typed; start another."""
    return _answer(carts.new_cart(here(), browser(), request.form.get("name", "")))


@blueprint.post("/carts/<cart_id>/resume")
def resume(cart_id: str) -> AnyResponse:
    """POST /carts/<cart_id>/resume: go on with an open cart on this screen."""
    return _answer(carts.resume(here(), browser(), cart_id))


@blueprint.post("/queue/open")
def resume_called() -> AnyResponse:
    """POST /queue/open: go on with the cart `called` by a number or a name."""
    return _answer(queue.resume_called(here(), browser(), request.form.get("called", "")))


@blueprint.get("/queue")
def page() -> Response:
    """GET /queue: every open cart of the installation, as a sheet or a page."""
    template = "till/queue/_sheet.html" if wants_fragment() else "till/queue/page.html"
    return show(template, queue=list_of_queue())


@blueprint.get("/queue/list")
def listed() -> Response:
    """GET /queue/list?seen=…: the list alone, or 204 where it is as the page shows it."""
    now = list_of_queue()
    if request.args.get("seen") == now.seen:
        return Response(status=204)
    return make_response(render_template("till/queue/_list.html", queue=now))


@blueprint.get("/queue/left-over")
def left_over_page() -> Response:
    """GET /queue/left-over: ask whether to throw away what earlier days left."""
    facts = approval_facts(here(), browser())
    return show("till/queue/left_over.html", queue=list_of_queue(), **facts)


@blueprint.post("/queue/left-over")
def clear_left_over() -> AnyResponse:
    """POST /queue/left-over: throw those carts away, approved by a coordinator."""
    try:
        queue.clear_left_over(here(), browser(), read_approval(request.form))
    except (WrongPinError, MustWaitError) as error:
        return refuse_pin(error, url_for("queue.left_over_page"))
    return go(url_for("selling.page"))


def strip() -> Strip:
    """Give what waits now."""
    return Strip(tuple(queue.numbers_waiting(here())))


def render_strip(shown: Strip) -> str:
    """Render the strip to stand beside another fragment."""
    return render_template("till/queue/_strip.html", strip=shown, oob=True)


def list_of_queue() -> QueueList:
    """Give every open cart with its age."""
    listed = [(cart, age_in_words(cart.age)) for cart in queue.waiting_carts(here(), browser())]
    return QueueList(
        today=tuple(one for one in listed if not one[0].is_left_over),
        left_over=tuple(one for one in listed if one[0].is_left_over),
    )


def age_in_words(age: timedelta) -> str:
    """Say how long something has waited: `5 minutes`, `2 hours`, `1 day`."""
    minutes = int(age.total_seconds()) // SECONDS_A_MINUTE
    hours = minutes // MINUTES_AN_HOUR
    if not minutes:
        words = _("just now")
    elif not hours:
        words = ngettext("%(num)d minute", "%(num)d minutes", minutes)
    elif hours < HOURS_A_DAY:
        words = ngettext("%(num)d hour", "%(num)d hours", hours)
    else:
        words = ngettext("%(num)d day", "%(num)d days", hours // HOURS_A_DAY)
    return str(words)


def _answer(changed: Cart) -> AnyResponse:
    """Show a cart, and the strip as it is now."""
    if not wants_fragment():
        return go(url_for("selling.page"))
    return make_response(render_column(view_of(changed)) + render_strip(strip()))
