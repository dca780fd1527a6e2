"""The page of claimed payments: what to look for in a bank's statement; nothing is settled here."""

from flask import Blueprint, render_template

from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.claims import MOST_SALES, campaign_claims
from kiosk.hub.web.parts import hub_parts

blueprint = Blueprint("claims", __name__, url_prefix="/campaigns/<campaign_id>/claims")


@blueprint.get("")
def show(campaign_id: str) -> str:
    """GET …/claims: the claimed payments by event, with their sales, machines and times."""
    store = hub_parts().store
    groups, has_more = campaign_claims(store, campaign_id)
    return render_template(
        "hub/claims/list.html",
        campaign=open_campaign(store, campaign_id),
        groups=groups,
        most=MOST_SALES if has_more else 0,
    )
