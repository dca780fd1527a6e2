"""Pages of catalogue files: for a bazaar that no network reaches."""

from flask import Blueprint, Response, g, make_response, render_template, request

from kiosk.hub.services import bundle_files as service
from kiosk.hub.services.bundle_files import MadeFile
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.devices import devices_page, open_installation
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import ReadOnlyError, actor
from kiosk.wire.bundle_files import LIFETIME

blueprint = Blueprint(
    "bundle_files", __name__, url_prefix="/campaigns/<campaign_id>/devices/<installation_id>/file"
)


@blueprint.get("")
def show(campaign_id: str, installation_id: str) -> str:
    """GET …/file: which file there is for what."""
    hub = hub_parts()
    installation = open_installation(hub.store, campaign_id, installation_id)
    states = devices_page(hub.store, hub.clock, campaign_id)
    return render_template(
        "hub/bundle_files/show.html",
        campaign=open_campaign(hub.store, campaign_id),
        installation=installation,
        has_joined=any(one.is_enrolled for one in states if one.installation == installation),
        days=LIFETIME.days,
    )


@blueprint.get("/catalogue")
def catalogue(campaign_id: str, installation_id: str) -> Response:
    """GET …/file/catalogue: the catalogue of now, for the machine as it has joined."""
    _refuse_who_may_only_look()
    hub = hub_parts()
    open_installation(hub.store, campaign_id, installation_id)
    made = service.make_catalogue_file(hub.store, hub.clock, hub.keys, actor(), installation_id)
    return _handed_out(made)


@blueprint.post("/start")
def start(campaign_id: str, installation_id: str) -> str:
    """POST …/file/start: make a device for a fresh machine, and show its code, this once."""
    hub = hub_parts()
    installation = open_installation(hub.store, campaign_id, installation_id)
    made = service.make_start_device(hub.store, hub.clock, hub.keys, actor(), installation_id)
    return render_template(
        "hub/bundle_files/start.html",
        campaign=open_campaign(hub.store, campaign_id),
        installation=installation,
        made=made,
        days=LIFETIME.days,
    )


@blueprint.get("/start/<device_id>")
def start_file(campaign_id: str, installation_id: str, device_id: str) -> Response:
    """GET …/file/start/<device_id>: the file that the code just shown opens."""
    _refuse_who_may_only_look()
    hub = hub_parts()
    open_installation(hub.store, campaign_id, installation_id)
    address = hub.settings.public_url or request.host_url.rstrip("/")
    made = service.make_start_file(
        hub.store, hub.clock, hub.keys, actor(), device_id, installation_id, address
    )
    return _handed_out(made)


def _refuse_who_may_only_look() -> None:
    """Refuse a download that holds PIN hashes, sealed as it is, to who may change nothing."""
    if not g.user.may_change:
        raise ReadOnlyError


def _handed_out(made: MadeFile) -> Response:
    response = make_response(made.data)
    response.mimetype = "application/octet-stream"
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
