"""The page of reports: what can be taken away from here, and where."""

from flask import Blueprint, render_template

from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.versions import campaign_versions
from kiosk.hub.web import statements, tables
from kiosk.hub.web import versions as version_pages
from kiosk.hub.web.parts import hub_parts

blueprint = Blueprint("reports", __name__, url_prefix="/campaigns/<campaign_id>/reports")
for part in (version_pages, statements, tables):
    blueprint.register_blueprint(part.blueprint)


@blueprint.get("")
def show(campaign_id: str) -> str:
    """GET …/reports: every report with a sentence on what it is for."""
    hub = hub_parts()
    # A version tells of every vendor.
    versions = [] if hub.store.scope else campaign_versions(hub.store, campaign_id)
    return render_template(
        "hub/reports/show.html",
        campaign=open_campaign(hub.store, campaign_id),
        last=versions[0] if versions else None,
    )
