"""Pages of an event's staff: who signs in at its tills, as what, with which PIN."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.domain.operators import APPROVER_PIN_DIGITS, CASHIER_PIN_DIGITS, ROLES
from kiosk.hub.services import staff as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.events import open_event
from kiosk.hub.services.vendors import campaign_vendors
from kiosk.hub.storage.staff import EventStaff
from kiosk.hub.web.forms import Form, answer_form
from kiosk.hub.web.notices import done_with_undo
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.saving import saved
from kiosk.hub.web.signin import actor

blueprint = Blueprint(
    "staff", __name__, url_prefix="/campaigns/<campaign_id>/events/<event_id>/staff"
)


def role_words() -> dict[str, str]:
    """Give the roles' names in the person's language."""
    return {
        "cashier": _("Cashier"),
        "vendor": _("Vendor"),
        "coordinator": _("Coordinator"),
        "organiser": _("Organiser"),
    }


@blueprint.get("")
def show_all(campaign_id: str, event_id: str) -> str:
    """GET …/staff: the event's people."""
    hub = hub_parts()
    return render_template(
        "hub/staff/list.html",
        campaign=open_campaign(hub.store, campaign_id),
        event=open_event(hub.store, campaign_id, event_id),
        staff=service.event_staff(hub.store, event_id),
        roles=role_words(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
def add(campaign_id: str, event_id: str) -> Response:
    """GET or POST …/staff/new: add somebody."""
    person = EventStaff(hub_parts().clock.new_id(), event_id, "", "cashier", "", active=True)
    return _edit(campaign_id, person, is_new=True)


@blueprint.route("/<staff_id>", methods=["GET", "POST"])
def change(campaign_id: str, event_id: str, staff_id: str) -> Response:
    """GET or POST …/staff/<id>: change a name, a role or a PIN."""
    open_event(hub_parts().store, campaign_id, event_id)
    return _edit(
        campaign_id, service.open_staff(hub_parts().store, event_id, staff_id), is_new=False
    )


@blueprint.post("/<staff_id>/active")
def set_active(campaign_id: str, event_id: str, staff_id: str) -> Response:
    """POST …/staff/<id>/active: let somebody sign in again (1), or no longer (0)."""
    hub = hub_parts()
    open_event(hub.store, campaign_id, event_id)
    person = service.open_staff(hub.store, event_id, staff_id)
    active = request.form.get("active") == "1"
    service.set_staff_active(hub.store, hub.clock, actor(), person, active=active)
    if not active:
        done_with_undo(
            _("%(name)s can no longer sign in at the tills.", name=person.name),
            url_for(".set_active", campaign_id=campaign_id, event_id=event_id, staff_id=staff_id),
            active=True,
        )
    return redirect(url_for(".show_all", campaign_id=campaign_id, event_id=event_id), 303)


def _edit(campaign_id: str, person: EventStaff, *, is_new: bool) -> Response:
    hub = hub_parts()

    def save(form: Form) -> str:
        changed = replace(
            person,
            name=form.words("name", most=80),
            role=form.choice("role", ROLES),
            vendor=form.words("vendor", required=False, most=40),
        )
        pin = form.typed("pin").strip()
        form.check()
        service.save_staff(hub.store, hub.clock, actor(), changed, pin)
        address = url_for(".show_all", campaign_id=campaign_id, event_id=person.event)
        return saved(person.id, changed.name, address)

    return answer_form(
        "hub/staff/form.html",
        {"name": person.name, "role": person.role, "vendor": person.vendor},
        save,
        campaign=open_campaign(hub.store, campaign_id),
        event=open_event(hub.store, campaign_id, person.event),
        is_new=is_new,
        roles=list(role_words().items()),
        vendors=[
            (row.vendor.id, row.vendor.name) for row in campaign_vendors(hub.store, campaign_id)
        ],
        cashier_digits=CASHIER_PIN_DIGITS,
        approver_digits=APPROVER_PIN_DIGITS,
    )
