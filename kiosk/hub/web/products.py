"""Pages of products: the list with its search, the form, and what is on sale no longer."""

from dataclasses import replace

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.domain.barcodes import read_barcode
from kiosk.domain.catalogue import Unit
from kiosk.domain.choices import read_choices
from kiosk.domain.counts import read_count
from kiosk.domain.money import ZERO, format_amount
from kiosk.hub.services import products as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.vendors import campaign_vendors
from kiosk.hub.storage.products import CampaignProduct
from kiosk.hub.web.forms import Form, answer_form
from kiosk.hub.web.notices import done_with_undo
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.saving import saved
from kiosk.hub.web.signin import actor
from kiosk.webtools.pages import respond

blueprint = Blueprint("products", __name__, url_prefix="/campaigns/<campaign_id>/products")

_UNITS: dict[str, Unit] = {"pcs": "pcs", "g": "g"}


@blueprint.get("")
def show_all(campaign_id: str) -> Response:
    """GET …/products?q=&vendor=: the campaign's products, all or those searched for."""
    hub = hub_parts()
    search = request.args.get("q", "").strip()[:100]
    vendor = request.args.get("vendor", "")[:40]
    context = {
        "campaign": open_campaign(hub.store, campaign_id),
        "rows": service.campaign_products(hub.store, campaign_id, search=search, vendor=vendor),
        "vendors": [row.vendor for row in campaign_vendors(hub.store, campaign_id)],
        "search": search,
        "chosen_vendor": vendor,
    }
    return respond("hub/products/list.html", "hub/products/_rows.html", context)


@blueprint.route("/new", methods=["GET", "POST"])
def add(campaign_id: str) -> Response:
    """GET or POST …/products/new?vendor=: make a product."""
    vendor = request.args.get("vendor", "")[:40]
    product = CampaignProduct(
        hub_parts().clock.new_id(), campaign_id, vendor, "", "", "", "", ZERO, "pcs", active=True
    )
    return _edit(product, is_new=True)


@blueprint.route("/<product_id>", methods=["GET", "POST"])
def change(campaign_id: str, product_id: str) -> Response:
    """GET or POST …/products/<id>: change a product."""
    return _edit(service.open_product(hub_parts().store, campaign_id, product_id), is_new=False)


@blueprint.post("/<product_id>/active")
def set_active(campaign_id: str, product_id: str) -> Response:
    """POST …/products/<id>/active: put it on sale again (1), or take it off (0)."""
    hub = hub_parts()
    product = service.open_product(hub.store, campaign_id, product_id)
    active = request.form.get("active") == "1"
    service.set_product_active(hub.store, hub.clock, actor(), product, active=active)
    if not active:
        done_with_undo(
            _(
                "“%(name)s” is no longer on sale. What was sold stays in the totals.",
                name=product.label,
            ),
            url_for(".set_active", campaign_id=campaign_id, product_id=product_id),
            active=True,
        )
    return redirect(url_for(".show_all", campaign_id=campaign_id), 303)


def _edit(product: CampaignProduct, *, is_new: bool) -> Response:
    hub = hub_parts()
    campaign = open_campaign(hub.store, product.campaign)

    def save(form: Form) -> str:
        changed = _read(form, product)
        service.save_product(hub.store, hub.clock, actor(), changed)
        return saved(product.id, changed.label, url_for(".show_all", campaign_id=product.campaign))

    rows = campaign_vendors(hub.store, product.campaign)
    return answer_form(
        "hub/products/form.html",
        _standing(product, is_new=is_new),
        save,
        campaign=campaign,
        product=product,
        is_new=is_new,
        vendors=[(row.vendor.id, row.vendor.name) for row in rows],
        categories=service.categories(hub.store, product.campaign),
    )


def _standing(product: CampaignProduct, *, is_new: bool) -> dict[str, str]:
    return {
        "vendor": product.vendor,
        "sku": product.sku,
        "name": product.name,
        "variant": product.variant,
        "category": product.category,
        "price_rp": "" if is_new else format_amount(product.price_rp),
        "unit": product.unit,
        "barcode": product.barcode,
        "choices": "\n".join(product.choices),
        "stock": _written_count(product.stock),
        "low_stock": _written_count(product.low_stock),
        "cost_rp": _written_count(product.cost_rp),
        **({"open_price": "1"} if product.open_price else {}),
    }


def _written_count(count: int | None) -> str:
    return "" if count is None else format_amount(count)


def _read(form: Form, product: CampaignProduct) -> CampaignProduct:
    changed = replace(
        product,
        vendor=form.words("vendor", most=40),
        sku=form.words("sku", most=80),
        name=form.words("name"),
        variant=form.words("variant", required=False),
        category=form.words("category", most=100),
        price_rp=form.required_amount("price_rp"),
        cost_rp=form.amount("cost_rp"),
        unit=_UNITS.get(form.choice("unit", _UNITS), "pcs"),
        barcode=form.read("barcode", read_barcode) or "",
        choices=form.read("choices", lambda text: read_choices(text.splitlines())) or (),
        stock=form.read("stock", read_count),
        low_stock=form.read("low_stock", read_count),
        open_price=form.flag("open_price"),
    )
    form.check()
    return changed
