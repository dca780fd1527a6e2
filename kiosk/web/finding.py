"""Finding goods: the sheet of one product, quick keys, and stock as it changes.

A sheet is asked for when a tile with variants is tapped, or any tile is pressed longer.
"""

from dataclasses import dataclass

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import finding
from kiosk.services.finding import Goods
from kiosk.web.context import browser, go, here
from kiosk.web.grid import price_of, stock_words
from kiosk.webtools.pages import respond

blueprint = Blueprint("finding", __name__)


@dataclass(frozen=True, slots=True)
class VariantView:
    """One variant on the sheet: `words` tell it from the others, `stock` says what is left."""

    number: int
    words: str
    sku: str
    price: str
    stock: str
    is_out: bool


@dataclass(frozen=True, slots=True)
class SheetView:
    """The sheet of one product; `may_oversell` lets goods be sold that are sold out.

    Who may not is led to a coordinator's PIN where she `may_ask` for one.
    """

    number: int
    name: str
    variants: tuple[VariantView, ...]
    choices: tuple[str, ...]
    is_quick: bool
    may_oversell: bool
    may_ask: bool


@blueprint.get("/products/<int:number>")
def sheet(number: int) -> Response:
    """GET /products/<number>: a product's variants, choices, stock and quick key."""
    view = _sheet(finding.goods(here(), browser(), number))
    return respond("till/selling/product.html", "till/selling/_product.html", {"sheet": view})


@blueprint.post("/products/<int:number>/pin")
def pin(number: int) -> AnyResponse:
    """POST /products/<number>/pin: make it (1) a quick key of this till, or no longer (0)."""
    if request.form.get("on") == "1":
        finding.pin(here(), browser(), number)
    else:
        finding.unpin(here(), browser(), number)
    return go(url_for("selling.page"))


def _sheet(goods: Goods) -> SheetView:
    return SheetView(
        number=goods.first.number,
        name=goods.first.name if len(goods.variants) > 1 else goods.first.label,
        variants=tuple(
            VariantView(
                number=one.product.number,
                words=one.product.variant or one.product.label,
                sku=one.product.sku,
                price=price_of([one.product]),
                stock=stock_words([one.level]),
                is_out=bool(one.level and one.level.is_out),
            )
            for one in goods.variants
        ),
        choices=goods.choices,
        is_quick=goods.is_quick,
        may_oversell=browser().may_oversell,
        may_ask=browser().stall is None,
    )
