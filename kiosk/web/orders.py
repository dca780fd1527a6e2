"""Incoming orders (*Pesanan masuk*): what a stall is to hand over, ticked off as it goes out."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.orders import OrderUnknownError, StallOrder
from kiosk.services import orders
from kiosk.web.context import browser, go, here, instant, show
from kiosk.webtools.application import row_number
from kiosk.webtools.pages import wants_fragment

blueprint = Blueprint("orders", __name__, url_prefix="/orders")


@blueprint.get("")
def list_page() -> AnyResponse:
    """GET /orders: the stalls, how many orders wait at each, and whose slips are printed.

    A stall's phone goes to its own orders.
    """
    if own := browser().stall:
        return go(url_for("orders.page", stall_id=own))
    operator = browser().operator
    return show(
        "till/orders/list.html",
        stalls=orders.stalls(here()),
        may_change=operator is not None and operator.approves,
    )


@blueprint.get("/find")
def find() -> Response:
    """GET /orders/find?code=…: the order of a slip, by its number or what its code says."""
    found = orders.find(here(), request.args.get("code", ""), browser().stall)
    names = {one.stall: orders.stall(here(), one.stall).name for one in found}
    return show("till/orders/found.html", orders=[_shown(one) for one in found], names=names)


@blueprint.get("/<stall_id>")
def page(stall_id: str) -> Response:
    """GET /orders/<stall>?all=1: a stall's orders, newest at the bottom; all of today's."""
    since = "" if "all" in request.args else orders.begin_of_open(here(), stall_id)
    return show("till/orders/page.html", **_facts(stall_id, since))


@blueprint.get("/<stall_id>/list")
def live(stall_id: str) -> Response:
    """GET /orders/<stall>/list?since=…&seen=…: the orders, or 204 where nothing happened."""
    if request.args.get("seen") == orders.state(here()):
        return Response(status=204)
    return _list(stall_id)


@blueprint.post("/<stall_id>/<sale_id>/handed-over")
def hand_over(stall_id: str, sale_id: str) -> AnyResponse:
    """POST /orders/<stall>/<sale>/handed-over: tick off the line `n`, or all of them."""
    orders.hand_over(here(), browser(), sale_id, _own(stall_id), _line())
    return _after(stall_id)


@blueprint.post("/<stall_id>/<sale_id>/taken-back")
def take_back(stall_id: str, sale_id: str) -> AnyResponse:
    """POST /orders/<stall>/<sale>/taken-back: it was not handed over after all."""
    orders.take_back(here(), browser(), sale_id, _own(stall_id), _line())
    return _after(stall_id)


@blueprint.post("/<stall_id>/slips")
def set_slips(stall_id: str) -> AnyResponse:
    """POST /orders/<stall>/slips: print a stall's slips (`wants` 1) or not (0)."""
    orders.set_slips(here(), browser(), stall_id, wants=request.form.get("wants") == "1")
    return go(url_for("orders.list_page"))


def _own(stall_id: str) -> str:
    """Give the stall back; raises OrderUnknownError for a phone of another one."""
    if browser().stall not in {None, stall_id}:
        raise OrderUnknownError(stall_id)
    return stall_id


def _line() -> int | None:
    return request.form.get("n", type=row_number)


def _after(stall_id: str) -> AnyResponse:
    if wants_fragment():
        return _list(stall_id)
    return go(url_for("orders.page", stall_id=stall_id))


def _list(stall_id: str) -> Response:
    facts = _facts(stall_id, request.values.get("since", ""))
    return make_response(render_template("till/orders/_orders.html", **facts))


def _facts(stall_id: str, since: str) -> dict[str, Any]:
    """Give what the list shows; `seen` is read first, so that nothing in between is missed."""
    seen = orders.state(here())
    found = orders.orders_of(here(), _own(stall_id), since or None)
    return {
        "stall": orders.stall(here(), stall_id),
        "orders": [_shown(one) for one in found],
        "waiting": sum(1 for one in found if one.is_open),
        "since": since,
        "seen": seen,
    }


def _shown(order: StallOrder) -> tuple[StallOrder, Any, dict[int, Any]]:
    given = {
        line.n: instant(line.handed_over.at) for line in order.lines if line.handed_over is not None
    }
    return order, instant(order.at), given
