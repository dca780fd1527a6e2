"""Stock on screen: a stall's goods with what is left, and the tiles' words for it."""

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import catalogue, finding
from kiosk.services import stock as service
from kiosk.services.stock import StockRow
from kiosk.web.context import browser, go, here, show, till
from kiosk.web.grid import lay_out, price_of, seen_name, stock_words
from kiosk.webtools.pages import wants_fragment

blueprint = Blueprint("stock", __name__)


@dataclass(frozen=True, slots=True)
class RowView:
    """One product on the stock page; `left` is None where nobody counts it."""

    number: int
    name: str
    sku: str
    price: str
    unit: str
    left: int | None
    words: str
    is_out: bool
    is_switched_off: bool


@blueprint.get("/stock")
def page() -> Response:
    """GET /stock?stall=: a stall's goods with what is left of them."""
    shown = service.stock_page(here(), browser(), request.args.get("stall", ""))
    return show("till/stock/page.html", page=shown, rows=[_view(row) for row in shown.rows])


@blueprint.post("/stock/<int:number>")
def move(number: int) -> AnyResponse:
    """POST /stock/<number>: `move` says what happened to `qty` of a product."""
    form = request.form
    row = service.move(here(), browser(), number, form.get("move", ""), form.get("qty", ""))
    if not wants_fragment():
        return go(url_for(".page", stall=row.product.stall))
    return make_response(render_template("till/stock/_row.html", row=_view(row)))


@blueprint.get("/goods")
def goods() -> Response:
    """GET /goods?seen=…: what the tiles say of stock, or 204 where the page says it already.

    `goods` names the products on sale; where it is new, the grid is fetched again.
    """
    names, levels = catalogue.seen_now(here(), till())
    if request.args.get("seen") == seen_name(names, levels):
        return Response(status=204)
    grid = lay_out(catalogue.grid(here(), till()))
    tiles = {
        str(tile.first): [tile.stock, tile.is_out]
        for tile in grid.tiles
        if tile.stock or tile.is_out
    }
    return jsonify(seen=grid.seen, goods=grid.goods, tiles=tiles)


@blueprint.get("/barcodes/<digits>")
def barcodes(digits: str) -> Response:
    """GET /barcodes/<digits>: the short numbers of products whose barcode holds them."""
    return jsonify(finding.numbers_by_digits(here(), digits[:48]))


def _view(row: StockRow) -> RowView:
    level = row.level
    return RowView(
        number=row.product.number,
        name=row.product.label,
        sku=row.product.sku,
        price=price_of([row.product]),
        unit=row.product.unit,
        left=level.left if level else None,
        words=stock_words([level]),
        is_out=bool(level and level.is_out),
        is_switched_off=bool(level and level.switched_off),
    )
