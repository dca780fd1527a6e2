"""News for open pages: asked for about once a second, and nearly always nothing (204).

By the same question a page learns that the machine no longer answers, or does again.
"""

from flask import Blueprint, Response, make_response, render_template, request

from kiosk.services import carts, news
from kiosk.storage.queue import CartMark
from kiosk.web.cart import ACTIVE, render_column, seen_as, view_of, view_without_cart
from kiosk.web.context import browser, here
from kiosk.web.queue import render_strip, strip
from kiosk.webtools.i18n import say

blueprint = Blueprint("news", __name__)


@blueprint.get("/carts/<cart_id>/news")
def of_cart(cart_id: str) -> Response:
    """GET /carts/<cart_id>/news?seen=…&queue=…: the parts that changed, or 204.

    Where the cart is no longer this screen's, the header `Lapak-Cart` says `paid` or `gone`.
    """
    parts, left = _column_of(cart_id)
    waiting = strip()
    if browser().stall is None and request.args.get("queue") != waiting.seen:
        parts.append(render_strip(waiting))
    answer = make_response("".join(parts)) if parts else Response(status=204)
    if left:
        answer.headers["Lapak-Cart"] = left
    return answer


def _column_of(cart_id: str) -> tuple[list[str], str]:
    """Give the column where it changed, and how the cart left this screen, if it did."""
    if cart_id == ACTIVE:
        return [], ""
    mark = news.mark_of(here(), cart_id)
    gone = news.why_it_went(here(), browser(), mark)
    if gone:
        message = render_template("till/selling/_went.html", sentence=say(gone))
        return [render_column(view_without_cart()), message], _how(mark)
    if mark and request.args.get("seen") == seen_as(mark.version, mark.parts):
        return [], ""
    return [render_column(view_of(carts.shown_cart(here(), cart_id)))], ""


def _how(mark: CartMark | None) -> str:
    return "paid" if mark and mark.state == "paid" else "gone"
