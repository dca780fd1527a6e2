"""Pages of machines: what each is doing now, its tills, and codes for new devices."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.hub.services import devices as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.events import campaign_events
from kiosk.hub.services.vendors import campaign_vendors
from kiosk.hub.storage.devices import Installation, InstallationTill
from kiosk.hub.web.forms import Form, answer_form
from kiosk.hub.web.notices import done, done_with_undo
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor
from kiosk.webtools.pages import respond

blueprint = Blueprint("devices", __name__, url_prefix="/campaigns/<campaign_id>/devices")


@blueprint.get("")
def show_all(campaign_id: str) -> Response:
    """GET …/devices: every machine and its state now; the page asks again by itself."""
    hub = hub_parts()
    context = {
        "campaign": open_campaign(hub.store, campaign_id),
        "states": service.devices_page(hub.store, hub.clock, campaign_id),
        "has_events": bool(campaign_events(hub.store, campaign_id)),
        "now": hub.clock.now(),
    }
    return respond("hub/devices/list.html", "hub/devices/_states.html", context)


@blueprint.route("/new", methods=["GET", "POST"])
def add(campaign_id: str) -> Response:
    """GET or POST …/devices/new: add a machine to an event."""
    hub = hub_parts()
    events = campaign_events(hub.store, campaign_id)

    def save(form: Form) -> str:
        event = form.choice("event", [event.id for event in events])
        installation = Installation(hub.clock.new_id(), event, form.words("name", most=80))
        form.check()
        service.save_installation(hub.store, hub.clock, actor(), installation)
        return url_for(".change", campaign_id=campaign_id, installation_id=installation.id)

    return answer_form(
        "hub/devices/new.html",
        {"event": events[0].id if events else ""},
        save,
        campaign=open_campaign(hub.store, campaign_id),
        events=[(event.id, event.name) for event in events],
    )


@blueprint.route("/<installation_id>", methods=["GET", "POST"])
def change(campaign_id: str, installation_id: str) -> Response:
    """GET or POST …/devices/<id>: a machine's name, its tills and its devices."""
    hub = hub_parts()
    installation = service.open_installation(hub.store, campaign_id, installation_id)

    def save(form: Form) -> str:
        renamed = replace(installation, name=form.words("name", most=80))
        form.check()
        service.save_installation(hub.store, hub.clock, actor(), renamed)
        return url_for(".show_all", campaign_id=campaign_id)

    states = service.devices_page(hub.store, hub.clock, campaign_id)
    return answer_form(
        "hub/devices/form.html",
        {"name": installation.name},
        save,
        campaign=open_campaign(hub.store, campaign_id),
        state=next(state for state in states if state.installation.id == installation_id),
        stalls=_stalls(campaign_id),
        now=hub.clock.now(),
    )


def _stalls(campaign_id: str) -> dict[str, str]:
    return {
        row.vendor.id: row.vendor.name for row in campaign_vendors(hub_parts().store, campaign_id)
    }


@blueprint.route("/<installation_id>/tills/new", methods=["GET", "POST"])
def add_till(campaign_id: str, installation_id: str) -> Response:
    """GET or POST …/tills/new: add a till to a machine."""
    service.open_installation(hub_parts().store, campaign_id, installation_id)
    tills = service.open_tills(hub_parts().store, installation_id)
    number = len(tills) + 1
    till = InstallationTill(
        installation_id, f"K{number:02d}", _("Drawer %(number)s", number=number), None
    )
    return _edit_till(campaign_id, till, is_new=True)


@blueprint.route("/<installation_id>/tills/<code>", methods=["GET", "POST"])
def change_till(campaign_id: str, installation_id: str, code: str) -> Response:
    """GET or POST …/tills/<code>: change a till's name and stall."""
    service.open_installation(hub_parts().store, campaign_id, installation_id)
    till = service.open_till(hub_parts().store, installation_id, code)
    return _edit_till(campaign_id, till, is_new=False)


def _edit_till(campaign_id: str, till: InstallationTill, *, is_new: bool) -> Response:
    hub = hub_parts()

    def save(form: Form) -> str:
        changed = replace(
            till,
            code=form.words("code", most=10).upper() if is_new else till.code,
            name=form.words("name", most=80),
            stall=form.words("stall", required=False, most=40) or None,
        )
        form.check()
        service.save_till(hub.store, hub.clock, actor(), changed, is_new=is_new)
        return url_for(".change", campaign_id=campaign_id, installation_id=till.installation)

    return answer_form(
        "hub/devices/till.html",
        {"code": till.code, "name": till.name, "stall": till.stall or ""},
        save,
        campaign=open_campaign(hub.store, campaign_id),
        installation=service.open_installation(hub.store, campaign_id, till.installation),
        is_new=is_new,
        stalls=list(_stalls(campaign_id).items()),
    )


@blueprint.post("/<installation_id>/codes")
def make_code(campaign_id: str, installation_id: str) -> str:
    """POST …/codes: make an enrolment code and show it, this once."""
    hub = hub_parts()
    installation = service.open_installation(hub.store, campaign_id, installation_id)
    return render_template(
        "hub/devices/code.html",
        campaign=open_campaign(hub.store, campaign_id),
        installation=installation,
        code=service.make_code(hub.store, hub.clock, actor(), installation_id),
        hub_address=request.host_url.rstrip("/"),
    )


@blueprint.route("/<installation_id>/devices/<device_id>/revoke", methods=["GET", "POST"])
def revoke(campaign_id: str, installation_id: str, device_id: str) -> Response | str:
    """GET or POST …/revoke: ask once, then trust a device no longer."""
    hub = hub_parts()
    installation = service.open_installation(hub.store, campaign_id, installation_id)
    states = service.devices_page(hub.store, hub.clock, campaign_id)
    devices = [device for state in states for device in state.devices]
    if request.method == "POST":
        service.revoke(hub.store, hub.clock, actor(), installation_id, device_id)
        sentence = _("The device is locked out. What it sent stays in the totals.")
        if service.device_of(devices, device_id).has_secret:
            undo = url_for(
                ".trust",
                campaign_id=campaign_id,
                installation_id=installation_id,
                device_id=device_id,
            )
            done_with_undo(sentence, undo, active=True)
        else:
            done(sentence)
        return redirect(
            url_for(".change", campaign_id=campaign_id, installation_id=installation_id), 303
        )
    return render_template(
        "hub/devices/revoke.html",
        campaign=open_campaign(hub.store, campaign_id),
        installation=installation,
        device=service.device_of(devices, device_id),
    )


@blueprint.post("/<installation_id>/devices/<device_id>/trust")
def trust(campaign_id: str, installation_id: str, device_id: str) -> Response:
    """POST …/trust: take what a locked-out device sends again."""
    hub = hub_parts()
    service.open_installation(hub.store, campaign_id, installation_id)
    service.trust_again(hub.store, hub.clock, actor(), installation_id, device_id)
    done(_("The device is trusted again. What it has not sent yet comes in by itself."))
    return redirect(
        url_for(".change", campaign_id=campaign_id, installation_id=installation_id), 303
    )
