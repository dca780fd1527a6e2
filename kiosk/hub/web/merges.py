"""The page of duplicate vendors: who may be one and why, merged with a press and parted with one."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.hub.services import merging as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.vendors import campaign_vendors, open_vendor
from kiosk.hub.web.notices import done_with_undo
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor

blueprint = Blueprint("merges", __name__, url_prefix="/campaigns/<campaign_id>/merges")


@blueprint.get("")
def show(campaign_id: str) -> str:
    """GET …/merges: the pairs that may be one vendor, two to choose, and what was merged."""
    store = hub_parts().store
    rows = campaign_vendors(store, campaign_id)
    return render_template(
        "hub/merges/show.html",
        campaign=open_campaign(store, campaign_id),
        pairs=service.find_duplicates(store, campaign_id),
        merges=service.campaign_merges(store, campaign_id),
        vendors=[(row.vendor.id, f"{row.vendor.name} · {row.kelurahan}") for row in rows],
        places={row.vendor.id: row.kelurahan for row in rows},
        why={
            "phone": _("same phone number"),
            "owner": _("same owner"),
            "name": _("names are alike"),
            "place": _("same kelurahan"),
        },
    )


@blueprint.post("")
def merge(campaign_id: str) -> Response:
    """POST …/merges: let the vendor `gone` count as `kept`."""
    hub = hub_parts()
    gone = open_vendor(hub.store, campaign_id, request.form.get("gone", "")[:40])
    kept = open_vendor(hub.store, campaign_id, request.form.get("kept", "")[:40])
    made = service.merge_vendors(
        hub.store, hub.clock, actor(), campaign_id, gone=gone.id, kept=kept.id
    )
    done_with_undo(
        _("“%(gone)s” counts as “%(kept)s” now.", gone=gone.name, kept=kept.name),
        url_for(".undo", campaign_id=campaign_id, merge_id=made.id),
        active=False,
    )
    return _back(campaign_id)


@blueprint.post("/<merge_id>/undo")
def undo(campaign_id: str, merge_id: str) -> Response:
    """POST …/merges/<id>/undo: part two vendors again."""
    hub = hub_parts()
    service.undo_merge(hub.store, hub.clock, actor(), campaign_id, merge_id)
    return _back(campaign_id)


def _back(campaign_id: str) -> Response:
    return redirect(url_for(".show", campaign_id=campaign_id), 303)
