"""Pages of matching: what marketplaces' listings are among the campaign's products."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug import Response

from kiosk.hub.services import matching as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.products import campaign_products
from kiosk.hub.services.vendors import campaign_vendors
from kiosk.hub.storage.matches import Match
from kiosk.hub.web.channels import TITLES
from kiosk.hub.web.notices import done, done_with_undo
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor
from kiosk.webtools.i18n import local_path

blueprint = Blueprint("matching", __name__, url_prefix="/campaigns/<campaign_id>/matches")

# More listings than a page shows are matched in several goes: each offers every product.
_MOST_ROWS = 300
_FEWEST_ROWS = 20
_MOST_OPTIONS = 40_000
# How a form says that only the vendor is known.
_VENDOR = "vendor:"


@blueprint.get("")
def show(campaign_id: str) -> str:
    """GET …/matches: counted listings without a product, and what is remembered."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    products = [row.product for row in campaign_products(hub.store, campaign_id)]
    vendors = [(row.vendor.id, row.vendor.name) for row in campaign_vendors(hub.store, campaign_id)]
    unmatched = service.unmatched_choices(hub.store, campaign_id, products)
    shown = unmatched[: rows_that_fit(len(products) + len(vendors))]
    return render_template(
        "hub/matches/show.html",
        campaign=campaign,
        unmatched=shown,
        more=len(unmatched) - len(shown),
        sure=sum(bool(row.sure) for row in shown),
        products=[product for product in products if product.active],
        vendors=vendors,
        remembered=service.remembered_matches(hub.store, campaign_id),
        titles=TITLES,
    )


@blueprint.post("")
def save(campaign_id: str) -> Response:
    """POST …/matches: remember what listings are; `product-3` belongs to `key-3`."""
    hub = hub_parts()
    open_campaign(hub.store, campaign_id)
    chosen = [
        _match(request.form.get(f"source-{n}", ""), request.form.get(f"key-{n}", ""), said)
        for n in range(1, _MOST_ROWS + 1)
        if (said := request.form.get(f"product-{n}", ""))
    ]
    batch = service.remember_matches(hub.store, hub.clock, actor(), campaign_id, chosen)
    if chosen:
        done_with_undo(
            ngettext(
                "%(num)s match is remembered.", "%(num)s matches are remembered.", len(chosen)
            ),
            url_for(".undo", campaign_id=campaign_id, batch=batch),
            active=False,
        )
    return redirect(local_path(request.form.get("next", "")), 303)


def rows_that_fit(choices: int) -> int:
    """Say how many listings a page can ask about, each with so many choices."""
    return max(_FEWEST_ROWS, min(_MOST_ROWS, _MOST_OPTIONS // max(1, choices)))


def _match(source: str, key: str, said: str) -> Match:
    if said.startswith(_VENDOR):
        return Match(source, key, vendor=said.removeprefix(_VENDOR))
    return Match(source, key, product=said)


@blueprint.post("/batches/<batch>/undo")
def undo(campaign_id: str, batch: str) -> Response:
    """POST …/matches/batches/<batch>/undo: forget all that was remembered in one go."""
    hub = hub_parts()
    open_campaign(hub.store, campaign_id)
    number = service.forget_batch(hub.store, hub.clock, actor(), campaign_id, batch)
    done(ngettext("%(num)s match is undone.", "%(num)s matches are undone.", number))
    return redirect(url_for(".show", campaign_id=campaign_id), 303)


@blueprint.post("/forget")
def forget(campaign_id: str) -> Response:
    """POST …/matches/forget: forget what a listing was said to be."""
    hub = hub_parts()
    open_campaign(hub.store, campaign_id)
    source, key = request.form.get("source", ""), request.form.get("key", "")
    service.forget(hub.store, hub.clock, actor(), campaign_id, source, key)
    done(_("The match is forgotten; what it counted stands under “not known yet” again."))
    return redirect(url_for(".show", campaign_id=campaign_id), 303)
