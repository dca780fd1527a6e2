"""Pages of matching: what marketplaces' listings are among the campaign's products."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug import Response

from kiosk.hub.services import matching as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.products import campaign_products
from kiosk.hub.storage.matches import Match
from kiosk.hub.web.channels import TITLES
from kiosk.hub.web.notices import done
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor
from kiosk.webtools.i18n import local_path

blueprint = Blueprint("matching", __name__, url_prefix="/campaigns/<campaign_id>/matches")

# More listings than a page shows are matched in several goes.
_MOST_ROWS = 300


@blueprint.get("")
def show(campaign_id: str) -> str:
    """GET …/matches: counted listings without a product, and what is remembered."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    products = [row.product for row in campaign_products(hub.store, campaign_id)]
    return render_template(
        "hub/matches/show.html",
        campaign=campaign,
        unmatched=service.unmatched_choices(hub.store, campaign_id, products)[:_MOST_ROWS],
        products=[product for product in products if product.active],
        remembered=service.remembered_matches(hub.store, campaign_id),
        titles=TITLES,
    )


@blueprint.post("")
def save(campaign_id: str) -> Response:
    """POST …/matches: remember what listings are; `product-3` belongs to `key-3`."""
    hub = hub_parts()
    open_campaign(hub.store, campaign_id)
    chosen = [
        Match(request.form.get(f"source-{n}", ""), request.form.get(f"key-{n}", ""), product)
        for n in range(1, _MOST_ROWS + 1)
        if (product := request.form.get(f"product-{n}", ""))
    ]
    service.remember_matches(hub.store, hub.clock, actor(), campaign_id, chosen)
    if chosen:
        done(
            ngettext("%(num)s match is remembered.", "%(num)s matches are remembered.", len(chosen))
        )
    return redirect(local_path(request.form.get("next", "")), 303)


@blueprint.post("/forget")
def forget(campaign_id: str) -> Response:
    """POST …/matches/forget: forget what a listing was said to be."""
    hub = hub_parts()
    open_campaign(hub.store, campaign_id)
    source, key = request.form.get("source", ""), request.form.get("key", "")
    service.forget(hub.store, hub.clock, actor(), campaign_id, source, key)
    done(_("The match is forgotten; what it counted stands under “Product not known yet” again."))
    return redirect(url_for(".show", campaign_id=campaign_id), 303)
