"""Pages of campaigns: choose one, make one, change one."""

from dataclasses import replace

from flask import Blueprint, render_template, url_for
from werkzeug import Response

from kiosk.domain.money import format_amount
from kiosk.hub.services import campaigns as service
from kiosk.hub.storage.campaigns import Campaign
from kiosk.hub.web.forms import Form, answer_form
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.saving import saved
from kiosk.hub.web.signin import actor

blueprint = Blueprint("campaigns", __name__)


@blueprint.get("/campaigns")
def show_all() -> str:
    """GET /campaigns: every campaign, to choose one."""
    return render_template(
        "hub/campaigns/list.html", campaigns=service.all_campaigns(hub_parts().store), campaign=None
    )


@blueprint.route("/campaigns/new", methods=["GET", "POST"])
def add() -> Response:
    """GET or POST /campaigns/new: make a campaign."""
    hub = hub_parts()

    def save(form: Form) -> str:
        campaign = _read(form, Campaign(hub.clock.new_id(), "", "", None, hub.clock.now()))
        return _save(campaign)

    return answer_form("hub/campaigns/form.html", {}, save, campaign=None)


@blueprint.route("/campaigns/<campaign_id>/edit", methods=["GET", "POST"])
def change(campaign_id: str) -> Response:
    """GET or POST /campaigns/<id>/edit: change a campaign's name, city and target."""
    hub = hub_parts()
    campaign = service.open_campaign(hub.store, campaign_id)

    def save(form: Form) -> str:
        return _save(_read(form, campaign))

    standing = {
        "name": campaign.name,
        "city": campaign.city,
        "target_rp": "" if campaign.target_rp is None else format_amount(campaign.target_rp),
    }
    return answer_form("hub/campaigns/form.html", standing, save, campaign=campaign)


def _save(campaign: Campaign) -> str:
    hub = hub_parts()
    service.save_campaign(hub.store, hub.clock, actor(), campaign)
    address = url_for("hub.board.show", campaign_id=campaign.id)
    # Undone, a new campaign has no page any more.
    return saved(campaign.id, campaign.name, address, url_for(".show_all"))


def _read(form: Form, campaign: Campaign) -> Campaign:
    changed = replace(
        campaign,
        name=form.words("name"),
        city=form.words("city", required=False),
        target_rp=form.amount("target_rp"),
    )
    form.check()
    return changed
