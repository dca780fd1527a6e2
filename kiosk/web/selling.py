"""The selling screen: grid, cart and pay button on one page."""

from flask import Blueprint, Response, make_response, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import carts, catalogue
from kiosk.services.shifts import current_shift
from kiosk.web.cart import view_of
from kiosk.web.context import browser, go, here, show, till
from kiosk.web.grid import lay_out
from kiosk.web.pay_panel import blank_panel
from kiosk.web.queue import strip

blueprint = Blueprint("selling", __name__)


@blueprint.get("/")
def page() -> AnyResponse:
    """GET /: the selling screen; a closed till is opened first."""
    if current_shift(here(), browser().till or "") is None:
        return go(url_for("shift.open_page"))
    return show_selling()


@blueprint.get("/grid")
def grid() -> Response:
    """GET /grid: the tiles anew, where other products are on sale than the page shows."""
    laid_out = lay_out(catalogue.grid(here(), till(), best_first=browser().best_first))
    return make_response(render_template("till/selling/_grid.html", grid=laid_out))


def show_selling(pay_part: Markup | str = "") -> Response:
    """Show the screen, with the pay panel open where its markup is given."""
    here_till = till()
    cart = carts.active_cart(here(), browser())
    grid = catalogue.grid(here(), here_till, best_first=browser().best_first)
    return show(
        "till/selling/page.html",
        grid=lay_out(grid, best_first=browser().best_first),
        view=view_of(cart),
        strip=strip(),
        panel=blank_panel(grid.event.methods),
        pay_part=pay_part,
        oob=False,
    )
