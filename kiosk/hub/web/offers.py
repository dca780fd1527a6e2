"""Pages of offers: several pieces for one price, and which are in force."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.domain.counts import read_count
from kiosk.domain.discounts import LONGEST_REASON, Bearer
from kiosk.domain.money import ZERO, format_amount
from kiosk.hub.services import offers as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.offers import OfferRow
from kiosk.hub.storage.offers import CampaignOffer
from kiosk.hub.web.forms import Form, answer_form
from kiosk.hub.web.notices import done_with_undo
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.saving import saved
from kiosk.hub.web.signin import actor

blueprint = Blueprint("offers", __name__, url_prefix="/campaigns/<campaign_id>/offers")

_BEARERS: dict[str, Bearer] = {"stall": "stall", "bazaar": "bazaar"}
_LONGEST_LIST = 20_000


@blueprint.get("")
def show_all(campaign_id: str) -> str:
    """GET …/offers: the campaign's offers."""
    hub = hub_parts()
    return render_template(
        "hub/offers/list.html",
        campaign=open_campaign(hub.store, campaign_id),
        rows=service.campaign_offers(hub.store, campaign_id),
    )


@blueprint.route("/new", methods=["GET", "POST"])
def add(campaign_id: str) -> Response:
    """GET or POST …/offers/new: make an offer."""
    offer = CampaignOffer(
        hub_parts().clock.new_id(), campaign_id, "", "", (), 3, ZERO, "stall", active=True
    )
    return _edit(OfferRow(offer, "", ()), is_new=True)


@blueprint.route("/<offer_id>", methods=["GET", "POST"])
def change(campaign_id: str, offer_id: str) -> Response:
    """GET or POST …/offers/<id>: change an offer."""
    return _edit(service.open_offer(hub_parts().store, campaign_id, offer_id), is_new=False)


@blueprint.post("/<offer_id>/active")
def set_active(campaign_id: str, offer_id: str) -> Response:
    """POST …/offers/<id>/active: put it in force again (1), or end it (0)."""
    hub = hub_parts()
    row = service.open_offer(hub.store, campaign_id, offer_id)
    active = request.form.get("active") == "1"
    service.set_offer_active(hub.store, hub.clock, actor(), row, active=active)
    if not active:
        done_with_undo(
            _("“%(name)s” is over. What was sold stays as it was sold.", name=row.offer.name),
            url_for(".set_active", campaign_id=campaign_id, offer_id=offer_id),
            active=True,
        )
    return redirect(url_for(".show_all", campaign_id=campaign_id), 303)


def _edit(row: OfferRow, *, is_new: bool) -> Response:
    hub = hub_parts()
    offer = row.offer

    def save(form: Form) -> str:
        changed = _read(form, offer)
        skus = form.typed("skus").splitlines()
        service.save_offer(hub.store, hub.clock, actor(), changed, skus)
        return saved(offer.id, changed.name, url_for(".show_all", campaign_id=offer.campaign))

    return answer_form(
        "hub/offers/form.html",
        {
            "name": offer.name,
            "pieces": str(offer.pieces),
            "price_rp": "" if is_new else format_amount(offer.price_rp),
            "borne_by": offer.borne_by,
            "skus": "\n".join(row.skus),
        },
        save,
        campaign=open_campaign(hub.store, offer.campaign),
        offer=offer,
        is_new=is_new,
    )


def _read(form: Form, offer: CampaignOffer) -> CampaignOffer:
    changed = replace(
        offer,
        name=form.words("name", most=LONGEST_REASON),
        pieces=form.read("pieces", read_count) or 0,
        price_rp=form.required_amount("price_rp"),
        borne_by=_BEARERS.get(form.choice("borne_by", _BEARERS), "stall"),
    )
    form.lines("skus", most=_LONGEST_LIST)
    form.check()
    return changed
