"""Pages of totals: tables by channel, event, vendor and so on, and the same as CSV."""

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.events import campaign_events
from kiosk.hub.services.papan import named_figures
from kiosk.hub.web.export import csv_response
from kiosk.hub.web.figures import SORTS, Row, View, arranged, group_words, rows_of, summed
from kiosk.hub.web.parts import hub_parts
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


def _columns(view: View) -> list[tuple[str, str]]:
    return [
        ("name", group_words()[view.by]),
        ("units", _("Units")),
        ("omzet_rp", _("Omzet (Rp)")),
        ("units_final", _("Units, final")),
        ("omzet_final_rp", _("Omzet, final (Rp)")),
    ]
