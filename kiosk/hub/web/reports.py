"""The page of reports: what can be taken away from here, and where."""

from flask import Blueprint, Response, render_template, request

from kiosk.hub.services.campaigns import NotFoundError, open_campaign
from kiosk.hub.services.events import campaign_events
from kiosk.hub.services.snapshots import take_snapshot
from kiosk.hub.services.versions import campaign_versions
from kiosk.hub.web import statements, tables
from kiosk.hub.web import versions as version_pages
from kiosk.hub.web.event_report import report_pdf
from kiosk.hub.web.export import file_response
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


@blueprint.get("/events")
def events(campaign_id: str) -> str:
    """GET …/reports/events: every event with its report and its press text."""
    hub = hub_parts()
    return render_template(
        "hub/reports/events.html",
        campaign=open_campaign(hub.store, campaign_id),
        events=campaign_events(hub.store, campaign_id),
    )


@blueprint.get("/events/<event_id>.pdf")
def event_pdf(campaign_id: str, event_id: str) -> Response:
    """GET …/reports/events/<id>.pdf?status=: an event's report as it is now; `all` is all."""
    hub = hub_parts()
    open_campaign(hub.store, campaign_id)
    event = "" if event_id == "all" else event_id
    if event and event not in {one.id for one in campaign_events(hub.store, campaign_id)}:
        raise NotFoundError
    snapshot, _orders = take_snapshot(hub.store, hub.clock, campaign_id)
    status = "final" if request.args.get("status") == "final" else "sementara"
    name = snapshot.name_of("event", event) or str(snapshot.campaign["name"])
    content = report_pdf(snapshot, event, status)
    return file_response(name, "pdf", "application/pdf", content)
