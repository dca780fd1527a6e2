"""Pages of events: their windows, their target, their rounding."""

from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.clock import Clock
from kiosk.domain.money import format_amount
from kiosk.hub.services import events as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.vendors import nmid_of
from kiosk.hub.storage.events import EventPlan
from kiosk.hub.web import discount_fields, method_fields
from kiosk.hub.web.forms import Form, answer_form, written_moment
from kiosk.hub.web.notices import warn
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.saving import saved
from kiosk.hub.web.signin import actor

blueprint = Blueprint("events", __name__, url_prefix="/campaigns/<campaign_id>/events")


@blueprint.get("")
def show_all(campaign_id: str) -> str:
    """GET …/events: the campaign's events, and which online windows overlap."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    events = service.campaign_events(hub.store, campaign_id)
    return render_template(
        "hub/events/list.html",
        campaign=campaign,
        events=events,
        overlaps=service.overlaps(events),
        now=hub.clock.now(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
def add(campaign_id: str) -> Response:
    """GET or POST …/events/new: make an event."""
    return _edit(campaign_id, _next_friday(hub_parts().clock, campaign_id), is_new=True)


@blueprint.route("/<event_id>", methods=["GET", "POST"])
def change(campaign_id: str, event_id: str) -> Response:
    """GET or POST …/events/<id>: change an event."""
    return _edit(
        campaign_id, service.open_event(hub_parts().store, campaign_id, event_id), is_new=False
    )


def _next_friday(clock: Clock, campaign_id: str) -> EventPlan:
    """Give a new event as it most often is: next Friday, seven to five."""
    now = clock.now()
    friday = now + timedelta(days=(4 - now.weekday()) % 7)
    start = friday.replace(hour=7, minute=0, second=0, microsecond=0)
    end = start.replace(hour=17)
    return EventPlan(
        clock.new_id(), campaign_id, "", "", start, end, None, None, None, None, 0,
        counts_free_goods=False, receipt_header="", receipt_footer="",
    )  # fmt: skip


def _edit(campaign_id: str, event: EventPlan, *, is_new: bool) -> Response:
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)

    def save(form: Form) -> str:
        changed = _read(form, event)
        for pair in service.save_event(hub.store, hub.clock, actor(), changed):
            warn(
                _(
                    "The online windows of “%(one)s” and “%(other)s” overlap."
                    " What is paid in both counts for “%(winner)s”, which starts later.",
                    one=pair.other.name,
                    other=pair.winner.name,
                    winner=pair.winner.name,
                )
            )
        if not is_new and event.qris != changed.qris:
            warn(
                _(
                    "The QRIS code of “%(name)s” was changed: NMID before %(old)s, now %(new)s.",
                    name=changed.name,
                    old=nmid_of(event.qris) or "–",
                    new=nmid_of(changed.qris) or "–",
                )
            )
        address = url_for("hub.events.show_all", campaign_id=campaign_id)
        return saved(event.id, changed.name, address)

    return answer_form(
        "hub/events/form.html",
        _standing(event),
        save,
        campaign=campaign,
        event=event,
        is_new=is_new,
        nmid=nmid_of(event.qris),
    )


def _standing(event: EventPlan) -> dict[str, str]:
    standing = {
        "name": event.name,
        "place": event.place,
        "bazaar_start": written_moment(event.bazaar_start),
        "bazaar_end": written_moment(event.bazaar_end),
        "online_start": written_moment(event.online_start),
        "online_end": written_moment(event.online_end),
        "target_rp": "" if event.target_rp is None else format_amount(event.target_rp),
        "qris": event.qris or "",
        "cash_rounding_rp": str(event.cash_rounding_rp),
        **method_fields.standing(event.methods),
        **discount_fields.standing(event.discounts),
    }
    return standing | ({"counts_free_goods": "1"} if event.counts_free_goods else {})


def _read(form: Form, event: EventPlan) -> EventPlan:
    changed = replace(
        event,
        name=form.words("name"),
        place=form.words("place", required=False),
        bazaar_start=form.required_moment("bazaar_start"),
        bazaar_end=form.required_moment("bazaar_end"),
        online_start=form.moment("online_start"),
        online_end=form.moment("online_end"),
        target_rp=form.amount("target_rp"),
        qris=form.qris("qris"),
        cash_rounding_rp=int(
            form.choice("cash_rounding_rp", ("0", "100", "200", "500", "1000")) or 0
        ),
        counts_free_goods=form.flag("counts_free_goods"),
        methods=method_fields.read(form, event.methods),
        discounts=discount_fields.read(form, event.discounts),
    )
    form.check()
    return changed
