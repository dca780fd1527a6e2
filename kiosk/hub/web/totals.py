"""Pages of totals: tables by channel, event, vendor and so on, and the same as CSV."""

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.domain.money import total
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.discount_totals import discount_totals
from kiosk.hub.services.events import campaign_events
from kiosk.hub.services.figures import named_figures
from kiosk.hub.services.payment_totals import PaymentTotal, payment_totals
from kiosk.hub.web.export import csv_response
from kiosk.hub.web.figures import SORTS, Row, View, arranged, group_words, rows_of, summed
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.payment_words import method_words, state_words
from kiosk.hub.web.trust import trust_sentence

blueprint = Blueprint("totals", __name__, url_prefix="/campaigns/<campaign_id>/totals")


@blueprint.get("")
def show(campaign_id: str) -> str:
    """GET …/totals?by=&event=&q=&sort=: one table of totals."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    view = _view(request.args.get("by", "vendor"))
    rows = _rows(campaign_id, view)
    return render_template(
        "hub/totals/show.html",
        campaign=campaign,
        view=view,
        groups=group_words(),
        events=campaign_events(hub.store, campaign_id),
        columns=_columns(view),
        rows=rows,
        sum=summed(rows),
        trust=trust_sentence(campaign_id),
    )


@blueprint.get("/payments")
def payments(campaign_id: str) -> str:
    """GET …/totals/payments?event=: what came by each way to pay."""
    hub = hub_parts()
    view = _view("vendor")
    rows = _payment_rows(campaign_id, view)
    return render_template(
        "hub/totals/payments.html",
        campaign=open_campaign(hub.store, campaign_id),
        view=view,
        groups=group_words(),
        events=campaign_events(hub.store, campaign_id),
        rows=rows,
        payments=sum(one.payments for one, _method, _state in rows),
        amount_rp=total(one.amount_rp for one, _method, _state in rows),
    )


@blueprint.get("/payments.csv")
def export_payments(campaign_id: str) -> Response:
    """GET …/totals/payments.csv: the same for a spreadsheet."""
    campaign = open_campaign(hub_parts().store, campaign_id)
    return csv_response(
        f"{campaign.name}-payments",
        [_("Way to pay"), _("State"), _("Payments"), _("Amount (Rp)")],
        [
            (method, state, one.payments, one.amount_rp)
            for one, method, state in _payment_rows(campaign_id, _view("vendor"))
        ],
    )


@blueprint.get("/discounts")
def discounts(campaign_id: str) -> str:
    """GET …/totals/discounts?event=: what was taken off prices, by whom it is borne and why."""
    hub = hub_parts()
    view = _view("vendor")
    rows = discount_totals(hub.store, campaign_id, view.event or None)
    return render_template(
        "hub/totals/discounts.html",
        campaign=open_campaign(hub.store, campaign_id),
        view=view,
        groups=group_words(),
        events=campaign_events(hub.store, campaign_id),
        rows=rows,
        times=sum(row.times for row in rows),
        amount_rp=total(row.amount_rp for row in rows),
    )


@blueprint.get("/discounts.csv")
def export_discounts(campaign_id: str) -> Response:
    """GET …/totals/discounts.csv: the same for a spreadsheet."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    rows = discount_totals(hub.store, campaign_id, _view("vendor").event or None)
    return csv_response(
        f"{campaign.name}-discounts",
        [_("Borne by"), _("Reason"), _("Times"), _("Amount (Rp)")],
        [(row.vendor or _("The campaign"), row.reason, row.times, row.amount_rp) for row in rows],
    )


@blueprint.get("/<by>.csv")
def export(campaign_id: str, by: str) -> Response:
    """GET …/totals/<by>.csv: the same table for a spreadsheet."""
    campaign = open_campaign(hub_parts().store, campaign_id)
    view = _view(by)
    return csv_response(
        f"{campaign.name}-{view.by}",
        [words for _key, words in _columns(view)],
        [
            (row.name, row.units, row.omzet_rp, row.units_final, row.omzet_final_rp)
            for row in _rows(campaign_id, view)
        ],
    )


def _view(by: str) -> View:
    """Read the address; what it does not know is left at what is usual."""
    sort = request.args.get("sort", "-omzet_rp")
    return View(
        by=by if by in group_words() else "vendor",
        event=request.args.get("event", "")[:40],
        search=request.args.get("q", "").strip()[:100],
        sort=sort if sort.removeprefix("-") in SORTS else "-omzet_rp",
    )


def _rows(campaign_id: str, view: View) -> list[Row]:
    figures = named_figures(hub_parts().store, campaign_id, view.by, event=view.event or None)
    return arranged(rows_of(view.by, figures), view)


def _payment_rows(campaign_id: str, view: View) -> list[tuple[PaymentTotal, str, str]]:
    """Give the rows with their method and state in words."""
    found = payment_totals(hub_parts().store, campaign_id, view.event or None)
    return [(one, one.name or method_words(one.method), state_words(one.state)) for one in found]


def _columns(view: View) -> list[tuple[str, str]]:
    return [
        ("name", group_words()[view.by]),
        ("units", _("Units")),
        ("omzet_rp", _("Omzet (Rp)")),
        ("units_final", _("Units, final")),
        ("omzet_final_rp", _("Omzet, final (Rp)")),
    ]
