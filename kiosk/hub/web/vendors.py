"""Pages of vendors: the list with its search, the form, and who sells no longer."""

from dataclasses import replace

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.domain.qris import read_static
from kiosk.hub.services import vendors as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.storage.vendors import Vendor
from kiosk.hub.web.forms import Form, answer_form, written_per_cent
from kiosk.hub.web.notices import done_with_undo, warn
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.saving import saved
from kiosk.hub.web.signin import actor
from kiosk.webtools.pages import respond

blueprint = Blueprint("vendors", __name__, url_prefix="/campaigns/<campaign_id>/vendors")


@blueprint.get("")
def show_all(campaign_id: str) -> Response:
    """GET …/vendors?q=: the campaign's vendors, all or those searched for."""
    hub = hub_parts()
    search = request.args.get("q", "").strip()[:100]
    context = {
        "campaign": open_campaign(hub.store, campaign_id),
        "rows": service.campaign_vendors(hub.store, campaign_id, search),
        "search": search,
        "per_cent": written_per_cent,
    }
    return respond("hub/vendors/list.html", "hub/vendors/_rows.html", context)


@blueprint.route("/new", methods=["GET", "POST"])
def add(campaign_id: str) -> Response:
    """GET or POST …/vendors/new: make a vendor."""
    vendor = Vendor(
        hub_parts().clock.new_id(), campaign_id, "", "", "", "", "", None, None, 0, active=True
    )
    return _edit(vendor, is_new=True)


@blueprint.route("/<vendor_id>", methods=["GET", "POST"])
def change(campaign_id: str, vendor_id: str) -> Response:
    """GET or POST …/vendors/<id>: change a vendor."""
    return _edit(service.open_vendor(hub_parts().store, campaign_id, vendor_id), is_new=False)


@blueprint.post("/<vendor_id>/active")
def set_active(campaign_id: str, vendor_id: str) -> Response:
    """POST …/vendors/<id>/active: let her sell again (1), or no longer (0)."""
    hub = hub_parts()
    vendor = service.open_vendor(hub.store, campaign_id, vendor_id)
    active = request.form.get("active") == "1"
    service.set_vendor_active(hub.store, hub.clock, actor(), vendor, active=active)
    if not active:
        done_with_undo(
            _("“%(name)s” sells no longer. What was sold stays in the totals.", name=vendor.name),
            url_for(".set_active", campaign_id=campaign_id, vendor_id=vendor_id),
            active=True,
        )
    return redirect(url_for(".show_all", campaign_id=campaign_id), 303)


def _edit(vendor: Vendor, *, is_new: bool) -> Response:
    hub = hub_parts()
    campaign = open_campaign(hub.store, vendor.campaign)

    def save(form: Form) -> str:
        changed = service.save_vendor(hub.store, hub.clock, actor(), _read(form, vendor))
        if not is_new and changed.qris != vendor.qris:
            warn(
                _(
                    "The QRIS code of “%(name)s” was changed: NMID before %(old)s, now %(new)s.",
                    name=changed.name,
                    old=service.nmid_of(vendor.qris) or "–",
                    new=service.nmid_of(changed.qris) or "–",
                )
            )
        return saved(vendor.id, changed.name, url_for(".show_all", campaign_id=vendor.campaign))

    return answer_form(
        "hub/vendors/form.html",
        _standing(vendor),
        save,
        campaign=campaign,
        vendor=vendor,
        is_new=is_new,
        places=service.places_by_kecamatan(hub.store),
        stages=[str(stage) for stage in service.STAGES],
        code=read_static(vendor.qris) if vendor.qris else None,
    )


def _standing(vendor: Vendor) -> dict[str, str]:
    return {
        "name": vendor.name,
        "owner": vendor.owner,
        "kelurahan": vendor.kelurahan,
        "binaan": vendor.binaan,
        "stage": str(vendor.stage or ""),
        "qris": vendor.qris or "",
        "commission": written_per_cent(vendor.commission_basis_points),
        "shop_url": vendor.shop_url,
        "contact": vendor.contact,
        "transfer_account": vendor.transfer_account,
        **({"qris_fills": "1"} if vendor.qris_fills else {}),
    }


def _read(form: Form, vendor: Vendor) -> Vendor:
    stage = form.choice("stage", ["", *(str(stage) for stage in service.STAGES)])
    changed = replace(
        vendor,
        name=form.words("name"),
        owner=form.words("owner", required=False),
        kelurahan=form.words("kelurahan", most=40),
        binaan=form.words("binaan", required=False, most=100),
        contact=form.words("contact", required=False, most=100),
        stage=int(stage) if stage else None,
        transfer_account=form.words("transfer_account", required=False),
        qris=form.qris("qris"),
        qris_fills=form.flag("qris_fills"),
        commission_basis_points=form.per_cent("commission"),
        shop_url=form.typed("shop_url").strip(),
    )
    form.check()
    return changed
